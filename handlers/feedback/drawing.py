"""Drawing an evaluation's feedback for whoever reads it, as things stand at this moment."""

from handlers.corrections.rights import may_act
from handlers.disputes.rights import may_reopen
from handlers.evaluating.casefile import CaseFile, clock_of, judges
from handlers.turn import Services
from handlers.views.feedback import Reading, feedback_screen
from handlers.views.screen import Screen
from handlers.words import Words
from storage.database import Transaction
from storage.people import Person


async def reading_of(
    tx: Transaction, services: Services, person: Person, file: CaseFile
) -> Reading:
    """Return how *person* stands to the evaluation."""
    is_agent = file.is_of(person)
    return Reading(
        zone=clock_of(services, person, file.team),
        is_agent=is_agent,
        may_dispute=is_agent and file.may_be_disputed(services.clock()),
        may_decide=await may_decide(tx, person, file),
        may_correct=may_act(person, file),
        may_reopen=may_reopen(person, file, services.clock()),
    )


async def may_decide(tx: Transaction, person: Person, file: CaseFile) -> bool:
    """Return whether there is an open dispute about the evaluation that *person* may decide."""
    if file.dispute is None or not file.dispute.is_open:
        return False
    return person.id in {judge.id for judge in await judges(tx, file)}


async def draw(
    tx: Transaction,
    services: Services,
    t: Words,
    person: Person,
    file: CaseFile,
    *,
    back: int = 0,
) -> Screen:
    """Return the feedback's screen for *person*."""
    reading = await reading_of(tx, services, person, file)
    return feedback_screen(t, file, reading, back)
