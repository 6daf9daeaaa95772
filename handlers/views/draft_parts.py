"""What every screen of a draft shares: the draft with all it names, its heading, its taps."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers import labels
from handlers.evaluating.casefile import CaseFile
from handlers.taps import DraftAct, DraftTap
from handlers.views.screen import Button, shorten
from handlers.words import Words
from scoring.draft import Walk
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
    on such a one.
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
