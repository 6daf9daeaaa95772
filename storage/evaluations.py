"""Evaluations: submitted scores with their answers, kept as they were made."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from scoring.score import AnswerState, Score
from scoring.scorecard import Answer, Channel, CriticalClass
from scoring.selection import Selection
from storage.answers import answer_of, columns_of
from storage.database import Transaction
from storage.tables import (
    ContactRow,
    DisputeRow,
    EvaluationAnswerRow,
    EvaluationRow,
)
from storage.tables.base import table_of

EVALUATIONS = table_of(EvaluationRow)
ADD = insert(EVALUATIONS).returning(EVALUATIONS.c.id)
ADD_ANSWERS = insert(table_of(EvaluationAnswerRow))
OF_PART = (
    EVALUATIONS.c.contact_id == bindparam("contact"),
    EVALUATIONS.c.agent_id == bindparam("agent"),
)
VALID = EVALUATIONS.alias("valid")
LATEST = (
    select(VALID.c.id)
    .where(
        VALID.c.contact_id == bindparam("contact"),
        VALID.c.agent_id == bindparam("agent"),
        VALID.c.withdrawn_at.is_(None),
    )
    .order_by(VALID.c.submitted_at.desc(), VALID.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
IS_LATEST = EVALUATIONS.c.id.is_not_distinct_from(LATEST)
RECOUNT = update(EVALUATIONS).where(*OF_PART, EVALUATIONS.c.counts != IS_LATEST)
RECOUNT = RECOUNT.values(counts=IS_LATEST)
ALONE = (
    select(ContactRow.id)
    .where(ContactRow.id == bindparam("contact"))
    .with_for_update(key_share=True)
)
BY_DRAFT = select(EvaluationRow.id).where(EvaluationRow.draft_id == bindparam("draft"))


@dataclass(frozen=True, slots=True)
class NewEvaluation:
    """What a submission brings; ``team_id`` is the agent's team at that moment."""

    draft_id: int
    contact_id: int
    agent_id: int
    evaluator_id: int
    team_id: int | None
    scorecard_version_id: int
    answers: Mapping[str, Answer]
    score: Score
    outcomes: Mapping[CriticalClass, bool | None]
    overall: str | None
    advice: str | None = None
    selection: Selection = Selection.CHOSEN


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A submitted evaluation; scores run from 0 to 100 and are exact.

    ``fired`` holds the keys of the criteria whose effects worked on it. One that was withdrawn, or
    came before another of the same contact and agent, is kept and shown, but does not count in any
    figure (``counts``). ``advice`` stands in place of the recommendations where the evaluator
    wrote their own.
    """

    id: int
    agent_id: int
    evaluator_id: int
    team_id: int | None
    scorecard_version_id: int
    contact_id: int
    channel: Channel
    reference: str | None
    contact_at: dt.datetime | None
    raw: Fraction | None
    final: Fraction | None
    fired: tuple[str, ...]
    overall: str | None
    submitted_at: dt.datetime
    acknowledged_at: dt.datetime | None
    withdrawn_at: dt.datetime | None
    advice: str | None = None
    counts: bool = True
    selection: Selection = Selection.CHOSEN
    answers: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def superseded(self) -> bool:
        """Whether it does not count because the contact was scored again."""
        return not self.counts and self.withdrawn_at is None


async def add(tx: Transaction, new: NewEvaluation, now: dt.datetime) -> int:
    """Store the evaluation with its answers and return its id.

    It counts from now on in place of earlier ones of the same contact and agent.
    """
    row = {
        "draft_id": new.draft_id,
        "contact_id": new.contact_id,
        "agent_id": new.agent_id,
        "evaluator_id": new.evaluator_id,
        "team_id": new.team_id,
        "scorecard_version_id": new.scorecard_version_id,
        **result_columns(new.score, new.outcomes),
        "overall": new.overall,
        "advice": new.advice,
        "submitted_at": now,
        "counts": False,
        "selection": new.selection,
    }
    evaluation_id: int = (await tx.execute(ADD, row)).scalar_one()
    await tx.execute(ADD_ANSWERS, answer_rows(evaluation_id, new.answers, new.score))
    await recount(tx, new.contact_id, new.agent_id)
    return evaluation_id


async def recount(tx: Transaction, contact_id: int, agent_id: int) -> None:
    """Let the latest evaluation of the contact and agent that was not withdrawn count, alone.

    To be called by whatever adds, moves or withdraws one, in the same transaction.
    """
    await alone(tx, contact_id)
    await tx.execute(RECOUNT, {"contact": contact_id, "agent": agent_id})


async def alone(tx: Transaction, contact_id: int) -> None:
    """Let whoever evaluates the contact at the same moment wait until this transaction ends."""
    await tx.execute(ALONE, {"contact": contact_id})


async def by_id(tx: Transaction, evaluation_id: int) -> Evaluation | None:
    """Return the evaluation with its answers, or ``None``."""
    found = await _evaluations(tx, EvaluationRow.id == evaluation_id)
    if not found:
        return None
    wanted = select(EvaluationAnswerRow.__table__).where(
        EvaluationAnswerRow.evaluation_id == evaluation_id,
        EvaluationAnswerRow.state.in_((AnswerState.ANSWERED, AnswerState.NA)),
    )
    rows = (await tx.execute(wanted)).mappings()
    answers = {row["criterion"]: answer_of(row) for row in rows}
    return replace(found[0], answers=answers)


async def exist(tx: Transaction) -> bool:
    """Return whether anything has been scored yet."""
    return (await tx.execute(select(EvaluationRow.id).limit(1))).first() is not None


async def by_draft(tx: Transaction, draft_id: int) -> int | None:
    """Return the id of the evaluation that the draft became, or ``None``."""
    return (await tx.execute(BY_DRAFT, {"draft": draft_id})).scalar_one_or_none()


async def of_agent(
    tx: Transaction, agent_id: int, *, limit: int = 10, offset: int = 0
) -> list[Evaluation]:
    """Return the agent's evaluations, newest first, without their answers."""
    return await _evaluations(tx, EvaluationRow.agent_id == agent_id, limit=limit, offset=offset)


