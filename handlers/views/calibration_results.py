"""A calibration's results in words: the number first, what it rests on, then what to do."""

from collections.abc import Sequence

from handlers import labels
from handlers.calibration.access import Results
from handlers.views.answers import comment_words, justification
from handlers.views.calibration import pages_row
from handlers.views.calibration_figures import (
    alpha_line,
    exact,
    percent_line,
    points_line,
    range_words,
    weakest_first,
)
from handlers.views.casefile import Line
from handlers.views.pager import paged
from handlers.views.screen import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    Button,
    Picture,
    Screen,
    bold,
    fit,
    italic,
    lines,
    shorten,
)
from handlers.words import Words
from scoring.calibration import CriterionOutcome, Outcome
from scoring.leniency import Leniency

PAGE = 6
TITLE = 60
LABEL = 30


def results_screen(t: Words, results: Results, picture: Picture | None, *, page: int) -> Screen:
    """Return the agreement over everything, the criterion to reword, and a button for each."""
    parts = [
        *_head(t, results),
        *_reword_lines(t, results.outcome),
        *_lenient_lines(t, results),
    ]
    limit = CAPTION_LIMIT if picture is not None else TEXT_LIMIT
    return Screen(fit(parts, limit), _buttons(t, results, page), picture=picture)


def _head(t: Words, results: Results) -> list[Line]:
    outcome = results.outcome
    told: list[Line] = []
    if outcome.percent is None:
        told.append(t.html("<b>Nothing to compare</b>"))
        told.append(t("No contact was scored by two people."))
    else:
        share = t.percent(outcome.percent.value)
        told.append(t.html("<b>Agreement {share}</b>", share=share))
        told += _range(t, outcome)
    told += results.basis
    if outcome.percent is not None and outcome.too_few:
        told.append(t("Too few contacts to rely on: take it as a start for a talk."))
    return told


def _range(t: Words, outcome: Outcome) -> list[Line]:
    percent = outcome.percent
    if percent is None or percent.low is None or percent.high is None:
        return []
    low, high = t.number(exact(percent.low) * 100, 0), t.number(exact(percent.high) * 100, 0)
    return [t("95 % interval: {low} to {high}", low=low, high=high)]


def _reword_lines(t: Words, outcome: Outcome) -> list[Line]:
    """Return the criterion least agreed upon, with its figures and what to do about it."""
    if outcome.percent is None or outcome.too_few:
        return []
    if outcome.reword is None:
        return ["", t("No criterion needs rewording.")]
    weak = outcome.criterion(outcome.reword.key)
    title = shorten(weak.criterion.title.say(t.language), TITLE)
    return [
        "",
        t.html("To reword: <b>{criterion}</b>", criterion=title)
        if outcome.reword.sure
        else t.html("Least agreed: <b>{criterion}</b>", criterion=title),
        percent_line(t, weak.agreement),
        points_line(t, t("Gwet's AC1"), weak.agreement.ac1),
        t("Talk through the contacts where answers differ, then word its guide anew.")
        if outcome.reword.sure
        else t("It may be chance: talk it through before you word its guide anew."),
    ]


def _lenient_lines(t: Words, results: Results) -> list[Line]:
    """Return who scores otherwise than the others by more than chance."""
    apart = [one for one in results.outcome.leniency if one.apart]
    return ["", *_leniency_lines(t, results, apart)] if apart else []


def _leniency_lines(t: Words, results: Results, every: Sequence[Leniency]) -> list[Line]:
    told: list[Line] = [_leniency_line(t, results, one) for one in every]
    if any(one.one_of_two for one in every):
        told.append(t("Figures cannot tell which of the two is off."))
    return told


def _buttons(t: Words, results: Results, page: int) -> list[list[Button]]:
    every = weakest_first(results.outcome)
    page = min(page, max(len(every) - 1, 0))
    rows = [
        [_criterion_button(t, results, number, one, page)]
        for number, one in every[page : page + PAGE]
    ]
    turning = pages_row(t, results.links.results, page, PAGE, len(every))
    last = [Button(t("Leniency"), results.links.leniency(page)), results.away]
    return [*rows, *turning, last]


def _criterion_button(
    t: Words, results: Results, number: int, one: CriterionOutcome, page: int
) -> Button:
    percent = one.agreement.percent
    share = t.percent(percent.value) if percent is not None else "–"
    label = f"{shorten(one.criterion.title.say(t.language), LABEL)} · {share}"
    return Button(label, results.links.criterion(number, page))


