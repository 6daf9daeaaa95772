"""What a weekly digest says of one agent: no more is reckoned than is said."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from scoring.pooled import Pool, agent_mean
from scoring.report import CriterionTally, SectionLine, merged, sections
from scoring.statistics import TOO_FEW, Interval

WEEKS = 4
"""How many weeks a digest looks at, its own included."""


@dataclass(frozen=True, slots=True)
class Week:
    """An agent's week; ``count`` is of all its evaluations.

    ``scores`` (0 to 100) stand in the order of submission. ``means`` are of the last ``WEEKS``
    weeks, oldest first, and ``sections`` stand best first; both are empty where the week's scores
    are too few. ``worst`` is the criterion that cost most points, ``cost`` of them a scored
    evaluation. ``waiting`` are the evaluations to acknowledge, oldest first.
    """

    count: int = 0
    scores: tuple[float, ...] = ()
    means: tuple[Interval | None, ...] = ()
    sections: tuple[SectionLine, ...] = ()
    worst: CriterionTally | None = None
    cost: float = 0.0
    waiting: tuple[int, ...] = ()

    @property
    def many(self) -> bool:
        """Whether there are enough scores for a mean to say something."""
        return len(self.scores) >= TOO_FEW


def build(
    count: int,
    finals: Sequence[Sequence[float]],
    tallies: Callable[[bool], Iterable[CriterionTally]],
    waiting: Iterable[int] = (),
    pool: Pool | None = None,
) -> Week:
    """Return the week of *count* evaluations; *finals* are the scores of each of the last weeks.

    The week itself is the last of them. *tallies* returns how the criteria fared: all of them, or,
    told ``False``, at least those that cost anything. *pool* is the team's spread within agents.
    """
    scores = tuple(finals[-1])
    many = len(scores) >= TOO_FEW
    counted = merged(tallies(many)) if count else []
    costly = [one for one in counted if one.lost > 0] if scores else []
    worst = min(costly, key=_by_cost, default=None)
    return Week(
        count=count,
        scores=scores,
        means=tuple(agent_mean(one, pool) for one in finals) if many else (),
        sections=sections(counted) if many else (),
        worst=worst,
        cost=worst.lost / len(scores) if worst is not None else 0.0,
        waiting=tuple(waiting),
    )


def _by_cost(tally: CriterionTally) -> tuple[float, str]:
    return -tally.lost, tally.key
