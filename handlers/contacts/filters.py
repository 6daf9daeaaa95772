"""The journal's filters as one number, so that they fit into a button."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from handlers.refusals import OutOfDate
from scoring.contacts import ContactType, Status
from scoring.scorecard import Channel

NAMES = ("status", "channel", "type")
CHOICES: Mapping[str, tuple[StrEnum, ...]] = {
    "status": tuple(Status),
    "channel": tuple(Channel),
    "type": tuple(ContactType),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What is chosen of each: its number from 1, or 0 for anything."""

    status: int = 0
    channel: int = 0
    type: int = 0

    def number(self) -> int:
        """Return the filters as a number of up to three digits."""
        return self.status * 100 + self.channel * 10 + self.type

    def with_choice(self, name: str, choice: int) -> "Filters":
        """Return the filters with another choice of one of ``NAMES``."""
        return replace(self, **{name: choice})

    @property
    def one_status(self) -> Status | None:
        """The status that is chosen, if one is."""
        return tuple(Status)[self.status - 1] if self.status else None

    @property
    def one_channel(self) -> Channel | None:
        """The channel that is chosen, if one is."""
        return tuple(Channel)[self.channel - 1] if self.channel else None

    @property
    def one_type(self) -> ContactType | None:
        """The type that is chosen, if one is."""
        return tuple(ContactType)[self.type - 1] if self.type else None


NO_FILTERS = Filters()


def filters_of(number: int) -> Filters:
    """Return the filters that *number* stands for; raise ``OutOfDate`` for a forged one."""
    if not 0 <= number < 1000:
        raise OutOfDate
    filters = Filters(number // 100, number // 10 % 10, number % 10)
    if any(getattr(filters, name) > len(choices) for name, choices in CHOICES.items()):
        raise OutOfDate
    return filters
