"""Recordings, files and forwarded messages: they start a draft with that material attached."""

from collections.abc import Mapping
from dataclasses import replace

from telegram import Message, MessageOriginHiddenUser, MessageOriginUser

from handlers.access import FILES, admit
from handlers.asking import FORMS
from handlers.evaluating.showing import send_below, send_new, show_in_place
from handlers.evaluating.steps import (
    AWAITED,
    Act,
    NotHere,
    Result,
    draw,
    drawn,
    heard_in,
    mine,
    opened,
    require_stage,
    touch,
)
from handlers.refusals import NotAllowed, Sorry
from handlers.taps import DraftAct
from handlers.turn import Turn
from handlers.words import N_
from scoring.draft import FORM_STAGES, Stage
from scoring.roles import Role
from storage import attachments, awaiting, draft_discards, drafts, repeats
from storage.attachments import Attachment
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.drafts import DISCARDED, Draft

MAX_TEXT = 4096


class CannotKeep(Sorry):
    """A kind of message that is no material, such as a sticker or a round video."""

    sentence = N_("I cannot keep this. Send a recording, a photo, a file or a forwarded text.")


async def receive(turn: Turn) -> None:
    """Attach the message to the draft that is being begun, or begin one with it.

    Where an evaluation is open it is asked whether it belongs to that contact; a reply says so.
    """
    admit(turn, FILES["material"])
    piece = piece_of(turn.message) if turn.message is not None else None
    if piece is None:
        raise CannotKeep
    async with turn.db.writing() as tx:
        draft = await _attached_before(tx, turn) or await _meant(tx, turn)
        fresh = draft is None
        if draft is None:
            draft = await _begun(tx, turn, await _walked(tx, turn))
        await attachments.add(tx, draft.id, piece, turn.now)
        # While another one is walked its form stays the awaited one.
        asks = draft.is_open and draft.stage is Stage.MATERIAL
        screen = await (draw if asks else opened)(tx, turn, draft)
    if fresh:
        await send_new(turn, draft, screen)
    elif draft.message_id is not None and draft.message_id < piece.source_message:
        await send_below(turn, draft, screen)
    else:
        await show_in_place(turn, draft, screen)


async def _begun(tx: Transaction, turn: Turn, walked: Draft | None) -> Draft:
    """Begin a draft for the material; while another is *walked* it only asks what belongs where."""
    if not turn.person.is_a(Role.EVALUATOR):
        raise NotAllowed
    await draft_discards.blank(tx, turn.person.id, turn.now)
    stage = Stage.AGENT if walked is None else Stage.MATERIAL
    draft = await drafts.start(tx, turn.person.id, stage, turn.now, begun_by=turn.asked_by)
    if walked is None:
        await awaiting.expect(tx, turn.person.id, Awaited(AWAITED, draft.id))
        return draft
    return await drafts.save(tx, draft, replace(draft, beside_id=walked.id), turn.now)


async def _meant(tx: Transaction, turn: Turn) -> Draft | None:
    """Return the draft that the material goes to without a question, if there is one."""
    replied = turn.message.reply_to_message if turn.message is not None else None
    ident = (
        await drafts.shown_in(tx, turn.person.id, replied.message_id)
        if replied is not None
        else None
    )
    draft = await drafts.by_id(tx, ident) if ident is not None else None
    if draft is not None and draft.is_open and _is_ordinary(draft):
        return draft
    begun = await _being_begun(tx, turn)
    walked = await _walked(tx, turn)
    return begun or (await drafts.beside(tx, walked.id) if walked is not None else None)


async def _walked(tx: Transaction, turn: Turn) -> Draft | None:
    """Return the evaluation that is open and has its contact already, if there is one."""
    awaited = await awaiting.current(tx, turn.person.id)
    if awaited is None or awaited.what not in FORMS:
        return None
    draft = await drafts.by_id(tx, awaited.subject)
    if draft is None or not draft.is_open or draft.stage in FORM_STAGES:
        return None
    return draft if _is_ordinary(draft) else None


def _is_ordinary(draft: Draft) -> bool:
    return draft.calibration_id is None and draft.dispute_id is None


async def add_here(tx: Transaction, turn: Turn, draft: Draft, _value: int) -> Result:
    """Give the material to the evaluation that was open when it came, and go on with that one."""
    require_stage(draft, Stage.MATERIAL)
    beside = await mine(tx, turn, draft.beside_id or 0)
    if not beside.is_open:
        raise NotHere
    await attachments.move_to_draft(tx, draft.id, beside.id)
    await drafts.save(tx, draft, replace(draft, status=DISCARDED), turn.now)
    await touch(tx, turn, beside)
    return await drawn(tx, turn, beside)


async def new_contact(tx: Transaction, turn: Turn, draft: Draft, _value: int) -> Result:
    """Begin an evaluation of another contact with the material."""
    require_stage(draft, Stage.MATERIAL)
    after = replace(draft, stage=Stage.AGENT, beside_id=None)
    return await drawn(tx, turn, await drafts.save(tx, draft, after, turn.now))


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


ACTS: Mapping[DraftAct, Act] = {
    DraftAct.ADD_HERE: add_here,
    DraftAct.NEW_CONTACT: new_contact,
}