async def of_contact(tx: Transaction, contact_id: int, *, limit: int) -> list[Evaluation]:
    """Return the contact's evaluations, newest first, without their answers."""
    return await _evaluations(tx, EvaluationRow.contact_id == contact_id, limit=limit)


async def counting(tx: Transaction, contact_id: int, agent_id: int) -> Evaluation | None:
    """Return the one evaluation of the contact and agent that counts, without its answers."""
    part = (EvaluationRow.contact_id == contact_id, EvaluationRow.agent_id == agent_id)
    return next(iter(await _evaluations(tx, *part, EvaluationRow.counts.is_(True))), None)


async def count_of_agent(tx: Transaction, agent_id: int) -> int:
    """Return how many evaluations the agent has."""
    number = select(func.count()).where(EvaluationRow.agent_id == agent_id)
    return (await tx.execute(number)).scalar_one()


async def latest(
    tx: Transaction, *, by: int, teams: Collection[int] | None, limit: int
) -> list[Evaluation]:
    """Return the newest evaluations made by that person or in those teams (``None``: anywhere).

    Without their answers.
    """
    if teams is None:
        return await _evaluations(tx, limit=limit)
    theirs = EvaluationRow.team_id.in_(list(teams))
    return await _evaluations(tx, or_(EvaluationRow.evaluator_id == by, theirs), limit=limit)


async def overdue(
    tx: Transaction, agents: Collection[int], before: dt.datetime
) -> list[Evaluation]:
    """Return what these agents were told before then and have neither acknowledged nor disputed.

    Of what counts. Oldest first, without the answers.
    """
    disputed = select(DisputeRow.evaluation_id).where(DisputeRow.decided_at.is_(None))
    found = await _evaluations(
        tx,
        EvaluationRow.agent_id.in_(list(agents)),
        EvaluationRow.acknowledged_at.is_(None),
        EvaluationRow.counts.is_(True),
        EvaluationRow.submitted_at < before,
        EvaluationRow.id.not_in(disputed),
    )
    return found[::-1]


async def acknowledge(tx: Transaction, evaluation_id: int, now: dt.datetime) -> bool:
    """Note that the agent has read the feedback; return False where that was noted before."""
    mine = (EvaluationRow.id == evaluation_id, EvaluationRow.acknowledged_at.is_(None))
    done = await tx.execute(update(EvaluationRow).where(*mine).values(acknowledged_at=now))
    return done.rowcount == 1


async def withdraw(tx: Transaction, evaluation_id: int, now: dt.datetime) -> bool:
    """Take the evaluation out of all figures; it stays readable. ``False``: it was out before.

    An earlier one of the same contact and agent counts again.
    """
    mine = (EvaluationRow.id == evaluation_id, EvaluationRow.withdrawn_at.is_(None))
    return await _put(tx, mine, withdrawn_at=now)


