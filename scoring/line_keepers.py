"""What is worth a look: evaluators who score unlike colleagues, criteria that are hardly answered.

Pointed out is only what exceeds chance, and nothing below the least counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scoring.funnel import Funnel, funnel
from scoring.scorecard import Wording
from scoring.statistics import CONFIDENCE, Proportion, wilson
from scoring.stratified import Difference, Stratum, degrees, shared, stratified_difference

LEAST_CONTACTS = 10
"""Evaluations that either side needs of agents whom both scored on the same scorecard."""

LEAST_REPEATS = 5
"""Degrees of freedom that either side needs within those."""

LEAST_ANSWERS = 10
"""With fewer answers nothing is said of a criterion."""

NINE, TEN = 9, 10
"""A criterion is named when it is N/A nine times in ten."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One evaluation as its evaluator's work; ``final`` is ``None`` without a score.

    Of ``answers`` given, N/A included, ``na`` were N/A.
    """

    evaluator_id: int
    agent_id: int
    scorecard: str
    final: float | None
    answers: int
    na: int


class Habit(StrEnum):
    """In what an evaluator may depart from colleagues."""

    SEVERITY = "severity"
    NA = "na"


@dataclass(frozen=True, slots=True)
class Departure:
    """An evaluator who departs from colleagues by more than chance.

    The difference is in score points for SEVERITY, in shares of answers (0 to 1) for NA. Of two
    evaluators both depart, and figures cannot say which of them is off.
    """

    evaluator_id: int
    habit: Habit
    difference: Difference
    one_of_two: bool = False


@dataclass(frozen=True, slots=True)
class CriterionUse:
    """How often a criterion was answered, N/A included, and how often with N/A."""

    title: Wording
    section: Wording
    answers: int
    na: int


@dataclass(frozen=True, slots=True)
class HardlyUsed:
    """A criterion that is N/A nine times in ten or more, with the share of N/A."""

    title: Wording
    section: Wording
    na: Proportion


@dataclass(frozen=True, slots=True)
class LineKeepers:
    """What is worth a look, and among how many evaluators and criteria it was looked for."""

    funnel: Funnel | None
    departures: tuple[Departure, ...]
    evaluators: int
    criteria: tuple[HardlyUsed, ...]
    criteria_seen: int

    @property
    def found(self) -> int:
        """How many things are pointed out."""
        outside = len(self.funnel.outside) if self.funnel is not None else 0
        return outside + len(self.departures) + len(self.criteria)


def line_keepers(
    judgements: Sequence[Judgement],
    uses: Sequence[CriterionUse],
    centre: Sequence[Judgement] | None = None,
) -> LineKeepers:
    """Return what is worth a look in a team's evaluations of a period.

    Evaluators are compared over the whole *centre* (by default the team), in all teams they scored
    in: a team's month holds too little to tell a strict one from chance. Named are those who
    scored in the team.
    """
    everything = judgements if centre is None else centre
    here = {one.evaluator_id for one in judgements}
    compared = {evaluator for evaluator, _ in comparisons(everything)}
    return LineKeepers(
        funnel=funnel((one.agent_id, one.final) for one in judgements if one.final is not None),
        departures=tuple(one for one in departures(everything) if one.evaluator_id in here),
        evaluators=len(compared & here),
        criteria=hardly_used(uses),
        criteria_seen=sum(one.answers >= LEAST_ANSWERS for one in uses),
    )


def comparisons(judgements: Sequence[Judgement]) -> list[tuple[int, Habit]]:
    """Return which evaluators have enough to be compared with colleagues, and in what."""
    return [(evaluator, habit) for habit in Habit for evaluator in _compared(judgements, habit)]


def departures(judgements: Sequence[Judgement]) -> tuple[Departure, ...]:
    """Return the evaluators who depart from colleagues, largest differences of a habit first.

    The allowance for error is shared among all that is compared, so that the whole list errs once
    in twenty teams in which nobody departs; the intervals are the ones that decided. Bonferroni's
    way: Dunn, Multiple Comparisons among Means, Journal of the American Statistical Association
    56 (1961). Whoever departs most clearly is set aside and the rest compared anew among
    themselves, or one strict evaluator would make all the others look lenient.
    """
    confidence = 1 - (1 - CONFIDENCE) / max(1, len(comparisons(judgements)))
    found: list[Departure] = []
    for habit in Habit:
        own = _departing(judgements, habit, confidence)
        found += sorted(own, key=lambda one: -abs(one.difference.estimate))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an evaluator stands to colleagues in a habit, whether beyond chance (``departs``) or not.

    The difference is ``None`` where there is too little to compare.
    """

    evaluator_id: int
    habit: Habit
    difference: Difference | None
    departs: bool


