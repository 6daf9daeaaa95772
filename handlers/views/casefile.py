"""The lines that feedback, receipt and dispute share: the score, the contact, the dispute."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers import labels
from handlers.evaluating.casefile import CaseFile
from handlers.taps import Tap
from handlers.views.answers import answer_words
from handlers.views.pager import paged
from handlers.views.screen import (
    TEXT_LIMIT,
    Rows,
    Screen,
    bold,
    fit,
    italic,
    lines,
    quote,
    shorten,
    visible_length,
)
from handlers.words import Words
from scoring.rescoring import changed
from scoring.scorecard import Answer, Criterion
from scoring.zones import local_day
from storage.disputes import Dispute, Status
from storage.evaluations import Evaluation

Line = str | Markup


@dataclass(frozen=True, slots=True)
class Cut:
    """How much is shown of each text and title, in characters, and of how many errors."""

    text: int = 1000
    title: int = 120
    errors: int = 200


CUTS = (
    *(Cut(), Cut(600), Cut(350), Cut(200), Cut(120, errors=60)),
    *(Cut(80, 80, 30), Cut(60, 60, 15), Cut(40, 40, 8)),
)
"""What is tried, one after the other, until a message fits."""


WHOLE = Cut(10**6, 10**6, 10**6)
"""Nothing is cut: for what is shown in pages."""


def whole(build: Callable[[Cut], Sequence[Line]], buttons: Rows, again: Tap) -> Screen:
    """Return a screen that shows all that *build* makes, see ``pager.paged``."""
    return paged(build(WHOLE), buttons, again)


def fitted(build: Callable[[Cut], Sequence[Line]]) -> Markup:
    """Return what *build* makes of the first cut that fits into a message, as one text.

    Only for news that have a button which shows the whole.
    """
    for cut in CUTS:
        text = lines(*build(cut))
        if visible_length(text) <= TEXT_LIMIT:
            return text
    return fit(build(CUTS[-1]))


def score_line(t: Words, evaluation: Evaluation) -> Markup:
    """Return the score in bold, or that there is none."""
    if evaluation.final is None:
        return t.html("<b>No score</b>: everything was N/A")
    return t.html("<b>{score}</b> of 100", score=t.number(evaluation.final))


def score_words(t: Words, evaluation: Evaluation) -> str:
    """Return the score alone, for a button or a list."""
    return score_of(t, evaluation.final)


def score_of(t: Words, final: Fraction | None) -> str:
    """Return a score alone; ``None`` is no score."""
    return t("no score") if final is None else t.number(final)


def change_words(t: Words, before: Fraction | None, after: Fraction | None) -> str:
    """Return what a score was and what it became."""
    return t("{before} → {after}", before=score_of(t, before), after=score_of(t, after))


def contact_line(t: Words, file: CaseFile, reading: ZoneInfo) -> str:
    """Return the contact's channel, moment and reference, as far as they are known."""
    evaluation = file.evaluation
    at, reference = evaluation.contact_at, evaluation.reference
    told = (
        labels.channel(t, evaluation.channel),
        t.moment(at, reading) if at is not None else None,
        labels.reference(t, reference, 80) if reference else None,
    )
    return " · ".join(part for part in told if part)


def heading(t: Words, file: CaseFile, reading: ZoneInfo, *, named: bool) -> list[Line]:
    """Return the score and the contact, with the agent's name where it is *named*."""
    evaluation = file.evaluation
    contact = contact_line(t, file, reading)
    told: list[Line] = [
        score_line(t, evaluation),
        t.html("<b>{name}</b> · {contact}", name=file.agent.name, contact=contact)
        if named
        else contact,
    ]
    if evaluation.raw is not None and evaluation.raw != evaluation.final:
        raw = t.number(evaluation.raw)
        told.append(italic(t("without the effect of the critical error: {score}", score=raw)))
    if evaluation.withdrawn_at is not None:
        on = t.day(local_day(evaluation.withdrawn_at, reading))
        told.append(t.html("<b>Withdrawn on {day}: it no longer counts.</b>", day=on))
    if evaluation.superseded:
        told.append(bold(t("Scored again later: it no longer counts.")))
    if file.disputed is not None:
        on = t.day(local_day(file.disputed.revised_at, reading))
        change = change_words(t, file.disputed.final, file.after(file.disputed).final)
        told.append(t("Revised on {day}: {change}", day=on, change=change))
    return told


def title_words(t: Words, criterion: Criterion, limit: int = 120) -> Markup:
    """Return the criterion's title in bold with its critical class."""
    title = shorten(criterion.title.say(t.language), limit)
    if criterion.critical is None:
        return Markup("<b>{}</b>").format(title)
    named = labels.critical_class(t, criterion.critical)
    return Markup("<b>{}</b> ({})").format(title, named)


