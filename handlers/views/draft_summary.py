"""The summary before submitting: the score, each section, the errors and what is missing."""

from markupsafe import Markup

from handlers import labels
from handlers.taps import DraftAct
from handlers.views.answers import comment_words, justification
from handlers.views.draft_parts import (
    DraftView,
    added_lines,
    added_row,
    back_button,
    close_button,
    heading,
    tap_on,
)
from handlers.views.pager import paged
from handlers.views.screen import Button, Screen, italic, lines, quote, shorten
from handlers.words import Words
from scoring.answers import Need, errors
from scoring.draft import Walk, first_obstacle, ready
from scoring.score import Score, score


def summary_screen(t: Words, view: DraftView, walk: Walk) -> Screen:
    """Return the score, each section, the errors, and what is missing before submitting."""
    reckoned = score(walk.scorecard, walk.answers)
    parts = [
        *added_lines(t, view),
        *summary_head(t, view, reckoned),
        "",
        *_section_lines(t, reckoned),
        "",
        *_error_lines(t, walk),
        *_obstacle_lines(t, walk),
    ]
    if walk.overall:
        parts += ["", quote(walk.overall)]
    if view.draft.advice:
        parts += ["", t("Your advice to the agent:"), quote(view.draft.advice)]
    advice = [Button(t("Advice"), tap_on(view, DraftAct.ADVICE))]
    rows = [
        [
            Button(_submit_label(t, walk, reckoned), tap_on(view, DraftAct.SUBMIT)),
            Button(t("Change"), tap_on(view, DraftAct.CHANGE)),
        ],
        [
            Button(t("Feedback"), tap_on(view, DraftAct.OVERALL)),
            *(advice if view.draft.calibration_id is None else ()),
            Button(t("Discard"), tap_on(view, DraftAct.DISCARD)),
        ],
        # Where the last criterion had its options there is nothing that does any harm.
        [back_button(t, view), close_button(t, view)],
    ]
    return paged(parts, [*added_row(t, view), *rows], tap_on(view, DraftAct.OPEN))


def _submit_label(t: Words, walk: Walk, reckoned: Score) -> str:
    """Return the button's label with the score that it submits, where there is one."""
    if reckoned.final is None or not ready(walk):
        return t("Submit")
    return f"{t('Submit')} · {t.number(reckoned.final)}"


def summary_head(t: Words, view: DraftView, reckoned: Score) -> list[Markup]:
    """Return the lines with the score and, where an effect worked, the score without it."""
    where = heading(t, view)
    if reckoned.final is None or reckoned.raw is None:
        return [lines(t.html("<b>No score</b>: everything is N/A"), where)]
    head = [t.html("<b>{score}</b> of 100", score=t.number(reckoned.final)), where]
    if reckoned.final != reckoned.raw:
        told = t("without the effect of the critical error: {score}", score=t.number(reckoned.raw))
        head.append(italic(told))
    return [lines(*head)]


def _section_lines(t: Words, reckoned: Score) -> list[Markup]:
    """Return one aligned line a section: its title and its score from 0 to 100."""
    shown = [
        (shorten(section.title.say(t.language), 22), t.number(section.effective * 100))
        for section in reckoned.sections
        if section.effective is not None
    ]
    if not shown:
        return []
    width = max(len(title) for title, _ in shown)
    rows = [f"{title.ljust(width)}  {value.rjust(5)}" for title, value in shown]
    return [Markup("<pre>{}</pre>").format("\n".join(rows))]


def _error_lines(t: Words, walk: Walk) -> list[Markup | str]:
    found = errors(walk.scorecard, walk.answers)
    if not found:
        return [t("No errors")]
    told: list[Markup | str] = [t("Errors: {count}", count=len(found))]
    for error in found:
        title = error.criterion.title.say(t.language)
        named = labels.critical_class(t, error.critical)
        told.append(f"• {title}, {named}" if named else f"• {title}")
        why = justification(t, error.criterion, error.answer)
        if why:
            told.append(italic(_indented(why)))
        comment = comment_words(t, error.answer)
        if comment:
            told.append(_indented(comment))
    return told


def _indented(text: str) -> str:
    return "\n".join(f"   {line}" for line in text.split("\n"))


def _obstacle_lines(t: Words, walk: Walk) -> list[Markup | str]:
    obstacle = first_obstacle(walk)
    if obstacle is None:
        return []
    title = walk.scorecard.criterion(obstacle.key).title.say(t.language)
    if obstacle.need is Need.ANSWER:
        return ["", t.html("Still to answer: <b>{criterion}</b>", criterion=title)]
    return ["", t.html("Still needs a reason: <b>{criterion}</b>", criterion=title)]
