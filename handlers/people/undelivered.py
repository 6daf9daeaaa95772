"""Under /people: messages that did not arrive, to be sent again or dropped by an admin."""

from handlers.people.people_card import zone_of
from handlers.refusals import NotFound
from handlers.routing import press
from handlers.taps import UndeliveredAct, UndeliveredTap
from handlers.turn import Turn
from handlers.views import undelivered as views
from handlers.views.screen import Screen
from scoring.roles import Role
from storage import undelivered
from storage.database import Transaction
from storage.undelivered import Undelivered

ADMINS = frozenset({Role.ADMIN})


async def pressed(turn: Turn, tap: UndeliveredTap) -> None:
    """Handle a press in the list or on a message."""
    async with turn.db.writing() as tx:
        screen = await _done(tx, turn, tap)
    turn.services.wake()
    await turn.show(screen)


async def _done(tx: Transaction, turn: Turn, tap: UndeliveredTap) -> Screen:
    match tap.act:
        case UndeliveredAct.LIST:
            return await _list(tx, turn, tap.value)
        case UndeliveredAct.CARD:
            return views.card_screen(turn.t, await _one(tx, tap.value), zone_of(turn))
        case UndeliveredAct.AGAIN:
            await undelivered.send_again(tx, turn.now, [tap.value])
            return await _list(tx, turn, 0, turn.t("It is being sent again."))
        case UndeliveredAct.AGAIN_ALL:
            count = await undelivered.send_again(tx, turn.now)
            note = turn.t.plural(
                "{count} message is being sent again.",
                "{count} messages are being sent again.",
                count,
            )
            return await _list(tx, turn, 0, note)
        case UndeliveredAct.DROP:
            await undelivered.drop(tx, [tap.value])
            return await _list(tx, turn, 0, turn.t("Dropped. It will not be sent."))


async def _one(tx: Transaction, message_id: int) -> Undelivered:
    found = await undelivered.by_id(tx, message_id)
    if found is None:
        raise NotFound
    return found


async def _list(tx: Transaction, turn: Turn, page: int, note: str | None = None) -> Screen:
    total = await undelivered.count(tx)
    page = min(max(page, 0), max(total - 1, 0) // views.PAGE)
    found = await undelivered.page(tx, offset=page * views.PAGE, limit=views.PAGE)
    shown = views.UndeliveredPage(found, total, page, zone_of(turn))
    return views.list_screen(turn.t, shown, note)


PRESSES = (press(UndeliveredTap, pressed, ADMINS),)