async def reinstate(tx: Transaction, evaluation_id: int) -> None:
    """Let a withdrawn evaluation stand again; it counts where no later one does."""
    await _put(tx, (EvaluationRow.id == evaluation_id,), withdrawn_at=None)


async def _put(
    tx: Transaction, which: Sequence[ColumnElement[bool]], *, withdrawn_at: dt.datetime | None
) -> bool:
    part = (EvaluationRow.contact_id, EvaluationRow.agent_id)
    done = update(EvaluationRow).where(*which).values(withdrawn_at=withdrawn_at).returning(*part)
    rows = (await tx.execute(done)).all()
    for contact_id, agent_id in rows:
        await recount(tx, contact_id, agent_id)
    return bool(rows)


async def by_evaluator(
    tx: Transaction, evaluator_id: int, *, limit: int, offset: int = 0
) -> list[Evaluation]:
    """Return what that person submitted, newest first, without the answers."""
    mine = EvaluationRow.evaluator_id == evaluator_id
    return await _evaluations(tx, mine, limit=limit, offset=offset)


async def agents_of(tx: Transaction, ids: Collection[int]) -> dict[int, int]:
    """Return whose each of those evaluations is, by its id."""
    wanted = select(EvaluationRow.id, EvaluationRow.agent_id).where(EvaluationRow.id.in_(list(ids)))
    return {row.id: row.agent_id for row in await tx.execute(wanted)}


async def count_by_evaluator(tx: Transaction, evaluator_id: int) -> int:
    """Return how many evaluations that person submitted."""
    number = select(func.count()).where(EvaluationRow.evaluator_id == evaluator_id)
    return (await tx.execute(number)).scalar_one()


async def _evaluations(
    tx: Transaction, *conditions: ColumnElement[bool], limit: int | None = None, offset: int = 0
) -> list[Evaluation]:
    wanted = (
        select(
            EvaluationRow.__table__,
            ContactRow.channel,
            ContactRow.reference,
            ContactRow.started_at,
        )
        .join(ContactRow, ContactRow.id == EvaluationRow.contact_id)
        .where(*conditions)
        .order_by(EvaluationRow.submitted_at.desc(), EvaluationRow.id.desc())
    )
    rows = (await tx.execute(wanted.limit(limit).offset(offset))).mappings()
    return [_evaluation(row) for row in rows]


def result_columns(
    score: Score, outcomes: Mapping[CriticalClass, bool | None]
) -> dict[str, object]:
    """Return the columns that hold what an evaluation came to."""
    return {
        "raw": score.raw,
        "final": score.final,
        "fired": " ".join(effect.key for effect in score.fired),
        "customer_ok": outcomes[CriticalClass.CUSTOMER],
        "business_ok": outcomes[CriticalClass.BUSINESS],
        "compliance_ok": outcomes[CriticalClass.COMPLIANCE],
    }


def answer_rows(
    evaluation_id: int, answers: Mapping[str, Answer], score: Score
) -> Sequence[dict[str, object]]:
    """Return a row for each criterion of the scorecard, answered or not, with what it cost."""
    rows: list[dict[str, object]] = []
    for part in score.criteria():
        answer = answers.get(part.key, Answer(None))
        scored = part.state is AnswerState.ANSWERED
        rows.append(
            {
                "evaluation_id": evaluation_id,
                "criterion": part.key,
                "state": part.state.value,
                **columns_of(answer),
                "option": part.option,
                "passed": part.passed if scored else None,
                "lost": float(part.lost),
            }
        )
    return rows


def _evaluation(row: RowMapping) -> Evaluation:
    return Evaluation(
        id=row["id"],
        agent_id=row["agent_id"],
        evaluator_id=row["evaluator_id"],
        team_id=row["team_id"],
        scorecard_version_id=row["scorecard_version_id"],
        contact_id=row["contact_id"],
        channel=Channel(row["channel"]),
        reference=row["reference"],
        contact_at=row["started_at"],
        raw=row["raw"],
        final=row["final"],
        fired=tuple(row["fired"].split()),
        overall=row["overall"],
        submitted_at=row["submitted_at"],
        acknowledged_at=row["acknowledged_at"],
        withdrawn_at=row["withdrawn_at"],
        advice=row["advice"],
        counts=row["counts"],
        selection=Selection(row["selection"]),
    )
