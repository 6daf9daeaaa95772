"""/disputes: supervisors read open disputes and decide them; everyone concerned is told."""

from collections.abc import Awaitable, Callable, Mapping

from handlers.casefile import CaseFile, clock_of, judges, opened, oversees
from handlers.disputing import (
    AWAITED,
    DISPUTE_OPENED,
    ask_why,
    cancel,
    forget,
    required_text,
    stop_waiting,
    take_reason,
    toggle_criterion,
)
from handlers.notice import Notice
from handlers.refusals import NotAllowed, NotFound, OutOfDate, Sorry
from handlers.routing import Command, Typed, press
from handlers.submission import allowed_at
from handlers.taps import DisputeAct, DisputeTap
from handlers.turn import Services, Turn
from handlers.views.disputes import (
    Judging,
    Listed,
    card_screen,
    comment_screen,
    decided_screen,
    list_screen,
    news_screen,
)
from handlers.views.screen import Screen
from handlers.words import N_, Words
from scoring.roles import Role
from storage import awaiting, disputes, evaluations, outbox, people, teams
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.disputes import Dispute, Status
from storage.outbox import Claimed, Message
from storage.people import Person

DISPUTE_DECIDED = "dispute_decided"
DECISION = "dispute_decision"
PAGE = 8
DECIDERS = frozenset({Role.SUPERVISOR, Role.ADMIN})


class OwnEvaluation(Sorry):
    """Nobody judges their own work while anybody else can."""

    sentence = N_("You made this evaluation yourself, so somebody else decides about it.")


class DecidedAlready(Sorry):
    """Somebody else was quicker."""

    sentence = N_("{name} has decided this dispute already.")


async def list_disputes(turn: Turn) -> None:
    """Answer /disputes: the open ones that the person may see."""
    async with turn.db.reading() as tx:
        screen = await _list(tx, turn, 0)
    await turn.say(screen)


async def pressed(turn: Turn, tap: DisputeTap) -> None:
    """Handle a press about a dispute."""
    await ACTS[tap.act](turn, tap)


async def _turn_page(turn: Turn, tap: DisputeTap) -> None:
    if not turn.person.is_a(*DECIDERS):
        raise NotAllowed
    async with turn.db.reading() as tx:
        screen = await _list(tx, turn, max(tap.value, 0))
    await turn.show(screen)


async def _list(tx: Transaction, turn: Turn, skip: int) -> Screen:
    person = turn.person
    everywhere = person.is_a(Role.ADMIN)
    found = await disputes.waiting(tx, None if everywhere else person.supervises)
    skip = min(skip, max(len(found) - 1, 0))
    entries = found[skip : skip + PAGE]
    agents = await people.by_ids(tx, {one.agent_id for one in entries})
    team = await teams.by_id(tx, person.supervises[0]) if person.supervises else None
    listed = Listed(
        entries=entries,
        names={one.id: one.name for one in agents.values()},
        skipped=skip,
        total=len(found),
        page=PAGE,
        zone=clock_of(turn.services, person, team),
    )
    return list_screen(turn.t, listed)


async def _open(turn: Turn, tap: DisputeTap) -> None:
    await turn.say(await _card(turn, tap))


async def _show(turn: Turn, tap: DisputeTap) -> None:
    await turn.show(await _card(turn, tap))


async def _card(turn: Turn, tap: DisputeTap) -> Screen:
    async with turn.db.writing() as tx:
        await forget(tx, turn.person, DECISION, tap.subject)
        file, dispute = await _of(tx, turn, tap.subject)
        return await _draw_card(tx, turn.services, turn.t, turn.person, file, dispute)


async def _of(tx: Transaction, turn: Turn, dispute_id: int) -> tuple[CaseFile, Dispute]:
    """Return the dispute with its case file where the person may read it."""
    dispute = await disputes.by_id(tx, dispute_id)
    if dispute is None:
        raise NotFound
    return await opened(tx, turn.services, turn.person, dispute.evaluation_id), dispute


async def _draw_card(
    tx: Transaction, services: Services, t: Words, person: Person, file: CaseFile, dispute: Dispute
) -> Screen:
    able = dispute.is_open and person.id in {one.id for one in await judges(tx, file)}
    judging = Judging(
        zone=clock_of(services, person, file.team),
        may_decide=able,
        own=person.id == file.evaluator.id,
        oversees=oversees(person, file.teams) and not file.is_of(person),
    )
    return card_screen(t, file, dispute, judging)


async def _ask_comment(turn: Turn, tap: DisputeTap) -> None:
    status = ANSWERS[tap.act]
    async with turn.db.writing() as tx:
        file, dispute = await _decidable(tx, turn, tap.subject)
        expected = Awaited(DECISION, dispute.id, status.value, turn.pressed_message)
        await awaiting.expect(tx, turn.person.id, expected)
    await turn.show(comment_screen(turn.t, file, dispute, status))


