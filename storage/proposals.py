"""Proposals: what people would improve, on what evidence, and what became of it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, RowMapping, func, insert, select, update

from storage.database import Transaction
from storage.tables import ProposalRow


class Kind(StrEnum):
    """What a proposal would improve."""

    MONITORING = "monitoring"
    REPORTING = "reporting"
    SCORECARD = "scorecard"


class Status(StrEnum):
    """Where a proposal stands; ``DONE`` is an accepted one that has its outcome."""

    NEW = "new"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a proposal rests on: an evaluation, or a criterion, or a report, or nothing."""

    evaluation_id: int | None = None
    scorecard_version_id: int | None = None
    criterion: str | None = None
    team_id: int | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as stored; ``decision`` is the comment that its decision came with."""

    id: int
    kind: Kind
    text: str
    author_id: int | None
    created_at: dt.datetime
    evidence: Evidence
    owner_id: int | None
    status: Status
    decision: str | None
    decided_by: int | None
    decided_at: dt.datetime | None
    outcome: str | None
    outcome_at: dt.datetime | None

    @property
    def is_new(self) -> bool:
        """Whether it still waits for its decision."""
        return self.status is Status.NEW

    @property
    def is_under_way(self) -> bool:
        """Whether it was accepted and has no outcome yet."""
        return self.status is Status.ACCEPTED


@dataclass(frozen=True, slots=True)
class Limit:
    """What a list is limited to; ``None`` for all."""

    status: Status | None = None
    kind: Kind | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what a proposal in the list fulfils."""
        wanted: list[ColumnElement[bool]] = []
        if self.status is not None:
            wanted.append(ProposalRow.status == self.status)
        if self.kind is not None:
            wanted.append(ProposalRow.kind == self.kind)
        return wanted


async def add(tx: Transaction, kind: Kind, text: str, author_id: int, now: dt.datetime) -> int:
    """Store a new proposal and return its id."""
    row = insert(ProposalRow).values(
        kind=kind, text=text, author_id=author_id, created_at=now, status=Status.NEW
    )
    return (await tx.execute(row.returning(ProposalRow.id))).scalar_one()


async def by_id(tx: Transaction, proposal_id: int) -> Proposal | None:
    """Return the proposal, or ``None``."""
    return next(iter(await _proposals(tx, ProposalRow.id == proposal_id)), None)


async def page(
    tx: Transaction, within: Limit, *, limit: int | None = None, offset: int = 0
) -> tuple[list[Proposal], int]:
    """Return a stretch of the proposals, newest first, and how many there are in all."""
    wanted = within.conditions()
    total = (await tx.execute(select(func.count(ProposalRow.id)).where(*wanted))).scalar_one()
    return await _proposals(tx, *wanted, limit=limit, offset=offset), total


async def rest_on(tx: Transaction, proposal_id: int, evidence: Evidence) -> bool:
    """Store what the proposal rests on; return False, changing nothing, once it is decided."""
    return await _set(
        tx,
        proposal_id,
        Status.NEW,
        evaluation_id=evidence.evaluation_id,
        scorecard_version_id=evidence.scorecard_version_id,
        criterion=evidence.criterion,
        team_id=evidence.team_id,
        period=evidence.period,
    )


async def decide(
    tx: Transaction, proposal_id: int, status: Status, now: dt.datetime, *, by: int, comment: str
) -> bool:
    """Accept or decline it; return False, changing nothing, where it is new no more."""
    return await _set(
        tx, proposal_id, Status.NEW, status=status, decided_by=by, decided_at=now, decision=comment
    )


async def give_to(tx: Transaction, proposal_id: int, owner_id: int) -> bool:
    """Make somebody the owner of an accepted proposal; return False where it is not that."""
    return await _set(tx, proposal_id, Status.ACCEPTED, owner_id=owner_id)


async def finish(tx: Transaction, proposal_id: int, outcome: str, now: dt.datetime) -> bool:
    """Store what came of an accepted proposal; return False where it is not that."""
    return await _set(
        tx, proposal_id, Status.ACCEPTED, status=Status.DONE, outcome=outcome, outcome_at=now
    )


async def _set(tx: Transaction, proposal_id: int, standing: Status, /, **values: object) -> bool:
    mine = (ProposalRow.id == proposal_id, ProposalRow.status == standing)
    return (await tx.execute(update(ProposalRow).where(*mine).values(values))).rowcount == 1


async def _proposals(
    tx: Transaction, *conditions: ColumnElement[bool], limit: int | None = None, offset: int = 0
) -> list[Proposal]:
    wanted = select(ProposalRow.__table__).where(*conditions).order_by(ProposalRow.id.desc())
    rows = (await tx.execute(wanted.limit(limit).offset(offset))).mappings()
    return [_proposal(row) for row in rows]


def _proposal(row: RowMapping) -> Proposal:
    return Proposal(
        id=row["id"],
        kind=Kind(row["kind"]),
        text=row["text"],
        author_id=row["author_id"],
        created_at=row["created_at"],
        evidence=Evidence(
            evaluation_id=row["evaluation_id"],
            scorecard_version_id=row["scorecard_version_id"],
            criterion=row["criterion"],
            team_id=row["team_id"],
            period=row["period"],
        ),
        owner_id=row["owner_id"],
        status=Status(row["status"]),
        decision=row["decision"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
        outcome=row["outcome"],
        outcome_at=row["outcome_at"],
    )
