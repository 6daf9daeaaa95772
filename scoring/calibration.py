"""What a calibration shows: agreement per criterion, who is lenient, and what to word anew.

Several people scored the same contacts by the same scorecard. Nobody need have scored every
contact, so contacts that two evaluators happened to score go through here as well.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.agreement import (
    Agreement,
    Draw,
    Estimate,
    Metric,
    Ratings,
    agreement,
    draws,
    pooled_percent,
)
from scoring.leniency import Leniency, leniencies
from scoring.score import score
from scoring.scorecard import Answer, Criterion, Scorecard
from scoring.statistics import TOO_FEW

RELIABLE = 0.8
"""At this agreement beyond chance a criterion is customarily relied upon.

Krippendorff, Content Analysis (2004), chapter 11, says so of alpha.
"""


@dataclass(frozen=True, slots=True)
class Scoring:
    """One person's answers on one contact: the criterion and its option's number, ``None`` for N/A.

    A criterion that was not asked is absent.
    """

    contact: int
    rater: int
    answers: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """In how many contacts a rater gave the reference's answer, or the one that most gave."""

    rater: int
    matched: int
    total: int

    @property
    def share(self) -> float | None:
        """The share from 0 to 1, ``None`` where nothing can be compared."""
        return self.matched / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class CriterionOutcome:
    """How far people agreed on one criterion, and each of them with the others.

    ``ratings`` has a row per contact and in it an entry per rater, in the outcome's order; N/A is
    numbered after the last option.
    """

    criterion: Criterion
    ratings: tuple[tuple[int | None, ...], ...]
    agreement: Agreement
    matches: tuple[Matched, ...]


@dataclass(frozen=True, slots=True)
class Reword:
    """The criterion to word anew; ``sure`` says that chance alone does not explain its figure."""

    key: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a calibration shows; ``percent`` is over every criterion and contact."""

    contacts: tuple[int, ...]
    raters: tuple[int, ...]
    scorings: int
    percent: Estimate | None
    criteria: tuple[CriterionOutcome, ...]
    leniency: tuple[Leniency, ...]
    reword: Reword | None

    @property
    def too_few(self) -> bool:
        """Whether too few contacts were scored by two people to lean on the figures."""
        return max((one.agreement.units for one in self.criteria), default=0) < TOO_FEW

    def criterion(self, key: str) -> CriterionOutcome:
        """Return the outcome of criterion *key*; raise ``KeyError`` where there is none."""
        for one in self.criteria:
            if one.criterion.key == key:
                return one
        raise KeyError(key)


def outcome(
    scorecard: Scorecard, scorings: Iterable[Scoring], *, reference: int | None, seed: int
) -> Outcome:
    """Return what *scorings* show; *reference* is the rater whom the others are held against.

    Intervals come from resampling whole contacts; the same *seed* gives the same ones again. At
    most one scoring of a contact by a rater counts, the last one.
    """
    given = {(one.contact, one.rater): dict(one.answers) for one in scorings}
    contacts = tuple(sorted({contact for contact, _ in given}))
    raters = tuple(sorted({rater for _, rater in given}))
    resamples = draws(len(contacts), seed)
    tables = {
        criterion.key: _table(criterion, given, contacts, raters)
        for criterion in scorecard.criteria()
    }
    found = tuple(
        CriterionOutcome(
            criterion,
            tables[criterion.key],
            _agreement(criterion, tables[criterion.key], resamples),
            _matches(tables[criterion.key], raters, reference),
        )
        for criterion in scorecard.criteria()
    )
    return Outcome(
        contacts=contacts,
        raters=raters,
        scorings=len(given),
        percent=pooled_percent(list(tables.values()), resamples),
        criteria=found,
        leniency=leniencies(_finals(scorecard, given), raters, reference),
        reword=to_reword(found),
    )


def to_reword(found: Sequence[CriterionOutcome]) -> Reword | None:
    """Return the criterion that needs other words, or ``None`` where all can be relied upon.

    It is the one with the lowest AC1, then the lowest percent agreement, then the first one, if
    its AC1 is below ``RELIABLE``. AC1 decides because it exists also where nearly all answers are
    the same. It is sure where five contacts or more were compared and the whole interval is below.
    """
    known = [(one.criterion.key, one.agreement) for one in found]
    weak = [
        (ac1.value, percent.value, key, _is_sure(agreed, ac1))
        for key, agreed in known
        if (ac1 := agreed.ac1) is not None and (percent := agreed.percent) is not None
        if ac1.value < RELIABLE
    ]
    if not weak:
        return None
    _, _, key, sure = min(weak, key=lambda one: one[:2])
    return Reword(key, sure)


def _is_sure(agreed: Agreement, ac1: Estimate) -> bool:
    return agreed.units >= TOO_FEW and ac1.high is not None and ac1.high < RELIABLE


_Given = Mapping[tuple[int, int], Mapping[str, int | None]]
"""Answers by contact and rater."""


def _table(
    criterion: Criterion, given: _Given, contacts: Sequence[int], raters: Sequence[int]
) -> tuple[tuple[int | None, ...], ...]:
    def number(answers: Mapping[str, int | None]) -> int | None:
        if criterion.key not in answers:
            return None
        option = answers[criterion.key]
        return len(criterion.options) if option is None else option

    return tuple(
        tuple(number(given.get((contact, rater), {})) for rater in raters) for contact in contacts
    )


def _agreement(criterion: Criterion, table: Ratings, resamples: Sequence[Draw]) -> Agreement:
    """Return the criterion's figures.

    N/A is an answer of its own where anybody gave it. It stands outside the order of a scale, so
    ordinal alpha leaves it out; yes, no and N/A are three names, and nominal alpha counts it.
    """
    options = len(criterion.options)
    return agreement(
        table,
        Metric.NOMINAL if criterion.yes_no else Metric.ORDINAL,
        resamples,
        categories=options + any(options in row for row in table),
        on_scale=None if criterion.yes_no else options,
    )


def _matches(table: Ratings, raters: Sequence[int], reference: int | None) -> tuple[Matched, ...]:
    """Return how often each rater but the reference gave the answer to be compared with.

    That is the reference's; without one, the answer that most gave. Where several were given
    equally often nobody has given it. A contact that one person alone answered does not count.
    """
    matched: Counter[int] = Counter()
    total: Counter[int] = Counter()
    for row in table:
        answers = {rater: one for rater, one in zip(raters, row, strict=True) if one is not None}
        if len(answers) < 2 or (reference is not None and reference not in answers):
            continue
        wanted = _most_given(answers.values()) if reference is None else answers[reference]
        for rater, one in answers.items():
            total[rater] += 1
            matched[rater] += one == wanted
    others = [rater for rater in raters if rater != reference]
    return tuple(Matched(rater, matched[rater], total[rater]) for rater in others)


def _most_given(answers: Iterable[int]) -> int | None:
    (first, times), *others = Counter(answers).most_common(2)
    return None if others and others[0][1] == times else first


def _finals(scorecard: Scorecard, given: _Given) -> dict[int, dict[int, Fraction]]:
    """Return each contact's scores by rater, without those that are none."""
    finals: dict[int, dict[int, Fraction]] = {}
    for (contact, rater), answers in given.items():
        final = score(scorecard, {key: Answer(option) for key, option in answers.items()}).final
        if final is not None:
            finals.setdefault(contact, {})[rater] = final
    return finals
