"""Recordings, files and forwarded messages: they start a draft with that material attached."""

from telegram import Message, MessageOriginHiddenUser, MessageOriginUser

from handlers.access import FILES, admit
from handlers.evaluating.score import send_new, show_in_place
from handlers.evaluating.steps import AWAITED, heard_in, opened
from handlers.refusals import NotAllowed, Sorry
from handlers.turn import Turn
from handlers.words import N_
from scoring.draft import FORM_STAGES, Stage
from scoring.roles import Role
from storage import attachments, awaiting, draft_discards, drafts, repeats
from storage.attachments import Attachment
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.drafts import Draft

MAX_TEXT = 4096


class CannotKeep(Sorry):
    """A kind of message that is no material, such as a sticker or a round video."""

    sentence = N_("I cannot keep this. Send a recording, a photo, a file or a forwarded text.")


async def receive(turn: Turn) -> None:
    """Attach the message to the draft that is being begun, or begin one with it."""
    admit(turn, FILES["material"])
    piece = piece_of(turn.message) if turn.message is not None else None
    if piece is None:
        raise CannotKeep
    async with turn.db.writing() as tx:
        draft = await _attached_before(tx, turn) or await _being_begun(tx, turn)
        fresh = draft is None
        if draft is None:
            if not turn.person.is_a(Role.EVALUATOR):
                raise NotAllowed
            await draft_discards.blank(tx, turn.person.id, turn.now)
            draft = await drafts.start(
                tx, turn.person.id, Stage.AGENT, turn.now, begun_by=turn.asked_by
            )
            await awaiting.expect(tx, turn.person.id, Awaited(AWAITED, draft.id))
        await attachments.add(tx, draft.id, piece, turn.now)
        screen = await opened(tx, turn, draft)
    if fresh:
        await send_new(turn, draft, screen)
    else:
        await show_in_place(turn, draft, screen)


async def _attached_before(tx: Transaction, turn: Turn) -> Draft | None:
    """Return the draft that has this very message already, from before a crash."""
    heard = heard_in(turn)
    return None if heard is None else await repeats.attached_to(tx, turn.person.id, heard)


async def _being_begun(tx: Transaction, turn: Turn) -> Draft | None:
    """Return the draft that the person is filling in while it has not reached the criteria."""
    awaited = await awaiting.current(tx, turn.person.id)
    if awaited is None or awaited.what != AWAITED:
        return None
    draft = await drafts.by_id(tx, awaited.subject)
    if draft is None or not draft.is_open or draft.stage not in FORM_STAGES:
        return None
    return draft


def piece_of(message: Message) -> Attachment | None:
    """Return what the message brings as material, or ``None`` where it brings nothing."""
    media = (
        ("voice", message.voice),
        ("audio", message.audio),
        ("video", message.video),
        ("document", message.document),
        ("photo", message.photo[-1] if message.photo else None),
    )
    for kind, found in media:
        if found is not None:
            return Attachment(
                kind,
                message.message_id,
                file_id=found.file_id,
                file_unique_id=found.file_unique_id,
                text=(message.caption or None),
                sender=_sender(message),
            )
    if message.text and message.forward_origin is not None:
        text = message.text[:MAX_TEXT]
        return Attachment("text", message.message_id, text=text, sender=_sender(message))
    return None


def _sender(message: Message) -> str | None:
    """Return the name of whoever wrote a forwarded message, as far as Telegram tells."""
    origin = message.forward_origin
    if isinstance(origin, MessageOriginUser):
        return origin.sender_user.full_name[:120]
    if isinstance(origin, MessageOriginHiddenUser):
        return origin.sender_user_name[:120]
    return None
