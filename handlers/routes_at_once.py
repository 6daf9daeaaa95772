"""The routing table at a start: scoring is in it at once, everything else is loaded meanwhile.

All conversations together take longer to load than the rest of the program. What evaluators do all
day needs a third of them; whoever asks for something else before the others are there waits until
they are. ``handlers.routes`` remains the one table of what can be asked.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, ValuesView
from functools import cache
from typing import TypeVar

from handlers import access
from handlers.evaluating import score
from handlers.routing import Routes
from handlers.turn import Turn, Visit

Key = TypeVar("Key")
Entry = TypeVar("Entry")

SLICES = (
    "handlers.start",
    "handlers.language",
    "handlers.help",
    "handlers.menu_taps",
    "handlers.evaluating.drafts",
    "handlers.people.reachability",
    "handlers.people.people",
    "handlers.people.teams",
    "handlers.people.invite",
    "handlers.people.undelivered",
    "handlers.assignments.outstanding",
    "handlers.assignments.doubles",
    "handlers.assignments.tasks",
    "handlers.contacts.contacts",
    "handlers.feedback.feedback",
    "handlers.disputes.disputes",
    "handlers.calibration.calibrate",
    "handlers.goals.goal_making",
    "handlers.goals.goals",
    "handlers.kpi.kpi_data",
    "handlers.kpi.targets",
    "handlers.reports.showing",
    "handlers.reports.line_keepers",
    "handlers.reports.file_data",
    "handlers.reports.books",
    "handlers.reports.reports",
    "handlers.reports.reminders",
    "handlers.reports.digest",
    "handlers.reports.monthly",
    "handlers.reports.praise",
    "handlers.views.scorecard_preview",
    "handlers.scorecards.uploads",
    "handlers.scorecards.scorecards",
    "handlers.tables.imports",
    "handlers.proposals.propose",
    "handlers.plans.plans",
    "handlers.privacy.organisation",
    "handlers.privacy.log",
    "handlers.privacy.forget",
    "handlers.housekeeping",
    "handlers.fallback",
    "handlers.routes",
)
"""The modules of the whole table, in steps of which none takes long, for whoever loads it."""


class Table(Mapping[Key, Entry]):
    """Entries of which a few are there at once, and all of them when another is asked for."""

    def __init__(
        self,
        first: Mapping[Key, Entry],
        everything: Callable[[Routes], Mapping[Key, Entry]],
        keys: Collection[Key] = (),
    ) -> None:
        self._first = first
        self._everything = everything
        self._keys = keys

    def __getitem__(self, key: Key) -> Entry:
        """Return the entry; raise ``KeyError`` where there is none in the whole table."""
        found = self._first.get(key)
        return self._everything(whole())[key] if found is None else found

    def __iter__(self) -> Iterator[Key]:
        """Go through the keys, without loading anything where they are known."""
        return iter(self._keys or self._everything(whole()))

    def values(self) -> ValuesView[Entry]:
        """Return all entries, in the order of the whole table: the menu's."""
        return self._everything(whole()).values()

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self._keys or self._everything(whole()))


def routes() -> Routes:
    """Return the table, with what is not there yet loaded when it is asked for."""
    return Routes(
        commands=Table(
            {one.name: one for one in score.COMMANDS}, lambda all_: all_.commands, access.COMMANDS
        ),
        presses=Table({one.kind: one for one in score.PRESSES}, lambda all_: all_.presses),
        typed=Table({one.what: one for one in score.TYPED}, lambda all_: all_.typed),
        material=_material,
        edited=score.on_edit,
        unknown=_unknown,
        stranger=_stranger,
    )


@cache
def whole() -> Routes:
    """Return the whole table."""
    from handlers import routes as table  # noqa: PLC0415  it is what takes long to load

    return table.routes()


async def _material(turn: Turn) -> None:
    await whole().material(turn)


async def _unknown(visit: Visit) -> None:
    await whole().unknown(visit)


async def _stranger(visit: Visit) -> None:
    await whole().stranger(visit)
