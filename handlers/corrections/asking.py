"""What somebody asks for, gathered for whoever reads it."""

from handlers.corrections.rights import consenting, existing
from handlers.evaluating.casefile import CaseFile, clock_of, load, oversees
from handlers.refusals import NotFound
from handlers.turn import Services
from handlers.views.corrections import Asked
from storage import drafts, people
from storage.corrections import Correction, Status
from storage.database import Transaction
from storage.people import Person
from storage.revisions import Kind


async def asked_of(
    tx: Transaction, services: Services, person: Person, correction: Correction
) -> Asked:
    """Return the act with everything that its screens name, as it stands to *person*."""
    file = await load(tx, services, correction.evaluation_id)
    if file is None:
        raise NotFound
    ids = {correction.made_by, correction.decided_by, correction.agent_id} - {None}
    known = await people.by_ids(tx, {one for one in ids if one is not None})

    def name(ident: int | None) -> str:
        return known[ident].name if ident is not None and ident in known else ""

    waits = correction.status is Status.WAITING
    draft = await drafts.of_correction(tx, correction.id)
    return Asked(
        file=file,
        correction=correction,
        by=name(correction.made_by),
        zone=clock_of(services, person, file.team),
        draft=draft if correction.kind is Kind.CORRECTION else None,
        agent=name(correction.agent_id),
        decider=name(correction.decided_by),
        may_answer=waits and await _may_answer(tx, person, file, correction),
        may_take_back=waits and person.id == correction.made_by,
    )


async def asked_by_id(
    tx: Transaction, services: Services, person: Person, correction_id: int
) -> Asked:
    """Return the act of that id in the same way; raise ``NotFound``."""
    return await asked_of(tx, services, person, await existing(tx, correction_id))


async def _may_answer(
    tx: Transaction, person: Person, file: CaseFile, correction: Correction
) -> bool:
    if not oversees(person, file.teams) or file.is_of(person):
        return False
    return person.id in {one.id for one in await consenting(tx, file, correction.made_by)}
