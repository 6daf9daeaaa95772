"""Wrong agent and Withdraw: whose contact it was, why, a last look, and doing it."""

from handlers.corrections import applying, moving
from handlers.corrections.asking import asked_of
from handlers.corrections.correcting import start
from handlers.corrections.rights import actable, consenting, needs_consent, own
from handlers.corrections.saving import reason_in
from handlers.evaluating.casefile import CaseFile, opened
from handlers.evaluating.draft_view import may_score, scorable
from handlers.feedback.drawing import draw
from handlers.refusals import NotYours
from handlers.taps import CorrectionTap
from handlers.turn import Turn
from handlers.views import corrections as views
from handlers.views.screen import Screen
from scoring.roles import Role
from storage import assignments, awaiting, corrections, people, people_search
from storage.awaiting import Awaited
from storage.corrections import Correction, Status
from storage.database import Transaction
from storage.people import Person
from storage.revisions import Kind

REASON = "correction.reason"
AGENT = "correction.agent"


async def ask_agent(turn: Turn, tap: CorrectionTap) -> None:
    """Begin to move the evaluation: ask whose contact it was."""
    async with turn.db.writing() as tx:
        file = await actable(tx, turn.services, turn.person, tap.subject, Kind.AGENT)
        correction = await start(tx, turn, file, Kind.AGENT)
        screen = await _chooser(tx, turn, file, correction, "", 0)
        await _expect(tx, turn, AGENT, correction)
    await turn.show(screen)


async def more_agents(turn: Turn, tap: CorrectionTap) -> None:
    """Show another page of the agents, or everybody again."""
    async with turn.db.writing() as tx:
        file, correction = await _begun(tx, turn, tap.subject)
        screen = await _chooser(tx, turn, file, correction, "", max(0, tap.value))
        await _expect(tx, turn, AGENT, correction)
    await turn.show(screen)


async def narrow(turn: Turn, awaited: Awaited) -> None:
    """Take a typed text as a part of the right agent's name; a single match is chosen."""
    words = " ".join(turn.text.split())
    async with turn.db.writing() as tx:
        file, correction = await _begun(tx, turn, awaited.subject)
        found = await _offered(tx, turn.person, file, words)
        if len(found) == 1:
            screen = await _chosen(tx, turn, file, correction, found[0], awaited.message_id)
        else:
            screen = await _chooser(tx, turn, file, correction, words, 0)
    await turn.show(screen, awaited.message_id)


async def choose_agent(turn: Turn, tap: CorrectionTap) -> None:
    """Take the right agent and ask why."""
    async with turn.db.writing() as tx:
        file, correction = await _begun(tx, turn, tap.subject)
        agent = await moving.right_agent(tx, file, tap.value)
        if not _may_get(turn.person, agent):
            raise NotYours
        screen = await _chosen(tx, turn, file, correction, agent, turn.pressed_message)
    await turn.show(screen)


async def _chosen(
    tx: Transaction,
    turn: Turn,
    file: CaseFile,
    correction: Correction,
    agent: Person,
    message_id: int | None,
) -> Screen:
    await corrections.choose_agent(tx, correction.id, agent.id)
    await _expect(tx, turn, REASON, correction, message_id)
    return await _why(tx, turn, file, await own(tx, turn.person, correction.id))


async def ask_withdraw(turn: Turn, tap: CorrectionTap) -> None:
    """Begin to withdraw the evaluation: ask why."""
    async with turn.db.writing() as tx:
        file = await actable(tx, turn.services, turn.person, tap.subject, Kind.WITHDRAWAL)
        correction = await start(tx, turn, file, Kind.WITHDRAWAL)
        screen = await _why(tx, turn, file, correction)
        await _expect(tx, turn, REASON, correction)
    await turn.show(screen)


async def take_reason(turn: Turn, awaited: Awaited) -> None:
    """Keep the typed reason and show what is going to be done."""
    said = reason_in(turn.text)
    async with turn.db.writing() as tx:
        file, correction = await _begun(tx, turn, awaited.subject)
        await corrections.explain(tx, correction.id, said)
        await awaiting.forget(tx, turn.person.id)
        screen = await _why(tx, turn, file, await own(tx, turn.person, correction.id))
    if awaited.message_id is None:
        await turn.say(screen)
    else:
        await turn.show(screen, awaited.message_id)


