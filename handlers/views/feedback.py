"""Feedback on one contact as its agent, or whoever else may, reads it; and the compliance alert."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.evaluating.casefile import CaseFile
from handlers.taps import (
    CorrectionAct,
    CorrectionTap,
    DisputeAct,
    DisputeTap,
    FeedbackAct,
    FeedbackTap,
)
from handlers.views.answers import comment_words, justification
from handlers.views.casefile import (
    Cut,
    Line,
    contact_line,
    dispute_lines,
    fitted,
    heading,
    score_line,
    title_words,
    whole,
)
from handlers.views.corrections import act_buttons, history_lines
from handlers.views.screen import Button, Screen, bold, italic, lines, quote, shorten
from handlers.words import Words
from scoring.answers import wants_reason
from scoring.feedback import Mending, Remark
from scoring.scorecard import CriticalClass


@dataclass(frozen=True, slots=True)
class Reading:
    """How somebody stands to the evaluation they read, and in which zone they read times."""

    zone: ZoneInfo
    is_agent: bool = False
    may_dispute: bool = False
    may_decide: bool = False
    may_correct: bool = False
    may_reopen: bool = False


def feedback_screen(t: Words, file: CaseFile, reading: Reading, back: int = 0) -> Screen:
    """Return the feedback; *back* is where the list was left, as in ``FeedbackTap``."""
    again = FeedbackTap(file.evaluation.id, FeedbackAct.SHOW, back=back)
    buttons = _buttons(t, file, reading, back)
    return whole(lambda cut: _parts(t, file, reading, cut), buttons, again)


def _parts(t: Words, file: CaseFile, reading: Reading, cut: Cut) -> list[Line]:
    return [
        *heading(t, file, reading.zone, named=not reading.is_agent),
        *history_lines(t, file, reading.zone, cut),
        *_good_lines(t, file, cut),
        *_error_lines(t, file, cut),
        *_noted_lines(t, file, cut),
        *_recommendation_lines(t, file, cut),
        *_evaluator_lines(t, file, reading, cut),
        *dispute_lines(t, file, reading.zone, cut),
        *_state_lines(t, file, reading),
    ]


def _good_lines(t: Words, file: CaseFile, cut: Cut) -> list[Line]:
    good = file.feedback.good
    if not good:
        return []
    return ["", bold(t("What went well")), *(_remark(t, one, cut) for one in good)]


def _remark(t: Words, remark: Remark, cut: Cut) -> Markup:
    title = shorten(remark.criterion.title.say(t.language), cut.title)
    answer = remark.answer
    # What was written about an error that was taken back stays with the answer, but is no praise.
    justified = answer.reasons or wants_reason(remark.criterion, answer)
    said = shorten(justification(t, remark.criterion, answer), cut.text) if justified else ""
    comment = comment_words(t, answer, cut.text)
    return lines(f"• {title}", italic(said) if said else None, italic(comment) if comment else None)


def _error_lines(t: Words, file: CaseFile, cut: Cut) -> list[Line]:
    found = file.feedback.errors
    if file.evaluation.final is None:
        return []
    if not found:
        return ["", t("No errors.")]
    told: list[Line] = ["", bold(t("To improve"))]
    own = file.evaluation.advice is not None
    told += [_mending(t, one, cut, advised=not own) for one in found[: cut.errors]]
    left = len(found) - cut.errors
    if left > 0:
        told.append(
            t.plural("… and {count} more: see Receipt", "… and {count} more: see Receipt", left)
        )
    return told


def _mending(t: Words, error: Mending, cut: Cut, *, advised: bool) -> Markup:
    """Return an error; *advised* adds what its criterion advises."""
    criterion = error.criterion
    why = shorten(justification(t, criterion, error.answer), cut.text)
    advice = criterion.advice.say(t.language) if advised and criterion.advice is not None else ""
    return lines(
        Markup("• {}").format(title_words(t, criterion, cut.title)),
        why or None,
        comment_words(t, error.answer, cut.text),
        f"→ {shorten(advice, cut.text)}" if advice else None,
    )


def _noted_lines(t: Words, file: CaseFile, cut: Cut) -> list[Line]:
    noted = file.feedback.noted
    if not noted:
        return []
    shown = (_remark(t, one, cut) for one in noted[: cut.errors])
    told: list[Line] = ["", bold(t("Also noted")), *shown]
    return told if len(noted) <= cut.errors else [*told, "…"]


def _recommendation_lines(t: Words, file: CaseFile, cut: Cut) -> list[Line]:
    if file.evaluation.advice is not None:
        return ["", bold(t("Recommendations")), shorten(file.evaluation.advice, cut.text)]
    first = file.feedback.recommendations
    if not first:
        return []
    told = (recommendation(t, one, shorten(_title(t, one), cut.title)) for one in first)
    return ["", bold(t("Recommendations")), *told]


def recommendation(t: Words, error: Mending, title: str) -> str:
    """Return why to begin with this error: it repeats, or it cost most."""
    if not error.repeats:
        return t("Start with “{criterion}”: {points} points lost.", **_cost(t, error, title))
    return t(
        "“{criterion}”: the same error in {times} of the last {contacts} contacts.",
        criterion=title,
        times=error.times,
        contacts=error.contacts,
    )


def _cost(t: Words, error: Mending, title: str) -> dict[str, object]:
    return {"criterion": title, "points": t.number(error.lost)}


def _title(t: Words, error: Mending) -> str:
    return error.criterion.title.say(t.language)


def _evaluator_lines(t: Words, file: CaseFile, reading: Reading, cut: Cut) -> list[Line]:
    """Return who scored it and when, with their overall comment: feedback is signed."""
    moment = t.moment(file.evaluation.submitted_at, reading.zone)
    told: list[Line] = ["", t("{name}, {moment}", name=file.evaluator.name, moment=moment)]
    if file.evaluation.overall:
        told.append(quote(shorten(file.evaluation.overall, cut.text)))
    return told


def _state_lines(t: Words, file: CaseFile, reading: Reading) -> list[Line]:
    """Return whether it was acknowledged, and until when it may be disputed."""
    evaluation = file.evaluation
    told: list[Line] = []
    if evaluation.acknowledged_at is not None:
        moment = t.moment(evaluation.acknowledged_at, reading.zone)
        told.append(t("Acknowledged on {moment}", moment=moment))
    elif evaluation.counts and not reading.is_agent:
        told.append(t("Not acknowledged yet"))
    if reading.may_dispute:
        told.append(t("You can dispute this until {day}.", day=t.day(file.last_day)))
    return ["", *(italic(line) for line in told)] if told else []


def _buttons(t: Words, file: CaseFile, reading: Reading, back: int) -> list[list[Button]]:
    evaluation, dispute = file.evaluation, file.dispute

    def tap(act: FeedbackAct) -> FeedbackTap:
        return FeedbackTap(evaluation.id, act, back=back)

    first: list[Button] = []
    if reading.is_agent and evaluation.acknowledged_at is None and evaluation.counts:
        read = FeedbackTap(evaluation.id, FeedbackAct.ACKNOWLEDGE, len(file.revisions), back)
        first.append(Button(t("Acknowledge"), read))
    if reading.may_dispute:
        first.append(Button(t("Dispute"), tap(FeedbackAct.DISPUTE)))
    first.append(Button(t("Receipt"), tap(FeedbackAct.RECEIPT)))
    second: list[Button] = []
    if file.material:
        second.append(Button(t("Material"), tap(FeedbackAct.MATERIAL)))
    if reading.may_decide and dispute is not None:
        second.append(Button(t("Decide"), DisputeTap(dispute.id, DisputeAct.SHOW)))
    if reading.may_reopen and dispute is not None:
        second.append(Button(t("Reopen"), DisputeTap(dispute.id, DisputeAct.REOPEN)))
    if back < 0:
        own = CorrectionTap(0, CorrectionAct.MINE, -back - 1)
        second.append(Button(t("Back"), own))
    elif back:
        listed = 0 if reading.is_agent else file.agent.id
        second.append(Button(t("Back"), FeedbackTap(listed, FeedbackAct.LIST, back - 1)))
    acts = act_buttons(t, file) if reading.may_correct else []
    return [row for row in (first, *acts, second) if row]


def alert_screen(t: Words, file: CaseFile, reading: ZoneInfo) -> Screen:
    """Return the alert about a compliance-critical error, for a supervisor."""
    text = fitted(lambda cut: _alert_parts(t, file, reading, cut))
    opening = FeedbackTap(file.evaluation.id, FeedbackAct.OPEN)
    return Screen(text, [[Button(t("Open the feedback"), opening)]])


def _alert_parts(t: Words, file: CaseFile, reading: ZoneInfo, cut: Cut) -> list[Line]:
    critical = [
        one for one in file.feedback.errors if one.criterion.critical is CriticalClass.COMPLIANCE
    ]
    moment = t.moment(file.evaluation.submitted_at, reading)
    told: list[Line] = [
        t.html("⚠ <b>Compliance-critical error</b>"),
        t.html(
            "<b>{name}</b> · {contact}",
            name=file.agent.name,
            contact=contact_line(t, file, reading),
        ),
        "",
    ]
    for one in critical[: cut.errors]:
        why = shorten(justification(t, one.criterion, one.answer), cut.text)
        title = shorten(_title(t, one), cut.title)
        comment = comment_words(t, one.answer, cut.text)
        told.append(lines(Markup("• {}").format(bold(title)), why or None, comment))
    told += [
        "",
        score_line(t, file.evaluation),
        t("{name}, {moment}", name=file.evaluator.name, moment=moment),
    ]
    return told
