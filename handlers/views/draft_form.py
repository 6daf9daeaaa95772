"""The screens before the first criterion: whose contact, which channel, which reference."""

from handlers import labels
from handlers.taps import DraftAct
from handlers.views.draft_parts import DraftView, back_button, close_button, heading, tap_on
from handlers.views.my_evaluations import mine_button
from handlers.views.pager import listed
from handlers.views.screen import Button, Screen, in_rows, lines, shorten
from handlers.words import Words
from scoring.draft import Stage
from scoring.scorecard import Channel
from storage.drafts import Draft
from storage.people import Person

AGENTS_SHOWN = 16
CORRECTED = "✎"
"""The mark of a draft that corrects a submitted evaluation."""
DISPUTED = "⚖"
"""The mark of a draft that scores a dispute afresh."""


def _agent_screen(t: Words, view: DraftView) -> Screen:
    page = view.agents[view.skip : view.skip + AGENTS_SHOWN]
    if not view.agents and view.draft.filter:
        asks = t.html(
            "No agent matches “{words}”.\nType another part of the name.",
            words=shorten(view.draft.filter, 40),
        )
    elif not view.agents:
        asks = t.html("There are no agents to score yet. An admin can add them with /people.")
    elif view.draft.reference and view.draft.contact_id is None and not view.draft.filter:
        asks = t.html(
            "<b>{reference} is not in the journal yet</b>\nWhose contact? Tap a name or type it.",
            reference=shorten(view.draft.reference, 40),
        )
    elif view.draft.filter:
        asks = t.html(
            "<b>Whose contact?</b>\nAgents matching “{words}”:",
            words=shorten(view.draft.filter, 40),
        )
    else:
        asks = t.html("<b>Whose contact?</b>\nTap a name or type a part of it.")
    rows = in_rows(
        (Button(agent.name, tap_on(view, DraftAct.AGENT, agent.id)) for agent in page), 2
    )
    last = [close_button(t, view)]
    if view.skip + AGENTS_SHOWN < len(view.agents):
        last.insert(0, Button(t("More"), tap_on(view, DraftAct.MORE, view.skip + AGENTS_SHOWN)))
    if view.draft.filter or view.skip:
        last.insert(0, Button(t("Everyone"), tap_on(view, DraftAct.MORE, 0)))
    own = [] if view.draft.calibration_id is not None else [[mine_button(t)]]
    return Screen(lines(heading(t, view) or None, asks), [*rows, last, *own])


def _channel_screen(t: Words, view: DraftView) -> Screen:
    text = lines(heading(t, view), "", t.html("<b>Which channel?</b>"))
    return Screen(text, [*_channels(t, view), [back_button(t, view), close_button(t, view)]])


def _channels(t: Words, view: DraftView) -> list[list[Button]]:
    channels = (
        Button(labels.channel(t, channel), tap_on(view, DraftAct.CHANNEL, number))
        for number, channel in enumerate(Channel)
    )
    return in_rows(channels, 2)


def _scorecard_screen(t: Words, view: DraftView) -> Screen:
    choices = [
        Button(one.scorecard.title.say(t.language), tap_on(view, DraftAct.SCORECARD, one.id))
        for one in view.scorecards
    ]
    text = lines(heading(t, view), "", t.html("<b>Which scorecard?</b>"))
    last = [back_button(t, view), close_button(t, view)]
    return listed([text], choices, [last], tap_on(view, DraftAct.OPEN))


def _reference_screen(t: Words, view: DraftView) -> Screen:
    text = lines(
        heading(t, view),
        t("The channel is a guess from the material. Tap another one if it is not so.")
        if view.guessed
        else None,
        "",
        t.html("<b>The contact's reference?</b>\nType its number or name, or skip."),
    )
    keep = view.draft.reference is not None
    label = t("Keep “{reference}”", reference=view.draft.reference) if keep else t("Skip")
    skip = Button(shorten(label, 30), tap_on(view, DraftAct.SKIP))
    rows = [[skip], [back_button(t, view), close_button(t, view)]]
    if view.guessed:
        rows[1:1] = _channels(t, view)
    if len(view.scorecards) > 1 and view.scorecard is not None:
        title = shorten(view.scorecard, 24)
        label = t("Scorecard: {title}", title=title)
        rows.insert(1, [Button(label, tap_on(view, DraftAct.OTHER_SCORECARD))])
    return Screen(text, rows)


def _material_screen(t: Words, view: DraftView) -> Screen:
    """Return the question whether the material belongs to the evaluation that is open."""
    new = [Button(t("New contact"), tap_on(view, DraftAct.NEW_CONTACT))]
    text = lines(heading(t, view) or None, "", t.html("<b>Which contact does this belong to?</b>"))
    if view.beside is None:
        return Screen(text, [[close_button(t, view)], new])
    other = view.beside
    # Two evaluations of one agent may be open: without a reference the channel tells them apart.
    mark = other.reference or (labels.channel(t, other.channel) if other.channel else None)
    contact = shorten(" · ".join(part for part in (other.agent, mark) if part), 28)
    add = Button(t("Add to {contact}", contact=contact), tap_on(view, DraftAct.ADD_HERE))
    return Screen(text, [[close_button(t, view)], [add], new])


FORM = {
    Stage.MATERIAL: _material_screen,
    Stage.AGENT: _agent_screen,
    Stage.CHANNEL: _channel_screen,
    Stage.SCORECARD: _scorecard_screen,
    Stage.REFERENCE: _reference_screen,
}


def draft_line(t: Words, draft: Draft, agent: Person | None) -> str:
    """Return a draft in one line for a button."""
    parts = [shorten(agent.name, 22) if agent else t("No agent yet")]
    if draft.channel is not None:
        parts.append(labels.channel(t, draft.channel))
    if draft.reference:
        parts.append(shorten(draft.reference, 12))
    told = " · ".join(parts)
    if draft.correction_id is not None:
        return f"{CORRECTED} {told}"
    return told if draft.dispute_id is None else f"{DISPUTED} {told}"