async def write_anew(turn: Turn, tap: CorrectionTap) -> None:
    """Ask for another reason; the one before stays until there is one."""
    async with turn.db.writing() as tx:
        file, correction = await _begun(tx, turn, tap.subject)
        await _expect(tx, turn, REASON, correction)
        screen = await _why(tx, turn, file, correction, anew=True)
    await turn.show(screen)


async def carry_out(turn: Turn, tap: CorrectionTap) -> None:
    """Do it, or ask for consent to it."""
    async with turn.db.writing() as tx:
        correction = await own(tx, turn.person, tap.subject)
        if correction.kind is Kind.AGENT:
            file = await opened(tx, turn.services, turn.person, correction.evaluation_id)
            await moving.right_agent(tx, file, correction.agent_id)
        done = await applying.finish(tx, turn, correction)
        asked = await asked_of(tx, turn.services, turn.person, done)
        screen = views.done_screen(turn.t, asked, again=await _is_again(tx, turn, asked.file, done))
    turn.services.wake()
    await turn.show(screen)


async def drop(turn: Turn, tap: CorrectionTap) -> None:
    """Leave everything as it is and show the feedback again."""
    async with turn.db.writing() as tx:
        correction = await own(tx, turn.person, tap.subject)
        await corrections.drop(tx, correction.id, turn.now)
        awaited = await awaiting.current(tx, turn.person.id)
        if awaited is not None and awaited.what in (REASON, AGENT):
            await awaiting.forget(tx, turn.person.id)
        file = await opened(tx, turn.services, turn.person, correction.evaluation_id)
        screen = await draw(tx, turn.services, turn.t, turn.person, file)
    await turn.show(screen)


async def _begun(tx: Transaction, turn: Turn, correction_id: int) -> tuple[CaseFile, Correction]:
    correction = await own(tx, turn.person, correction_id)
    evaluation_id, kind = correction.evaluation_id, correction.kind
    return await actable(tx, turn.services, turn.person, evaluation_id, kind), correction


async def _chooser(
    tx: Transaction, turn: Turn, file: CaseFile, correction: Correction, words: str, skip: int
) -> Screen:
    found = await _offered(tx, turn.person, file, words)
    return views.chooser_screen(turn.t, file, correction, found, skip, words)


async def _offered(tx: Transaction, person: Person, file: CaseFile, words: str) -> list[Person]:
    """Return the agents to whom *person* may move the evaluation, whose name holds every word."""
    if person.is_a(Role.ADMIN):
        found = await people_search.matching(tx, Role.AGENT, words)
    else:
        found = await scorable(tx, person, words)
    return [one for one in found if one.id not in {file.agent.id, file.evaluator.id}]


def _may_get(person: Person, agent: Person) -> bool:
    return person.is_a(Role.ADMIN) or may_score(person, agent)


async def _why(
    tx: Transaction, turn: Turn, file: CaseFile, correction: Correction, *, anew: bool = False
) -> Screen:
    agent = await people.by_id(tx, correction.agent_id) if correction.agent_id else None
    asked: tuple[str, ...] = ()
    if await needs_consent(tx, turn.person, file, turn.now):
        asked = tuple(one.name for one in await consenting(tx, file, turn.person.id))
    name = agent.name if agent is not None else ""
    return views.why_screen(turn.t, file, correction, name, asked, anew=anew)


async def _is_again(tx: Transaction, turn: Turn, file: CaseFile, done: Correction) -> bool:
    """Return whether the contact is assigned to the person once more."""
    if done.status is not Status.DONE:
        return False
    every = await assignments.of_contact(tx, file.evaluation.contact_id)
    return any(one.is_open and one.evaluator_id == turn.person.id for one in every)


async def _expect(
    tx: Transaction, turn: Turn, what: str, correction: Correction, message_id: int | None = None
) -> None:
    shown = message_id if message_id is not None else turn.pressed_message
    await awaiting.expect(tx, turn.person.id, Awaited(what, correction.id, "", shown))
