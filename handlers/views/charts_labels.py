"""Places for labels beside their dots: on the plot, upon no other label and on no dot."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

ROWS = 3
"""How many lines above or below its dot a label may have to stand; further off it would mislead."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        """Return whether the two share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Return whether the other lies within this one."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label: its dot's place, its width, and how far from the dot and how tall it stands."""

    x: float
    y: float
    width: float
    away: float
    line: float


def placed(wanted: Sequence[Wanted], plot: Box, dots: Iterable[Box]) -> list[Box | None]:
    """Return a box for each label, ``None`` where there is no room; the first choose first."""
    taken = list(dots)
    found: list[Box | None] = []
    for one in wanted:
        free = (
            box
            for box in _choices(one, plot)
            if plot.holds(box) and not any(box.touches(other) for other in taken)
        )
        box = next(free, None)
        found.append(box)
        if box is not None:
            taken.append(box)
    return found


def _choices(one: Wanted, plot: Box) -> Iterator[Box]:
    """Yield the places beside the dot, above and below it, then beside it line by line further."""
    yield from _beside(one, one.y)
    left = min(max(one.x - one.width / 2, plot.left), plot.right - one.width)
    for y in (one.y - one.away - one.line / 2, one.y + one.away + one.line / 2):
        yield Box(left, y - one.line / 2, left + one.width, y + one.line / 2)
    for row in range(1, ROWS + 1):
        yield from _beside(one, one.y + row * one.line)
        yield from _beside(one, one.y - row * one.line)


def _beside(one: Wanted, y: float) -> Iterator[Box]:
    """Yield the places to the right and to the left at that height."""
    top, bottom = y - one.line / 2, y + one.line / 2
    yield Box(one.x + one.away, top, one.x + one.away + one.width, bottom)
    yield Box(one.x - one.away - one.width, top, one.x - one.away, bottom)
