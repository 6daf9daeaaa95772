"""The score of one contact, exactly, and what each criterion took away from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import floor

from scoring.answers import asked
from scoring.scorecard import Answer, Criterion, EffectKind, Scorecard, Section, Wording

FULL = Fraction(100)
NOTHING = Fraction(0)


class AnswerState(StrEnum):
    """What became of a criterion; all but ``ANSWERED`` leave both sides of every sum."""

    ANSWERED = "answered"
    NA = "na"
    NOT_ASKED = "not_asked"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """One criterion's part: its points, its fraction f (0..1), the score points lost to it."""

    key: str
    state: AnswerState
    option: int | None
    points: Fraction | None
    best_points: Fraction
    weight: Fraction
    fraction: Fraction | None
    passed: bool
    lost: Fraction


@dataclass(frozen=True, slots=True)
class SectionScore:
    """One section's part: ``raw`` is S (0..1), ``effective`` is S after ``fail_section``.

    Both are ``None`` where no criterion of the section counted.
    """

    title: Wording
    weight: Fraction
    raw: Fraction | None
    effective: Fraction | None
    failed: bool
    criteria: tuple[CriterionScore, ...]


@dataclass(frozen=True, slots=True)
class FiredEffect:
    """An effect that fired: its criterion, what it is, and the score points it took (0 or more)."""

    key: str
    kind: EffectKind
    limit: Fraction | None
    took: Fraction


@dataclass(frozen=True, slots=True)
class Score:
    """A contact's score (0..100): without effects, with them, and how both came about.

    ``raw`` and ``final`` are ``None`` together, where nothing counted.
    """

    raw: Fraction | None
    final: Fraction | None
    sections: tuple[SectionScore, ...]
    fired: tuple[FiredEffect, ...]

    def criteria(self) -> tuple[CriterionScore, ...]:
        """Return the parts of all criteria in the scorecard's order."""
        return tuple(part for section in self.sections for part in section.criteria)


def score(scorecard: Scorecard, answers: Mapping[str, Answer]) -> Score:
    """Return the exact score of a contact under *answers*; they may be incomplete.

    With f = p/P per criterion, S = Σwf/Σw per section and R = 100·ΣWS/ΣW over what counted, R is
    the raw score. Effects of worst options then work in this order: ``fail_section`` makes that
    S 0 and keeps W, the smallest ``cap`` limits the result, ``fail_contact`` makes it 0.

    A criterion's ``lost`` is 100·W/ΣW · w(1−f)/Σw, plus what its effect took. Each of the three
    steps takes the difference between the score before and after it; that is shared equally among
    the criteria which caused the step: a failed section's among those that failed this section,
    the cap's among those that set the smallest cap, the contact's among those that failed it.
    An effect that changed nothing took nothing. So Σ lost = 100 − final, exactly.

    Raises ``ValueError`` for an answer to a criterion or with an option that the scorecard lacks.
    """
    _refuse_strangers(scorecard, answers)
    basis = _Basis.of(scorecard, answers)
    firing = _firing(basis)
    worth = [basis.worth(section) for section in scorecard.sections]
    took, final = _apply(scorecard, firing, worth)
    return Score(
        raw=sum(worth, NOTHING) if basis.total else None,
        final=final if basis.total else None,
        sections=tuple(_section(basis, section, took) for section in scorecard.sections),
        fired=tuple(
            FiredEffect(c.key, c.effect.kind, c.effect.limit, took.get(c.key, NOTHING))
            for c in firing
        ),
    )


@lru_cache(maxsize=4096)  # an export shows few different scores very often
def shown(value: Fraction, digits: int = 1) -> Decimal:
    """Return *value* with *digits* decimals, halves away from zero, as an exact decimal.

    This is the only rounding in the reckoning, and it is for people's eyes alone.
    """
    scaled = floor(abs(value) * 10**digits + Fraction(1, 2))
    sign = 1 if value < 0 and scaled else 0
    return Decimal((sign, tuple(int(digit) for digit in str(scaled)), -digits))


def _refuse_strangers(scorecard: Scorecard, answers: Mapping[str, Answer]) -> None:
    """Raise ``ValueError`` for answers that cannot belong to *scorecard*."""
    counts = {criterion.key: len(criterion.options) for criterion in scorecard.criteria()}
    for key, answer in answers.items():
        if key not in counts:
            raise ValueError(f"scorecard {scorecard.key} has no criterion {key}")
        if answer.option is not None and not 0 <= answer.option < counts[key]:
            raise ValueError(f"criterion {key} has no option number {answer.option}")


