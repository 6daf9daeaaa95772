"""Scoring disputed criteria afresh: what is asked again, and what its answers make of the first.

A dispute without criteria is about the whole evaluation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from scoring.answers import asked, is_error
from scoring.scorecard import Answer, Criterion, Scorecard


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one disputed criterion: its options before and after (``None`` is N/A)."""

    criterion: str
    before: int | None
    after: int | None
    changed: bool


def part(scorecard: Scorecard, disputed: Iterable[str]) -> Scorecard:
    """Return the scorecard with nothing but what has to be asked again.

    These are the disputed criteria and those that are asked because of them. What would show the
    first answers is gone: the condition of a criterion whose cause is not asked again.
    """
    keys = _with_dependents(scorecard, frozenset(disputed))
    if not keys:
        return scorecard
    sections = (
        replace(section, criteria=tuple(_freed(c, keys) for c in section.criteria if c.key in keys))
        for section in scorecard.sections
    )
    return replace(scorecard, sections=tuple(one for one in sections if one.criteria))


def revised(
    scorecard: Scorecard,
    first: Mapping[str, Answer],
    afresh: Mapping[str, Answer],
    disputed: Iterable[str],
) -> dict[str, Answer]:
    """Return the answers that count now, of every criterion that is asked under them.

    What was disputed gets the fresh answer. Another criterion keeps its first one where it had
    one; where it is asked only now, it gets the fresh one.
    """
    anew = frozenset(disputed) or frozenset(c.key for c in scorecard.criteria())
    found: dict[str, Answer] = {}
    for criterion in scorecard.criteria():
        sources = (afresh, first) if criterion.key in anew else (first, afresh)
        answer = next((one[criterion.key] for one in sources if criterion.key in one), None)
        if answer is not None:
            found[criterion.key] = answer
    reached = asked(scorecard, found)
    return {key: found[key] for key in reached if key in found}


def at_issue(
    scorecard: Scorecard, first: Mapping[str, Answer], disputed: Iterable[str]
) -> tuple[str, ...]:
    """Return what a dispute is about, in the scorecard's order.

    Of a whole evaluation these are its errors, or everything answered where there are none.
    """
    chosen = frozenset(disputed)
    if chosen:
        return tuple(c.key for c in scorecard.criteria() if c.key in chosen)
    given = [c for c in scorecard.criteria() if c.key in first]
    wrong = tuple(c.key for c in given if is_error(c, first[c.key]))
    return wrong or tuple(c.key for c in given)


def outcomes(
    scorecard: Scorecard,
    first: Mapping[str, Answer],
    now: Mapping[str, Answer],
    disputed: Iterable[str],
) -> tuple[Outcome, ...]:
    """Return what became of each criterion at issue; another option, or none, is a change."""
    return tuple(
        Outcome(key, _option(first, key), _option(now, key), changed=_differs(first, now, key))
        for key in at_issue(scorecard, first, disputed)
    )


def changed(first: Mapping[str, Answer], now: Mapping[str, Answer]) -> frozenset[str]:
    """Return the criteria with another option than before, asked only once, or N/A only once."""
    return frozenset(key for key in {*first, *now} if _differs(first, now, key))


def _with_dependents(scorecard: Scorecard, disputed: frozenset[str]) -> frozenset[str]:
    keys = set(disputed)
    for criterion in scorecard.criteria():
        if criterion.only_if is not None and criterion.only_if.criterion in keys:
            keys.add(criterion.key)
    return frozenset(keys)


def _freed(criterion: Criterion, keys: frozenset[str]) -> Criterion:
    condition = criterion.only_if
    bound = condition is not None and condition.criterion in keys
    return criterion if bound else replace(criterion, only_if=None)


def _option(answers: Mapping[str, Answer], key: str) -> int | None:
    answer = answers.get(key)
    return None if answer is None else answer.option


def _differs(first: Mapping[str, Answer], now: Mapping[str, Answer], key: str) -> bool:
    if (key in first) != (key in now):
        return True
    return _option(first, key) != _option(now, key)
