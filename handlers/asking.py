"""What a typed text is taken for: the form that was touched last, or the one replied to.

A tap on a message that asks for something makes it the awaited one; a reply to it means it,
whatever else is awaited. Lists only offer a search: they never take the text that an evaluation
asks for, and say so. A command ends what was asked; an evaluation's form stays awaited, and the
command's answer ends with a line that says so.
"""

from dataclasses import replace

from markupsafe import Markup

from handlers.refusals import Sorry
from handlers.turn import Turn
from handlers.views.screen import italic, shorten
from handlers.words import N_
from scoring.draft import Stage
from storage import awaiting, drafts, people
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.drafts import Draft

DRAFT, ADVICE, LEARNING = "draft", "advice", "learning"
FORMS = frozenset({DRAFT, ADVICE, LEARNING})
"""What is awaited for a draft: its message is known by the draft."""

ASKING = frozenset(
    {Stage.AGENT, Stage.REFERENCE, Stage.REASON, Stage.REASONS, Stage.COMMENT, Stage.OVERALL}
)
"""The stages in which a draft asks for a text; in others it takes one that comes."""


WRITTEN = ASKING - {Stage.AGENT, Stage.REFERENCE}
"""Those of them that ask for the evaluator's own words."""

WORDS = frozenset(
    {
        *("dispute", "dispute_decision", "dispute_reopening", "correction.reason"),
        *("correction.decision", "contacts.comment", "task.skip"),
        *("proposal.text", "proposal.decision", "proposal.outcome"),
    }
)
"""Questions for somebody's own words: a command that ends one says so."""


class WantsText(Sorry):
    """A recording or a file came where a text is asked for."""

    sentence = N_("I asked for a text here: please write it. What you sent was not stored.")


class NotAsked(Sorry):
    """A reply to a message that asks for nothing."""

    sentence = N_("That message does not ask for a text. Nothing was stored.")


async def meant(tx: Transaction, turn: Turn) -> Awaited | None:
    """Return what a typed text answers; raise ``NotAsked`` for a reply to another message."""
    person = turn.person.id
    awaited = await awaiting.current(tx, person)
    replied = turn.message.reply_to_message if turn.message is not None else None
    if replied is None or replied.from_user is None or not replied.from_user.is_bot:
        return awaited
    turn.asked = await awaiting.asked_in(tx, person, replied.message_id)
    if turn.asked is not None:
        return turn.asked
    draft = await drafts.shown_in(tx, person, replied.message_id)
    if draft is not None:
        same = awaited is not None and awaited.what in FORMS and awaited.subject == draft
        return awaited if same else Awaited(DRAFT, draft)
    if replied.reply_markup is not None:
        raise NotAsked
    return awaited


async def touch(tx: Transaction, turn: Turn, message_id: int) -> None:
    """Make the message whose button was pressed the awaited one, if it asks for something."""
    turn.asked = await awaiting.asked_in(tx, turn.person.id, message_id)
    await resume(tx, turn)


async def resume(tx: Transaction, turn: Turn) -> None:
    """Await what the message asks for that was pressed or replied to."""
    if turn.asked is None or await _is_kept(tx, turn, turn.asked):
        return
    awaited = await awaiting.current(tx, turn.person.id)
    if awaited is None or replace(awaited, refused=None) != turn.asked:
        await awaiting.expect(tx, turn.person.id, turn.asked)


async def offer(tx: Transaction, turn: Turn, offered: Awaited) -> None:
    """Take the next text as *offered*, unless an evaluation asks for it: then only a reply."""
    kept = await _kept(tx, turn)
    if kept is None:
        turn.footer = None
        await awaiting.expect(tx, turn.person.id, offered)
        return
    turn.offered = offered
    turn.footer = await _line(tx, turn, kept, offers=True)


async def interrupt(tx: Transaction, turn: Turn) -> None:
    """End what was asked before a command, or keep an evaluation's form and say so."""
    awaited = await awaiting.current(tx, turn.person.id)
    if awaited is None:
        return
    if awaited.what not in FORMS:
        await awaiting.put_aside(tx, turn.person.id)
        if awaited.what in WORDS:
            told = turn.t("✎ I no longer wait for your text. Reply to my question to answer it.")
            turn.footer = italic(told)
        return
    draft = await drafts.by_id(tx, awaited.subject)
    if draft is not None and draft.is_open:
        turn.footer = await _line(tx, turn, draft, offers=False)


async def require_no_text(tx: Transaction, turn: Turn) -> str | None:
    """Raise ``WantsText`` where a question waits for a text; of a form, return what to say."""
    try:
        awaited = await meant(tx, turn)
    except NotAsked:
        return None
    if awaited is None or awaited.what in awaiting.OFFERS:
        return None
    if awaited.what not in FORMS:
        raise WantsText
    draft = await drafts.by_id(tx, awaited.subject)
    asks = draft is not None and draft.is_open and draft.stage in WRITTEN
    if asks or awaited.what == ADVICE:
        return turn.t("I asked for a text here: please write it.")
    return None


async def note_shown(tx: Transaction, turn: Turn) -> None:
    """Note which message asks for what is awaited since this update, or offers a search."""
    if turn.shown is None:
        return
    if turn.offered is not None:
        await awaiting.ask_in(tx, turn.person.id, replace(turn.offered, shown_in=turn.shown))
        return
    awaited = await awaiting.current(tx, turn.person.id)
    if awaited is not None and awaited.shown_in is None and awaited.what not in FORMS:
        await awaiting.show(tx, turn.person.id, turn.shown)


async def _is_kept(tx: Transaction, turn: Turn, asked: Awaited) -> bool:
    """Return whether an evaluation asks for the text that *asked* only offers to take."""
    return asked.what in awaiting.OFFERS and await _kept(tx, turn) is not None


async def _kept(tx: Transaction, turn: Turn) -> Draft | None:
    """Return the draft that asks for the next text, if one does."""
    awaited = await awaiting.current(tx, turn.person.id)
    if awaited is None or awaited.what not in FORMS:
        return None
    draft = await drafts.by_id(tx, awaited.subject)
    if draft is None or not draft.is_open:
        return None
    return draft if awaited.what != DRAFT or draft.stage in ASKING else None


async def _line(tx: Transaction, turn: Turn, draft: Draft, *, offers: bool) -> Markup:
    agent = await people.by_id(tx, draft.agent_id) if draft.agent_id is not None else None
    if agent is None:
        told = turn.t("✎ What you type goes to the evaluation that you began.")
    else:
        name = shorten(agent.name, 40)
        told = turn.t("✎ What you type goes to the evaluation of {name}.", name=name)
    if offers:
        told = f"{told} {turn.t('Reply to this message to search.')}"
    return italic(told)
