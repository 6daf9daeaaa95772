"""A report as numbers: what a set of evaluations says of a team or of one agent."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import NamedTuple

from scoring.pooled import Pool, agent_change, agent_mean
from scoring.ranking import Ranking, ranking
from scoring.scorecard import CriticalClass, Wording
from scoring.statistics import Change, Interval, Proportion, mean_interval, welch_change, wilson


class EvaluationFact(NamedTuple):
    """What a report needs of one evaluation; ``final`` (0 to 100) is ``None`` without a score."""

    agent_id: int
    final: float | None
    outcomes: Mapping[CriticalClass, bool | None]
    acknowledged: bool = False
    disputed: bool = False
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class CriterionTally:
    """How one criterion fared: times it counted, times at its best, score points lost to it.

    ``scorecard`` is the key of the scorecard it was counted on, the first of several.
    """

    key: str
    title: Wording
    section: Wording
    asked: int
    passed: int
    lost: float
    critical: CriticalClass | None = None
    advice: Wording | None = None
    scorecard: str = ""

    @property
    def failed(self) -> int:
        """How often it was answered below its best option."""
        return self.asked - self.passed


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion in a report; ``cost`` is in score points per scored evaluation."""

    tally: CriterionTally
    cost: float
    pass_rate: Proportion | None


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section's pass rate: criteria at their best among those that counted."""

    title: Wording
    pass_rate: Proportion


@dataclass(frozen=True, slots=True)
class AgentLine:
    """One agent in a team's report; ``mean`` is ``None`` when nothing of theirs has a score.

    All evaluations are counted in it, of which ``drawn`` are of contacts that a plan drew.
    """

    agent_id: int
    count: int
    mean: Interval | None
    drawn: int = 0

    @property
    def too_few(self) -> bool:
        """Whether there is too little to set this agent beside others."""
        return self.mean is None or self.mean.too_few


@dataclass(frozen=True, slots=True)
class Report:
    """The numbers of a team's or an agent's period.

    ``count`` is of all evaluations, ``scored`` of those with a score. ``criteria`` stand costliest
    first, ``agents`` best first with those of too few evaluations at the end. ``trend`` is oldest
    first. ``acknowledged`` counts those that were not disputed, ``waiting`` those neither
    acknowledged nor disputed, so that the three states add up.
    """

    count: int
    scored: int
    mean: Interval | None
    change: Change | None
    accuracies: Mapping[CriticalClass, Proportion | None]
    criteria: tuple[CriterionLine, ...]
    agents: tuple[AgentLine, ...]
    acknowledged: int
    disputed: int
    waiting: int
    trend: tuple[Interval | None, ...]
    ranking: Ranking | None = None

    def costliest(self, limit: int) -> tuple[CriterionLine, ...]:
        """Return up to *limit* criteria that cost anything, costliest first."""
        return tuple(line for line in self.criteria[:limit] if line.cost > 0)

    @property
    def drawn(self) -> int:
        """How many of the evaluations are of contacts that a plan drew."""
        return sum(line.drawn for line in self.agents)

    def sections(self) -> tuple[SectionLine, ...]:
        """Return the sections' pass rates, best first, in equals the more often assessed first."""
        return sections(line.tally for line in self.criteria)


def build(
    facts: Sequence[EvaluationFact],
    tallies: Iterable[CriterionTally] = (),
    before: Sequence[float] = (),
    trend: Sequence[Sequence[float]] = (),
    pool: Pool | None = None,
) -> Report:
    """Return the report on a team's *facts* and their criteria's *tallies*.

    *before* are the final scores of the period to compare with; *trend* those of each period of
    the line, oldest first. *pool* is how far the team's scores scatter within its agents, for the
    intervals of their means.
    """
    finals = scores(facts)
    return Report(
        count=len(facts),
        scored=len(finals),
        mean=mean_interval(finals),
        change=welch_change(finals, before),
        accuracies=accuracies(facts),
        criteria=criterion_lines(tallies, len(finals)),
        agents=agent_lines(facts, pool),
        acknowledged=sum(fact.acknowledged and not fact.disputed for fact in facts),
        disputed=sum(fact.disputed for fact in facts),
        waiting=sum(not (fact.acknowledged or fact.disputed) for fact in facts),
        trend=tuple(mean_interval(values) for values in trend),
        ranking=ranking(_by_agent(facts)),
    )


