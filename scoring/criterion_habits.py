"""In which criteria an evaluator says "at its best" more or less often than colleagues do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from scoring.discoveries import discoveries, two_sided
from scoring.distributions import normal_quantile
from scoring.scorecard import Wording
from scoring.statistics import CONFIDENCE

LEAST_ANSWERS = 10
"""Answers that either side needs on a criterion, of agents whom both scored."""


@dataclass(frozen=True, slots=True)
class Passes:
    """An evaluator's answers on a criterion with one agent: ``passed`` of ``asked`` at its best."""

    scorecard: str
    criterion: str
    title: Wording
    agent_id: int
    evaluator_id: int
    asked: int
    passed: int


@dataclass(frozen=True, slots=True)
class CriterionHabit:
    """The difference of shares at their best (-1 to 1), own less colleagues', with its interval.

    ``sure`` says that it is more than chance among all criteria compared.
    """

    title: Wording
    difference: float
    low: float
    high: float
    count: int
    others_count: int
    sure: bool


Table = tuple[float, float, float, float]
"""Of one agent: the evaluator's passes and answers, the colleagues' passes and answers."""


def criterion_habits(rows: Iterable[Passes], evaluator_id: int) -> tuple[CriterionHabit, ...]:
    """Return the evaluator's habits on each criterion, sure ones first, then the largest.

    Compared within agents: the difference is Mantel's and Haenszel's, its interval with Sato's
    variance (Sato, On the Variance Estimator for the Mantel-Haenszel Risk Difference, Biometrics
    45, 1989); the chance is that of the test of Cochran, Mantel and Haenszel (Mantel and Haenszel,
    Statistical Aspects of the Analysis of Data from Retrospective Studies, Journal of the National
    Cancer Institute 22, 1959), and which are sure is decided by the false discovery rate.
    """
    tables: dict[tuple[str, str], dict[int, list[float]]] = {}
    titles: dict[tuple[str, str], Wording] = {}
    for row in rows:
        name = (row.scorecard, row.criterion)
        titles[name] = row.title
        table = tables.setdefault(name, {}).setdefault(row.agent_id, [0.0] * 4)
        place = 0 if row.evaluator_id == evaluator_id else 2
        table[place] += row.passed
        table[place + 1] += row.asked
    known: list[tuple[Wording, list[Table]]] = []
    for name, by_agent in tables.items():
        met = [(a, n, c, m) for a, n, c, m in by_agent.values() if n and m]
        if min(sum(one[1] for one in met), sum(one[3] for one in met)) >= LEAST_ANSWERS:
            known.append((titles[name], met))
    sure = discoveries([_chance(met) for _, met in known])
    found = [_habit(title, met, one) for (title, met), one in zip(known, sure, strict=True)]
    return tuple(sorted(found, key=lambda one: (not one.sure, -abs(one.difference))))


def _chance(met: Sequence[Table]) -> float:
    """Return the two-sided chance of so large a difference, 1 where nothing varies."""
    off = fsum(a - (a + c) * n / (n + m) for a, n, c, m in met)
    variance = fsum(
        n * m * (a + c) * (n + m - a - c) / ((n + m) ** 2 * (n + m - 1)) for a, n, c, m in met
    )
    return two_sided(off / sqrt(variance)) if variance > 0 else 1.0


def _habit(title: Wording, met: Sequence[Table], sure: bool) -> CriterionHabit:  # noqa: FBT001
    weight = fsum(n * m / (n + m) for _, n, _, m in met)
    difference = fsum((a * m - c * n) / (n + m) for a, n, c, m in met) / weight
    first = fsum((n * n * c - m * m * a + n * m * (m - n) / 2) / (n + m) ** 2 for a, n, c, m in met)
    second = fsum((a * (m - c) + c * (n - a)) / (2 * (n + m)) for a, n, c, m in met)
    error = sqrt(max(0.0, difference * first + second)) / weight
    reach = normal_quantile((1 + CONFIDENCE) / 2) * error
    count, others = (int(sum(one[place] for one in met)) for place in (1, 3))
    low, high = max(-1.0, difference - reach), min(1.0, difference + reach)
    return CriterionHabit(title, difference, low, high, count, others, sure)
