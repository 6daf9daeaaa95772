"""What a team's figures speak for: all contacts, where plans drew, or those that were picked.

Whatever says how a team does reads it here, so that all of it says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.turn import Services
from scoring import team_estimate
from scoring.coverage import LEAST_DRAWN, covers
from scoring.periods import Period
from scoring.report import EvaluationFact, Report, accuracies, scores
from scoring.statistics import Interval, mean_interval
from scoring.team_estimate import AgentSample, Estimate
from scoring.zones import zone
from storage import drawn, reports
from storage.database import Transaction
from storage.drawn import DrawnScore
from storage.handled import handled
from storage.reports import Scope, Window
from storage.teams import Team


@dataclass(frozen=True, slots=True)
class Basis:
    """The evaluations that a team's estimates rest on, and what stands apart from them.

    ``on_drawn`` says that they rest on the ``drawn`` evaluations, of ``handled`` contacts (0 where
    they do not); ``apart`` is then the mean of all others, of which there are ``apart_count``.
    Otherwise ``covered`` says that plans cover the period: too little was drawn, then.
    ``alike`` says that the period before rests on the same kind of contacts, ``line`` which
    periods of the trend rest on drawn ones.
    """

    on_drawn: bool
    covered: bool
    drawn: int
    handled: int
    apart: Interval | None
    apart_count: int
    alike: bool
    line: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class TeamFigure:
    """A team's mean in one period.

    ``estimate`` is what it was estimated by, where it rests on drawn contacts; ``drawn`` counts
    the drawn evaluations with a score, and ``covered`` says that plans cover the period.
    """

    mean: Interval | None
    drawn: int = 0
    covered: bool = False
    estimate: Estimate | None = None

    @property
    def on_drawn(self) -> bool:
        """Whether it rests on drawn contacts, so that it speaks for all that were handled."""
        return self.estimate is not None


async def team_figures(
    tx: Transaction,
    services: Services,
    team: Team,
    periods: Sequence[Period],
    finals: Sequence[Sequence[float]] | None = None,
) -> list[TeamFigure]:
    """Return the team's mean in each of *periods*, as every report, chart and file says it.

    Where draws of its plans cover a period and enough of it was scored, that is the estimate for
    all contacts of ``scoring.team_estimate``; otherwise the mean of all evaluations. *finals* are
    the final scores of each period where they are read already.
    """
    windows = [one.bounds(zone(team.timezone)) for one in periods]
    if finals is None:
        finals = await reports.finals(tx, Scope(team=team.id), windows)
    figures = [TeamFigure(mean_interval(own)) for own in finals]
    spans = await drawn.spans(tx, team.id)
    if not spans:
        return figures
    whole = min(first for first, _ in windows), max(after for _, after in windows)
    found = await drawn.scores(tx, team.id, whole)
    now = services.clock()
    for place, window in enumerate(windows):
        own = [one for one in found if window[0] <= one.submitted_at < window[1]]
        figure = replace(figures[place], drawn=len(own), covered=covers(spans, window, now))
        if figure.covered and len(own) >= LEAST_DRAWN:
            figure = await _estimated(tx, team, window, figure, own)
        figures[place] = figure
    return figures


def rested(
    report: Report,
    facts: Sequence[EvaluationFact],
    now: TeamFigure,
    before: TeamFigure,
    line: Sequence[TeamFigure],
) -> tuple[Report, Basis]:
    """Return the report with the team's figures for all contacts, and what they rest on.

    Accuracies are of what was drawn as well, where the mean is. A change is told between two
    figures of one kind only.
    """
    alike = now.on_drawn is before.on_drawn
    change = report.change if alike else None
    if now.estimate is not None and before.estimate is not None:
        change = team_estimate.change(now.estimate, before.estimate)
    chosen = [one for one in facts if one.drawn] if now.on_drawn else facts
    picked = [one for one in facts if not one.drawn]
    shown = replace(
        report,
        mean=now.mean,
        change=change,
        accuracies=accuracies(chosen),
        trend=tuple(one.mean for one in line),
    )
    return shown, Basis(
        on_drawn=now.on_drawn,
        covered=now.covered,
        drawn=now.drawn,
        handled=now.estimate.handled if now.estimate is not None else 0,
        apart=mean_interval(scores(picked)),
        apart_count=len(picked),
        alike=alike or before.mean is None,
        line=tuple(one.on_drawn for one in line),
    )


async def _estimated(
    tx: Transaction, team: Team, window: Window, figure: TeamFigure, found: Sequence[DrawnScore]
) -> TeamFigure:
    sizes = await handled(tx, team.id, window)
    own: dict[int, list[float]] = {}
    for one in found:
        own.setdefault(one.agent_id, []).append(one.final)
    samples = (AgentSample(finals, sizes.get(agent, len(finals))) for agent, finals in own.items())
    estimate = team_estimate.estimate(samples)
    if estimate is None:
        return figure
    return replace(figure, mean=estimate.interval(), estimate=estimate)
