"""Overturn rates: of the disputed criteria that were decided, how many got another answer."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from scoring.statistics import Proportion, wilson

Subject = TypeVar("Subject", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Rate(Generic[Subject]):
    """What a criterion's, an evaluator's or everybody's rate is, with its Wilson interval."""

    subject: Subject
    share: Proportion


def rates(counted: Iterable[tuple[Subject, int, int]]) -> list[Rate[Subject]]:
    """Return the rate of each subject; an entry holds how many were decided and how many changed.

    Entries of one subject are added up. The most overturned come first, of these the more often
    disputed; subjects of which nothing was decided are left out.
    """
    decided: dict[Subject, int] = {}
    changed: dict[Subject, int] = {}
    for subject, total, other in counted:
        decided[subject] = decided.get(subject, 0) + total
        changed[subject] = changed.get(subject, 0) + other
    shares = ((one, wilson(changed[one], total)) for one, total in decided.items())
    found = [Rate(one, share) for one, share in shares if share is not None]
    return sorted(found, key=lambda one: (-one.share.successes, -one.share.total))
