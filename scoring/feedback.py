"""What an evaluation tells its agent: what went well, what to mend, and where to begin."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.answers import asked, errors, is_error
from scoring.score import Score, score
from scoring.scorecard import Answer, Criterion, Scorecard

MOST_PRAISED = 4
MOST_RECOMMENDED = 3
LOOK_BACK = 5
"""Among how many of the agent's last contacts, this one included, an error is looked for."""
OFTEN = 3
"""In how many of them it must stand to be called a repeated one."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A criterion that cost nothing, with the answer given; the answer may carry words."""

    criterion: Criterion
    answer: Answer


@dataclass(frozen=True, slots=True)
class Mending:
    """An error: the score points (0..100) lost to it, and how often it was made lately.

    It was made in ``times`` of the agent's last ``contacts`` contacts, this one included.
    """

    criterion: Criterion
    answer: Answer
    lost: Fraction
    times: int
    contacts: int

    @property
    def repeats(self) -> bool:
        """Whether the error was made in three of the last five contacts or more."""
        return self.times >= OFTEN


@dataclass(frozen=True, slots=True)
class Feedback:
    """What to tell: the best first in ``good``, the costliest first in ``errors``.

    ``noted`` holds what else the evaluator wrote on criteria that cost nothing, N/A included.
    ``recommendations`` are those of the errors to work on first: the repeated ones, or else the
    costliest of several.
    """

    score: Score
    good: tuple[Remark, ...]
    errors: tuple[Mending, ...]
    noted: tuple[Remark, ...]
    recommendations: tuple[Mending, ...]


def feedback(
    scorecard: Scorecard,
    answers: Mapping[str, Answer],
    earlier: Sequence[Collection[str]] = (),
) -> Feedback:
    """Return the feedback on a contact that got *answers*.

    *earlier* holds the keys of the criteria missed in the agent's contacts before this one, newest
    first; only those that still fall into the last five are looked at. Raises ``ValueError`` for
    answers that cannot belong to *scorecard*.
    """
    reckoned = score(scorecard, answers)
    mending = _mending(scorecard, answers, reckoned, earlier[: LOOK_BACK - 1])
    harmless = _harmless(scorecard, answers, reckoned)
    good = tuple(remark for remark in harmless if remark.answer.option is not None)[:MOST_PRAISED]
    return Feedback(
        score=reckoned,
        good=good,
        errors=mending,
        noted=tuple(r for r in harmless if r not in good and r.answer.spoken),
        recommendations=_recommended(mending),
    )


def _mending(
    scorecard: Scorecard,
    answers: Mapping[str, Answer],
    reckoned: Score,
    earlier: Sequence[Collection[str]],
) -> tuple[Mending, ...]:
    """Return the errors, the costliest first, equal ones in the scorecard's order."""
    lost = {part.key: part.lost for part in reckoned.criteria()}
    found = [
        Mending(
            error.criterion,
            error.answer,
            lost[error.key],
            times=1 + sum(error.key in missed for missed in earlier),
            contacts=1 + len(earlier),
        )
        for error in errors(scorecard, answers)
    ]
    return tuple(sorted(found, key=lambda mending: -mending.lost))


def _harmless(scorecard: Scorecard, answers: Mapping[str, Answer], reckoned: Score) -> list[Remark]:
    """Return the criteria without an error, those most worth mentioning first.

    What the evaluator had words for comes before the rest, then critical criteria before others,
    then what weighs more in the score before what weighs less.
    """
    weigh = _shares(reckoned)
    remarks = [
        Remark(scorecard.criterion(key), answers[key])
        for key in asked(scorecard, answers)
        if key in answers and not is_error(scorecard.criterion(key), answers[key])
    ]

    def worth(remark: Remark) -> tuple[bool, bool, Fraction]:
        key, critical = remark.criterion.key, remark.criterion.critical
        return not remark.answer.spoken, critical is None, -weigh.get(key, Fraction(0))

    return sorted(remarks, key=worth)


def _shares(reckoned: Score) -> dict[str, Fraction]:
    """Return what share of the score each criterion that counted had, up to one common factor."""
    shares: dict[str, Fraction] = {}
    for section in reckoned.sections:
        counting = [part for part in section.criteria if part.fraction is not None]
        weights = sum((part.weight for part in counting), Fraction(0))
        shares |= {part.key: section.weight * part.weight / weights for part in counting}
    return shares


def _recommended(mending: Sequence[Mending]) -> tuple[Mending, ...]:
    """Return the repeated errors, the most frequent first, or the costliest of several errors."""
    repeated = sorted((one for one in mending if one.repeats), key=lambda one: -one.times)
    if repeated:
        return tuple(repeated[:MOST_RECOMMENDED])
    return tuple(mending[:1]) if len(mending) > 1 else ()