def standings(judgements: Sequence[Judgement]) -> tuple[Standing, ...]:
    """Return how every evaluator stands to colleagues, those who depart most clearly first.

    Who departs is held against all who were not set aside before, the others against those who do
    not depart. The intervals share the allowance for error, as in ``departures``.
    """
    confidence = 1 - (1 - CONFIDENCE) / max(1, len(comparisons(judgements)))
    gone = departures(judgements)
    found: list[Standing] = []
    for habit in Habit:
        apart = {one.evaluator_id: one.difference for one in gone if one.habit is habit}
        rest = _compared([one for one in judgements if one.evaluator_id not in apart], habit)
        for evaluator in sorted({one.evaluator_id for one in judgements}):
            strata = rest.get(evaluator)
            inside = stratified_difference(strata, confidence) if strata is not None else None
            difference = apart.get(evaluator, inside)
            found.append(Standing(evaluator, habit, difference, evaluator in apart))
    return tuple(sorted(found, key=_attention))


def _attention(one: Standing) -> tuple[bool, float, int]:
    clear = one.difference.clearness if one.difference is not None else -1.0
    return not one.departs, -clear, one.evaluator_id


def _departing(judgements: Sequence[Judgement], habit: Habit, confidence: float) -> list[Departure]:
    """Return who departs in that habit, the clearest first."""
    found: list[Departure] = []
    left = list(judgements)
    while True:
        compared = _compared(left, habit)
        pair = len(compared) == 2
        clear = _beyond_chance(compared, habit, confidence, pair=pair)
        found += clear if pair else clear[:1]
        if pair or not clear:
            return found
        left = [one for one in left if one.evaluator_id != clear[0].evaluator_id]


def _beyond_chance(
    compared: Mapping[int, Sequence[Stratum]], habit: Habit, confidence: float, *, pair: bool
) -> list[Departure]:
    found = [
        Departure(evaluator, habit, difference, one_of_two=pair)
        for evaluator, strata in compared.items()
        if (difference := stratified_difference(strata, confidence)) is not None
        and difference.beyond_chance
    ]
    return sorted(found, key=lambda one: -one.difference.clearness)


def hardly_used(uses: Iterable[CriterionUse]) -> tuple[HardlyUsed, ...]:
    """Return the criteria that were N/A nine times in ten or more, the most often answered first.

    The share has Wilson's interval; it is named for the share itself, from ten answers on.
    """
    found = [
        HardlyUsed(one.title, one.section, share)
        for one in uses
        if one.answers >= LEAST_ANSWERS and TEN * one.na >= NINE * one.answers
        if (share := wilson(one.na, one.answers)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (-one.na.total, -one.na.share)))


def _compared(judgements: Sequence[Judgement], habit: Habit) -> dict[int, list[Stratum]]:
    """Return each evaluator's values beside colleagues', like with like, where they are enough.

    A stratum is one agent on one scorecard whom the evaluator and a colleague both scored; the
    values are final scores, or shares of N/A among an evaluation's answers (0 to 1). An
    evaluation is one value, since the answers of one contact do not stand alone.
    """
    cells = _cells(judgements, habit)
    found: dict[int, list[Stratum]] = {}
    for evaluator in sorted({one.evaluator_id for one in judgements}):
        strata = shared(_stratum(by_evaluator, evaluator) for by_evaluator in cells)
        if _enough([one.own for one in strata]) and _enough([one.others for one in strata]):
            found[evaluator] = strata
    return found


def _value(one: Judgement, habit: Habit) -> float | None:
    if habit is Habit.SEVERITY:
        return one.final
    return one.na / one.answers if one.answers else None


def _cells(judgements: Iterable[Judgement], habit: Habit) -> list[dict[int, list[float]]]:
    """Return each agent's values on each scorecard, by evaluator."""
    cells: dict[tuple[int, str], dict[int, list[float]]] = {}
    for one in judgements:
        known = _value(one, habit)
        if known is not None:
            own = cells.setdefault((one.agent_id, one.scorecard), {})
            own.setdefault(one.evaluator_id, []).append(known)
    return list(cells.values())


def _stratum(by_evaluator: Mapping[int, Sequence[float]], evaluator: int) -> Stratum:
    others = [value for other, own in by_evaluator.items() if other != evaluator for value in own]
    return Stratum(by_evaluator.get(evaluator, ()), others)


def _enough(samples: Sequence[Sequence[float]]) -> bool:
    return sum(map(len, samples)) >= LEAST_CONTACTS and degrees(samples) >= LEAST_REPEATS
