"""Who scores disputed criteria afresh: an evaluator who cannot see the first answers."""

from collections.abc import Collection

from handlers.evaluating.casefile import CaseFile
from scoring.roles import Role
from storage import disputes, people
from storage.database import Transaction
from storage.people import Person


def may_review(person: Person, file: CaseFile) -> bool:
    """Return whether *person* scores contacts and cannot read this evaluation."""
    return person.active and person.is_a(Role.EVALUATOR) and not file.may_be_read_by(person)


def is_reached(person: Person) -> bool:
    """Return whether messages reach *person*."""
    return person.telegram_id is not None and not person.unreachable


async def choose(tx: Transaction, file: CaseFile, passed_on: Collection[int] = ()) -> Person | None:
    """Return who is asked: the evaluator with the fewest such requests, open ones first.

    Of equals the one who was taken in first; nobody who has *passed_on* it already. ``None`` where
    nobody else can.
    """
    every = await people.with_role(tx, Role.EVALUATOR)
    able = [one for one in every if is_reached(one) and may_review(one, file)]
    able = [one for one in able if one.id not in passed_on]
    loads = await disputes.review_loads(tx)
    return min(able, key=lambda one: (loads.get(one.id, (0, 0)), one.id), default=None)
