"""/score: from choosing the agent to the submitted evaluation, in one message."""

from dataclasses import replace

from handlers.contacts import begin_scoring as contact_scoring
from handlers.disputes import learning, precedents
from handlers.disputes.dispute_drafts import ended
from handlers.evaluating import advice, material
from handlers.evaluating.acts import ACTS, follow_edit, take_text
from handlers.evaluating.referring import seek_agent
from handlers.evaluating.showing import send_below, send_new, show_in_place
from handlers.evaluating.steps import AWAITED, draw, heard_in, mine, opened, touch
from handlers.routing import Command, Typed, press
from handlers.taps import DraftAct, DraftTap
from handlers.turn import Turn, remove_message
from handlers.views.screen import Screen
from handlers.words import N_
from scoring.draft import FORM_STAGES, Stage
from scoring.roles import Role
from storage import awaiting, contacts, draft_discards, draft_texts, drafts, repeats
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.drafts import Draft, StaleDraftError

EVALUATORS = frozenset({Role.EVALUATOR})
SCORERS = EVALUATORS | {Role.SUPERVISOR, Role.ADMIN}
"""Who fills in drafts: a supervisor for a calibration, they and admins to decide a dispute.

Each press looks at it anew.
"""
Begun = tuple[Draft | None, Screen, Screen | None]
"""The draft, if there is one yet, its screen, and what is known of its contact."""

EVERY_ACT = {**ACTS, **advice.ACTS, **material.ACTS, **precedents.ACTS, **learning.ACTS}


async def start(turn: Turn) -> None:
    """Answer /score: begin a draft, as far along as the typed reference or name allows."""
    words = turn.text.partition(" ")[2].strip()
    async with turn.db.writing() as tx:
        draft, screen, about = await _begun_before(tx, turn) or await _asked(tx, turn, words)
    if about is not None:
        turn.footer = None
        await turn.say(about)
    if draft is None:
        await turn.say(screen)
    else:
        await send_new(turn, draft, screen)


async def _begun_before(tx: Transaction, turn: Turn) -> Begun | None:
    """Return what this very message began already, before a crash."""
    heard = heard_in(turn)
    draft = await repeats.begun_by(tx, turn.person.id, heard) if heard is not None else None
    return None if draft is None else (draft, await opened(tx, turn, draft), None)


async def _asked(tx: Transaction, turn: Turn, words: str) -> Begun:
    await draft_discards.blank(tx, turn.person.id, turn.now)
    found = await contact_scoring.referred(tx, words)
    if len(found) > 1:
        return None, await contact_scoring.choice(tx, turn, words, found), None
    if found:
        draft, screen = await contact_scoring.begin(tx, turn, found[0])
        about = await contact_scoring.card(tx, turn, found[0]) if draft is not None else None
        return draft, screen, about
    return *await _begin(tx, turn, words), None


async def _begin(tx: Transaction, turn: Turn, words: str) -> tuple[Draft, Screen]:
    """Begin a draft by asking for the agent, or past that where *words* name one or a contact."""
    draft = await drafts.start(tx, turn.person.id, Stage.AGENT, turn.now, begun_by=turn.asked_by)
    await awaiting.expect(tx, turn.person.id, Awaited(AWAITED, draft.id))
    if not words:
        return draft, await draw(tx, turn, draft)
    return await seek_agent(tx, turn, draft, words)


async def pressed(turn: Turn, tap: DraftTap) -> None:
    """Handle a press on a draft's message."""
    try:
        draft, screen = await _act(turn, tap)
    except StaleDraftError:
        await _redraw(turn, tap)
        return
    about = await _about(turn, draft) if tap.act in {DraftAct.CONTACT, DraftAct.AGAIN} else None
    if about is not None:
        await turn.toast()
        await turn.say(about)
        await send_below(turn, draft, screen)
        return
    shown = await turn.show(screen)
    if draft.is_open and shown != draft.message_id:
        async with turn.db.jotting() as tx:
            await drafts.place(tx, draft.id, turn.chat.id, shown)
        if draft.id != tap.draft and draft.message_id is not None:
            await remove_message(turn.bot, turn.chat.id, draft.message_id)
    if not draft.is_open:
        turn.services.wake()  # only an end makes news


async def _act(turn: Turn, tap: DraftTap) -> tuple[Draft, Screen]:
    async with turn.db.jotting() as tx:
        draft = await mine(tx, turn, tap.draft)
        if tap.act is DraftAct.OPEN or not draft.is_open:
            return draft, await opened(tx, turn, draft)
        if tap.version != draft.version:
            raise StaleDraftError
        await touch(tx, turn, draft)
        return await EVERY_ACT[tap.act](tx, turn, draft, tap.value)


async def _redraw(turn: Turn, tap: DraftTap) -> None:
    """Show an outdated message as the draft stands now, without acting on the press."""
    async with turn.db.jotting() as tx:
        screen = await opened(tx, turn, await mine(tx, turn, tap.draft))
    await turn.toast(turn.t("This had moved on. Here is where it stands now."))
    await turn.show(screen)


async def on_text(turn: Turn, awaited: Awaited) -> None:
    """Take a typed text for what the draft's present step asks."""
    async with turn.db.jotting() as tx:
        draft = await mine(tx, turn, awaited.subject)
        if not draft.is_open:
            raise await ended(tx, draft)
        known = draft.contact_id
        draft, screen = await _taken(tx, turn, draft, awaited)
    about = await _about(turn, draft) if draft.contact_id != known else None
    if about is not None:
        await turn.say(about)
    await send_below(turn, draft, screen)
    if not draft.is_open:
        turn.services.wake()


async def _about(turn: Turn, draft: Draft) -> Screen | None:
    """Return what is known of the journal's contact that a walk has begun on."""
    if draft.contact_id is None or not draft.is_open or draft.stage in FORM_STAGES:
        return None
    async with turn.db.reading() as tx:
        contact = await contacts.by_id(tx, draft.contact_id)
        return None if contact is None else await contact_scoring.card(tx, turn, contact)


async def on_edit(turn: Turn) -> bool:
    """Let a draft follow an edited text; return whether the text was taken by one at all."""
    if turn.message is None:
        return False
    async with turn.db.jotting() as tx:
        piece = await draft_texts.brought_by(tx, turn.person.id, turn.message.message_id)
        if piece is None:
            return False
        draft, screen = await follow_edit(tx, turn, piece)
        await touch(tx, turn, draft)
    await show_in_place(turn, draft, screen)
    return True


async def _taken(
    tx: Transaction, turn: Turn, draft: Draft, awaited: Awaited
) -> tuple[Draft, Screen]:
    """Take the text, unless it comes a second time: then show where the draft stands."""
    heard = heard_in(turn)
    if heard is None or repeats.took(draft, heard):
        return draft, await opened(tx, turn, draft)
    take = TAKING.get(awaited.what, take_text)
    return await take(tx, turn, replace(draft, heard=heard.message), turn.text)


TAKING = {advice.AWAITED: advice.take_text, learning.AWAITED: learning.take_text}
"""What a text is taken for while something apart from the walk is awaited."""


COMMANDS = (Command("score", start, N_("Score a contact"), EVALUATORS),)
PRESSES = (press(DraftTap, pressed, SCORERS),)
TYPED = (
    Typed(AWAITED, on_text, SCORERS),
    Typed(advice.AWAITED, on_text, SCORERS),
    Typed(learning.AWAITED, on_text, SCORERS),
)
