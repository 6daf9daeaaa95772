"""/feedback and every button under feedback: reading, acknowledging, the archive."""

from collections.abc import Awaitable, Callable, Mapping

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
from scoring.zones import local_day
from storage import disputes, evaluations, people, teams
from storage.database import Transaction
from storage.outbox import Claimed
from storage.people import Person

PAGE = 8


async def list_feedback(turn: Turn) -> None:
    """Answer /feedback: the agent's own archive, newest first."""
    async with turn.db.reading() as tx:
        screen = await _archive(tx, turn, turn.person, 0)
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
    """Note that the agent has read it; a second press finds it noted and changes nothing."""
    async with turn.db.writing() as tx:
        file = await opened(tx, turn.services, turn.person, tap.evaluation)
        if not file.is_of(turn.person):
            raise NotYours
        if file.evaluation.counts:
            await evaluations.acknowledge(tx, tap.evaluation, turn.now)
        file = await opened(tx, turn.services, turn.person, tap.evaluation)
        screen = await draw(tx, turn.services, turn.t, turn.person, file, back=tap.back)
    if file.evaluation.acknowledged_at is not None:
        await turn.toast(turn.t("Acknowledged"))
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
    )
    return archive_screen(turn.t, archive)


async def _draw_feedback(
    services: Services, t: Words, to: Person, message: Claimed
) -> Screen | None:
    async with services.db.reading() as tx:
        file = await load(tx, services, message.subject)
        if file is None or not file.may_be_read_by(to):
            return None
        return await draw(tx, services, t, to, file)


async def _draw_alert(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    async with services.db.reading() as tx:
        file = await load(tx, services, message.subject)
    if file is None or not file.may_be_read_by(to) or not file.evaluation.counts:
        return None
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

COMMANDS = (
    Command("feedback", list_feedback, N_("Your feedback so far"), frozenset({Role.AGENT})),
)

PRESSES = (press(FeedbackTap, pressed), press(RevisionTap, show_earlier))

NOTICES = (
    Notice(FEEDBACK, _draw_feedback),
    Notice(FEEDBACK_COPY, _draw_feedback),
    Notice(COMPLIANCE_ALERT, _draw_alert),
)
