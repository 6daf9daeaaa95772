"""The archive of an agent's feedback: a page of evaluations, newest first, each a button."""

from dataclasses import dataclass

from markupsafe import Markup

from handlers import labels
from handlers.taps import CorrectionAct, CorrectionTap, FeedbackAct, FeedbackTap
from handlers.views.evaluation_page import EvaluationPage, entry_button, page_lines, turning
from handlers.views.screen import Button, Screen, lines
from handlers.words import Words
from storage.evaluations import Evaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive(EvaluationPage):
    """A page of the archive of ``agent`` (an id; 0 where the reader is the agent).

    ``name`` is the agent's where somebody else reads; ``evaluates`` says that the reader submits
    evaluations too.
    """

    agent: int
    name: str | None
    evaluates: bool = False


def archive_screen(t: Words, archive: Archive) -> Screen:
    """Return the page; an empty archive says so."""
    if not archive.total:
        return Screen(lines(_heading(t, archive), t("Nothing yet.")), _own(t, archive))
    rows = [[_entry(t, archive, one)] for one in archive.entries]
    turned = turning(t, archive, lambda skip: FeedbackTap(archive.agent, FeedbackAct.LIST, skip))
    below = [*turned, *_own(t, archive)]
    return Screen(lines(*page_lines(t, _heading(t, archive), archive)), [*rows, *below])


def _own(t: Words, archive: Archive) -> list[list[Button]]:
    """Return the way to what an agent who is an evaluator too submitted themself."""
    if not archive.evaluates:
        return []
    return [[Button(t("My evaluations"), CorrectionTap(0, CorrectionAct.MINE))]]


def _heading(t: Words, archive: Archive) -> Markup:
    if archive.name is not None:
        return t.html("<b>Feedback for {name}</b>", name=archive.name)
    return t.html("<b>Your feedback</b>")


def _entry(t: Words, archive: Archive, one: Evaluation) -> Button:
    opening = FeedbackTap(one.id, FeedbackAct.SHOW, back=archive.skipped + 1)
    return entry_button(t, archive, one, labels.channel(t, one.channel), opening)
