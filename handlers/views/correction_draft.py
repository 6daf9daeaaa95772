"""The walk of a correction: its summary, the question why, and what is shown at its end."""

from collections.abc import Mapping
from fractions import Fraction

from handlers.evaluating.casefile import CaseFile
from handlers.taps import CorrectionAct, CorrectionTap, DraftAct, FeedbackAct, FeedbackTap
from handlers.views.answers import answer_words, justification
from handlers.views.casefile import Cut, Line, change_words, score_of, whole
from handlers.views.draft_parts import (
    Correcting,
    DraftView,
    added_lines,
    added_row,
    close_button,
    heading,
    tap_on,
)
from handlers.views.screen import Button, Screen, bold, lines, quote, shorten
from handlers.words import Words
from scoring.answers import Need, asked, wants_reason
from scoring.draft import MAX_TEXT, Walk, first_obstacle
from scoring.score import score
from scoring.scorecard import Answer, Criterion
from storage.corrections import Status
from storage.drafts import SUBMITTED


def correction_summary(t: Words, view: DraftView, walk: Walk, about: Correcting) -> Screen:
    """Return what the correction makes of the score and the answers, and why."""
    given = {key: walk.answers[key] for key in _asked(walk)}
    final = score(walk.scorecard, given).final
    before = about.case.evaluation
    reason = about.correction.reason
    save = Button(t("Save {score}", score=score_of(t, final)), tap_on(view, DraftAct.SUBMIT))
    rows = [
        [save, Button(t("Change"), tap_on(view, DraftAct.CHANGE))],
        [
            Button(t("Summary comment"), tap_on(view, DraftAct.OVERALL)),
            Button(t("Advice"), tap_on(view, DraftAct.ADVICE)),
        ],
        [Button(t("Discard"), tap_on(view, DraftAct.DISCARD))],
        [close_button(t, view)],
    ]
    return whole(
        lambda cut: [
            bold(_change(t, before.final, final)),
            heading(t, view),
            "",
            *added_lines(t, view),
            *answer_changes(t, about.case, before.answers, given, cut),
            *_other_changes(t, view, walk, about),
            *_missing(t, walk),
            "",
            quote(shorten(reason, cut.text)) if reason else reason_line(t, about),
            *consent_lines(t, about.asked),
        ],
        [*added_row(t, view), *rows],
        tap_on(view, DraftAct.OPEN),
    )


def correction_reason_screen(t: Words, view: DraftView) -> Screen:
    """Return the question why, for whoever saves without a reason."""
    about = view.correcting
    told = reason_line(t, about) if about is not None else None
    back = Button(t("Back"), tap_on(view, DraftAct.OPEN))
    return Screen(lines(heading(t, view), "", bold(t("Why?")), told), [[back]])


def correction_closed(t: Words, view: DraftView, about: Correcting) -> Screen:
    """Return what is left of the walk's message when it is closed."""
    going = Button(t("Continue"), tap_on(view, DraftAct.OPEN))
    told = t("Kept. The evaluation stays as it is until you save.")
    return Screen(lines(heading(t, view), told), [[going, _to_feedback(t, about)]])


def correction_ended(t: Words, view: DraftView, about: Correcting) -> Screen:
    """Return what became of the correction."""
    correction, case = about.correction, about.case
    if view.draft.status != SUBMITTED or correction.status is Status.DROPPED:
        told = t("Discarded. The evaluation stays as it was.")
        return Screen(lines(heading(t, view), told), [[_to_feedback(t, about)]])
    if correction.status is not Status.DONE:
        waits = t("It waits for consent. Until then the evaluation stays as it is.")
        card = CorrectionTap(correction.id, CorrectionAct.SHOW)
        return Screen(lines(heading(t, view), waits), [[Button(t("Open"), card)]])
    ended = next((one for one in case.revisions if one.number == correction.number), None)
    now = case.after(ended) if ended is not None else case.evaluation
    head = bold(_change(t, ended.final if ended is not None else None, now.final))
    told = t("Corrected. {agent} finds the new version.", agent=case.agent.name)
    again = CorrectionTap(case.evaluation.id, CorrectionAct.CORRECT)
    rows = [[_to_feedback(t, about), Button(t("Correct"), again)]]
    return Screen(lines(head, heading(t, view), "", told), rows)


