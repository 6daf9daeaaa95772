"""What every act on a draft shares: whose it is, where it stands, and its screen."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from handlers.asking import DRAFT
from handlers.corrections import correction_drafts
from handlers.disputes.dispute_drafts import require, viewed
from handlers.refusals import NotAllowed, NotFound, NotYours, Sorry
from handlers.turn import Turn
from handlers.views import draft_ends, draft_screens
from handlers.views.draft_parts import Added
from handlers.views.screen import Screen
from handlers.words import N_
from scoring.draft import Stage
from scoring.roles import Role
from storage import awaiting, drafts
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.drafts import Draft
from storage.repeats import Heard

AWAITED = DRAFT

Result = tuple[Draft, Screen]
Act = Callable[[Transaction, Turn, Draft, int], Awaitable[Result]]


class NotHere(Sorry):
    """The act does not belong to the draft's present step."""

    sentence = N_("That is not possible at this step.")


class NoTextHere(Sorry):
    """The draft's present step is answered with buttons alone."""

    sentence = N_(
        "A button answers this step, so your text was not added. Please tap one, "
        "then send the text again."
    )


def heard_in(turn: Turn) -> Heard | None:
    """Return which message this update is, ``None`` for a press."""
    message = turn.message
    return None if message is None else Heard(message.message_id, message.date)


async def draw(
    tx: Transaction, turn: Turn, draft: Draft, skip: int = 0, *, added: Added | None = None
) -> Screen:
    """Return the draft's screen as it stands, perhaps with the text that was just *added*."""
    view = replace(await viewed(tx, turn, draft, skip), added=added)
    return draft_screens.draft_screen(turn.t, view)


async def mine(tx: Transaction, turn: Turn, draft_id: int) -> Draft:
    """Return the draft; raise a ``Sorry`` unless it is the person's own and theirs to fill in."""
    draft = await drafts.by_id(tx, draft_id)
    if draft is None:
        raise NotFound
    if draft.evaluator_id != turn.person.id:
        raise NotYours
    if draft.dispute_id is not None:
        await require(tx, turn.services, turn.person, draft)
    elif draft.correction_id is not None:
        await correction_drafts.require(tx, turn.services, turn.person, draft)
    elif draft.calibration_id is None and not turn.person.is_a(Role.EVALUATOR):
        raise NotAllowed
    return draft


async def opened(tx: Transaction, turn: Turn, draft: Draft) -> Screen:
    """Show the draft where it stands, or what became of it."""
    if draft.is_open:
        await touch(tx, turn, draft)
        return await draw(tx, turn, draft)
    view = await viewed(tx, turn, draft)
    return draft_ends.ended_screen(turn.t, view)


async def touch(tx: Transaction, turn: Turn, draft: Draft) -> None:
    """Take the next text for this draft: its form is the one that was touched last."""
    awaited = await awaiting.current(tx, turn.person.id)
    if awaited is None or (awaited.what, awaited.subject) != (AWAITED, draft.id):
        await awaiting.expect(tx, turn.person.id, Awaited(AWAITED, draft.id))


async def drawn(tx: Transaction, turn: Turn, draft: Draft) -> Result:
    """Return the draft with its screen."""
    return draft, await draw(tx, turn, draft)


def require_stage(draft: Draft, stage: Stage) -> None:
    """Raise ``NotHere`` unless the draft stands in *stage*."""
    if draft.stage is not stage:
        raise NotHere