def criterion_screen(t: Words, results: Results, number: int, *, back: int) -> Screen:
    """Return one criterion's figures and who answered what on which contact."""
    one = results.outcome.criteria[number]
    parts = [
        bold(shorten(one.criterion.title.say(t.language), 2 * TITLE)),
        percent_line(t, one.agreement),
        t.plural("{count} contact compared", "{count} contacts compared", one.agreement.units),
        t.plural("{count} pair of answers", "{count} pairs of answers", one.agreement.pairs),
        "",
        alpha_line(t, one),
        points_line(t, t("Gwet's AC1"), one.agreement.ac1),
        *_answers(t, results, one),
    ]
    again = results.links.criterion(number, back)
    return paged(parts, [[Button(t("Back"), results.links.results(back))]], again)


def _answers(t: Words, results: Results, one: CriterionOutcome) -> list[Line]:
    """Return for each contact who gave which answer, and what those who differ wrote."""
    told: list[Line] = []
    for contact_id, row in zip(results.outcome.contacts, one.ratings, strict=True):
        given: dict[int, list[int]] = {}
        for rater, answer in zip(results.outcome.raters, row, strict=True):
            if answer is not None:
                given.setdefault(answer, []).append(rater)
        if not given:
            continue
        told += ["", bold(_contact_line(t, results, contact_id))]
        for answer, raters in sorted(given.items(), key=lambda item: (-len(item[1]), item[0])):
            told.append(_answer_line(t, results, one, answer, raters))
            if len(given) > 1:
                told += _comments(t, results, one, contact_id, raters)
    return told


def _contact_line(t: Words, results: Results, contact_id: int) -> str:
    contact = results.contacts.get(contact_id)
    if contact is None:
        return "…"
    agent = shorten(results.name(contact.agent_id), TITLE)
    if not contact.reference:
        return agent
    return f"{agent} · {labels.reference(t, contact.reference, TITLE)}"


def _answer_line(
    t: Words, results: Results, one: CriterionOutcome, answer: int, raters: list[int]
) -> str:
    options = one.criterion.options
    said = options[answer].label.say(t.language) if answer < len(options) else t("N/A")
    names = ", ".join(results.name(rater) for rater in raters)
    return t("{answer}: {names}", answer=said, names=names)


def _comments(
    t: Words, results: Results, one: CriterionOutcome, contact_id: int, raters: list[int]
) -> list[Line]:
    told: list[Line] = []
    for scoring in results.told:
        answer = scoring.answers.get(one.criterion.key)
        if scoring.contact_id != contact_id or scoring.evaluator_id not in raters or answer is None:
            continue
        name = results.name(scoring.evaluator_id)
        said = (justification(t, one.criterion, answer), comment_words(t, answer))
        told += [
            italic(t("{name}: {why}", name=name, why=one_said)) for one_said in said if one_said
        ]
    return told


def leniency_screen(t: Words, results: Results, *, back: int) -> Screen:
    """Return how many points each person gives more or less, the most lenient first."""
    outcome = results.outcome
    if results.reference_id is not None:
        against = t("Score points against {name}", name=results.name(results.reference_id))
    else:
        against = t("Score points against the mean of the others on the same contacts")
    parts: list[Line] = [t.html("<b>Who is lenient, who is strict</b>"), against, ""]
    parts += _leniency_lines(t, results, outcome.leniency)
    if not outcome.leniency:
        parts.append(t("No contact was scored by two people."))
    again = results.links.leniency(back)
    return paged(parts, [[Button(t("Back"), results.links.results(back))]], again)


def _leniency_line(t: Words, results: Results, one: Leniency) -> Line:
    """Return somebody's difference with its interval, its count and what it means."""
    name = shorten(results.name(one.rater), TITLE)
    points = t.signed(exact(one.difference))
    if one.low is not None and one.high is not None:
        points += f" {range_words(t, one.low, one.high)}"
    contacts = t.plural("{count} contact", "{count} contacts", one.count)
    head = t.html("{name} <b>{points}</b>", name=name, points=points)
    return lines(head, f"{contacts}, {_verdict(t, one)}")


def _verdict(t: Words, one: Leniency) -> str:
    if one.too_few:
        return t("too few to compare")
    if not one.apart:
        return t("not more than chance")
    return t("more lenient") if one.difference > 0 else t("stricter")
