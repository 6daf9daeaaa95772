"""Disputes that nobody scores afresh in time: reminding who was asked, then asking supervisors."""

import datetime as dt
from collections.abc import Sequence

from handlers.disputes.news import tell_escalated
from handlers.disputes.reviewers import is_reached, may_review
from handlers.evaluating.casefile import load
from handlers.turn import Services
from storage import disputes, drafts, people
from storage.database import Transaction
from storage.disputes import Dispute, Waiting
from storage.people import Person
from storage.teams import Team


async def escalate(tx: Transaction, services: Services, team: Team, horizon: dt.datetime) -> None:
    """Hand over to the supervisors what nobody has taken by half of the time.

    So too what was taken and is not submitted with *horizon* past the limit, and what whoever was
    asked cannot score any more. The request itself stays: whoever answers first decides.
    """
    now = services.clock()
    for one in await disputes.waiting(tx, [team.id]):
        if one.dispute.waits_for_supervisors:
            continue
        in_time = one.dispute.due_at >= horizon and await _is_under_way(tx, one.dispute, now)
        if in_time and await _reviewer(tx, services, one.dispute) is not None:
            continue
        file = await load(tx, services, one.dispute.evaluation_id)
        if file is not None and await disputes.escalate(tx, one.dispute.id, now):
            await tell_escalated(tx, file, one.dispute, now)


async def reviewers(
    tx: Transaction, services: Services, team: Team, horizon: dt.datetime
) -> list[Person]:
    """Return who is asked to score a dispute of the team afresh and should do so soon."""
    found = [
        await _reviewer(tx, services, one.dispute)
        for one in await disputes.waiting(tx, [team.id])
        if _is_soon(one.dispute, horizon)
    ]
    return [one for one in found if one is not None]


async def reviews(
    tx: Transaction, services: Services, to: Person, horizon: dt.datetime
) -> Sequence[Waiting]:
    """Return the disputes that *to* should score afresh soon."""
    return [
        one
        for one in await disputes.offered_to(tx, to.id)
        if _is_soon(one.dispute, horizon) and await _reviewer(tx, services, one.dispute) is not None
    ]


def _is_soon(dispute: Dispute, horizon: dt.datetime) -> bool:
    return dispute.escalates_at is not None and dispute.escalates_at < horizon


async def _is_under_way(tx: Transaction, dispute: Dispute, now: dt.datetime) -> bool:
    """Return whether it was taken, or may still be."""
    if dispute.escalates_at is not None and now < dispute.escalates_at:
        return True
    begun = await drafts.of_dispute(tx, dispute.id)
    return any(one.evaluator_id == dispute.reviewer_id for one in begun)


async def _reviewer(tx: Transaction, services: Services, dispute: Dispute) -> Person | None:
    """Return who is asked, as long as they can still answer."""
    if dispute.reviewer_id is None:
        return None
    person = await people.by_id(tx, dispute.reviewer_id)
    file = await load(tx, services, dispute.evaluation_id)
    if person is None or file is None:
        return None
    return person if is_reached(person) and may_review(person, file) else None
