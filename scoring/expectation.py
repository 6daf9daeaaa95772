"""What an agent's pass rate of a criterion would have been without a goal: drawn to the team's.

Goals are set on what looks worst, and what looks worst looks worse than it is: it gets better by
itself. An estimate that is drawn to the colleagues' rate by as much as agents are alike does not
suffer from having been chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Counts = tuple[int, int]
"""How often a criterion was at its best, and how often it counted."""

Cells = Mapping[tuple[int, str], Counts]
"""The counts of a team's period by agent and criterion."""

LEAST_WEIGHT, MOST_WEIGHT = 2.0, 100.0
"""The colleagues' rate stands for at least and at most so many contacts of the agent's own."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What was to be expected of the criterion without a goal.

    ``share`` (0 to 1) is drawn to the colleagues' rate, ``None`` where nobody else was assessed.
    ``among`` is of how many criteria this one may have been the worst.
    """

    share: float | None
    among: int = 1


def expectation(cells: Cells, agent: int, criterion: str) -> Expectation:
    """Return what was to be expected of the agent's *criterion* by the team's *cells*.

    The posterior mean of a share whose prior is a beta distribution around the colleagues' rate;
    how closely it lies there is estimated from all agents and criteria. Efron, Tweedie's Formula
    and Selection Bias, Journal of the American Statistical Association 106 (2011).
    """
    among = max(1, len({key for (who, key), (_, asked) in cells.items() if who == agent and asked}))
    others = [counts for (who, key), counts in cells.items() if key == criterion and who != agent]
    asked = sum(one[1] for one in others)
    if not asked:
        return Expectation(None, among)
    # Half a contact each way, so that colleagues who never failed do not make failing impossible.
    colleagues = (sum(one[0] for one in others) + 0.5) / (asked + 1)
    weight = likeness(cells)
    own, own_asked = cells.get((agent, criterion), (0, 0))
    return Expectation((own + weight * colleagues) / (own_asked + weight), among)


def likeness(cells: Cells) -> float:
    """Return how many contacts of one's own the colleagues' rate is worth, from 2 to 100.

    From the correlation within agents, by the analysis of variance's estimator over all criteria:
    Kleinman, Proportions with Extraneous Variance, Journal of the American Statistical Association
    68 (1973).
    """
    by_criterion: dict[str, list[Counts]] = {}
    for (_, key), counts in cells.items():
        if counts[1]:
            by_criterion.setdefault(key, []).append(counts)
    above = room = 0.0
    for rows in by_criterion.values():
        total = sum(asked for _, asked in rows)
        rate = sum(passed for passed, _ in rows) / total
        if len(rows) < 2 or total < 3:
            continue
        variance = rate * (1 - rate) * total / (total - 1)
        between = sum(asked * (passed / asked - rate) ** 2 for passed, asked in rows)
        above += between - (len(rows) - 1) * variance
        room += variance * sum((asked - 1) * (1 - asked / total) for _, asked in rows)
    if room <= 0 or above <= 0:
        return MOST_WEIGHT
    return min(MOST_WEIGHT, max(LEAST_WEIGHT, room / above - 1))
