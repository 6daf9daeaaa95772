"""A funnel: how far agents' means may lie from the team's by chance, by how often they were scored.

It takes the place of a league table, which ranks chance along with everything else. Spiegelhalter,
Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import fsum, sqrt

from scoring.discoveries import discoveries, two_sided
from scoring.distributions import normal_quantile
from scoring.statistics import HIGHEST_SCORE, LOWEST_SCORE, TOO_FEW, mean_interval
from scoring.stratified import degrees, pooled_variance

LEAST_AGENTS = 3
"""With fewer agents that can be compared, the middle is one of theirs."""

LEAST_DEGREES = 30
"""Below this the spread is too unsure for limits of the normal distribution."""


class Level(StrEnum):
    """The limits, by the share of agents that lie within them by chance alone."""

    WARNING = "95"
    ALARM = "99.8"


REACH = {Level.WARNING: normal_quantile(0.975), Level.ALARM: normal_quantile(0.999)}
"""How many standard errors each limit lies from the middle."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The lowest and the highest mean (score points) that chance explains."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spot:
    """An agent's mean and the number of scores behind it.

    ``outside`` names the widest limits it lies outside of, ``None`` inside or of too few scores.
    ``sure`` says that this is more than chance among so many agents. Of an agent who would be
    inside without them, ``zeroed`` counts the contacts with a score of 0.
    """

    agent_id: int
    mean: float
    count: int
    outside: Level | None = None
    sure: bool = False
    zeroed: int = 0

    @property
    def too_few(self) -> bool:
        """Whether there are too few scores to say anything of this agent."""
        return self.count < TOO_FEW


@dataclass(frozen=True, slots=True)
class Funnel:
    """The mean of all scores, their spread within agents (a standard deviation), and the agents."""

    centre: float
    spread: float
    spots: tuple[Spot, ...]

    def limits(self, level: Level, count: float) -> Limits:
        """Return the limits for a mean of *count* scores, cut to 0 and 100."""
        return _limits(self.centre, self.spread, level, count)

    @property
    def outside(self) -> tuple[Spot, ...]:
        """The agents outside any limits, those beyond the wider ones first, lowest first."""
        found = [one for one in self.spots if one.outside is not None]
        return tuple(sorted(found, key=lambda one: (one.outside is Level.WARNING, one.mean)))

    @property
    def beyond_chance(self) -> tuple[Spot, ...]:
        """Those outside of whom it is sure among so many agents."""
        return tuple(one for one in self.outside if one.sure)

    @property
    def warnings(self) -> tuple[Spot, ...]:
        """Those outside who may be so by chance, since many agents were looked at."""
        return tuple(one for one in self.outside if not one.sure)

    @property
    def compared(self) -> int:
        """How many agents have enough scores to be held against the limits."""
        return sum(not one.too_few for one in self.spots)


def funnel(scores: Iterable[tuple[int, float]]) -> Funnel | None:
    """Return the funnel of (agent, final score) pairs, ``None`` where limits would say little.

    The middle is the mean of all scores; a limit for n scores lies z·s/√n from it, *s* being the
    standard deviation within agents (pooled). The limits are taken as they are: not widened for
    over-dispersion, nor for the number of agents; which exits are sure among so many is decided
    by the false discovery rate (Benjamini and Hochberg 1995, ``scoring.discoveries``). Too little
    are fewer than three agents of five scores each, fewer than thirty degrees of freedom, or
    scores that never vary.
    """
    by_agent: dict[int, list[float]] = {}
    for agent, score in scores:
        by_agent.setdefault(agent, []).append(score)
    comparable = sum(len(own) >= TOO_FEW for own in by_agent.values())
    if comparable < LEAST_AGENTS or degrees(by_agent.values()) < LEAST_DEGREES:
        return None
    spread = sqrt(pooled_variance(by_agent.values()))
    middle = mean_interval([score for own in by_agent.values() for score in own])
    if middle is None or not spread:
        return None
    return Funnel(middle.estimate, spread, _spots(by_agent, middle.estimate, spread))


def _spots(by_agent: Mapping[int, list[float]], centre: float, spread: float) -> tuple[Spot, ...]:
    means = {agent: fsum(own) / len(own) for agent, own in by_agent.items()}
    compared = [agent for agent, own in by_agent.items() if len(own) >= TOO_FEW]
    distances = ((means[one] - centre) * sqrt(len(by_agent[one])) / spread for one in compared)
    sure = dict(zip(compared, discoveries([two_sided(z) for z in distances]), strict=True))
    found = []
    for agent, own in by_agent.items():
        level = _outside(means[agent], len(own), centre, spread)
        spot = Spot(agent, means[agent], len(own), level)
        if level is not None:
            zeroed = _zeroed(own, centre, spread)
            spot = replace(spot, sure=sure[agent], zeroed=zeroed)
        found.append(spot)
    return tuple(sorted(found, key=lambda one: (one.count, one.mean, one.agent_id)))


def _zeroed(own: Sequence[float], centre: float, spread: float) -> int:
    """Return how many scores are 0 where the agent is below the limits for them alone."""
    rest = [score for score in own if score > LOWEST_SCORE]
    zeroed = len(own) - len(rest)
    if not zeroed or not rest or fsum(own) / len(own) > centre:
        return 0
    limits = _limits(centre, spread, Level.WARNING, len(rest))
    return zeroed if fsum(rest) / len(rest) >= limits.low else 0


def _outside(mean: float, count: int, centre: float, spread: float) -> Level | None:
    if count < TOO_FEW:
        return None
    for level in (Level.ALARM, Level.WARNING):
        limits = _limits(centre, spread, level, count)
        if not limits.low <= mean <= limits.high:
            return level
    return None


def _limits(centre: float, spread: float, level: Level, count: float) -> Limits:
    reach = REACH[level] * spread / sqrt(count)
    return Limits(max(LOWEST_SCORE, centre - reach), min(HIGHEST_SCORE, centre + reach))