@dataclass(frozen=True, slots=True)
class _Basis:
    """What the sums run over: f (0..1) of every criterion that counts, and ΣW."""

    scorecard: Scorecard
    answers: Mapping[str, Answer]
    reached: frozenset[str]
    fractions: Mapping[str, Fraction]
    total: Fraction

    @classmethod
    def of(cls, scorecard: Scorecard, answers: Mapping[str, Answer]) -> "_Basis":
        """Return the basis: what is asked, answered and not N/A counts."""
        reached = frozenset(asked(scorecard, answers))
        fractions = {}
        for criterion in scorecard.criteria():
            answer = answers.get(criterion.key)
            if criterion.key in reached and answer is not None and answer.option is not None:
                points = criterion.options[answer.option].points
                fractions[criterion.key] = points / criterion.options[criterion.best].points
        total = sum(
            (
                section.weight
                for section in scorecard.sections
                if any(criterion.key in fractions for criterion in section.criteria)
            ),
            NOTHING,
        )
        return cls(scorecard, answers, reached, fractions, total)

    def weights(self, section: Section) -> Fraction:
        """Return Σw over the criteria of *section* that count."""
        return sum((c.weight for c in section.criteria if c.key in self.fractions), NOTHING)

    def mean(self, section: Section) -> Fraction | None:
        """Return S (0..1), or ``None`` where no criterion of *section* counts."""
        weights = self.weights(section)
        if not weights:
            return None
        counting = (c for c in section.criteria if c.key in self.fractions)
        return sum((c.weight * self.fractions[c.key] for c in counting), NOTHING) / weights

    def worth(self, section: Section) -> Fraction:
        """Return what *section* brings to the raw score, in score points."""
        mean = self.mean(section)
        return NOTHING if mean is None else FULL * section.weight * mean / self.total

    def lost(self, section: Section, criterion: Criterion) -> Fraction:
        """Return the raw score's points lost to *criterion* of *section*."""
        fraction = self.fractions.get(criterion.key)
        if fraction is None:
            return NOTHING
        share = criterion.weight / self.weights(section)
        return FULL * section.weight / self.total * share * (1 - fraction)

    def state(self, criterion: Criterion) -> AnswerState:
        """Return what became of *criterion*."""
        if criterion.key not in self.reached:
            return AnswerState.NOT_ASKED
        answer = self.answers.get(criterion.key)
        if answer is None:
            return AnswerState.UNANSWERED
        return AnswerState.NA if answer.option is None else AnswerState.ANSWERED


def _firing(basis: _Basis) -> list[Criterion]:
    """Return the criteria that were answered with their worst option and have an effect."""
    return [
        criterion
        for criterion in basis.scorecard.criteria()
        if criterion.key in basis.fractions
        and criterion.effect.kind is not EffectKind.NONE
        and basis.answers[criterion.key].option == criterion.worst
    ]


def _apply(
    scorecard: Scorecard, firing: Sequence[Criterion], worth: Sequence[Fraction]
) -> tuple[dict[str, Fraction], Fraction]:
    """Return what each firing criterion took and the score that is left.

    *worth* is what each section brought to the raw score.
    """
    left = sum(worth, NOTHING)
    took: dict[str, Fraction] = {}
    for section, value in zip(scorecard.sections, worth, strict=True):
        failing = [
            c.key for c in _of_kind(EffectKind.FAIL_SECTION, firing) if c in section.criteria
        ]
        if failing:
            took |= _shared(value, failing)
            left -= value
    caps = [(c.effect.limit, c.key) for c in _of_kind(EffectKind.CAP, firing)]
    limit = min((own for own, _ in caps if own is not None), default=left)
    if limit < left:
        took |= _shared(left - limit, [key for own, key in caps if own == limit])
        left = limit
    fatal = [c.key for c in _of_kind(EffectKind.FAIL_CONTACT, firing)]
    if fatal:
        took |= _shared(left, fatal)
        left = NOTHING
    return took, left


def _of_kind(kind: EffectKind, criteria: Iterable[Criterion]) -> list[Criterion]:
    return [criterion for criterion in criteria if criterion.effect.kind is kind]


def _shared(amount: Fraction, keys: Sequence[str]) -> dict[str, Fraction]:
    return dict.fromkeys(keys, amount / len(keys))


def _section(basis: _Basis, section: Section, took: Mapping[str, Fraction]) -> SectionScore:
    """Return the part of *section* with those of its criteria."""
    mean = basis.mean(section)
    failing = _of_kind(EffectKind.FAIL_SECTION, section.criteria)
    failed = any(criterion.key in took for criterion in failing)
    return SectionScore(
        title=section.title,
        weight=section.weight,
        raw=mean,
        effective=NOTHING if failed else mean,
        failed=failed,
        criteria=tuple(
            _part(basis, c, basis.lost(section, c) + took.get(c.key, NOTHING))
            for c in section.criteria
        ),
    )


def _part(basis: _Basis, criterion: Criterion, lost: Fraction) -> CriterionScore:
    """Return the criterion's part; an answer that does not count shows no option and no points."""
    state = basis.state(criterion)
    option = basis.answers[criterion.key].option if state is AnswerState.ANSWERED else None
    return CriterionScore(
        key=criterion.key,
        state=state,
        option=option,
        points=None if option is None else criterion.options[option].points,
        best_points=criterion.options[criterion.best].points,
        weight=criterion.weight,
        fraction=basis.fractions.get(criterion.key),
        passed=option == criterion.best,
        lost=lost,
    )
