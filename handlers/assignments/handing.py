"""Skipping an assigned contact with a reason, and passing it on to somebody else."""

from handlers.assignments.access import SKIP, MovedOn, NobodyElse, named, takers, task_of
from handlers.assignments.outstanding import persons_list
from handlers.assignments.upcoming import upcoming
from handlers.disputes.disputing import required_text
from handlers.evaluating.submission import allowed_at
from handlers.notice import Notice
from handlers.refusals import OutOfDate, Sorry
from handlers.taps import TaskAct, TaskTap
from handlers.turn import Services, Turn
from handlers.views import assignments as views
from handlers.views.screen import Screen
from handlers.words import N_, Words
from storage import assignments, awaiting, locks, outbox, people, teams
from storage.assignments import Assignment
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.outbox import Claimed, Message
from storage.people import Person

HANDED = "task_handed"


class CannotTake(Sorry):
    """The person may not score the contact, or not any more."""

    sentence = N_("This person may not score the contact.")


async def ask_why(turn: Turn, tap: TaskTap) -> None:
    """Ask why the contact is skipped; a press or the next text is the answer."""
    try:
        async with turn.db.writing() as tx:
            one = await named(tx, turn, tap)
            task = await task_of(tx, turn.services, turn.person, one, tap)
            where = f"{tap.team} {tap.page}"
            awaited = Awaited(SKIP, one.id, where, turn.pressed_message)
            await awaiting.expect(tx, turn.person.id, awaited)
    except MovedOn:
        await _redraw(turn, tap)
        return
    await turn.show(views.reasons_screen(turn.t, task))


async def skip_for(turn: Turn, tap: TaskTap) -> None:
    """Skip the contact for one of the ready reasons."""
    if not 0 <= tap.value < len(views.REASONS):
        raise OutOfDate
    await _skip(turn, tap, views.REASONS[tap.value])


async def skip_typed(turn: Turn, awaited: Awaited) -> None:
    """Skip the contact for a reason in one's own words."""
    reason = required_text(turn)
    team, _, page = awaited.detail.partition(" ")
    tap = TaskTap(TaskAct.WHY, awaited.subject, 0, int(team or 0), int(page or 0))
    try:
        await _skip(turn, tap, reason, awaited.message_id)
    except Sorry:
        async with turn.db.writing() as tx:
            await awaiting.forget(tx, turn.person.id)
        raise


async def _skip(turn: Turn, tap: TaskTap, reason: str, message_id: int | None = None) -> None:
    try:
        async with turn.db.writing() as tx:
            screen = await _skipped(tx, turn, tap, reason)
    except MovedOn:
        await _redraw(turn, tap, message_id)
        return
    await turn.toast(turn.t("Skipped."))
    if message_id is None:
        await turn.show(screen)
    else:
        await turn.show_below(screen, message_id)


async def _skipped(tx: Transaction, turn: Turn, tap: TaskTap, reason: str) -> Screen:
    """Store that the contact is skipped and return what follows; raise ``MovedOn``."""
    one = await named(tx, turn, tap)
    if not await assignments.skip(tx, one, reason, turn.now):
        raise MovedOn
    await _stop_waiting(tx, turn, one)
    return await _after(tx, turn, one, tap)


async def ask_whom(turn: Turn, tap: TaskTap) -> None:
    """Ask to whom the contact is passed on."""
    try:
        async with turn.db.reading() as tx:
            one = await named(tx, turn, tap)
            able = await takers(tx, one)
            task = await task_of(tx, turn.services, turn.person, one, tap)
    except MovedOn:
        await _redraw(turn, tap)
        return
    if not able:
        raise NobodyElse
    await turn.show(views.takers_screen(turn.t, task, able))


async def hand_on(turn: Turn, tap: TaskTap) -> None:
    """Pass the contact on to the chosen evaluator, who hears of it."""
    try:
        async with turn.db.writing() as tx:
            taker, screen = await _handed(tx, turn, tap)
    except MovedOn:
        await _redraw(turn, tap)
        return
    turn.services.wake()
    await turn.toast(turn.t("Passed on to {name}.", name=taker.name))
    await turn.show(screen)


async def _handed(tx: Transaction, turn: Turn, tap: TaskTap) -> tuple[views.Taker, Screen]:
    """Store who has the contact now; return them and what follows.

    Raises ``CannotTake`` or ``MovedOn``.
    """
    one = await named(tx, turn, tap)
    # Two scorings of one contact must not be passed on to one person at the same time.
    await locks.alone(tx, f"contact:{one.contact_id}")
    taker = next((who for who in await takers(tx, one) if who.id == tap.value), None)
    if taker is None:
        raise CannotTake
    if not await assignments.reassign(tx, one, taker.id, turn.now):
        raise MovedOn
    await _stop_waiting(tx, turn, one)
    await _tell(tx, turn, one, taker.id)
    return taker, await _after(tx, turn, one, tap)


async def _stop_waiting(tx: Transaction, turn: Turn, one: Assignment) -> None:
    awaited = await awaiting.current(tx, turn.person.id)
    if awaited is not None and awaited.what == SKIP and awaited.subject == one.id:
        await awaiting.forget(tx, turn.person.id)


async def _tell(tx: Transaction, turn: Turn, one: Assignment, to: int) -> None:
    """Queue the news for the taker, unless they took it themself."""
    if to == turn.person.id:
        return
    taker = (await people.by_ids(tx, [to]))[to]
    team = await teams.by_id(tx, one.team_id)
    key = f"{HANDED}:{one.id}:{to}:{turn.now.isoformat()}"
    at = allowed_at(team, taker, turn.now)
    told = Message(HANDED, to, one.id, key, at, data=str(turn.person.id))
    await outbox.put(tx, [told], turn.now)


async def _after(tx: Transaction, turn: Turn, one: Assignment, tap: TaskTap) -> Screen:
    """Return what follows: the next contact, or the rest of the list for an overseer."""
    if not tap.team:
        return await upcoming(tx, turn)
    return await persons_list(tx, turn, tap.team, one.evaluator_id, tap.page)


async def _redraw(turn: Turn, tap: TaskTap, message_id: int | None = None) -> None:
    """Show where things stand, without acting on the press."""
    async with turn.db.reading() as tx:
        one = await assignments.by_id(tx, tap.subject)
        if tap.team and one is not None:
            screen = await persons_list(tx, turn, tap.team, one.evaluator_id, tap.page)
        else:
            screen = await upcoming(tx, turn)
    await turn.toast(turn.t("This had moved on. Here is where it stands now."))
    await turn.show(screen, message_id)


async def _draw_handed(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    """Return the news while the contact still waits for its new evaluator."""
    async with services.db.reading() as tx:
        one = await assignments.by_id(tx, message.subject)
        by = await people.by_id(tx, int(message.data or 0))
    if one is None or not one.is_open or one.evaluator_id != to.id:
        return None
    return views.handed_screen(t, by.name if by is not None else None)


NOTICES = (Notice(HANDED, _draw_handed),)
