"""The screens of a draft, one for each stage of its walk."""

from collections.abc import Iterable

from markupsafe import Markup

from handlers.taps import DraftAct
from handlers.views.answers import answer_words, critical_mark, justification
from handlers.views.correction_draft import correction_summary
from handlers.views.draft_ends import discard_screen
from handlers.views.draft_form import FORM
from handlers.views.draft_parts import (
    DraftView,
    added_lines,
    added_row,
    back_button,
    close_button,
    heading,
    tap_on,
)
from handlers.views.draft_summary import summary_screen
from handlers.views.pager import Line, listed, paged
from handlers.views.rescoring import decision_summary, first_lines, why_line
from handlers.views.screen import Button, Rows, Screen, bold, in_rows, italic, lines, quote, shorten
from handlers.words import Words
from scoring.answers import asked, missing, wants_reason
from scoring.draft import MAX_TEXT, Stage, Walk, progress
from scoring.scorecard import Answer, Criterion

BAR = 12
SHORT_LABEL = 14
"""Options up to this length stand side by side; longer ones get a row each."""


def draft_screen(t: Words, view: DraftView) -> Screen:
    """Return the screen for the stage the draft stands in."""
    if view.walk is not None and view.rescoring is not None and view.walk.stage is Stage.SUMMARY:
        return decision_summary(t, view, view.walk, view.rescoring)
    if view.walk is not None and view.correcting is not None and view.walk.stage is Stage.SUMMARY:
        return correction_summary(t, view, view.walk, view.correcting)
    if view.walk is not None:
        return WALK[view.walk.stage](t, view, view.walk)
    return FORM[view.draft.stage](t, view)


def _bar(position: int, total: int) -> str:
    cells = min(total, BAR)
    full = round(position / total * cells) if total else 0
    return "▰" * full + "▱" * (cells - full)


def _criterion_head(t: Words, view: DraftView, walk: Walk, criterion: Criterion) -> Markup:
    position, total = progress(walk)
    section = walk.scorecard.section_of(criterion.key).title.say(t.language)
    return lines(
        *added_lines(t, view),
        heading(t, view),
        f"{_bar(position, total)} {position}/{total} · {section}",
    )


def _criterion(walk: Walk) -> Criterion:
    if walk.criterion is None:
        raise ValueError("a walk that stands on no criterion")
    return walk.scorecard.criterion(walk.criterion)


def _criterion_screen(t: Words, view: DraftView, walk: Walk) -> Screen:
    criterion = _criterion(walk)
    comment = walk.comment(criterion.key)
    given = walk.answers.get(criterion.key)
    parts = (
        _criterion_head(t, view, walk, criterion),
        "",
        bold(criterion.title.say(t.language)),
        criterion.guide.say(t.language) if criterion.guide else None,
        critical_mark(t, criterion),
        *first_lines(t, view, criterion),
        *_why_lines(t, walk, criterion),
        quote(comment) if comment else None,
    )
    buttons = _criterion_buttons(t, view, walk, criterion, given)
    return _screen(view, parts, buttons)


def _screen(view: DraftView, parts: Iterable[Line | None], buttons: Rows) -> Screen:
    """Return the screen on as many pages as its words take."""
    told = [one for one in parts if one is not None]
    return paged(told, buttons, tap_on(view, DraftAct.OPEN))


def _criterion_buttons(
    t: Words, view: DraftView, walk: Walk, criterion: Criterion, given: Answer | None
) -> list[list[Button]]:
    options = [
        Button(
            _marked(option.label.say(t.language), given is not None and given.option == number),
            tap_on(view, DraftAct.OPTION, number),
        )
        for number, option in enumerate(criterion.options)
    ]
    if criterion.na:
        chosen = given is not None and given.option is None
        options.append(Button(_marked(t("N/A"), chosen), tap_on(view, DraftAct.NA)))
    short = len(options) <= 4 and all(len(option.label) <= SHORT_LABEL for option in options)
    per_row = (3 if len(options) == 3 else 2) if short else 1
    # Options stand last, under the thumb, and always there: a second tap finds an option again.
    return [
        *added_row(t, view),
        *_aids(t, view, walk, criterion),
        [
            Button(t("Comment"), tap_on(view, DraftAct.COMMENT)),
            back_button(t, view),
            close_button(t, view),
        ],
        *in_rows(options, per_row),
    ]


def _aids(t: Words, view: DraftView, walk: Walk, criterion: Criterion) -> list[list[Button]]:
    """Return the rows with what helps to answer: precedents, reasons, and the rest at once."""
    row: list[Button] = []
    if view.precedents:
        row.append(Button(t("Precedents"), tap_on(view, DraftAct.PRECEDENTS)))
    given = walk.answers.get(criterion.key)
    if given is not None and (given.justified or wants_reason(criterion, given)):
        row.append(Button(t("Reasons"), tap_on(view, DraftAct.REASONS)))
    partly = view.rescoring is not None and not view.rescoring.whole
    if not partly and not walk.returning:
        first = progress(walk)[0] == 1
        if first:
            row.append(Button(t("All met"), tap_on(view, DraftAct.ALL_MET)))
        if missing(walk.scorecard, walk.answers) and (walk.answers or not first):
            row.append(Button(t("Rest met"), tap_on(view, DraftAct.REST_MET)))
    return [row] if row else []


def _why_lines(t: Words, walk: Walk, criterion: Criterion) -> list[Markup]:
    """Return the reasons given so far; a comment stands apart from them."""
    given = walk.answers.get(criterion.key)
    why = justification(t, criterion, given) if given is not None else ""
    return [italic(t("Why: {reasons}", reasons=why))] if why else []


