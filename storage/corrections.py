"""Corrections: acts on submitted evaluations, from their first words to what came of them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, RowMapping, func, insert, or_, select, update

from scoring.roles import Relation
from storage.database import Transaction
from storage.reports import Window, within
from storage.revisions import Kind
from storage.tables import CorrectionRow, EvaluationRow, MembershipRow


class Status(StrEnum):
    """Where an act stands."""

    DRAFT = "draft"
    """Whoever acts has not said everything yet."""
    WAITING = "waiting"
    """It waits for consent."""
    DONE = "done"
    DECLINED = "declined"
    DROPPED = "dropped"
    """Given up by whoever began it, or overtaken by something else."""


STANDING = (Status.DRAFT, Status.WAITING)


@dataclass(frozen=True, slots=True)
class Correction:
    """An act on an evaluation, by ``made_by`` for a ``reason``.

    ``agent_id`` is the right agent and ``became_id`` the evaluation that is theirs now; ``number``
    is the version that it put an end to. ``decided_by`` carried it out, consented or declined,
    which ``decision`` gives the reasons for.
    """

    id: int
    evaluation_id: int
    kind: Kind
    status: Status
    made_by: int
    begun_at: dt.datetime
    agent_id: int | None = None
    reason: str | None = None
    asked_at: dt.datetime | None = None
    decided_at: dt.datetime | None = None
    decided_by: int | None = None
    decision: str | None = None
    number: int | None = None
    became_id: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many acts of each kind there were on one evaluator's evaluations."""

    evaluator_id: int
    corrected: int
    moved: int
    withdrawn: int

    @property
    def every(self) -> int:
        """All of them."""
        return self.corrected + self.moved + self.withdrawn


async def begin(
    tx: Transaction, evaluation_id: int, kind: Kind, by: int, now: dt.datetime
) -> Correction:
    """Begin an act and return it; what the person began before on that evaluation is dropped."""
    mine = (CorrectionRow.evaluation_id == evaluation_id, CorrectionRow.made_by == by)
    await _drop(tx, now, *mine, CorrectionRow.status == Status.DRAFT)
    row = insert(CorrectionRow).values(
        evaluation_id=evaluation_id, kind=kind, status=Status.DRAFT, made_by=by, begun_at=now
    )
    ident = (await tx.execute(row.returning(CorrectionRow.id))).scalar_one()
    return Correction(ident, evaluation_id, kind, Status.DRAFT, by, now)


async def by_id(tx: Transaction, correction_id: int) -> Correction | None:
    """Return the act, or ``None``."""
    return next(iter(await _corrections(tx, CorrectionRow.id == correction_id)), None)


async def begun(tx: Transaction, evaluation_id: int, kind: Kind, by: int) -> Correction | None:
    """Return what that person has begun and not finished of the kind, or ``None``."""
    mine = (
        CorrectionRow.evaluation_id == evaluation_id,
        CorrectionRow.kind == kind,
        CorrectionRow.made_by == by,
        CorrectionRow.status == Status.DRAFT,
    )
    return next(iter(await _corrections(tx, *mine)), None)


async def waiting_on(tx: Transaction, evaluation_id: int) -> Correction | None:
    """Return what waits for consent on the evaluation, or ``None``."""
    mine = (CorrectionRow.evaluation_id == evaluation_id, CorrectionRow.status == Status.WAITING)
    return next(iter(await _corrections(tx, *mine)), None)


async def done_on(tx: Transaction, evaluation_id: int) -> tuple[Correction, ...]:
    """Return what was carried out on the evaluation, or made it, the first one first."""
    about = or_(
        CorrectionRow.evaluation_id == evaluation_id, CorrectionRow.became_id == evaluation_id
    )
    return tuple(await _corrections(tx, about, CorrectionRow.status == Status.DONE))


async def waiting(tx: Transaction, teams: Collection[int] | None) -> list[Correction]:
    """Return what waits for consent in those teams (``None``: everywhere), the first asked first.

    A team's are evaluations that were made in it, or of its members.
    """
    conditions: list[ColumnElement[bool]] = [CorrectionRow.status == Status.WAITING]
    if teams is not None:
        members = select(MembershipRow.person_id).where(
            MembershipRow.team_id.in_(list(teams)), MembershipRow.relation == Relation.MEMBER
        )
        theirs = select(EvaluationRow.id).where(
            or_(EvaluationRow.team_id.in_(list(teams)), EvaluationRow.agent_id.in_(members))
        )
        conditions.append(CorrectionRow.evaluation_id.in_(theirs))
    return await _corrections(tx, *conditions)


