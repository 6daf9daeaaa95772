"""What somebody has open, and handing it on to somebody else."""

import datetime as dt

from sqlalchemy import ColumnElement, and_, exists, func, select, update

from scoring.goals import GoalState
from storage import assignments, drafts
from storage.calibrations import Status as Session
from storage.database import Transaction
from storage.proposals import Status
from storage.tables import (
    AssignmentRow,
    CalibrationPersonRow,
    CalibrationRow,
    CalibrationScoringRow,
    DisputeRow,
    DraftRow,
    GoalRow,
    ProposalRow,
)

DRAFTS, ASSIGNMENTS, DISPUTES, CALIBRATIONS, GOALS, PROPOSALS = (
    "drafts",
    "assignments",
    "disputes",
    "calibrations",
    "goals",
    "proposals",
)


def _open(person: int) -> dict[str, tuple[ColumnElement[bool], ...]]:
    return {
        DRAFTS: (
            DraftRow.evaluator_id == person,
            DraftRow.status == drafts.OPEN,
            DraftRow.calibration_id.is_(None),
            DraftRow.dispute_id.is_(None),
            DraftRow.correction_id.is_(None),
        ),
        ASSIGNMENTS: (
            AssignmentRow.evaluator_id == person,
            AssignmentRow.state == assignments.OPEN,
        ),
        DISPUTES: (DisputeRow.reviewer_id == person, DisputeRow.decided_at.is_(None)),
        CALIBRATIONS: (
            CalibrationPersonRow.person_id == person,
            CalibrationPersonRow.calibration_id.in_(
                select(CalibrationRow.id).where(CalibrationRow.status == Session.OPEN)
            ),
            # Whoever has begun to score in a session stays in it with that.
            ~exists().where(
                CalibrationScoringRow.calibration_id == CalibrationPersonRow.calibration_id,
                CalibrationScoringRow.evaluator_id == person,
            ),
        ),
        GOALS: (GoalRow.mentor_id == person, GoalRow.state == GoalState.OPEN),
        PROPOSALS: (
            ProposalRow.owner_id == person,
            ProposalRow.status.in_((Status.NEW, Status.ACCEPTED)),
        ),
    }


ROWS = {
    DRAFTS: DraftRow,
    ASSIGNMENTS: AssignmentRow,
    DISPUTES: DisputeRow,
    CALIBRATIONS: CalibrationPersonRow,
    GOALS: GoalRow,
    PROPOSALS: ProposalRow,
}


async def count(tx: Transaction, person_id: int) -> dict[str, int]:
    """Return how much of each kind the person has open, without kinds of which there is none."""
    found = {}
    for kind, mine in _open(person_id).items():
        wanted = select(func.count()).select_from(ROWS[kind]).where(*mine)
        found[kind] = (await tx.execute(wanted)).scalar_one()
    return {kind: number for kind, number in found.items() if number}


async def disputes_of(tx: Transaction, person_id: int) -> list[int]:
    """Return the ids of the open disputes that the person was asked to score afresh."""
    wanted = select(DisputeRow.id).where(*_open(person_id)[DISPUTES])
    return list((await tx.execute(wanted.order_by(DisputeRow.id))).scalars())


async def hand_on(
    tx: Transaction, person_id: int, to: int, now: dt.datetime
) -> dict[str, list[int]]:
    """Let *to* have what is open but for disputes; return the ids by kind.

    Not what is about *to* themself, and no contact that *to* has to score already: that stays.
    Disputes are passed on one by one, as each has its own rules.
    """
    mine = _open(person_id)
    twin = AssignmentRow.__table__.alias()
    theirs = exists().where(
        twin.c.contact_id == AssignmentRow.contact_id, twin.c.evaluator_id == to
    )
    free = (AssignmentRow.agent_id != to, ~theirs)
    taken = update(AssignmentRow).where(*mine[ASSIGNMENTS], *free).values(evaluator_id=to)
    done = {ASSIGNMENTS: list((await tx.execute(taken.returning(AssignmentRow.id))).scalars())}
    # What was begun on an assignment that stays, stays with it.
    staying = select(AssignmentRow.id).where(*mine[ASSIGNMENTS])
    others = and_(
        DraftRow.agent_id.is_distinct_from(to),
        DraftRow.assignment_id.is_(None) | DraftRow.assignment_id.not_in(staying),
    )
    values = {
        "evaluator_id": to,
        "chat_id": None,
        "message_id": None,
        "version": DraftRow.version + 1,
        "updated_at": now,
    }
    moved = update(DraftRow).where(*mine[DRAFTS], others).values(values).returning(DraftRow.id)
    done[DRAFTS] = list((await tx.execute(moved)).scalars())
    seats = CalibrationPersonRow.__table__.alias()
    there = exists().where(
        seats.c.calibration_id == CalibrationPersonRow.calibration_id, seats.c.person_id == to
    )
    sitting = update(CalibrationPersonRow).where(*mine[CALIBRATIONS], ~there).values(person_id=to)
    sessions = sitting.returning(CalibrationPersonRow.calibration_id)
    done[CALIBRATIONS] = list((await tx.execute(sessions)).scalars())
    begun = (
        DraftRow.evaluator_id == person_id,
        DraftRow.calibration_id.in_(done[CALIBRATIONS]),
        DraftRow.status == drafts.OPEN,
    )
    # Everybody scores alone: what was begun is not handed on.
    ended = {"status": drafts.DISCARDED, "version": DraftRow.version + 1, "updated_at": now}
    await tx.execute(update(DraftRow).where(*begun).values(ended))
    goals = update(GoalRow).where(*mine[GOALS], GoalRow.agent_id != to).values(mentor_id=to)
    done[GOALS] = list((await tx.execute(goals.returning(GoalRow.id))).scalars())
    owned = update(ProposalRow).where(*mine[PROPOSALS]).values(owner_id=to)
    done[PROPOSALS] = list((await tx.execute(owned.returning(ProposalRow.id))).scalars())
    return {kind: sorted(ids) for kind, ids in done.items() if ids}
