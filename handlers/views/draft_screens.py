"""The screens of a draft, one for each stage of its walk."""

from markupsafe import Markup

from handlers.taps import DraftAct
from handlers.views.answers import answer_words, critical_mark
from handlers.views.draft_form import FORM
from handlers.views.draft_parts import DraftView, back_button, close_button, heading, tap_on
from handlers.views.draft_summary import summary_screen
from handlers.views.rescoring import decision_summary, first_lines, why_line
from handlers.views.screen import Button, Screen, bold, in_rows, lines, quote, shorten
from handlers.words import Words
from scoring.answers import asked
from scoring.draft import MAX_TEXT, Stage, Walk, progress
from scoring.scorecard import Answer, Criterion

BAR = 12
SHORT_LABEL = 14
"""Options up to this length stand side by side; longer ones get a row each."""


def draft_screen(t: Words, view: DraftView) -> Screen:
    """Return the screen for the stage the draft stands in."""
    if view.walk is not None and view.rescoring is not None and view.walk.stage is Stage.SUMMARY:
        return decision_summary(t, view, view.walk, view.rescoring)
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
    text = lines(
        _criterion_head(t, view, walk, criterion),
        "",
        bold(criterion.title.say(t.language)),
        criterion.guide.say(t.language) if criterion.guide else None,
        critical_mark(t, criterion),
        *first_lines(t, view, criterion),
        quote(comment) if comment else None,
    )
    return Screen(text, _criterion_buttons(t, view, walk, criterion, given))


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
    rows = in_rows(options, per_row)
    if view.precedents:
        rows.append([Button(t("Precedents"), tap_on(view, DraftAct.PRECEDENTS))])
    partly = view.rescoring is not None and not view.rescoring.whole
    if progress(walk)[0] == 1 and not walk.returning and not partly:
        rows.append([Button(t("All met"), tap_on(view, DraftAct.ALL_MET))])
    rows.append(
        [
            Button(t("Comment"), tap_on(view, DraftAct.COMMENT)),
            back_button(t, view),
            close_button(t, view),
        ]
    )
    return rows


def _marked(label: str, chosen: bool) -> str:  # noqa: FBT001  reads plainly at its two callers
    return f"● {label}" if chosen else label


def _reason_screen(t: Words, view: DraftView, walk: Walk) -> Screen:
    criterion = _criterion(walk)
    answer = walk.answers[criterion.key]
    text = lines(
        _criterion_head(t, view, walk, criterion),
        "",
        t.html(
            "<b>{criterion}</b>: {answer}",
            criterion=criterion.title.say(t.language),
            answer=answer_words(t, criterion, answer),
        ),
        t("Why? Tap a reason or write it.") if criterion.reasons else t("Why? Please write it."),
    )
    reasons = [
        Button(reason.say(t.language), tap_on(view, DraftAct.REASON, number))
        for number, reason in enumerate(criterion.reasons)
    ]
    return Screen(text, [*in_rows(reasons, 1), [back_button(t, view), close_button(t, view)]])


def _comment_screen(t: Words, view: DraftView, walk: Walk) -> Screen:
    criterion = _criterion(walk)
    comment = walk.comment(criterion.key)
    text = lines(
        _criterion_head(t, view, walk, criterion),
        "",
        bold(criterion.title.say(t.language)),
        quote(comment) if comment else None,
        t("Write your comment, up to {limit} characters.", limit=MAX_TEXT),
    )
    rows = [[back_button(t, view), close_button(t, view)]]
    if comment:
        rows.insert(0, [Button(t("Remove the comment"), tap_on(view, DraftAct.ERASE))])
    return Screen(text, rows)


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
        rows.insert(0, [Button(t("Remove the feedback"), tap_on(view, DraftAct.ERASE))])
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
    return Screen(text, [*in_rows(buttons, 1), [back_button(t, view), close_button(t, view)]])


WALK = {
    Stage.CRITERION: _criterion_screen,
    Stage.REASON: _reason_screen,
    Stage.COMMENT: _comment_screen,
    Stage.SUMMARY: summary_screen,
    Stage.CHANGE: _change_screen,
    Stage.OVERALL: _overall_screen,
}
