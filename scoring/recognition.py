"""Recognition: whose results stand out from the rest of their team by more than chance."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scoring.report import EvaluationFact
from scoring.statistics import CONFIDENCE, Change, Interval, mean_interval, welch_change


@dataclass(frozen=True, slots=True)
class Standout:
    """An agent whose mean exceeds that of the rest of the team, with the difference."""

    agent_id: int
    mean: Interval
    ahead: Change


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands out, best first, and how many agents could be compared with the rest."""

    standouts: tuple[Standout, ...]
    compared: int


def standing(facts: Iterable[EvaluationFact]) -> Standing:
    """Return who of the agents in *facts* is better than all the others together.

    Both sides need at least five scores, and Welch's interval of the difference must lie above 0.
    Looking at many agents finds one ahead by chance alone, so the allowance for error is shared
    among all who are compared, and the statement holds for the whole list at once. Bonferroni's
    way: Dunn, Multiple Comparisons among Means, Journal of the American Statistical Association
    56 (1961).
    """
    by_agent = _scores(facts)
    pairs = {agent: welch_change(own, _rest(by_agent, agent)) for agent, own in by_agent.items()}
    able = [agent for agent, pair in pairs.items() if pair is not None and not pair.too_few]
    confidence = 1 - (1 - CONFIDENCE) / max(1, len(able))
    found: list[Standout] = []
    for agent in able:
        own = by_agent[agent]
        mean, ahead = mean_interval(own), welch_change(own, _rest(by_agent, agent), confidence)
        if mean is not None and ahead is not None and ahead.low > 0:
            found.append(Standout(agent, mean, ahead))
    found.sort(key=lambda one: (-one.mean.estimate, one.agent_id))
    return Standing(tuple(found), len(able))


def _scores(facts: Iterable[EvaluationFact]) -> dict[int, list[float]]:
    by_agent: dict[int, list[float]] = {}
    for fact in facts:
        if fact.final is not None:
            by_agent.setdefault(fact.agent_id, []).append(fact.final)
    return by_agent


def _rest(by_agent: Mapping[int, Sequence[float]], agent: int) -> list[float]:
    return [score for other, own in by_agent.items() if other != agent for score in own]
