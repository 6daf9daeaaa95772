"""Recognition: whose results stand out from the rest of their team by more than chance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from scoring.pooled import Pool, agent_mean
from scoring.report import EvaluationFact
from scoring.statistics import CONFIDENCE, TOO_FEW, Interval


@dataclass(frozen=True, slots=True)
class Standout:
    """An agent whose mean exceeds that of the rest of the team.

    ``ahead`` is by how many score points, ``chance`` (0 to 1) how often shuffling the team's scores
    gives anybody such a lead.
    """

    agent_id: int
    mean: Interval
    ahead: float
    chance: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands out, best first, and how many agents could be compared with the rest."""

    standouts: tuple[Standout, ...]
    compared: int


def standing(facts: Iterable[EvaluationFact], pool: Pool | None = None) -> Standing:
    """Return who of the agents in *facts* is better than all the others together.

    Both sides need at least five scores. A lead counts where shuffling the team's scores among its
    agents gives a lead like it to any of them in at most 5 of 100 shuffles (see
    ``scoring.permutation``), so that the statement holds for the whole list at once, however skewed
    the scores. The means' intervals are by the team's *pool*.
    """
    # It needs a large library, which nothing else here does.
    from scoring import permutation  # noqa: PLC0415

    by_agent = _scores(facts)
    every = [score for own in by_agent.values() for score in own]
    able = [
        agent
        for agent, own in by_agent.items()
        if len(own) >= TOO_FEW and len(every) - len(own) >= TOO_FEW
    ]
    if not able:
        return Standing((), 0)
    by_shuffling = permutation.leads(list(by_agent.values()), TOO_FEW)
    chances = dict(zip(by_agent, by_shuffling, strict=True))
    found: list[Standout] = []
    for agent in able:
        own = by_agent[agent]
        mean, ahead = agent_mean(own, pool), _ahead(own, every)
        if mean is not None and ahead > 0 and chances[agent] <= 1 - CONFIDENCE:
            found.append(Standout(agent, mean, ahead, chances[agent]))
    found.sort(key=lambda one: (-one.mean.estimate, one.agent_id))
    return Standing(tuple(found), len(able))


def _ahead(own: Sequence[float], every: Sequence[float]) -> float:
    """Return the mean of *own* less that of the other scores among *every*."""
    return fsum(own) / len(own) - (fsum(every) - fsum(own)) / (len(every) - len(own))


def _scores(facts: Iterable[EvaluationFact]) -> dict[int, list[float]]:
    by_agent: dict[int, list[float]] = {}
    for fact in facts:
        if fact.final is not None:
            by_agent.setdefault(fact.agent_id, []).append(fact.final)
    return by_agent
