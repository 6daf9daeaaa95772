"""What a set of answers says: what is asked, what is missing, and which errors were found."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scoring.scorecard import Answer, Criterion, CriticalClass, Justify, Scorecard


@dataclass(frozen=True, slots=True)
class FoundError:
    """A criterion answered below its best option, with the answer that says so."""

    criterion: Criterion
    answer: Answer

    @property
    def key(self) -> str:
        """The criterion's key."""
        return self.criterion.key

    @property
    def critical(self) -> CriticalClass | None:
        """Whom the error harms, or ``None`` where the criterion is not critical."""
        return self.criterion.critical


class Need(StrEnum):
    """What a criterion still lacks."""

    ANSWER = "answer"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """The first thing that stands between a set of answers and its submission."""

    key: str
    need: Need


def asked(scorecard: Scorecard, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return the keys that are asked under *answers*, in the scorecard's order.

    A conditional criterion is asked only while the criterion it depends on is itself asked and
    answered with the option that the condition names.
    """
    keys: dict[str, None] = {}
    for criterion in scorecard.criteria():
        condition = criterion.only_if
        if condition is not None:
            given = answers.get(condition.criterion)
            if condition.criterion not in keys or given is None:
                continue
            if given.option != condition.option:
                continue
        keys[criterion.key] = None
    return tuple(keys)


def missing(scorecard: Scorecard, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return the keys that are asked and have no answer yet, in order."""
    return tuple(key for key in asked(scorecard, answers) if key not in answers)


def wants_reason(criterion: Criterion, answer: Answer) -> bool:
    """Return whether *answer* needs a justification on *criterion*, given already or not.

    ``always`` includes N/A, which takes the criterion out of the score; ``below_best`` does not.
    """
    if criterion.justify is Justify.ALWAYS:
        return True
    return criterion.justify is Justify.BELOW_BEST and is_error(criterion, answer)


def unjustified(scorecard: Scorecard, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return the answered keys that lack the justification their criterion wants, in order."""
    return tuple(
        criterion.key
        for criterion, answer in _given(scorecard, answers)
        if wants_reason(criterion, answer) and not answer.justified
    )


def obstacle(scorecard: Scorecard, answers: Mapping[str, Answer]) -> Obstacle | None:
    """Return the first criterion that lacks an answer or its reason, or ``None``."""
    unexplained = frozenset(unjustified(scorecard, answers))
    for key in asked(scorecard, answers):
        if key not in answers:
            return Obstacle(key, Need.ANSWER)
        if key in unexplained:
            return Obstacle(key, Need.REASON)
    return None


def is_error(criterion: Criterion, answer: Answer) -> bool:
    """Return whether *answer* is below the best option; N/A is not."""
    return answer.option is not None and answer.option != criterion.best


def errors(scorecard: Scorecard, answers: Mapping[str, Answer]) -> tuple[FoundError, ...]:
    """Return every asked criterion that was answered below its best option, in order."""
    return tuple(
        FoundError(criterion, answer)
        for criterion, answer in _given(scorecard, answers)
        if is_error(criterion, answer)
    )


def class_outcomes(
    scorecard: Scorecard, answers: Mapping[str, Answer]
) -> dict[CriticalClass, bool | None]:
    """Return for each critical class whether the contact is free of its errors.

    ``None`` says that the class was not assessed: no criterion of it was answered other than N/A.
    """
    outcomes: dict[CriticalClass, bool | None] = dict.fromkeys(CriticalClass)
    for criterion, answer in _given(scorecard, answers):
        if criterion.critical is None or answer.option is None:
            continue
        clean = not is_error(criterion, answer)
        outcomes[criterion.critical] = clean and outcomes[criterion.critical] is not False
    return outcomes


def _given(scorecard: Scorecard, answers: Mapping[str, Answer]) -> list[tuple[Criterion, Answer]]:
    """Return the asked criteria that have an answer, each with it."""
    reached = frozenset(asked(scorecard, answers))
    return [
        (criterion, answers[criterion.key])
        for criterion in scorecard.criteria()
        if criterion.key in reached and criterion.key in answers
    ]
