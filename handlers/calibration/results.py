"""A calibration's results: how far people agree, criterion by criterion, and who is lenient."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache, partial

from handlers.calibration.access import NotOverYet, Results, view_of, visible
from handlers.refusals import OutOfDate
from handlers.reports.showing import show_with_chart
from handlers.taps import CalibrationAct, CalibrationTap
from handlers.turn import Turn
from handlers.views import calibration_results as views
from handlers.views.calibration_heatmap import heat_map
from scoring.calibration import Outcome, Scoring, outcome
from scoring.scorecard import Scorecard
from storage import calibration_scorings

KEPT = 32
"""How many sessions' outcomes are kept: they never change, and reckoning takes its time."""


async def show_results(turn: Turn, tap: CalibrationTap) -> None:
    """Show the agreement with its heat map."""
    results = await _results(turn, tap.session)
    screen = partial(views.results_screen, turn.t, results, page=max(tap.page, 0))
    await show_with_chart(turn, heat_map(turn.t, results), screen, in_place=True)


async def show_criterion(turn: Turn, tap: CalibrationTap) -> None:
    """Show one criterion: its figures, and who answered what on which contact."""
    results = await _results(turn, tap.session)
    if not 0 <= tap.value < len(results.outcome.criteria):
        raise OutOfDate
    screen = views.criterion_screen(turn.t, results, tap.value, back=max(tap.page, 0))
    await show_with_chart(turn, None, lambda _: screen, in_place=True)


async def show_leniency(turn: Turn, tap: CalibrationTap) -> None:
    """Show how many points each person gives more or less than the others."""
    results = await _results(turn, tap.session)
    screen = views.leniency_screen(turn.t, results, back=max(tap.page, 0))
    await show_with_chart(turn, None, lambda _: screen, in_place=True)


async def _results(turn: Turn, session_id: int) -> Results:
    """Return what the session shows, to whom it concerns, once it is over."""
    async with turn.db.reading() as tx:
        session = await visible(tx, turn.person, session_id)
        if not session.is_over(turn.now) or session.scorecard_version_id is None:
            raise NotOverYet
        view = await view_of(tx, turn.services, turn.person, session)
        published = await turn.services.shelf.get(tx, session.scorecard_version_id)
        told = tuple(await calibration_scorings.everything(tx, session.id))
    bare = tuple(one.bare() for one in told)
    reckoned = await asyncio.to_thread(
        _reckoned, published.scorecard, bare, session.reference_id, session.seed or 0
    )
    return Results(view, published, reckoned, told)


@lru_cache(maxsize=KEPT)
def _reckoned(
    scorecard: Scorecard, scorings: tuple[Scoring, ...], reference: int | None, seed: int
) -> Outcome:
    return outcome(scorecard, scorings, reference=reference, seed=seed)


ACTS: Mapping[CalibrationAct, Callable[[Turn, CalibrationTap], Awaitable[None]]] = {
    CalibrationAct.RESULTS: show_results,
    CalibrationAct.CRITERION: show_criterion,
    CalibrationAct.LENIENCY: show_leniency,
}