async def _take_comment(turn: Turn, awaited: Awaited) -> None:
    """Decide the dispute with the typed comment; of two at once one is told that it was late."""
    comment = required_text(turn)
    try:
        async with turn.db.writing() as tx:
            status = _status(awaited.detail)
            file, dispute = await _decidable(tx, turn, awaited.subject)
            await _decide(tx, turn, file, dispute, status, comment)
            file, dispute = await _of(tx, turn, awaited.subject)
            card = await _draw_card(tx, turn.services, turn.t, turn.person, file, dispute)
    except Sorry:
        await stop_waiting(turn, DECISION, awaited.subject)
        raise
    turn.services.wake()
    if awaited.message_id is not None:
        await turn.show(card, awaited.message_id)
    await turn.say(decided_screen(turn.t, file, status))


def _status(text: str) -> Status:
    status = Status(text)
    if status is Status.OPEN:
        raise OutOfDate
    return status


async def _decidable(tx: Transaction, turn: Turn, dispute_id: int) -> tuple[CaseFile, Dispute]:
    """Return an open dispute that the person may decide; raise what stands against it."""
    file, dispute = await _of(tx, turn, dispute_id)
    if not oversees(turn.person, file.teams) or file.is_of(turn.person):
        raise NotAllowed
    if not dispute.is_open:
        raise DecidedAlready(name=file.decider.name if file.decider is not None else "…")
    if turn.person.id not in {one.id for one in await judges(tx, file)}:
        raise OwnEvaluation
    return file, dispute


async def _decide(
    tx: Transaction, turn: Turn, file: CaseFile, dispute: Dispute, status: Status, comment: str
) -> None:
    """Store the decision and what follows from it, and queue the news."""
    person, now = turn.person, turn.now
    if not await disputes.decide(tx, dispute.id, status, now, by=person.id, comment=comment):
        await _raise_late(tx, dispute.id)
    if status is Status.ACCEPTED:
        await evaluations.withdraw(tx, dispute.evaluation_id, now)
    await awaiting.forget(tx, person.id)
    heard = {one.id: one for one in (file.agent, file.evaluator) if one.id != person.id}
    messages = [
        Message(
            DISPUTE_DECIDED,
            one.id,
            dispute.id,
            f"{DISPUTE_DECIDED}:{dispute.id}:{one.id}",
            allowed_at(file.team, one, now),
        )
        for one in heard.values()
    ]
    await outbox.put(tx, messages, now)


async def _raise_late(tx: Transaction, dispute_id: int) -> None:
    decided = await disputes.by_id(tx, dispute_id)
    by = decided.decided_by if decided is not None else None
    quicker = await people.by_id(tx, by) if by is not None else None
    raise DecidedAlready(name=quicker.name if quicker is not None else "…")


async def _take_all(turn: Turn, tap: DisputeTap) -> None:
    """Dispute the whole evaluation: nothing chosen singly, whatever the button says."""
    await ask_why(turn, DisputeTap(tap.subject, tap.act))


async def _draw_opened(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    async with services.db.reading() as tx:
        found = await _readable(tx, services, to, message.subject)
        if found is None or not found[1].is_open:
            return None
        return await _draw_card(tx, services, t, to, *found)


async def _draw_decided(
    services: Services, t: Words, to: Person, message: Claimed
) -> Screen | None:
    async with services.db.reading() as tx:
        found = await _readable(tx, services, to, message.subject)
    if found is None:
        return None
    file = found[0]
    return news_screen(t, file, clock_of(services, to, file.team), named=not file.is_of(to))


async def _readable(
    tx: Transaction, services: Services, person: Person, dispute_id: int
) -> tuple[CaseFile, Dispute] | None:
    """Return the dispute with its case file, or ``None`` where *person* may not read it."""
    dispute = await disputes.by_id(tx, dispute_id)
    if dispute is None:
        return None
    try:
        return await opened(tx, services, person, dispute.evaluation_id), dispute
    except Sorry:
        return None


ANSWERS = {DisputeAct.ACCEPT: Status.ACCEPTED, DisputeAct.DECLINE: Status.DECLINED}

ACTS: Mapping[DisputeAct, Callable[[Turn, DisputeTap], Awaitable[None]]] = {
    DisputeAct.CRITERION: toggle_criterion,
    DisputeAct.ALL: _take_all,
    DisputeAct.WRITE: ask_why,
    DisputeAct.CANCEL: cancel,
    DisputeAct.OPEN: _open,
    DisputeAct.SHOW: _show,
    DisputeAct.LIST: _turn_page,
    DisputeAct.ACCEPT: _ask_comment,
    DisputeAct.DECLINE: _ask_comment,
}

COMMANDS = (Command("disputes", list_disputes, N_("Disputes to decide"), DECIDERS),)

PRESSES = (press(DisputeTap, pressed),)

TYPED = (
    Typed(AWAITED, take_reason, frozenset({Role.AGENT})),
    Typed(DECISION, _take_comment, DECIDERS),
)

NOTICES = (
    Notice(DISPUTE_OPENED, _draw_opened),
    Notice(DISPUTE_DECIDED, _draw_decided),
)
