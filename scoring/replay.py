"""An evaluation recomputed under another version of its scorecard: what moves, and by what."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scoring.answers import class_outcomes
from scoring.carrying import Bridge, Gap
from scoring.score import NOTHING, Score, score
from scoring.scorecard import Answer, CriticalClass


class Band(StrEnum):
    """Where a score stands: failed, or beside its team's target where there is one."""

    NO_SCORE = "no_score"
    """Everything was N/A."""
    FAILED = "failed"
    """The score is 0, as a critical failure makes it."""
    BELOW = "below"
    """Less than the team's target."""
    MET = "met"
    """The team's target or more."""
    SCORED = "scored"
    """A score of a team without a target."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A final score (0 to 100), its band, and whether it is free of each class's errors."""

    final: Fraction | None
    band: Band
    clean: Mapping[CriticalClass, bool | None]


@dataclass(frozen=True, slots=True)
class Replayed:
    """An evaluation before and after; ``after`` is ``None`` where ``gaps`` stand against it.

    ``parts`` are the score points that each criterion moved the score by, without zeros, in the
    new scorecard's order and then the old one's. They add up to ``change``.
    """

    before: Outcome
    after: Outcome | None
    parts: tuple[tuple[str, Fraction], ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether the score becomes another one, or comes or goes."""
        return self.after is not None and self.after.final != self.before.final

    @property
    def change(self) -> Fraction | None:
        """The score points after less those before; ``None`` without a score on either side."""
        if self.after is None or self.after.final is None or self.before.final is None:
            return None
        return self.after.final - self.before.final

    @property
    def flipped(self) -> bool:
        """Whether the score comes into another band."""
        return self.after is not None and self.after.band is not self.before.band

    @property
    def mover(self) -> tuple[str, Fraction] | None:
        """The criterion that did most of the change, the first of equals, and its points."""
        change = self.change
        if not change:
            return None
        sign = 1 if change > 0 else -1
        return max(self.parts, key=lambda part: part[1] * sign)


def band(final: Fraction | None, target: int | None) -> Band:
    """Return where a final score stands against the team's *target* (0 to 100), if it has one."""
    if final is None:
        return Band.NO_SCORE
    if final == NOTHING:
        return Band.FAILED
    if target is None:
        return Band.SCORED
    return Band.MET if final >= target else Band.BELOW


def replay(bridge: Bridge, answers: Mapping[str, Answer], target: int | None) -> Replayed:
    """Return an evaluation of ``bridge.old`` with *answers* as it would be under ``bridge.new``.

    A criterion's part is what it cost before less what it costs after: costs add up to what is
    missing to 100 (``scoring.score``), so the parts add up to the change, exactly.
    """
    old = score(bridge.old, answers)
    before = Outcome(old.final, band(old.final, target), class_outcomes(bridge.old, answers))
    carried = bridge.carry(answers)
    if carried.gaps:
        return Replayed(before, None, gaps=carried.gaps)
    new = score(bridge.new, carried.answers)
    clean = class_outcomes(bridge.new, carried.answers)
    after = Outcome(new.final, band(new.final, target), clean)
    comparable = old.final is not None and new.final is not None
    return Replayed(before, after, _parts(old, new) if comparable else ())


def _parts(old: Score, new: Score) -> tuple[tuple[str, Fraction], ...]:
    before = {part.key: part.lost for part in old.criteria()}
    after = {part.key: part.lost for part in new.criteria()}
    moved = ((key, before.get(key, NOTHING) - after.get(key, NOTHING)) for key in after | before)
    return tuple((key, points) for key, points in moved if points)
