"""/next: an evaluator's next assigned contact with its material, and the walk through it."""

from handlers.assignments.access import MovedOn, named, put_aside, task_of
from handlers.contacts.access import opened
from handlers.contacts.begin_scoring import begin
from handlers.evaluating.showing import send_new
from handlers.taps import TaskAct, TaskTap
from handlers.turn import Turn
from handlers.views import assignments as views
from handlers.views.screen import Screen
from storage import assignments, drafts
from storage.database import Transaction

UPCOMING = TaskTap(TaskAct.NEXT)


async def start(turn: Turn) -> None:
    """Answer /next."""
    await put_aside(turn)
    async with turn.db.reading() as tx:
        screen = await upcoming(tx, turn)
    await turn.say(screen)


async def show(turn: Turn, _tap: TaskTap) -> None:
    """Show the next contact in place of what was pressed."""
    await put_aside(turn)
    async with turn.db.reading() as tx:
        screen = await upcoming(tx, turn)
    await turn.show(screen)


async def upcoming(tx: Transaction, turn: Turn) -> Screen:
    """Return the next contact of whoever asks, or that there is none."""
    one = await assignments.next_of(tx, turn.person.id)
    if one is None:
        return views.empty_screen(turn.t)
    task = await task_of(tx, turn.services, turn.person, one, UPCOMING)
    return views.task_screen(turn.t, task)


async def score(turn: Turn, tap: TaskTap) -> None:
    """Begin to score the contact, or go on: below its material, or in place where it has none."""
    try:
        async with turn.db.writing() as tx:
            one = await named(tx, turn, TaskTap(tap.act, tap.subject))
            contact, _ = await opened(tx, turn.person, one.contact_id)
            task = await task_of(tx, turn.services, turn.person, one, UPCOMING)
            draft, screen = await begin(tx, turn, contact)
    except MovedOn:
        await redraw(turn)
        return
    if draft is None:
        await turn.show(screen)
        return
    if task.card.pieces or contact.link or contact.text:
        await turn.toast()
        await send_new(turn, draft, screen)
        return
    shown = await turn.show(screen)
    async with turn.db.writing() as tx:
        await drafts.place(tx, draft.id, turn.chat.id, shown)


async def redraw(turn: Turn) -> None:
    """Show what is next in place of an outdated message, without acting on the press."""
    async with turn.db.reading() as tx:
        screen = await upcoming(tx, turn)
    await turn.toast(turn.t("This had moved on. Here is where it stands now."))
    await turn.show(screen)
