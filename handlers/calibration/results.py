"""A calibration's results: how far people agree, criterion by criterion, and who is lenient."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from handlers.calibration.access import NotOverYet, Results, SessionView, view_of, visible
from handlers.refusals import OutOfDate
from handlers.reports.showing import show_with_chart
from handlers.taps import CalibrationAct, CalibrationTap
from handlers.turn import Turn
from handlers.views import calibration_results as views
from handlers.views.calibration import session_line
from handlers.views.calibration_heatmap import heat_map
from handlers.views.screen import Button
from scoring.calibration import Outcome, Scoring, outcome
from scoring.scorecard import Scorecard
from storage import calibration_scorings

KEPT = 32
"""How many sessions' outcomes are kept: they never change, and reckoning takes its time."""


@dataclass(frozen=True, slots=True)
class SessionLinks:
    """The presses between the screens of a session's results."""

    session: int

    def results(self, page: int) -> CalibrationTap:
        """Return the press that shows the agreement."""
        return CalibrationTap(CalibrationAct.RESULTS, self.session, 0, page)

    def criterion(self, number: int, page: int) -> CalibrationTap:
        """Return the press that shows a criterion."""
        return CalibrationTap(CalibrationAct.CRITERION, self.session, number, page)

    def leniency(self, page: int) -> CalibrationTap:
        """Return the press that shows who is lenient."""
        return CalibrationTap(CalibrationAct.LENIENCY, self.session, 0, page)


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
    found = await asyncio.to_thread(
        reckoned, published.scorecard, bare, session.reference_id, session.seed or 0
    )
    return Results(
        published,
        found,
        told,
        names=view.names,
        contacts={one.id: one for one in session.contacts},
        basis=_basis(turn, view, found),
        links=SessionLinks(session.id),
        away=Button(turn.t("Other sessions"), CalibrationTap(CalibrationAct.FINISHED)),
        reference_id=session.reference_id,
    )


def _basis(turn: Turn, view: SessionView, found: Outcome) -> tuple[str, ...]:
    tasks = sum(len(view.session.tasks_of(one)) for one in view.session.people)
    done = turn.t("{done} of {all} scorings are in.", done=found.scorings, all=tasks)
    return session_line(turn.t, view), done


@lru_cache(maxsize=KEPT)
def reckoned(
    scorecard: Scorecard, scorings: tuple[Scoring, ...], reference: int | None, seed: int
) -> Outcome:
    """Return the outcome of the scorings, reckoned once for the same ones."""
    return outcome(scorecard, scorings, reference=reference, seed=seed)


ACTS: Mapping[CalibrationAct, Callable[[Turn, CalibrationTap], Awaitable[None]]] = {
    CalibrationAct.RESULTS: show_results,
    CalibrationAct.CRITERION: show_criterion,
    CalibrationAct.LENIENCY: show_leniency,
}