async def explain(tx: Transaction, correction_id: int, reason: str | None) -> None:
    """Note why, in the words of whoever acts; ``None`` takes it back."""
    await _set(tx, correction_id, (Status.DRAFT,), reason=reason)


async def choose_agent(tx: Transaction, correction_id: int, agent_id: int) -> None:
    """Note whose contact it was."""
    await _set(tx, correction_id, (Status.DRAFT,), agent_id=agent_id)


async def ask(tx: Transaction, correction_id: int, now: dt.datetime) -> bool:
    """Let it wait for consent; return False where it is a draft no more."""
    return await _set(tx, correction_id, (Status.DRAFT,), status=Status.WAITING, asked_at=now)


async def carry_out(
    tx: Transaction,
    one: Correction,
    now: dt.datetime,
    *,
    by: int,
    number: int,
    became_id: int | None = None,
) -> bool:
    """Note that it is done; return False, changing nothing, where it has moved on since read."""
    return await _set(
        tx,
        one.id,
        (one.status,),
        status=Status.DONE,
        decided_at=now,
        decided_by=by,
        number=number,
        became_id=became_id,
    )


async def decline(
    tx: Transaction, correction_id: int, now: dt.datetime, *, by: int, decision: str
) -> bool:
    """Refuse consent; return False, changing nothing, where it does not wait for it any more."""
    values = {"status": Status.DECLINED, "decided_at": now, "decided_by": by}
    return await _set(tx, correction_id, (Status.WAITING,), **values, decision=decision)


async def drop(tx: Transaction, correction_id: int, now: dt.datetime) -> bool:
    """Give it up; return False where it was carried out or refused already."""
    return await _set(tx, correction_id, STANDING, status=Status.DROPPED, decided_at=now)


async def standing(tx: Transaction, evaluation_id: int) -> list[Correction]:
    """Return what somebody has begun, or waits for consent, on the evaluation."""
    mine = (CorrectionRow.evaluation_id == evaluation_id, CorrectionRow.status.in_(STANDING))
    return await _corrections(tx, *mine)


async def tallies(tx: Transaction, team_id: int | None, window: Window) -> list[Tally]:
    """Return what was put right of the team's evaluations submitted in *window*, by evaluator.

    Without a team it is the whole centre's.
    Evaluations that were withdrawn or moved away count here: it is they that are told of.
    """

    def of(kind: Kind) -> ColumnElement[int]:
        return func.count().filter(CorrectionRow.kind == kind)

    counted = (
        select(
            EvaluationRow.evaluator_id,
            of(Kind.CORRECTION).label("corrected"),
            of(Kind.AGENT).label("moved"),
            of(Kind.WITHDRAWAL).label("withdrawn"),
        )
        .select_from(CorrectionRow)
        .join(EvaluationRow, EvaluationRow.id == CorrectionRow.evaluation_id)
        .where(
            CorrectionRow.status == Status.DONE,
            *([EvaluationRow.team_id == team_id] if team_id is not None else []),
            within(window),
        )
        .group_by(EvaluationRow.evaluator_id)
    )
    found = [
        Tally(row.evaluator_id, row.corrected, row.moved, row.withdrawn)
        for row in await tx.execute(counted)
    ]
    return sorted(found, key=lambda one: (-one.every, one.evaluator_id))


async def _set(
    tx: Transaction, correction_id: int, while_in: Collection[Status], /, **values: object
) -> bool:
    mine = (CorrectionRow.id == correction_id, CorrectionRow.status.in_(while_in))
    done = await tx.execute(update(CorrectionRow).where(*mine).values(values))
    return done.rowcount == 1


async def _drop(tx: Transaction, now: dt.datetime, *which: ColumnElement[bool]) -> None:
    values = {"status": Status.DROPPED, "decided_at": now}
    await tx.execute(update(CorrectionRow).where(*which).values(values))


async def _corrections(tx: Transaction, *conditions: ColumnElement[bool]) -> list[Correction]:
    wanted = select(CorrectionRow.__table__).where(*conditions).order_by(CorrectionRow.id)
    return [_correction(row) for row in (await tx.execute(wanted)).mappings()]


def _correction(row: RowMapping) -> Correction:
    return Correction(
        id=row["id"],
        evaluation_id=row["evaluation_id"],
        kind=Kind(row["kind"]),
        status=Status(row["status"]),
        made_by=row["made_by"],
        begun_at=row["begun_at"],
        agent_id=row["agent_id"],
        reason=row["reason"],
        asked_at=row["asked_at"],
        decided_at=row["decided_at"],
        decided_by=row["decided_by"],
        decision=row["decision"],
        number=row["number"],
        became_id=row["became_id"],
    )
