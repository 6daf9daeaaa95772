"""Carrying answers from one version of a scorecard to another, and what stands against it.

Criteria are the same where their keys are. An option is the same where the list of options is, and
else where a label of it is; nothing is guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from scoring.answers import asked
from scoring.scorecard import Answer, Criterion, Option, Scorecard


class Hindrance(StrEnum):
    """Why a criterion that the other version asks has no answer there."""

    NEW = "new"
    """The version that was used has no such criterion."""
    UNANSWERED = "unanswered"
    """That version has it, but it was not asked then."""
    NO_NA = "no_na"
    """It was N/A, which is no answer there."""
    OPTION_GONE = "option_gone"
    """The chosen option is not there."""
    MORE_OPTIONS = "more_options"
    """There are more options than the evaluator could choose from."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A criterion that is asked and cannot be answered from what was said."""

    criterion: str
    hindrance: Hindrance


@dataclass(frozen=True, slots=True)
class Carried:
    """The answers to what the other version asks; complete where there are no ``gaps``."""

    answers: Mapping[str, Answer]
    gaps: tuple[Gap, ...]


Places: TypeAlias = tuple[int | None, ...]
"""For each old option its number now, ``None`` where it is there no more."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """How the answers of one version read in another; made once, it carries any number of them."""

    old: Scorecard
    new: Scorecard
    ways: Mapping[str, Places | Hindrance]
    """For each criterion of ``new`` where its options went, or why no answer to it is of use."""

    @classmethod
    def between(cls, old: Scorecard, new: Scorecard) -> "Bridge":
        """Return the way from *old* to *new*."""
        before = {criterion.key: criterion for criterion in old.criteria()}
        ways = {c.key: _way(before.get(c.key), c) for c in new.criteria()}
        return cls(old, new, ways)

    def carry(self, answers: Mapping[str, Answer]) -> Carried:
        """Return *answers*, which were given to ``old``, as answers to what ``new`` asks.

        Only options are carried. Conditions are judged anew: an answer to what is not asked any
        more is left out, and what hangs on a gap is no gap of its own.
        """
        given = {key: answers[key] for key in asked(self.old, answers) if key in answers}
        found: dict[str, Answer] = {}
        missing: dict[str, Hindrance] = {}
        for criterion in self.new.criteria():
            answer = self._carried(criterion, given.get(criterion.key))
            if isinstance(answer, Hindrance):
                missing[criterion.key] = answer
            else:
                found[criterion.key] = answer
        reached = asked(self.new, found)
        return Carried(
            {key: found[key] for key in reached if key in found},
            tuple(Gap(key, missing[key]) for key in reached if key in missing),
        )

    def _carried(self, criterion: Criterion, answer: Answer | None) -> Answer | Hindrance:
        """Return the answer to *criterion*, or why there is none."""
        way = self.ways[criterion.key]
        if way is Hindrance.NEW:
            return Hindrance.NEW
        if answer is None:
            return Hindrance.UNANSWERED
        if answer.option is None:
            return Answer(None) if criterion.na else Hindrance.NO_NA
        if isinstance(way, Hindrance):
            return way
        place = way[answer.option]
        return Hindrance.OPTION_GONE if place is None else Answer(place)


def _way(old: Criterion | None, new: Criterion) -> Places | Hindrance:
    if old is None:
        return Hindrance.NEW
    if old.options == new.options:
        return tuple(range(len(new.options)))
    if len(new.options) > len(old.options):
        return Hindrance.MORE_OPTIONS
    return tuple(_place(option, new.options) for option in old.options)


def _place(option: Option, options: Sequence[Option]) -> int | None:
    """Return the number of the one option with the same label, in any language it has."""
    texts = [text for _, text in option.label.by_language]
    same = [n for n, other in enumerate(options) if any(other.label.reads(one) for one in texts)]
    return same[0] if len(same) == 1 else None
