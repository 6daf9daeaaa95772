"""/disputes: supervisors read open disputes and decide them; whoever is asked scores afresh."""

from collections.abc import Awaitable, Callable, Mapping

from handlers.corrections.applying import alone
from handlers.disputes import passing, reopening, rescoring, settling
from handlers.disputes.disputing import (
    AWAITED,
    ask_anew,
    ask_why,
    cancel,
    file_dispute,
    forget,
    required_text,
    stop_waiting,
    take_reason,
    toggle_criterion,
)
from handlers.disputes.news import (
    DISPUTE_DECIDED,
    DISPUTE_ESCALATED,
    DISPUTE_OPENED,
    DISPUTE_REOPENED,
    DISPUTE_REVIEW,
)
from handlers.disputes.rights import decidable, existing, may_reopen
from handlers.evaluating.casefile import CaseFile, clock_of, judges, opened, oversees
from handlers.notice import Notice
from handlers.refusals import NotAllowed, OutOfDate, Sorry
from handlers.routing import Command, Typed, press
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
    reopened_news,
)
from handlers.views.screen import Screen
from handlers.words import N_, Words
from scoring.roles import Role
from storage import awaiting, corrections, disputes, evaluations, people, teams
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.disputes import Dispute
from storage.outbox import Claimed
from storage.people import Person

DECISION = "dispute_decision"
DECIDERS = frozenset({Role.SUPERVISOR, Role.ADMIN})


async def list_disputes(turn: Turn) -> None:
    """Answer /disputes: the open ones that the person may see."""
    async with turn.db.reading() as tx:
        screen = await _list(tx, turn)
    await turn.say(screen)


async def pressed(turn: Turn, tap: DisputeTap) -> None:
    """Handle a press about a dispute."""
    await ACTS[tap.act](turn, tap)


async def _turn_page(turn: Turn, _tap: DisputeTap) -> None:
    if not turn.person.is_a(*DECIDERS):
        raise NotAllowed
    async with turn.db.reading() as tx:
        screen = await _list(tx, turn)
    await turn.show(screen)


