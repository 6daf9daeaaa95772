"""Who scores what was drawn: evenly by load, never one's own contacts or those of one's team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.drawing import CHANCES, chance, shuffled
from scoring.sampling import Excluded

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Scorer:
    """An evaluator: the teams they lead, and how many assignments are open with them."""

    id: int
    leads: frozenset[int] = frozenset()
    load: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn contact, its agent and the agent's teams."""

    contact: int
    agent: int
    teams: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who scores a contact (``None``: nobody may); ``second`` where somebody else does too."""

    contact: int
    agent: int
    scorer: int | None
    second: bool = False


def may_score(scorer: Scorer, agent: int, teams: frozenset[int]) -> bool:
    """Return whether the evaluator may score an agent of those teams."""
    return scorer.id != agent and scorer.leads.isdisjoint(teams)


def bar(scorers: Sequence[Scorer], agent: int, teams: frozenset[int]) -> Excluded | None:
    """Return why none of the evaluators may score the agent, or ``None`` where one may.

    Without any evaluator nothing is barred: the contacts then wait for somebody to be taken in.
    """
    if not scorers or any(may_score(one, agent, teams) for one in scorers):
        return None
    return Excluded.OWN if all(one.id == agent for one in scorers) else Excluded.LEAD


def spread(
    drawn: Sequence[Drawn], scorers: Sequence[Scorer], seed: int, *, double_percent: int = 0
) -> list[Assigned]:
    """Return who scores each contact, in a random order that *seed* gives; seconds come last.

    A contact goes to whoever has least to do among those who may score it; contacts that fewer
    may score are given out first, and chance decides between equals. *double_percent* of the
    contacts go to a second evaluator as well, where there is one.
    """
    desk = _Desk(scorers, seed)
    by_contact = {one.contact: one for one in drawn}
    order = [by_contact[one] for one in shuffled(seed, "assign", by_contact)]
    order.sort(key=lambda one: len(desk.able(one)))
    first = {one.contact: desk.give(one) for one in order}
    twice = [by_contact[one] for one in _doubled(by_contact, first, seed, double_percent)]
    second = {one.contact: desk.give(one, without=first[one.contact]) for one in twice}
    return [
        *(Assigned(one.contact, one.agent, first[one.contact]) for one in order),
        *(
            Assigned(one.contact, one.agent, second[one.contact], second=True)
            for one in twice
            if second[one.contact] is not None
        ),
    ]


def _doubled(
    drawn: Mapping[int, Drawn], first: Mapping[int, int | None], seed: int, percent: int
) -> list[int]:
    """Return the contacts to be scored twice: that share of all, rounded by chance."""
    given = [one for one in drawn if first[one] is not None]
    exact = len(drawn) * percent * CHANCES + chance(seed, "doubles") * HUNDRED
    return shuffled(seed, "double", given)[: exact // (HUNDRED * CHANCES)]


class _Desk:
    """The evaluators while work is given out, each with their growing load."""

    def __init__(self, scorers: Sequence[Scorer], seed: int) -> None:
        self._scorers = scorers
        self._seed = seed
        self._loads = {one.id: one.load for one in scorers}

    def able(self, one: Drawn) -> list[int]:
        """Return who may score the contact."""
        return [who.id for who in self._scorers if may_score(who, one.agent, one.teams)]

    def give(self, one: Drawn, without: int | None = None) -> int | None:
        """Return who gets the contact, and count it as theirs; ``None`` where nobody may."""
        able = [who for who in self.able(one) if who != without]
        if not able:
            return None
        taker = min(able, key=lambda who: (self._loads[who], self._turn(one, who), who))
        self._loads[taker] += 1
        return taker

    def _turn(self, one: Drawn, who: int) -> int:
        return chance(self._seed, f"turn:{one.contact}:{who}")
