"""What a list of agents by their means is worth: how much is agents, and how much is chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

LEAST_AGENTS = 3
"""With fewer agents nothing is said of a ranking."""

LEAST_DEGREES = 30
"""Below this the spread within agents is too unsure."""

MEANINGFUL = 0.5
"""Below this reliability a place in the list says more of chance than of the agent."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The share of the variance of agents' means that lies between agents, from 0 to 1.

    ``shrunken`` are the agents' means drawn to the team's by what chance explains of them.
    """

    reliability: float
    shrunken: Mapping[int, float]

    @property
    def meaningful(self) -> bool:
        """Whether a place in the list says more of the agent than of chance."""
        return self.reliability >= MEANINGFUL


def ranking(by_agent: Mapping[int, Sequence[float]]) -> Ranking | None:
    """Return what a ranking of the agents' means is worth, ``None`` where there is too little.

    The variance between agents is that of the one-way analysis of variance with random effects
    (Searle, Casella and McCulloch, Variance Components, 1992, 3.6), the reliability of a mean of n
    scores ``b / (b + w/n)``: the intraclass correlation stepped up by Spearman's and Brown's
    formula (Shrout and Fleiss, Intraclass Correlations, Psychological Bulletin 86, 1979). The
    ranking's is their mean. Means are shrunken by their own reliability, which is empirical Bayes
    (Efron and Morris, Data Analysis Using Stein's Estimator, Journal of the American Statistical
    Association 70, 1975).
    """
    known = {agent: own for agent, own in by_agent.items() if own}
    count = sum(map(len, known.values()))
    within_degrees = count - len(known)
    if len(known) < LEAST_AGENTS or within_degrees < LEAST_DEGREES:
        return None
    means = {agent: fsum(own) / len(own) for agent, own in known.items()}
    whole = fsum(score for own in known.values() for score in own) / count
    within = (
        fsum((score - means[agent]) ** 2 for agent, own in known.items() for score in own)
        / within_degrees
    )
    spread = fsum(len(own) * (means[agent] - whole) ** 2 for agent, own in known.items())
    size = (count - sum(len(own) ** 2 for own in known.values()) / count) / (len(known) - 1)
    between = max(0.0, (spread / (len(known) - 1) - within) / size)
    if between + within == 0:
        return None
    reliable = {agent: between / (between + within / len(own)) for agent, own in known.items()}
    shrunken = {agent: whole + reliable[agent] * (means[agent] - whole) for agent in known}
    return Ranking(fsum(reliable.values()) / len(reliable), shrunken)
