"""A clock for stories: it stands still until it is moved."""

import datetime as dt

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: dt.datetime = MONDAY) -> None:
        self.moment = moment

    def __call__(self) -> dt.datetime:
        """Return the moment it shows."""
        return self.moment

    def set(self, moment: dt.datetime) -> None:
        """Show another moment."""
        self.moment = moment

    def advance(self, **distance: float) -> None:
        """Move forward by ``hours=3``, ``days=1`` and so on."""
        self.moment += dt.timedelta(**distance)
