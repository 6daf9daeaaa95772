"""What every screen of a draft shares: the draft with all it names, its heading, its taps."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers import labels
from handlers.evaluating.casefile import CaseFile
from handlers.taps import DraftAct, DraftTap
from handlers.views.screen import Button, shorten
from handlers.words import Words
from scoring.draft import Slot, Walk
from scoring.scorecard import Channel
from storage.corrections import Correction
from storage.drafts import Draft
from storage.people import Person
from storage.scorecards import Published


@dataclass(frozen=True, slots=True)
class Rescoring:
    """What a draft over disputed criteria belongs to.

    ``case`` is there for those alone who may see the first answers: whoever scores afresh has
    none before it is submitted, so no screen can show it.
    """

    dispute_id: int
    whole: bool
    is_open: bool
    case: CaseFile | None


REASON = "reason"
"""The slot of a correction's reason, which stands in the correction."""


@dataclass(frozen=True, slots=True)
class Added:
    """A text that was just taken: what it is, of which criterion, and whether one was there."""

    piece: int
    slot: str
    criterion: str | None
    several: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """The contact of another open evaluation, which new material may belong to."""

    agent: str
    reference: str | None
    channel: Channel | None


@dataclass(frozen=True, slots=True)
class Correcting:
    """What a draft corrects; ``asked`` are the names of those whose consent it takes."""

    correction: Correction
    case: CaseFile
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft with everything that its screen names.

    ``agent`` is a name; ``left`` is how many contacts are assigned to the evaluator, for a draft
    on such a one; ``added`` is the text that was just taken. ``beside`` is
    the contact of the evaluation that was open when material came; ``guessed`` says that the
    channel was read off the material; ``scorecard`` is the title of the one chosen.
    """

    draft: Draft
    agent: str | None = None
    walk: Walk | None = None
    materials: int = 0
    agents: Sequence[Person] = ()
    scorecards: Sequence[Published] = ()
    skip: int = 0
    evaluation_id: int | None = None
    rescoring: Rescoring | None = None
    correcting: Correcting | None = None
    precedents: bool = False
    left: int = 0
    added: Added | None = None
    beside: Beside | None = None
    guessed: bool = False
    scorecard: str | None = None


def tap_on(view: DraftView, act: DraftAct, value: int = 0) -> DraftTap:
    """Return the press on this draft as it stands."""
    return DraftTap(view.draft.id, view.draft.version, act, value)


def close_button(t: Words, view: DraftView) -> Button:
    """Return the button that puts the draft aside."""
    return Button(t("Close"), tap_on(view, DraftAct.CLOSE))


def back_button(t: Words, view: DraftView) -> Button:
    """Return the button that leads one step back."""
    return Button(t("Back"), tap_on(view, DraftAct.BACK))


def heading(t: Words, view: DraftView) -> Markup:
    """Return the line that says whose contact this is."""
    draft = view.draft
    parts: list[str] = []
    if view.agent is not None:
        parts.append(shorten(view.agent, 60))
    if draft.channel is not None:
        parts.append(labels.channel(t, draft.channel))
    if draft.reference:
        parts.append(labels.reference(t, draft.reference))
    if view.materials:
        parts.append(f"📎 {view.materials}")
    return Markup(" · ").join(parts)


def added_lines(t: Words, view: DraftView) -> list[Markup]:
    """Return the line that says where the text went that was just taken, if one was."""
    if view.added is None:
        return []
    return [t.html("✓ Added to <i>{place}</i>", place=_place(t, view, view.added)), Markup()]


def added_row(t: Words, view: DraftView) -> list[list[Button]]:
    """Return the row of buttons that put such a text in place of the rest, or take it back."""
    if view.added is None:
        return []
    row = [Button(t("Remove"), tap_on(view, DraftAct.TAKE_BACK, view.added.piece))]
    if view.added.several:
        row.insert(0, Button(t("Replace"), tap_on(view, DraftAct.REPLACE, view.added.piece)))
    return [row]


def _place(t: Words, view: DraftView, added: Added) -> str:
    if added.criterion is not None and view.walk is not None:
        return view.walk.scorecard.criterion(added.criterion).title.say(t.language)
    if added.slot == Slot.OVERALL:
        return t("Summary comment") if view.rescoring is None else t("Why?")
    if added.slot == REASON:
        return t("Why?")
    return t("Advice") if view.rescoring is None else t("Note for learning")
