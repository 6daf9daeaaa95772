"""What was scored in a calibration session, and which contacts one may be made of."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, insert, or_, select

from scoring.calibration import Scoring
from scoring.roles import Relation
from scoring.scorecard import Answer
from storage.answers import answer_of, columns_of
from storage.calibrations import Contact, contact_of
from storage.database import Transaction
from storage.tables import (
    CalibrationAnswerRow,
    CalibrationScoringRow,
    ContactRow,
    EvaluationRow,
    MembershipRow,
)

LOOKED_THROUGH = 4
"""How many evaluations are read for each contact wanted: some contacts have several."""


@dataclass(frozen=True, slots=True)
class NewScoring:
    """What a submitted draft brings; ``answers`` are of the criteria that were asked."""

    calibration_id: int
    contact_id: int
    evaluator_id: int
    draft_id: int
    answers: Mapping[str, Answer]
    overall: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A stored scoring with its reasons and comments."""

    contact_id: int
    evaluator_id: int
    answers: Mapping[str, Answer]
    overall: str | None

    def bare(self) -> Scoring:
        """Return the answers alone, as agreement is reckoned from them."""
        answers = tuple((key, answer.option) for key, answer in sorted(self.answers.items()))
        return Scoring(self.contact_id, self.evaluator_id, answers)


@dataclass(frozen=True, slots=True)
class Recent:
    """A contact that was evaluated, and by which version of which scorecard."""

    contact: Contact
    scorecard_version_id: int


async def add(tx: Transaction, new: NewScoring, now: dt.datetime) -> None:
    """Store the scoring with its answers."""
    row = insert(CalibrationScoringRow).values(
        calibration_id=new.calibration_id,
        contact_id=new.contact_id,
        evaluator_id=new.evaluator_id,
        draft_id=new.draft_id,
        overall=new.overall,
        submitted_at=now,
    )
    scoring_id = (await tx.execute(row.returning(CalibrationScoringRow.id))).scalar_one()
    answers = [
        {
            "scoring_id": scoring_id,
            "criterion": key,
            **columns_of(answer),
        }
        for key, answer in new.answers.items()
    ]
    await tx.execute(insert(CalibrationAnswerRow), answers)


async def done(tx: Transaction, calibration_id: int) -> frozenset[tuple[int, int]]:
    """Return who scored what in the session, as pairs of the contact's and the person's id."""
    wanted = select(CalibrationScoringRow.contact_id, CalibrationScoringRow.evaluator_id).where(
        CalibrationScoringRow.calibration_id == calibration_id
    )
    return frozenset((row.contact_id, row.evaluator_id) for row in await tx.execute(wanted))


async def everything(tx: Transaction, calibration_id: int) -> list[Told]:
    """Return the session's scorings by contact and evaluator."""
    mine = CalibrationScoringRow.calibration_id == calibration_id
    order = (CalibrationScoringRow.contact_id, CalibrationScoringRow.evaluator_id)
    scorings = select(CalibrationScoringRow.__table__).where(mine).order_by(*order)
    answers = (
        select(CalibrationAnswerRow.__table__)
        .join(CalibrationScoringRow, CalibrationScoringRow.id == CalibrationAnswerRow.scoring_id)
        .where(mine)
    )
    given: dict[int, dict[str, Answer]] = {}
    for row in (await tx.execute(answers)).mappings():
        given.setdefault(row["scoring_id"], {})[row["criterion"]] = answer_of(row)
    return [
        Told(row["contact_id"], row["evaluator_id"], given.get(row["id"], {}), row["overall"])
        for row in (await tx.execute(scorings)).mappings()
    ]


async def recent(
    tx: Transaction,
    *,
    teams: Collection[int] | None,
    limit: int = 1,
    contact_id: int | None = None,
) -> list[Recent]:
    """Return the contacts that were evaluated last, newest first, at most *limit*.

    With *teams*, only those evaluated in one of them or of one of their members; with
    *contact_id*, only that one.
    """
    wanted = (
        select(ContactRow.__table__, EvaluationRow.scorecard_version_id)
        .join(EvaluationRow, EvaluationRow.contact_id == ContactRow.id)
        .order_by(EvaluationRow.submitted_at.desc(), EvaluationRow.id.desc())
        .limit(limit * LOOKED_THROUGH)
    )
    if teams is not None:
        wanted = wanted.where(_within(teams))
    if contact_id is not None:
        wanted = wanted.where(ContactRow.id == contact_id)
    found: dict[int, Recent] = {}
    for row in (await tx.execute(wanted)).mappings():
        found.setdefault(row["id"], Recent(contact_of(row), row["scorecard_version_id"]))
    return list(found.values())[:limit]


def _within(teams: Collection[int]) -> ColumnElement[bool]:
    members = select(MembershipRow.person_id).where(
        MembershipRow.team_id.in_(list(teams)), MembershipRow.relation == Relation.MEMBER
    )
    return or_(EvaluationRow.team_id.in_(list(teams)), EvaluationRow.agent_id.in_(members))
