"""How a score came about, so that a reader can check it with a calculator."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.score import FULL, NOTHING, CriterionScore, FiredEffect, Score, score, shown
from scoring.scorecard import Answer, EffectKind, Scorecard, Wording

FEWEST_DIGITS, MOST_DIGITS = 2, 6


@dataclass(frozen=True, slots=True)
class Part:
    """A section: ``earned`` is Σw·f and ``possible`` is Σw over the criteria that counted.

    It brings ``points`` of at most ``most`` to the raw score: 100 · earned/possible · W/ΣW. A
    section in which nothing counted has 0 everywhere.
    """

    title: Wording
    weight: Fraction
    criteria: tuple[CriterionScore, ...]
    earned: Fraction
    possible: Fraction
    points: Fraction
    most: Fraction

    @property
    def counts(self) -> bool:
        """Whether any criterion of the section counted."""
        return self.possible > 0


@dataclass(frozen=True, slots=True)
class Step:
    """What an effect did to the score; where ``before`` equals ``after`` it changed nothing.

    ``section`` is set for ``fail_section``, ``limit`` for a cap; ``keys`` are the criteria whose
    worst option caused it.
    """

    kind: EffectKind
    keys: tuple[str, ...]
    before: Fraction
    after: Fraction
    section: Wording | None = None
    limit: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The way from points to the raw score and on to the final one.

    ``weight`` is ΣW over the sections that counted. The points of the parts add up to the raw
    score; each step begins where the one before ended, and the last one ends at the final score.
    """

    score: Score
    weight: Fraction
    parts: tuple[Part, ...]
    steps: tuple[Step, ...]

    def digits(self) -> int:
        """Return with how many decimals the parts' points add up, once rounded, to the raw score.

        Two, unless the rounding of the parts would tip the score's only decimal.
        """
        if self.score.raw is None:
            return FEWEST_DIGITS
        wanted = shown(self.score.raw)
        for digits in range(FEWEST_DIGITS, MOST_DIGITS):
            total = sum((Fraction(shown(part.points, digits)) for part in self.parts), NOTHING)
            if shown(total) == wanted:
                return digits
        return MOST_DIGITS


def receipt(scorecard: Scorecard, answers: Mapping[str, Answer]) -> Receipt:
    """Return how the score of a contact with *answers* came about.

    Raises ``ValueError`` for answers that cannot belong to *scorecard*.
    """
    reckoned = score(scorecard, answers)
    weight = sum((s.weight for s in reckoned.sections if s.raw is not None), NOTHING)
    parts = tuple(_parts(reckoned, weight))
    return Receipt(reckoned, weight, parts, tuple(_steps(reckoned, parts)))


def _parts(reckoned: Score, total: Fraction) -> Iterator[Part]:
    for section in reckoned.sections:
        counted = [part for part in section.criteria if part.fraction is not None]
        most = FULL * section.weight / total if counted else NOTHING
        yield Part(
            title=section.title,
            weight=section.weight,
            criteria=section.criteria,
            earned=sum((part.weight * (part.fraction or 0) for part in counted), NOTHING),
            possible=sum((part.weight for part in counted), NOTHING),
            points=most * (section.raw or 0),
            most=most,
        )


def _steps(reckoned: Score, parts: Sequence[Part]) -> Iterator[Step]:
    """Yield what the effects did, in the order in which they work."""
    left = reckoned.raw if reckoned.raw is not None else NOTHING
    for part in parts:
        failing = _keys(reckoned, EffectKind.FAIL_SECTION, part)
        if failing:
            after = left - part.points
            yield Step(EffectKind.FAIL_SECTION, failing, left, after, section=part.title)
            left = after
    for limit, keys in _caps(reckoned):
        after = min(left, limit)
        yield Step(EffectKind.CAP, keys, left, after, limit=limit)
        left = after
    fatal = _keys(reckoned, EffectKind.FAIL_CONTACT)
    if fatal:
        yield Step(EffectKind.FAIL_CONTACT, fatal, left, NOTHING)


def _keys(reckoned: Score, kind: EffectKind, part: Part | None = None) -> tuple[str, ...]:
    """Return the criteria (of *part*) that an effect of *kind* fired on."""
    own = {one.key for one in part.criteria} if part else None
    fired = (effect for effect in reckoned.fired if effect.kind is kind)
    return tuple(effect.key for effect in fired if own is None or effect.key in own)


def _caps(reckoned: Score) -> list[tuple[Fraction, tuple[str, ...]]]:
    """Return the caps that fired with their criteria, the smallest first: it alone may limit."""
    caps: dict[Fraction, list[FiredEffect]] = {}
    for effect in reckoned.fired:
        if effect.kind is EffectKind.CAP and effect.limit is not None:
            caps.setdefault(effect.limit, []).append(effect)
    return [(limit, tuple(one.key for one in caps[limit])) for limit in sorted(caps)]