async def _list(tx: Transaction, turn: Turn) -> Screen:
    person = turn.person
    everywhere = person.is_a(Role.ADMIN)
    found = await disputes.waiting(tx, None if everywhere else person.supervises)
    agents = await people.by_ids(tx, {one.agent_id for one in found})
    team = await teams.by_id(tx, person.supervises[0]) if person.supervises else None
    asked = await corrections.waiting(tx, None if everywhere else person.supervises)
    about = await evaluations.agents_of(tx, {one.evaluation_id for one in asked})
    agents |= await people.by_ids(tx, set(about.values()))
    listed = Listed(
        entries=found,
        asked=[(one, about[one.evaluation_id]) for one in asked],
        names={one.id: one.name for one in agents.values()},
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
    dispute = await existing(tx, dispute_id)
    return await opened(tx, turn.services, turn.person, dispute.evaluation_id), dispute


async def _draw_card(
    tx: Transaction, services: Services, t: Words, person: Person, file: CaseFile, dispute: Dispute
) -> Screen:
    able = dispute.is_open and person.id in {one.id for one in await judges(tx, file)}
    above = oversees(person, file.teams) and not file.is_of(person)
    asked = await people.by_id(tx, dispute.reviewer_id) if dispute.reviewer_id else None
    judging = Judging(
        zone=clock_of(services, person, file.team),
        may_decide=able,
        may_withdraw=able and person.is_a(Role.ADMIN),
        own=person.id == file.evaluator.id,
        oversees=above,
        reviewer=asked.name if asked is not None and above else None,
        may_reopen=may_reopen(person, file, services.clock()),
    )
    return card_screen(t, file, dispute, judging)


async def _ask_comment(turn: Turn, tap: DisputeTap) -> None:
    async with turn.db.writing() as tx:
        file, dispute = await _decidable(tx, turn, tap.subject, tap.act)
        expected = Awaited(DECISION, dispute.id, tap.act.value, turn.pressed_message)
        await awaiting.expect(tx, turn.person.id, expected)
    await turn.show(comment_screen(turn.t, file, dispute, withdrawing=tap.act is WITHDRAW))


async def _take_comment(turn: Turn, awaited: Awaited) -> None:
    """Decide the dispute with the typed comment; of two at once one is told that it was late."""
    comment = required_text(turn)
    try:
        async with turn.db.writing() as tx:
            act = _act(awaited.detail)
            file, dispute = await _decidable(tx, turn, awaited.subject, act)
            await ANSWERS[act](tx, turn, file, dispute, comment)
            await awaiting.forget(tx, turn.person.id)
            file, dispute = await _of(tx, turn, awaited.subject)
            card = await _draw_card(tx, turn.services, turn.t, turn.person, file, dispute)
    except Sorry:
        await stop_waiting(turn, DECISION, awaited.subject)
        raise
    turn.services.wake()
    if awaited.message_id is not None:
        await turn.show(card, awaited.message_id)
    await turn.say(decided_screen(turn.t, file, withdrawn=act is WITHDRAW))


def _act(detail: str) -> DisputeAct:
    if detail not in ANSWERS:
        raise OutOfDate
    return DisputeAct(detail)


async def _decidable(
    tx: Transaction, turn: Turn, dispute_id: int, act: DisputeAct
) -> tuple[CaseFile, Dispute]:
    """Return the dispute; taking an evaluation out of the figures is for admins alone."""
    await alone(tx, (await existing(tx, dispute_id)).evaluation_id)
    found = await decidable(tx, turn.services, turn.person, dispute_id)
    if act is WITHDRAW and not turn.person.is_a(Role.ADMIN):
        raise NotAllowed
    return found


async def _take_all(turn: Turn, tap: DisputeTap) -> None:
    """Dispute the whole evaluation: nothing chosen singly, whatever the button says."""
    await ask_why(turn, DisputeTap(tap.subject, tap.act))


async def _draw_opened(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    async with services.db.reading() as tx:
        found = await _readable(tx, services, to, message.subject)
        if found is None or not found[1].is_open:
            return None
        return await _draw_card(tx, services, t, to, *found)


async def _draw_reopened(
    services: Services, t: Words, to: Person, message: Claimed
) -> Screen | None:
    async with services.db.reading() as tx:
        found = await _readable(tx, services, to, message.subject)
        if found is None or not found[1].is_open:
            return None
        file, dispute = found
        if oversees(to, file.teams) and not file.is_of(to):
            return await _draw_card(tx, services, t, to, file, dispute)
    zone = clock_of(services, to, file.team)
    return reopened_news(t, file, zone, named=not file.is_of(to))


async def _draw_decided(
    services: Services, t: Words, to: Person, message: Claimed
) -> Screen | None:
    async with services.db.reading() as tx:
        found = await _readable(tx, services, to, message.subject)
        if found is None:
            return await rescoring.draw_lapsed(tx, t, to, message.subject)
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


WITHDRAW = DisputeAct.WITHDRAW

ANSWERS = {DisputeAct.DECLINE: settling.decline, WITHDRAW: settling.withdraw}
"""The decisions that take nothing but a comment."""

ACTS: Mapping[DisputeAct, Callable[[Turn, DisputeTap], Awaitable[None]]] = {
    DisputeAct.CRITERION: toggle_criterion,
    DisputeAct.ALL: _take_all,
    DisputeAct.WRITE: ask_why,
    DisputeAct.CANCEL: cancel,
    DisputeAct.SEND: file_dispute,
    DisputeAct.CHANGE: ask_anew,
    DisputeAct.OPEN: _open,
    DisputeAct.SHOW: _show,
    DisputeAct.LIST: _turn_page,
    DisputeAct.ACCEPT: rescoring.accept,
    DisputeAct.DECLINE: _ask_comment,
    DisputeAct.WITHDRAW: _ask_comment,
    DisputeAct.OFFER: rescoring.show_request,
    DisputeAct.TAKE: rescoring.take,
    DisputeAct.MATERIAL: rescoring.send_material,
    DisputeAct.REOPEN: reopening.ask,
    DisputeAct.HAND_ON: passing.ask,
    DisputeAct.HAND_ON_SURE: passing.pass_on,
}

COMMANDS = (Command("disputes", list_disputes, N_("Disputes to decide"), DECIDERS),)

PRESSES = (press(DisputeTap, pressed),)

TYPED = (
    Typed(AWAITED, take_reason, frozenset({Role.AGENT})),
    Typed(DECISION, _take_comment, DECIDERS),
    Typed(reopening.REOPENING, reopening.take_reason, DECIDERS),
)

NOTICES = (
    Notice(DISPUTE_OPENED, _draw_opened),
    Notice(DISPUTE_ESCALATED, _draw_opened),
    Notice(DISPUTE_REOPENED, _draw_reopened),
    Notice(DISPUTE_REVIEW, rescoring.draw_request),
    Notice(DISPUTE_DECIDED, _draw_decided),
)
