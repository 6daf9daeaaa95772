"""Training needs: criteria in which a team falls short, and who would gain from training."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.discoveries import at_most, discoveries
from scoring.report import CriterionTally, criterion_lines, merged
from scoring.statistics import TOO_FEW, Proportion, wilson

WANTED = 0.85
"""The pass rate that a team is meant to have, where nothing else is said."""
COSTLIEST = 3
"""How many criteria are named for their cost alone."""
LEAST_COST = 0.05
"""A smaller cost (score points per contact) would be shown as 0.0."""
LEAST_CONTACTS = 3
"""With fewer contacts nothing is said of an agent."""


@dataclass(frozen=True, slots=True)
class Gain:
    """An agent who would gain, by their own pass rate."""

    agent_id: int
    pass_rate: Proportion


@dataclass(frozen=True, slots=True)
class Need:
    """A criterion to train: the team's own pass rate, its cost per contact, and who would gain.

    ``short`` says that the pass rate is below the wanted one by more than chance; otherwise the
    criterion is here for its cost. ``gains`` stand with the lowest pass rate first.
    """

    tally: CriterionTally
    pass_rate: Proportion
    cost: float
    short: bool
    gains: tuple[Gain, ...]


def needs(
    by_agent: Mapping[int, Sequence[CriterionTally]],
    scored: int,
    members: Sequence[int],
    wanted: float = WANTED,
) -> tuple[Need, ...]:
    """Return what to train, the costliest first.

    That is each criterion whose pass rate lies below *wanted* (between 0 and 1) by more than
    chance, and the costliest ones that were assessed often enough to be compared. The chance is
    the binomial distribution's; of all that is said to fall short one in twenty is chance
    (Benjamini and Hochberg 1995, ``scoring.discoveries``). *scored* is the number of
    the team's scored evaluations; of the *members* those would gain who stayed below *wanted* in
    at least three contacts.
    """
    lines = criterion_lines((one for own in by_agent.values() for one in own), scored)
    own = {agent: merged(by_agent.get(agent, ())) for agent in members}
    found: list[Need] = []
    costly = 0
    known = [
        (line, rate)
        for line in lines
        if (rate := line.pass_rate) is not None and rate.total >= TOO_FEW
    ]
    falling = discoveries([at_most(rate.successes, rate.total, wanted) for _, rate in known])
    for (line, rate), short in zip(known, falling, strict=True):
        costs = line.cost >= LEAST_COST and costly < COSTLIEST
        costly += costs
        if short or costs:
            gains = _gains(line.tally, own, wanted)
            found.append(Need(line.tally, rate, line.cost, short, gains))
    return tuple(found)


def _gains(
    tally: CriterionTally, own: Mapping[int, Sequence[CriterionTally]], wanted: float
) -> tuple[Gain, ...]:
    name = (tally.key, tally.title)
    found: list[Gain] = []
    for agent, tallies in own.items():
        same = next((one for one in tallies if (one.key, one.title) == name), None)
        rate = wilson(same.passed, same.asked) if same is not None else None
        if rate is not None and rate.total >= LEAST_CONTACTS and rate.share < wanted:
            found.append(Gain(agent, rate))
    found.sort(key=lambda one: (one.pass_rate.share, -one.pass_rate.total, one.agent_id))
    return tuple(found)
