"""Material on demand: recordings, files and texts of a contact, sent again to whoever asks."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import structlog
from markupsafe import Markup
from telegram.error import BadRequest

from handlers.evaluating.casefile import opened
from handlers.refusals import NotFound
from handlers.taps import FeedbackAct, FeedbackTap, Tap
from handlers.turn import Turn
from handlers.views import material as view
from handlers.views.screen import Button, Screen, lines
from storage.attachments import Attachment

log = structlog.get_logger(__name__)

AT_ONCE = 5
"""How many messages one press sends: Telegram wants about one a second in a chat."""

TEXT = "text"

Item = Attachment | Markup


async def send_material(turn: Turn, tap: FeedbackTap) -> None:
    """Send the next few pieces of the contact's material, and a button for those after them."""
    async with turn.db.reading() as tx:
        file = await opened(tx, turn.services, turn.person, tap.evaluation)
    await send_pieces(
        turn,
        file.material,
        tap.value,
        lambda sent: FeedbackTap(tap.evaluation, FeedbackAct.MATERIAL, sent),
    )


async def send_pieces(
    turn: Turn, pieces: Sequence[Attachment], skip: int, more: Callable[[int], Tap]
) -> None:
    """Send the next few of *pieces* after *skip* messages; *more* is the tap for those after."""
    items = list(_items(turn, pieces))
    some = items[max(skip, 0) :][:AT_ONCE]
    if not some:
        raise NotFound
    await turn.toast()
    lost = [await _send(turn, item) for item in some].count(False)
    sent = max(skip, 0) + len(some)
    if lost or sent < len(items):
        await turn.say(_closing(turn, more(sent), lost, len(items) - sent))


def _items(turn: Turn, pieces: Sequence[Attachment]) -> Iterator[Item]:
    """Yield what is sent, in order: files one by one, texts in a row as one conversation."""
    for are_texts, group in groupby(pieces, key=lambda piece: piece.kind == TEXT):
        if are_texts:
            yield from view.conversation(turn.t, [(one.sender, one.text or "") for one in group])
        else:
            for piece in group:
                yield piece
                if not view.is_caption(turn.t, piece.sender, piece.text):
                    yield from view.conversation(turn.t, [(piece.sender, piece.text or "")])


async def _send(turn: Turn, item: Item) -> bool:
    """Send the item; return False where Telegram does not have the file any more."""
    if isinstance(item, Markup):
        await turn.say(Screen(item))
        return True
    try:
        await _send_file(turn, item)
    except BadRequest as error:
        log.info("material_refused", kind=item.kind, reason=error.message)
        return False
    return True


async def _send_file(turn: Turn, piece: Attachment) -> None:
    chat, caption = turn.chat.id, view.caption(turn.t, piece.sender, piece.text)
    file_id = piece.file_id or ""
    if piece.kind == "voice":
        await turn.bot.send_voice(chat, file_id, caption=caption, message_thread_id=turn.thread)
    elif piece.kind == "audio":
        await turn.bot.send_audio(chat, file_id, caption=caption, message_thread_id=turn.thread)
    elif piece.kind == "photo":
        await turn.bot.send_photo(chat, file_id, caption=caption, message_thread_id=turn.thread)
    elif piece.kind == "video":
        await turn.bot.send_video(chat, file_id, caption=caption, message_thread_id=turn.thread)
    else:
        await turn.bot.send_document(chat, file_id, caption=caption, message_thread_id=turn.thread)


def _closing(turn: Turn, more: Tap, lost: int, left: int) -> Screen:
    """Return what is said after the pieces: how many are lost, how many are still to come."""
    rows = [[Button(turn.t("More"), more)]] if left else []
    return Screen(lines(*view.closing(turn.t, lost, left)), rows)
