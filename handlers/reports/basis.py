"""What a team's figures speak for: all contacts, where a plan drew, or those that were picked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scoring import team_estimate
from scoring.periods import Period, previous
from scoring.report import EvaluationFact, Report, accuracies, scores
from scoring.statistics import Interval, mean_interval
from scoring.team_estimate import AgentSample, Estimate
from scoring.zones import zone
from storage import reports
from storage.database import Transaction
from storage.handled import handled
from storage.reports import Scope, Window
from storage.teams import Team


@dataclass(frozen=True, slots=True)
class Basis:
    """The drawn evaluations that a report's estimates rest on, and what stands apart from them.

    ``drawn`` evaluations of ``handled`` contacts; ``apart`` is the mean of all that were not
    drawn, ``apart_count`` how many those are.
    """

    drawn: int
    handled: int
    apart: Interval | None
    apart_count: int


async def on_drawn(
    tx: Transaction, team: Team, period: Period, facts: Sequence[EvaluationFact], report: Report
) -> tuple[Report, Basis | None]:
    """Return the report with the estimates for all contacts, where a plan drew any of them.

    Mean and change are those of ``scoring.team_estimate``, accuracies those of what was drawn.
    Where nothing was drawn, the report is as it came and there is no basis.
    """
    where = zone(team.timezone)
    found = await _estimate(tx, team, period.bounds(where), facts)
    if found is None:
        return report, None
    drawn = [one for one in facts if one.drawn]
    picked = [one for one in facts if not one.drawn]
    window = previous(period).bounds(where)
    earlier = await reports.facts(tx, Scope(team=team.id), window)
    before = await _estimate(tx, team, window, earlier)
    estimated = replace(
        report,
        mean=found.interval(),
        change=team_estimate.change(found, before) if before is not None else None,
        accuracies=accuracies(drawn),
    )
    return estimated, Basis(
        drawn=found.count,
        handled=found.handled,
        apart=mean_interval(scores(picked)),
        apart_count=len(picked),
    )


async def _estimate(
    tx: Transaction, team: Team, window: Window, facts: Sequence[EvaluationFact]
) -> Estimate | None:
    drawn = [one for one in facts if one.drawn]
    if not drawn:
        return None
    return team_estimate.estimate(_samples(drawn, await handled(tx, team.id, window)))


def _samples(drawn: Sequence[EvaluationFact], sizes: Mapping[int, int]) -> list[AgentSample]:
    own: dict[int, list[float]] = {}
    for one in drawn:
        if one.final is not None:
            own.setdefault(one.agent_id, []).append(one.final)
    return [AgentSample(found, sizes.get(agent, len(found))) for agent, found in own.items()]
