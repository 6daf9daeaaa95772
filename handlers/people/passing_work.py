"""Handing on what somebody who leaves has open: the act, without screens."""

from handlers.disputes import reviewers
from handlers.disputes.news import tell_review
from handlers.evaluating import casefile
from handlers.turn import Services
from scoring.roles import Role
from storage import audit, disputes, draft_discards, handing_on, locks, people
from storage.audit import Action, Actor, Subject, Thing
from storage.database import Transaction
from storage.handing_on import DISPUTES
from storage.people import Person


async def takers(tx: Transaction, person: Person) -> list[Person]:
    """Return the active evaluators besides *person* who can take work over, by name."""
    found = await people.with_role(tx, Role.EVALUATOR)
    return [one for one in found if one.id != person.id and reviewers.is_reached(one)]


async def hand_on(
    tx: Transaction, services: Services, actor: Actor, person: Person, to: Person
) -> dict[str, int]:
    """Let *to* have what *person* has open, as far as they may; return how much of each kind.

    A dispute goes to *to* only where they may score it afresh, and they are told of it.
    """
    await locks.alone(tx, locks.PEOPLE)
    if person.id == to.id or not to.is_a(Role.EVALUATOR):
        return {}
    done = await handing_on.hand_on(tx, person.id, to.id, actor.at)
    passed = [
        number
        for number in await handing_on.disputes_of(tx, person.id)
        if await _pass_on(tx, services, actor, number, to)
    ]
    if passed:
        done[DISPUTES] = passed
    details: dict[str, audit.Detail] = {kind: list(ids) for kind, ids in done.items()}
    about = Subject(Thing.PERSON, person.id)
    await audit.note(tx, actor, Action.HANDED_ON, about, {"to": to.id, **details})
    return {kind: len(ids) for kind, ids in done.items()}


async def _pass_on(
    tx: Transaction, services: Services, actor: Actor, number: int, to: Person
) -> bool:
    dispute = await disputes.by_id(tx, number)
    file = await casefile.load(tx, services, dispute.evaluation_id) if dispute else None
    if dispute is None or file is None or dispute.reviewer_id is None:
        return False
    if to.id in dispute.passed_on or not reviewers.may_review(to, file):
        return False
    if not await disputes.pass_on(tx, dispute, to.id):
        return False
    await draft_discards.of_dispute(tx, dispute.id, actor.at, of=dispute.reviewer_id)
    await tell_review(tx, file, dispute, to, actor.at)
    return True
