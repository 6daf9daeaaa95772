"""An evaluator's own evaluations: a page of them, newest first, each a button."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.taps import CorrectionAct, CorrectionTap, FeedbackAct, FeedbackTap, MenuTap
from handlers.views.evaluation_page import EvaluationPage, entry_button, page_lines, turning
from handlers.views.names import short_names
from handlers.views.screen import Button, Screen, bold, lines, shorten
from handlers.words import Words
from storage.evaluations import Evaluation

NAME = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine(EvaluationPage):
    """A page of somebody's evaluations; ``names`` are the agents'."""

    names: Mapping[int, str]


def mine_button(t: Words) -> Button:
    """Return the button to the first page."""
    return Button(t("My evaluations"), CorrectionTap(0, CorrectionAct.MINE))


def mine_screen(t: Words, mine: Mine) -> Screen:
    """Return the page; without any evaluation it says so."""
    if not mine.total:
        scoring = Button(t("Score a contact"), MenuTap("score"))
        return Screen(lines(bold(t("My evaluations")), t("Nothing yet.")), [[scoring]])
    agents = sorted({one.agent_id for one in mine.entries})
    short = short_names([mine.names.get(agent, "…") for agent in agents])
    names = dict(zip(agents, short, strict=True))
    rows = [[_entry(t, mine, one, names[one.agent_id])] for one in mine.entries]
    turned = turning(t, mine, lambda skip: CorrectionTap(0, CorrectionAct.MINE, skip))
    return Screen(lines(*page_lines(t, bold(t("My evaluations")), mine)), [*rows, *turned])


def _entry(t: Words, mine: Mine, one: Evaluation, name: str) -> Button:
    opening = FeedbackTap(one.id, FeedbackAct.SHOW, back=-(mine.skipped + 1))
    return entry_button(t, mine, one, shorten(name, NAME), opening)
