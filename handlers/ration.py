"""How much of what is costly one person may ask for at a time: reports, files, searches.

It is reckoned in memory, by each process for itself: with several processes a person gets a little
more than with one, and nothing is written for a press that only reads.
"""

import datetime as dt

SIZE = 20
"""What somebody may spend at once who has asked for nothing lately."""

PER_SECOND = 1.0
"""How fast it fills again."""

TIDY_AT = 1_000
"""With as many people remembered, those whose ration is full again are forgotten."""


class Ration:
    """A bucket a person: it holds *size*, and *per_second* flows in until it is full."""

    def __init__(self, size: float = SIZE, per_second: float = PER_SECOND) -> None:
        self._size = size
        self._per_second = per_second
        self._left: dict[int, tuple[float, dt.datetime]] = {}

    def take(self, person_id: int, cost: float, now: dt.datetime) -> bool:
        """Take *cost* out of the person's bucket; return ``False``, taking nothing, if it is short.

        A clock that was set back fills nothing, and takes nothing away either.
        """
        left = self._now(person_id, now)
        enough = cost <= left
        self._left[person_id] = (left - cost if enough else left, now)
        if len(self._left) > TIDY_AT:
            self._tidy(now)
        return enough

    def _now(self, person_id: int, now: dt.datetime) -> float:
        left, since = self._left.get(person_id, (self._size, now))
        passed = max((now - since).total_seconds(), 0.0)
        return min(self._size, left + passed * self._per_second)

    def _tidy(self, now: dt.datetime) -> None:
        full = [one for one in self._left if self._now(one, now) >= self._size]
        for person_id in full:
            del self._left[person_id]
