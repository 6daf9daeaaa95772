"""Whether what plans drew speaks for a period: how much of it the draws cover."""

import datetime as dt
from collections.abc import Iterable

Span = tuple[dt.datetime, dt.datetime]
"""From the first moment to just before the second."""

LEAST_SHARE = 0.5
"""The share of a period that draws have to cover, so that what they drew speaks for it."""

LEAST_DRAWN = 5
"""With fewer drawn evaluations nothing is said of all contacts: an agent's minimum as well."""


def covers(spans: Iterable[Span], period: Span, now: dt.datetime) -> bool:
    """Return whether *spans* together cover at least half of the period as far as it has passed.

    Where a plan began late in a period, what it drew speaks for the rest of it alone.
    """
    first, last = period[0], min(period[1], now)
    if last <= first:
        return False
    covered, reached = dt.timedelta(), first
    for begin, end in sorted(spans):
        begins, ends = max(begin, reached), min(end, last)
        if ends > begins:
            covered += ends - begins
            reached = ends
    return covered >= LEAST_SHARE * (last - first)