def _by_agent(facts: Iterable[EvaluationFact]) -> dict[int, list[float]]:
    """Return the agents' final scores."""
    found: dict[int, list[float]] = {}
    for fact in facts:
        if fact.final is not None:
            found.setdefault(fact.agent_id, []).append(fact.final)
    return found


def of_agent(
    facts: Sequence[EvaluationFact],
    tallies: Iterable[CriterionTally] = (),
    before: Sequence[float] = (),
    trend: Sequence[Sequence[float]] = (),
    pool: Pool | None = None,
) -> Report:
    """Return the report on one agent's *facts*: its means and change by the team's *pool*."""
    finals = scores(facts)
    return replace(
        build(facts, tallies, pool=pool),
        mean=agent_mean(finals, pool),
        change=agent_change(finals, before, pool),
        trend=tuple(agent_mean(values, pool) for values in trend),
    )


def scores(facts: Iterable[EvaluationFact]) -> list[float]:
    """Return the final scores of the *facts* that have one."""
    return [fact.final for fact in facts if fact.final is not None]


def accuracies(facts: Sequence[EvaluationFact]) -> dict[CriticalClass, Proportion | None]:
    """Return for each class the share of contacts without an error, of those assessed for it."""
    # Outcomes are few and shared by many facts, so each is looked at once.
    different = {id(fact.outcomes): fact.outcomes for fact in facts}
    times = Counter(id(fact.outcomes) for fact in facts)
    found: dict[CriticalClass, Proportion | None] = {}
    for critical in CriticalClass:
        counted: Counter[bool | None] = Counter()
        for name, outcomes in different.items():
            counted[outcomes.get(critical)] += times[name]
        found[critical] = wilson(counted[True], counted[True] + counted[False])
    return found


def criterion_lines(tallies: Iterable[CriterionTally], scored: int) -> tuple[CriterionLine, ...]:
    """Return the criteria, costliest first: each one's lost points by the *scored* evaluations."""
    lines = (
        CriterionLine(
            tally,
            cost=tally.lost / scored if scored else 0.0,
            pass_rate=wilson(tally.passed, tally.asked),
        )
        for tally in merged(tallies)
    )
    return tuple(sorted(lines, key=lambda line: (-line.cost, line.tally.key)))


def merged(tallies: Iterable[CriterionTally]) -> list[CriterionTally]:
    """Return the tallies with those of one key and title as one, wherever they were counted.

    Two scorecards may share a criterion; the same key under another title is another criterion.
    """
    together: dict[tuple[str, Wording], CriterionTally] = {}
    for tally in tallies:
        name = (tally.key, tally.title)
        known = together.get(name)
        together[name] = tally if known is None else _sum(known, tally)
    return list(together.values())


def sections(tallies: Iterable[CriterionTally]) -> tuple[SectionLine, ...]:
    """Return each section's pass rate, best first; sections that never counted are left out."""
    counted: dict[Wording, tuple[int, int]] = {}
    for tally in tallies:
        passed, asked = counted.get(tally.section, (0, 0))
        counted[tally.section] = (passed + tally.passed, asked + tally.asked)
    rates = ((title, wilson(passed, asked)) for title, (passed, asked) in counted.items())
    lines = [SectionLine(title, rate) for title, rate in rates if rate is not None]
    return tuple(sorted(lines, key=lambda line: (-line.pass_rate.share, -line.pass_rate.total)))


def agent_lines(facts: Iterable[EvaluationFact], pool: Pool | None = None) -> tuple[AgentLine, ...]:
    """Return a line per agent: comparable ones by their mean, then the others by theirs.

    The means' intervals are by the team's *pool*, where there is one.
    """
    by_agent: dict[int, list[EvaluationFact]] = {}
    for fact in facts:
        by_agent.setdefault(fact.agent_id, []).append(fact)
    lines = (
        AgentLine(
            agent_id,
            len(own),
            agent_mean(scores(own), pool),
            sum(fact.drawn for fact in own),
        )
        for agent_id, own in by_agent.items()
    )
    return tuple(sorted(lines, key=_place))


def _place(line: AgentLine) -> tuple[bool, float, int]:
    estimate = -1.0 if line.mean is None else line.mean.estimate
    return line.too_few, -estimate, line.agent_id


def _sum(one: CriterionTally, other: CriterionTally) -> CriterionTally:
    return replace(
        one,
        asked=one.asked + other.asked,
        passed=one.passed + other.passed,
        lost=fsum((one.lost, other.lost)),
    )