def disputed_words(t: Words, file: CaseFile, dispute: Dispute, cut: Cut) -> str:
    """Return what is disputed: the criteria by their titles, or the whole evaluation."""
    scorecard = file.published.scorecard
    titles = [scorecard.criterion(key).title.say(t.language) for key in dispute.criteria]
    if not titles:
        return t("the whole evaluation")
    shown = [shorten(title, cut.title) for title in titles[: cut.errors]]
    return "; ".join(shown if len(shown) == len(titles) else [*shown, "…"])


def dispute_lines(
    t: Words, file: CaseFile, reading: ZoneInfo, cut: Cut | None = None
) -> list[Line]:
    """Return the dispute with both sides' words and how it stands; nothing where there is none."""
    dispute, cut = file.dispute, cut or Cut()
    if dispute is None:
        return []
    told: list[Line] = [
        "",
        t.html(
            "<b>Disputed on {moment}</b>: {what}",
            moment=t.moment(dispute.opened_at, reading),
            what=disputed_words(t, file, dispute, cut),
        ),
        quote(shorten(dispute.reason, cut.text)),
    ]
    told += _reopened_lines(t, file, dispute, reading, cut)
    told += _decision_lines(t, file, dispute, reading, cut)
    if dispute.learning and not dispute.is_open:
        told += [
            t("Noted for learning, without points:"),
            quote(shorten(dispute.learning, cut.text)),
        ]
    return told


def _reopened_lines(
    t: Words, file: CaseFile, dispute: Dispute, reading: ZoneInfo, cut: Cut
) -> list[Line]:
    """Return the first decision and why it was taken back; nothing where it was not."""
    if dispute.reopened_at is None or dispute.first_decided_at is None:
        return []
    first = t.moment(dispute.first_decided_at, reading)
    accepted = dispute.first_status is Status.ACCEPTED
    return [
        t("First accepted on {moment}:", moment=first)
        if accepted
        else t("First declined on {moment}:", moment=first),
        quote(shorten(dispute.first_decision or "", cut.text)),
        t(
            "Reopened by {name} on {moment}:",
            name=file.names.get(dispute.reopened_by or 0, "…"),
            moment=t.moment(dispute.reopened_at, reading),
        ),
        quote(shorten(dispute.reopening or "", cut.text)),
    ]


def _decision_lines(
    t: Words, file: CaseFile, dispute: Dispute, reading: ZoneInfo, cut: Cut
) -> list[Line]:
    if dispute.decided_at is None:
        by = t.day(local_day(dispute.due_at, reading))
        return [t("To be decided by {day}.", day=by)]
    told = [_decision_line(t, file, dispute, t.moment(dispute.decided_at, reading))]
    if file.disputed is not None:
        told += _answers_then_and_now(t, file, cut)
    return [*told, quote(shorten(dispute.decision or "", cut.text))]


def _decision_line(t: Words, file: CaseFile, dispute: Dispute, moment: str) -> Markup:
    """Return who decided the dispute, how, and what it did to the score."""
    name = file.decider.name if file.decider is not None else "…"
    values: dict[str, object] = {"name": name, "moment": moment}
    if file.disputed is not None:
        after = file.after(file.disputed).final
        values["change"] = change_words(t, file.disputed.final, after)
        if dispute.scored_afresh:
            return t.html("<b>Scored afresh</b> by {name} on {moment}: {change}", **values)
        return t.html("<b>Accepted</b> by {name} on {moment}: {change}", **values)
    if dispute.status is Status.ACCEPTED:
        return t.html("<b>Accepted</b> by {name} on {moment}: it no longer counts.", **values)
    if dispute.scored_afresh:
        return t.html("<b>Scored afresh</b> by {name} on {moment}: the score stands.", **values)
    return t.html("<b>Declined</b> by {name} on {moment}: the score stands.", **values)


def _answers_then_and_now(t: Words, file: CaseFile, cut: Cut) -> list[Markup]:
    """Return the answers that the dispute changed, each before and after."""
    if file.disputed is None:
        return []
    scorecard = file.published.scorecard
    before, after = file.disputed.answers, file.after(file.disputed).answers
    moved = changed(before, after)
    told = [
        t.html(
            "• {criterion}: {before} → {after}",
            criterion=shorten(one.title.say(t.language), cut.title),
            before=_given(t, one, before),
            after=_given(t, one, after),
        )
        for one in scorecard.criteria()
        if one.key in moved
    ]
    return told if len(told) <= cut.errors else [*told[: cut.errors], Markup("…")]


def _given(t: Words, criterion: Criterion, answers: Mapping[str, Answer]) -> str:
    answer = answers.get(criterion.key)
    return t("not asked") if answer is None else answer_words(t, criterion, answer)
