"""/feedback and every button under feedback: reading, acknowledging, the archive."""

from collections.abc import Awaitable, Callable, Mapping

from handlers.corrections import mine
from handlers.corrections.applying import alone
from handlers.disputes.disputing import choose_criteria
from handlers.evaluating.casefile import clock_of, load, opened, oversees
from handlers.evaluating.submission import COMPLIANCE_ALERT, FEEDBACK, FEEDBACK_COPY
from handlers.feedback.drawing import draw
from handlers.feedback.listening import send_material
from handlers.feedback.receipt import show_earlier, show_receipt
from handlers.notice import Notice
from handlers.refusals import NotFound, NotYours
from handlers.routing import Command, press
from handlers.taps import FeedbackAct, FeedbackTap, RevisionTap
from handlers.turn import Services, Turn
from handlers.views.archive import Archive, archive_screen
from handlers.views.feedback import alert_screen
from handlers.views.screen import Screen
from handlers.words import N_, Words
from scoring.roles import Role
from scoring.scorecard import CriticalClass
from scoring.zones import local_day
from storage import disputes, evaluations, people, teams
from storage.database import Transaction
from storage.outbox import Claimed
from storage.people import Person

PAGE = 8
READERS = frozenset({Role.AGENT, Role.EVALUATOR})


async def list_feedback(turn: Turn) -> None:
    """Answer /feedback: the agent's own archive, or what an evaluator submitted, newest first."""
    async with turn.db.reading() as tx:
        if turn.person.is_a(Role.AGENT):
            screen = await _archive(tx, turn, turn.person, 0)
        else:
            screen = await mine.listed(tx, turn, 0)
    await turn.say(screen)


async def pressed(turn: Turn, tap: FeedbackTap) -> None:
    """Handle a press about feedback."""
    await ACTS[tap.act](turn, tap)


async def _open(turn: Turn, tap: FeedbackTap) -> None:
    await turn.say(await _drawn(turn, tap))


async def _show(turn: Turn, tap: FeedbackTap) -> None:
    await turn.show(await _drawn(turn, tap))


async def _drawn(turn: Turn, tap: FeedbackTap) -> Screen:
    async with turn.db.reading() as tx:
        file = await opened(tx, turn.services, turn.person, tap.evaluation)
        return await draw(tx, turn.services, turn.t, turn.person, file, back=tap.back)


async def _acknowledge(turn: Turn, tap: FeedbackTap) -> None:
    """Note that the agent has read it; a second press finds it noted and changes nothing.

    Under a version that counts no more the button shows the one that does instead.
    """
    async with turn.db.writing() as tx:
        await alone(tx, tap.evaluation)
        file = await opened(tx, turn.services, turn.person, tap.evaluation)
        if not file.is_of(turn.person):
            raise NotYours
        current = tap.value == len(file.revisions)
        if file.evaluation.counts and current:
            await evaluations.acknowledge(tx, tap.evaluation, turn.now)
        file = await opened(tx, turn.services, turn.person, tap.evaluation)
        screen = await draw(tx, turn.services, turn.t, turn.person, file, back=tap.back)
    if file.evaluation.acknowledged_at is not None:
        await turn.toast(turn.t("Acknowledged"))
    elif not current:
        await turn.toast(turn.t("This has been changed. Please read it as it is now."))
    await turn.show(screen)


async def _turn_page(turn: Turn, tap: FeedbackTap) -> None:
    """Show another page of an archive: one's own, or that of somebody whom one supervises."""
    async with turn.db.reading() as tx:
        agent = await people.by_id(tx, tap.evaluation) if tap.evaluation else turn.person
        if agent is None:
            raise NotFound
        if agent.id != turn.person.id and not oversees(turn.person, frozenset(agent.teams)):
            raise NotYours
        screen = await _archive(tx, turn, agent, max(tap.value, 0))
    await turn.show(screen)


async def _archive(tx: Transaction, turn: Turn, agent: Person, skip: int) -> Screen:
    total = await evaluations.count_of_agent(tx, agent.id)
    skip = min(skip, max(total - 1, 0))
    entries = await evaluations.of_agent(tx, agent.id, limit=PAGE, offset=skip)
    team = await teams.by_id(tx, agent.teams[0]) if agent.teams else None
    own, reading = agent.id == turn.person.id, clock_of(turn.services, turn.person, team)
    archive = Archive(
        agent=0 if own else agent.id,
        name=None if own else agent.name,
        entries=entries,
        disputes=await disputes.of_evaluations(tx, [one.id for one in entries]),
        skipped=skip,
        total=total,
        page=PAGE,
        zone=reading,
        today=local_day(turn.now, reading),
        evaluates=own and turn.person.is_a(Role.EVALUATOR),
    )
    return archive_screen(turn.t, archive)


async def _draw_feedback(
    services: Services, t: Words, to: Person, message: Claimed
) -> Screen | None:
    async with services.db.reading() as tx:
        file = await load(tx, services, message.subject)
        gone = file is not None and file.evaluation.withdrawn_at is not None
        if file is None or gone or not file.may_be_read_by(to):
            return None  # what was withdrawn before they heard of it is no news to them
        return await draw(tx, services, t, to, file)


async def _draw_alert(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    async with services.db.reading() as tx:
        file = await load(tx, services, message.subject)
    if file is None or not file.may_be_read_by(to) or not file.evaluation.counts:
        return None
    critical = (one.criterion.critical for one in file.feedback.errors)
    if CriticalClass.COMPLIANCE not in critical:
        return None  # it was corrected before anybody heard of it
    return alert_screen(t, file, clock_of(services, to, file.team))


ACTS: Mapping[FeedbackAct, Callable[[Turn, FeedbackTap], Awaitable[None]]] = {
    FeedbackAct.OPEN: _open,
    FeedbackAct.SHOW: _show,
    FeedbackAct.ACKNOWLEDGE: _acknowledge,
    FeedbackAct.DISPUTE: choose_criteria,
    FeedbackAct.RECEIPT: show_receipt,
    FeedbackAct.MATERIAL: send_material,
    FeedbackAct.LIST: _turn_page,
}

COMMANDS = (Command("feedback", list_feedback, N_("Your feedback so far"), READERS),)

PRESSES = (press(FeedbackTap, pressed), press(RevisionTap, show_earlier))

NOTICES = (
    Notice(FEEDBACK, _draw_feedback),
    Notice(FEEDBACK_COPY, _draw_feedback),
    Notice(COMPLIANCE_ALERT, _draw_alert),
)
