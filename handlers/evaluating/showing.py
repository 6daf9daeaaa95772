"""A draft's message: sent anew, below what was typed, or edited where it stands."""

from handlers.turn import Turn
from handlers.views.screen import Screen
from storage import drafts
from storage.drafts import Draft


async def send_new(turn: Turn, draft: Draft, screen: Screen) -> None:
    """Send the draft's message anew and remember which one it is."""
    turn.footer = None
    message_id = await turn.say(screen)
    async with turn.db.jotting() as tx:
        await drafts.place(tx, draft.id, turn.chat.id, message_id)


async def send_below(turn: Turn, draft: Draft, screen: Screen) -> None:
    """Send the draft's message anew below what was typed, and remove the one above."""
    turn.footer = None
    shown = await turn.show_below(screen, draft.message_id)
    async with turn.db.jotting() as tx:
        await drafts.place(tx, draft.id, turn.chat.id, shown)


async def show_in_place(turn: Turn, draft: Draft, screen: Screen) -> None:
    """Edit the draft's message; where it cannot be edited any more, a new one takes its place."""
    if draft.message_id is None:
        await send_new(turn, draft, screen)
        return
    shown = await turn.show(screen, draft.message_id)
    if shown != draft.message_id:
        async with turn.db.jotting() as tx:
            await drafts.place(tx, draft.id, turn.chat.id, shown)
