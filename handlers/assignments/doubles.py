"""What hidden double scoring shows: how far first and second evaluators agree."""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b

from handlers.calibration.access import CALIBRATORS, Results, zone_of
from handlers.calibration.results import reckoned
from handlers.refusals import NotFound, OutOfDate
from handlers.reports.report_data import today_of
from handlers.reports.report_data import zone_of as teams_zone
from handlers.reports.scope import OVERSEERS, team_for, teams_of
from handlers.reports.showing import show_with_chart
from handlers.routing import press
from handlers.taps import DoubleAct, DoubleTap
from handlers.turn import Turn
from handlers.views import calibration_results as figures
from handlers.views import double_scoring as views
from handlers.views.calibration_heatmap import heat_map
from handlers.views.screen import Button, Screen
from scoring.periods import Extent, Period, PeriodKind, UnknownPeriod, parse_period
from scoring.roles import Role
from scoring.statistics import TOO_FEW
from scoring.zones import local_day
from storage import people, second_scorings
from storage.database import Transaction
from storage.second_scorings import Pair
from storage.teams import Team


@dataclass(frozen=True, slots=True)
class PairLinks:
    """The presses between the screens of a month's results by one version of a scorecard."""

    month: str
    team: int
    version: int

    def results(self, page: int) -> DoubleTap:
        """Return the press that shows the agreement."""
        return self._to(DoubleAct.RESULTS, 0, page)

    def criterion(self, number: int, page: int) -> DoubleTap:
        """Return the press that shows a criterion."""
        return self._to(DoubleAct.CRITERION, number, page)

    def leniency(self, page: int) -> DoubleTap:
        """Return the press that shows who is lenient."""
        return self._to(DoubleAct.LENIENCY, 0, page)

    def _to(self, act: DoubleAct, value: int, page: int) -> DoubleTap:
        return DoubleTap(act, self.month, self.team, self.version, value, page)


async def entry(turn: Turn) -> list[Button]:
    """Return the way to the newest month of double scoring, for those who may see it."""
    if not turn.person.roles & OVERSEERS:
        return []
    async with turn.db.reading() as tx:
        newest = await second_scorings.newest(tx, _reach(turn))
        where = await zone_of(tx, turn.services, turn.person)
    if newest is None:
        return []
    return [views.entry_button(turn.t, local_day(newest, where).replace(day=1))]


def _reach(turn: Turn) -> tuple[int, ...] | None:
    """Return the teams whose double scoring the person sees; ``None`` stands for all."""
    return None if turn.person.is_a(Role.ADMIN) else turn.person.supervises


async def show_month(turn: Turn, tap: DoubleTap) -> None:
    """Show the month's pairs by team and scorecard."""
    async with turn.db.reading() as tx:
        every = await teams_of(tx, turn.person)
        month = _month(tap.month, today_of(turn.services, every[0]))
        found = {team.id: await _pairs(tx, turn, team, month) for team in every}
        heaps = [
            views.Heap(team, await turn.services.shelf.get(tx, version), count)
            for team in every
            for version, count in _by_version(found[team.id]).items()
        ]
    seen = views.Month(
        first=month.first,
        heaps=heaps,
        apart=sum(one.apart for pairs in found.values() for one in pairs),
        later=month.last < today_of(turn.services, every[0]),
        calibrates=bool(turn.person.roles & CALIBRATORS),
    )
    screen = views.month_screen(turn.t, seen)
    await show_with_chart(turn, None, lambda _: screen, in_place=True)


def _by_version(pairs: list[Pair]) -> Counter[int]:
    return Counter(one.scorecard_version_id for one in pairs if not one.apart)


async def _pairs(tx: Transaction, turn: Turn, team: Team, month: Period) -> list[Pair]:
    window = month.bounds(teams_zone(turn.services, team))
    return await second_scorings.pairs(tx, [team.id], window)