def _marked(label: str, chosen: bool) -> str:  # noqa: FBT001  reads plainly at its two callers
    return f"● {label}" if chosen else label


def _reason_screen(t: Words, view: DraftView, walk: Walk) -> Screen:
    criterion = _criterion(walk)
    asks = t("Why? Tap a reason or write it.") if criterion.reasons else t("Why? Please write it.")
    above = [back_button(t, view), close_button(t, view)]
    if len(criterion.reasons) > 1:
        above.insert(0, Button(t("Several reasons"), tap_on(view, DraftAct.REASONS)))
    rows = [*added_row(t, view), above, *in_rows(_reasons(t, view, walk, criterion), 1)]
    return _screen(view, _reason_parts(t, view, walk, criterion, asks), rows)


def _reasons_screen(t: Words, view: DraftView, walk: Walk) -> Screen:
    criterion = _criterion(walk)
    given = walk.answers[criterion.key]
    asks = t("Tap every reason that applies, or write one.")
    above = [back_button(t, view), close_button(t, view)]
    rows = [*added_row(t, view), above]
    if given.why and view.added is None:
        remove = Button(t("Remove what I wrote"), tap_on(view, DraftAct.ERASE))
        rows.append([remove])
    rows += in_rows(_reasons(t, view, walk, criterion), 1)
    if given.justified or not wants_reason(criterion, given):
        rows.append([Button(t("Go on"), tap_on(view, DraftAct.GO_ON))])
    return _screen(view, _reason_parts(t, view, walk, criterion, asks), rows)


def _reasons(t: Words, view: DraftView, walk: Walk, criterion: Criterion) -> list[Button]:
    picked = walk.answers[criterion.key].reasons
    return [
        Button(
            _marked(reason.say(t.language), number in picked),
            tap_on(view, DraftAct.REASON, number),
        )
        for number, reason in enumerate(criterion.reasons)
    ]


def _reason_parts(
    t: Words, view: DraftView, walk: Walk, criterion: Criterion, asks: str
) -> list[Line | None]:
    """Return the question why, under the answer, with what was written so far."""
    answer = walk.answers[criterion.key]
    return [
        _criterion_head(t, view, walk, criterion),
        "",
        t.html(
            "<b>{criterion}</b>: {answer}",
            criterion=criterion.title.say(t.language),
            answer=answer_words(t, criterion, answer),
        ),
        asks,
        italic(t("Why: {reasons}", reasons=answer.why)) if answer.why else None,
        quote(answer.comment) if answer.comment else None,
    ]


def _comment_screen(t: Words, view: DraftView, walk: Walk) -> Screen:
    criterion = _criterion(walk)
    comment = walk.comment(criterion.key)
    parts = (
        _criterion_head(t, view, walk, criterion),
        "",
        bold(criterion.title.say(t.language)),
        *_why_lines(t, walk, criterion),
        quote(comment) if comment else None,
        t("Write your comment, up to {limit} characters.", limit=MAX_TEXT)
        if not comment
        else t("What you write is added, up to {limit} characters in all.", limit=MAX_TEXT),
    )
    rows = [[back_button(t, view), close_button(t, view)]]
    if comment:
        rows.insert(0, [Button(t("Remove the comment"), tap_on(view, DraftAct.ERASE))])
    return _screen(view, parts, rows)


def _overall_screen(t: Words, view: DraftView, walk: Walk) -> Screen:
    text = lines(
        heading(t, view),
        "",
        t.html("<b>Summary comment</b>") if view.rescoring is None else bold(t("Why?")),
        quote(walk.overall) if walk.overall else None,
        why_line(t, view)
        or t(
            "Write what the agent should read first, up to {limit} characters.",
            limit=MAX_TEXT,
        ),
    )
    rows = [[back_button(t, view), close_button(t, view)]]
    if walk.overall:
        rows.insert(0, [Button(t("Remove the comment"), tap_on(view, DraftAct.ERASE))])
    return Screen(text, rows)


def _change_screen(t: Words, view: DraftView, walk: Walk) -> Screen:
    keys = list(asked(walk.scorecard, walk.answers))
    positions = {
        criterion.key: number for number, criterion in enumerate(walk.scorecard.criteria())
    }
    buttons = []
    for key in keys:
        criterion = walk.scorecard.criterion(key)
        label = criterion.title.say(t.language)
        answer = walk.answers.get(key)
        said = answer_words(t, criterion, answer) if answer is not None else "…"
        room = 38 - len(said)
        buttons.append(
            Button(
                f"{shorten(label, room)}: {said}", tap_on(view, DraftAct.CRITERION, positions[key])
            )
        )
    text = lines(heading(t, view), "", t.html("<b>Which answer do you want to change?</b>"))
    last = [back_button(t, view), close_button(t, view)]
    return listed([text], buttons, [last], tap_on(view, DraftAct.OPEN))


def _discard_screen(t: Words, view: DraftView, _walk: Walk) -> Screen:
    return discard_screen(t, view)


WALK = {
    Stage.CRITERION: _criterion_screen,
    Stage.REASON: _reason_screen,
    Stage.REASONS: _reasons_screen,
    Stage.COMMENT: _comment_screen,
    Stage.SUMMARY: summary_screen,
    Stage.CHANGE: _change_screen,
    Stage.OVERALL: _overall_screen,
    Stage.DISCARD: _discard_screen,
}
