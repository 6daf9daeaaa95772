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
from scoring.statistics import HIGHEST_SCORE, TOO_FEW

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
    """In how many contacts a rater gave the reference's answer, or the one most others gave."""

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
    """The criterion least agreed upon; ``sure`` says that it is to be worded anew."""

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
    compared = sum(map(_is_comparable, tables.values()))
    found = tuple(
        CriterionOutcome(
            criterion,
            tables[criterion.key],
            _agreement(criterion, tables[criterion.key], resamples, compared),
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
        leniency=leniencies(_finals(scorecard, given), raters, reference, _step(scorecard)),
        reword=to_reword(found),
    )


def to_reword(found: Sequence[CriterionOutcome]) -> Reword | None:
    """Return the criterion least agreed upon, or ``None`` where all can be relied upon.

    Only criteria compared on five contacts or more whose AC1 is below ``RELIABLE`` are looked at.
    AC1 decides because it exists also where nearly all answers are the same. One whose whole
    interval is below, the error shared among the criteria compared, is sure to need other words;
    sure ones come first, then the lowest AC1, the lowest percent agreement, the first one.
    """
    weak = [
        (not sure, ac1.value, percent.value, one.criterion.key)
        for one in found
        if one.agreement.units >= TOO_FEW
        if (ac1 := one.agreement.ac1) is not None and (percent := one.agreement.percent) is not None
        if ac1.value < RELIABLE
        for sure in (_is_sure(one.agreement),)
    ]
    if not weak:
        return None
    unsure, _, _, key = min(weak, key=lambda one: one[:3])
    return Reword(key, sure=not unsure)


def _is_sure(agreed: Agreement) -> bool:
    return agreed.ac1_below is not None and agreed.ac1_below < RELIABLE


def _is_comparable(table: Ratings) -> bool:
    """Return whether enough contacts were answered by two people."""
    return sum(sum(one is not None for one in row) > 1 for row in table) >= TOO_FEW


def _step(scorecard: Scorecard) -> float:
    """Return how many score points one criterion is worth on average."""
    return HIGHEST_SCORE / max(1, sum(1 for _ in scorecard.criteria()))


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


def _agreement(
    criterion: Criterion, table: Ratings, resamples: Sequence[Draw], compared: int
) -> Agreement:
    """Return the criterion's figures; the error is shared among the criteria *compared*.

    The scorecard says how many answers there are, whatever was given: N/A is one of its own where
    it may be given. It stands outside the order of a scale, so ordinal alpha leaves it out; yes,
    no and N/A are three names, and nominal alpha counts it.
    """
    options = len(criterion.options)
    return agreement(
        table,
        Metric.NOMINAL if criterion.yes_no else Metric.ORDINAL,
        resamples,
        categories=options + criterion.na,
        on_scale=None if criterion.yes_no else options,
        compared=max(1, compared),
    )


def _matches(table: Ratings, raters: Sequence[int], reference: int | None) -> tuple[Matched, ...]:
    """Return how often each rater but the reference gave the answer to be compared with.

    That is the reference's; without one, the answer that most of the others gave, one's own left
    out. A contact on which several were given equally often by the others is not counted, nor one
    that nobody else answered.
    """
    matched: Counter[int] = Counter()
    total: Counter[int] = Counter()
    for row in table:
        answers = {rater: one for rater, one in zip(raters, row, strict=True) if one is not None}
        for rater, answer in answers.items():
            others = [one for other, one in answers.items() if other != rater]
            wanted = _most_given(others) if reference is None else answers.get(reference)
            if wanted is not None and rater != reference:
                total[rater] += 1
                matched[rater] += answer == wanted
    known = [rater for rater in raters if rater != reference]
    return tuple(Matched(rater, matched[rater], total[rater]) for rater in known)


def _most_given(answers: Iterable[int]) -> int | None:
    counted = Counter(answers).most_common(2)
    if not counted or (len(counted) > 1 and counted[0][1] == counted[1][1]):
        return None
    return counted[0][0]


def _finals(scorecard: Scorecard, given: _Given) -> dict[int, dict[int, Fraction]]:
    """Return each contact's scores by rater, without those that are none."""
    finals: dict[int, dict[int, Fraction]] = {}
    for (contact, rater), answers in given.items():
        final = score(scorecard, {key: Answer(option) for key, option in answers.items()}).final
        if final is not None:
            finals.setdefault(contact, {})[rater] = final
    return finals