def reason_line(t: Words, about: Correcting) -> str:
    """Return that a reason is to be written, and who will read it."""
    return t(
        "Write why, up to {limit} characters: {agent} will read it.",
        limit=MAX_TEXT,
        agent=about.case.agent.name,
    )


def consent_lines(t: Words, asked_names: tuple[str, ...]) -> list[Line]:
    """Return whose consent it takes, if anybody's."""
    if not asked_names:
        return []
    names = ", ".join(asked_names)
    return ["", t("This takes the consent of: {names}.", names=names)]


def answer_changes(
    t: Words,
    file: CaseFile,
    before: Mapping[str, Answer],
    after: Mapping[str, Answer],
    cut: Cut,
) -> list[Line]:
    """Return each criterion whose answer or words are others than before."""
    told: list[Line] = []
    for criterion in file.published.scorecard.criteria():
        first, then = before.get(criterion.key), after.get(criterion.key)
        if first == then:
            continue
        told.append(_answer_change(t, criterion, first, then, cut))
    return told if len(told) <= cut.errors else [*told[: cut.errors], "…"]


def _answer_change(
    t: Words, criterion: Criterion, first: Answer | None, then: Answer | None, cut: Cut
) -> Line:
    title = shorten(criterion.title.say(t.language), cut.title)
    said = _said(t, criterion, then)
    if first is None or then is None or first.option != then.option:
        said = f"{_said(t, criterion, first)} → {said}"
    why = shorten(_why(t, criterion, first, then), cut.text)
    return lines(f"• {title}: {said}", why or None)


def _why(t: Words, criterion: Criterion, first: Answer | None, then: Answer | None) -> str:
    """Return the new answer's reason; one that justified an error taken back says nothing of it."""
    if then is None:
        return ""
    why = justification(t, criterion, then)
    inherited = first is not None and first.why == then.why and not then.reasons
    return "" if inherited and not wants_reason(criterion, then) else why


def _said(t: Words, criterion: Criterion, answer: Answer | None) -> str:
    return t("not asked") if answer is None else answer_words(t, criterion, answer)


def _other_changes(t: Words, view: DraftView, walk: Walk, about: Correcting) -> list[Line]:
    before = about.case.evaluation
    told: list[Line] = []
    if walk.overall != before.overall:
        told += [t("Summary comment:"), quote(walk.overall) if walk.overall else t("removed")]
    if view.draft.advice != before.advice:
        advice = view.draft.advice
        told += [t("Your advice to the agent:"), quote(advice) if advice else t("removed")]
    return told


def _missing(t: Words, walk: Walk) -> list[Line]:
    obstacle = first_obstacle(walk)
    if obstacle is None:
        return []
    title = walk.scorecard.criterion(obstacle.key).title.say(t.language)
    if obstacle.need is Need.ANSWER:
        return [t.html("Still to answer: <b>{criterion}</b>", criterion=title)]
    return [t.html("Still needs a reason: <b>{criterion}</b>", criterion=title)]


def _change(t: Words, before: Fraction | None, after: Fraction | None) -> str:
    if before == after:
        return t("{score}, the score stays", score=score_of(t, after))
    return change_words(t, before, after)


def _asked(walk: Walk) -> list[str]:
    return [key for key in asked(walk.scorecard, walk.answers) if key in walk.answers]


def _to_feedback(t: Words, about: Correcting) -> Button:
    opening = FeedbackTap(about.case.evaluation.id, FeedbackAct.OPEN)
    return Button(t("See the feedback"), opening)