def _month(text: str, today: dt.date) -> Period:
    try:
        month = parse_period(text, today)
    except UnknownPeriod as error:
        raise OutOfDate from error
    if month.kind is not PeriodKind.MONTH or month.extent is not Extent.WHOLE:
        raise OutOfDate
    return month


async def show_results(turn: Turn, tap: DoubleTap) -> None:
    """Show the agreement with its heat map, or that there is too little of it."""
    results = await _results(turn, tap)
    if isinstance(results, Screen):
        few = results
        await show_with_chart(turn, None, lambda _: few, in_place=True)
        return
    screen = partial(figures.results_screen, turn.t, results, page=max(tap.page, 0))
    await show_with_chart(turn, heat_map(turn.t, results), screen, in_place=True)


async def show_criterion(turn: Turn, tap: DoubleTap) -> None:
    """Show one criterion: its figures, and who answered what on which contact."""
    results = await _results(turn, tap)
    if isinstance(results, Screen) or not 0 <= tap.value < len(results.outcome.criteria):
        raise OutOfDate
    screen = figures.criterion_screen(turn.t, results, tap.value, back=max(tap.page, 0))
    await show_with_chart(turn, None, lambda _: screen, in_place=True)


async def show_leniency(turn: Turn, tap: DoubleTap) -> None:
    """Show how many points each evaluator gives more or less than the others."""
    results = await _results(turn, tap)
    if isinstance(results, Screen):
        raise OutOfDate
    screen = figures.leniency_screen(turn.t, results, back=max(tap.page, 0))
    await show_with_chart(turn, None, lambda _: screen, in_place=True)


async def _results(turn: Turn, tap: DoubleTap) -> Results | Screen:
    """Return what the team's pairs of the month show, or the screen that says they are too few."""
    async with turn.db.reading() as tx:
        team = await team_for(tx, turn, tap.team)
        month = _month(tap.month, today_of(turn.services, team))
        every = await _pairs(tx, turn, team, month)
        pairs = [one for one in every if one.scorecard_version_id == tap.version and not one.apart]
        if not pairs:
            raise NotFound
        published = await turn.services.shelf.get(tx, tap.version)
        heap = views.Heap(team, published, len(pairs))
        if len(pairs) < TOO_FEW:
            return views.few_screen(turn.t, heap, month.first)
        both = await second_scorings.compared(tx, pairs)
        ids = {one.evaluator_id for one in both.told} | {one.agent_id for one in both.contacts}
        known = await people.by_ids(tx, ids)
    bare = tuple(one.bare() for one in both.told)
    seed = seed_of(team.id, tap.month, tap.version)
    found = await asyncio.to_thread(reckoned, published.scorecard, bare, None, seed)
    count = turn.t.plural(
        "{count} contact scored twice", "{count} contacts scored twice", len(pairs)
    )
    return Results(
        published,
        found,
        both.told,
        names={one.id: one.name for one in known.values()},
        contacts={one.id: one for one in both.contacts},
        basis=(views.basis_line(turn.t, heap, month.first), count),
        links=PairLinks(tap.month, team.id, tap.version),
        away=Button(turn.t("Back"), views.list_tap(month.first)),
    )


def seed_of(team_id: int, month: str, version_id: int) -> int:
    """Return the seed of the intervals' resamples: the same for whoever asks, and whenever."""
    name = f"{team_id} {month} {version_id}".encode()
    return int.from_bytes(blake2b(name, digest_size=6).digest())


ACTS: Mapping[DoubleAct, Callable[[Turn, DoubleTap], Awaitable[None]]] = {
    DoubleAct.LIST: show_month,
    DoubleAct.RESULTS: show_results,
    DoubleAct.CRITERION: show_criterion,
    DoubleAct.LENIENCY: show_leniency,
}


async def pressed(turn: Turn, tap: DoubleTap) -> None:
    """Handle a press about double scoring."""
    act = ACTS.get(tap.act)
    if act is None:
        raise OutOfDate
    await act(turn, tap)


PRESSES = (press(DoubleTap, pressed, OVERSEERS),)
