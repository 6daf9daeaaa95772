"""Who may do what about an open dispute: decide it, or score it afresh without seeing it."""

import datetime as dt
from dataclasses import dataclass

from handlers.disputes.reviewers import may_review
from handlers.evaluating.casefile import CaseFile, judges, load, opened, oversees
from handlers.refusals import NotAllowed, NotFound, NotYours, Sorry
from handlers.turn import Services
from handlers.words import N_
from scoring.roles import Role
from storage import disputes, people
from storage.database import Transaction
from storage.disputes import Dispute
from storage.people import Person
from storage.revisions import Kind

REOPENS = dt.timedelta(hours=48)
"""How long after deciding a supervisor may take it back."""

ENDS = frozenset({Kind.AGENT, Kind.WITHDRAWAL})


class OwnEvaluation(Sorry):
    """Nobody judges their own work while anybody else can."""

    sentence = N_("You made this evaluation yourself, so somebody else decides about it.")


class DecidedAlready(Sorry):
    """Somebody else was quicker."""

    sentence = N_("{name} has decided this dispute already.")


class StandsForGood(Sorry):
    """A decision is taken back once, by whoever made it, within 48 hours."""

    sentence = N_("This decision stands: it can be reopened once, within 48 hours.")


@dataclass(frozen=True, slots=True)
class Rights:
    """An open dispute that somebody may answer; ``blind``: without seeing what it is about."""

    file: CaseFile
    dispute: Dispute
    blind: bool


async def decidable(
    tx: Transaction, services: Services, person: Person, dispute_id: int
) -> tuple[CaseFile, Dispute]:
    """Return an open dispute that *person* may decide; raise what stands against it."""
    dispute = await existing(tx, dispute_id)
    file = await opened(tx, services, person, dispute.evaluation_id)
    if not oversees(person, file.teams) or file.is_of(person):
        raise NotAllowed
    if not dispute.is_open:
        raise DecidedAlready(name=_decider(file))
    if person.id not in {one.id for one in await judges(tx, file)}:
        raise OwnEvaluation
    return file, dispute


async def reviewable(
    tx: Transaction, services: Services, person: Person, dispute_id: int
) -> tuple[CaseFile, Dispute]:
    """Return an open dispute that *person* is asked to score afresh; raise what is against it."""
    dispute = await existing(tx, dispute_id)
    file = await load(tx, services, dispute.evaluation_id)
    if file is None:
        raise NotFound
    if dispute.reviewer_id != person.id:
        raise NotYours
    if not dispute.is_open:
        raise DecidedAlready(name=_decider(file))
    if not may_review(person, file):
        raise NotYours
    return file, dispute


async def answerable(
    tx: Transaction, services: Services, person: Person, dispute_id: int
) -> Rights:
    """Return how *person* may answer the dispute, blind or as a judge; raise where they may not."""
    dispute = await existing(tx, dispute_id)
    file = await load(tx, services, dispute.evaluation_id)
    blind = file is not None and dispute.reviewer_id == person.id and may_review(person, file)
    rule = reviewable if blind else decidable
    return Rights(*await rule(tx, services, person, dispute_id), blind)


def may_reopen(person: Person, file: CaseFile, now: dt.datetime) -> bool:
    """Return whether *person* may take the decision on the dispute back, which is done once.

    A supervisor their own one within 48 hours, an admin any one at any time. What was withdrawn
    apart from the dispute stays so.
    """
    dispute = file.dispute
    if dispute is None or dispute.decided_at is None or dispute.reopened_at is not None:
        return False
    if file.is_of(person) or any(one.kind in ENDS for one in file.revisions):
        return False
    if person.is_a(Role.ADMIN):
        return True
    own = dispute.decided_by == person.id and not dispute.scored_afresh
    return own and oversees(person, file.teams) and now <= dispute.decided_at + REOPENS


async def reopenable(
    tx: Transaction, services: Services, person: Person, dispute_id: int
) -> tuple[CaseFile, Dispute]:
    """Return the decided dispute where *person* may reopen it; raise what stands against it."""
    dispute = await existing(tx, dispute_id)
    file = await opened(tx, services, person, dispute.evaluation_id)
    if not oversees(person, file.teams) or file.is_of(person):
        raise NotAllowed
    if not may_reopen(person, file, services.clock()):
        raise StandsForGood
    return file, dispute


async def existing(tx: Transaction, dispute_id: int) -> Dispute:
    """Return the dispute; raise ``NotFound`` where there is none."""
    dispute = await disputes.by_id(tx, dispute_id)
    if dispute is None:
        raise NotFound
    return dispute


async def late(tx: Transaction, dispute_id: int) -> DecidedAlready:
    """Return the refusal that names who was quicker."""
    decided = await disputes.by_id(tx, dispute_id)
    by = decided.decided_by if decided is not None else None
    quicker = await people.by_id(tx, by) if by is not None else None
    return DecidedAlready(name=quicker.name if quicker is not None else "…")


def _decider(file: CaseFile) -> str:
    return file.decider.name if file.decider is not None else "…"
