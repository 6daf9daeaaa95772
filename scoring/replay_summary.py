"""What a set of recomputed evaluations comes to, for whoever is about to publish a scorecard."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from scoring.carrying import Gap
from scoring.replay import Band, Outcome, Replayed
from scoring.scorecard import CriticalClass
from scoring.statistics import Interval, mean_difference


@dataclass(frozen=True, slots=True)
class Mover:
    """A criterion that did most of the change of ``times`` scores.

    ``points`` are the score points that it moved those scores by, on average.
    """

    criterion: str
    times: int
    points: Fraction


@dataclass(frozen=True, slots=True)
class Flip:
    """How many scores come from one band into another."""

    before: Band
    after: Band
    times: int


@dataclass(frozen=True, slots=True)
class ErrorShift:
    """How many contacts have an error of a critical class, before and after."""

    critical: CriticalClass
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What of ``count`` evaluations could be recomputed, how many of their scores move, and why.

    ``median`` is of the sizes of those changes that are numbers, ``largest`` the largest of them
    with its sign (the first of equals), both in score points and ``None`` where nothing changes by
    a number. ``mean`` is over all that were recomputed and have both scores, moved or not.
    ``flips`` and ``gaps`` stand most frequent first, ``movers`` too. ``errors`` has the classes
    whose number of contacts changes.
    """

    count: int
    recomputed: int
    moved: int
    median: Fraction | None
    largest: Fraction | None
    mean: Interval | None
    flips: tuple[Flip, ...]
    movers: tuple[Mover, ...]
    errors: tuple[ErrorShift, ...]
    gaps: tuple[tuple[Gap, int], ...]

    @property
    def flipped(self) -> int:
        """How many scores come into another band."""
        return sum(flip.times for flip in self.flips)

    @property
    def unknown(self) -> int:
        """How many evaluations could not be recomputed."""
        return self.count - self.recomputed


def summary(every: Sequence[Replayed]) -> Summary:
    """Return what *every* evaluation's replay comes to."""
    known = [one for one in every if one.after is not None]
    changes = [one.change for one in known if one.change is not None]
    moves = [change for change in changes if change]
    gaps = Counter(gap for one in every for gap in one.gaps)
    return Summary(
        count=len(every),
        recomputed=len(known),
        moved=sum(one.moved for one in known),
        median=median(map(abs, moves)) if moves else None,
        largest=max(moves, key=abs, default=None),
        mean=mean_difference([float(change) for change in changes]),
        flips=_flips(known),
        movers=_movers(known),
        errors=_errors(known),
        gaps=tuple(gaps.most_common()),
    )


def _flips(known: Sequence[Replayed]) -> tuple[Flip, ...]:
    counted = Counter(
        (one.before.band, one.after.band) for one in known if one.after is not None and one.flipped
    )
    return tuple(Flip(*bands, times) for bands, times in counted.most_common())


def _movers(known: Sequence[Replayed]) -> tuple[Mover, ...]:
    points: dict[str, list[Fraction]] = {}
    for one in known:
        if one.mover is not None:
            key, part = one.mover
            points.setdefault(key, []).append(part)
    found = [
        Mover(key, len(parts), sum(parts, Fraction()) / len(parts)) for key, parts in points.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.times, -abs(one.points))))


def _errors(known: Sequence[Replayed]) -> tuple[ErrorShift, ...]:
    before = [one.before for one in known]
    after = [one.after for one in known if one.after is not None]
    shifts = (
        ErrorShift(one, _with_error(before, one), _with_error(after, one)) for one in CriticalClass
    )
    return tuple(shift for shift in shifts if shift.before != shift.after)


def _with_error(outcomes: Sequence[Outcome], critical: CriticalClass) -> int:
    return sum(one.clean[critical] is False for one in outcomes)
