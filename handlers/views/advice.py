"""What the agent would be recommended, before the evaluator puts it in their own words."""

from markupsafe import Markup

from handlers.taps import DraftAct
from handlers.views.draft_parts import DraftView, heading, tap_on
from handlers.views.feedback import recommendation
from handlers.views.screen import Button, Screen, bold, fit, lines, quote, shorten
from handlers.words import Words
from scoring.draft import MAX_TEXT
from scoring.feedback import Feedback, Mending

TITLE = 80
ADVICE = 300
MOST = 8


def advice_screen(t: Words, view: DraftView, found: Feedback) -> Screen:
    """Return what the agent will read as recommendations, and how to change it."""
    own = view.draft.advice
    if own is not None:
        told = [bold(t("Your advice to the agent:")), quote(own)]
    else:
        told = [bold(t("The agent would be told:")), *_generated(t, found)]
    text = fit(
        [
            heading(t, view),
            *told,
            "",
            t(
                "Write your own words and they take its place, up to {limit} characters.",
                limit=MAX_TEXT,
            ),
        ]
    )
    row = [Button(t("Back"), tap_on(view, DraftAct.OPEN))]
    if own is not None:
        row.insert(0, Button(t("Restore"), tap_on(view, DraftAct.RESTORE)))
    return Screen(text, [row])


def _generated(t: Words, found: Feedback) -> list[Markup]:
    advised = [_advised(t, one) for one in found.errors[:MOST] if one.criterion.advice is not None]
    first = [
        lines(recommendation(t, one, shorten(_title(t, one), TITLE)))
        for one in found.recommendations
    ]
    return [*advised, *first] or [lines(t("Nothing: there is no error with any advice."))]


def _advised(t: Words, error: Mending) -> Markup:
    advice = error.criterion.advice
    said = advice.say(t.language) if advice is not None else ""
    return lines(f"• {shorten(_title(t, error), TITLE)}", f"→ {shorten(said, ADVICE)}")


def _title(t: Words, error: Mending) -> str:
    return error.criterion.title.say(t.language)
