"""Evaluations as their evaluators' work, and how often each criterion was answered with N/A.

Only evaluations that count are here; a revised one counts as it stands.
"""

from sqlalchemy import case, func, select

from scoring.criterion_habits import Passes
from scoring.line_keepers import CriterionUse, Judgement
from scoring.score import AnswerState
from storage.database import Transaction
from storage.reports import Scope, Window, within
from storage.scorecards import Shelf
from storage.tables import EvaluationAnswerRow, EvaluationRow, ScorecardVersionRow

GIVEN = (AnswerState.ANSWERED, AnswerState.NA)
"""What the evaluator was asked and answered."""

ANSWERS = func.sum(case((EvaluationAnswerRow.state.in_(GIVEN), 1), else_=0)).label("answers")
NOT_APPLICABLE = func.sum(case((EvaluationAnswerRow.state == AnswerState.NA, 1), else_=0))


async def judgements(tx: Transaction, scope: Scope, window: Window) -> list[Judgement]:
    """Return each evaluation with its evaluator, in the order of their submission."""
    wanted = (
        select(
            EvaluationRow.id,
            EvaluationRow.evaluator_id,
            EvaluationRow.agent_id,
            ScorecardVersionRow.key,
            EvaluationRow.final,
            ANSWERS,
            NOT_APPLICABLE.label("na"),
        )
        .join(ScorecardVersionRow, ScorecardVersionRow.id == EvaluationRow.scorecard_version_id)
        .join(EvaluationAnswerRow, EvaluationAnswerRow.evaluation_id == EvaluationRow.id)
        .where(*scope.conditions(), within(window))
        .group_by(
            EvaluationRow.id,
            EvaluationRow.evaluator_id,
            EvaluationRow.agent_id,
            ScorecardVersionRow.key,
            EvaluationRow.final,
            EvaluationRow.submitted_at,
        )
        .order_by(EvaluationRow.submitted_at, EvaluationRow.id)
    )
    return [
        Judgement(
            evaluator_id=row.evaluator_id,
            agent_id=row.agent_id,
            scorecard=row.key,
            final=None if row.final is None else float(row.final),
            answers=int(row.answers),
            na=int(row.na),
        )
        for row in await tx.execute(wanted)
    ]


async def passes(tx: Transaction, shelf: Shelf, evaluator_id: int, window: Window) -> list[Passes]:
    """Return how often criteria were at their best with the agents whom the evaluator scored.

    A row per scorecard, criterion, agent and evaluator, worded as in the newest version.
    """
    counts = EvaluationRow.counts.is_(True)
    scored = select(EvaluationRow.agent_id).where(
        counts, EvaluationRow.evaluator_id == evaluator_id, within(window)
    )
    wanted = (
        select(
            ScorecardVersionRow.key,
            EvaluationAnswerRow.criterion,
            EvaluationRow.agent_id,
            EvaluationRow.evaluator_id,
            func.max(EvaluationRow.scorecard_version_id).label("version"),
            func.count(EvaluationAnswerRow.passed).label("asked"),
            func.sum(case((EvaluationAnswerRow.passed.is_(True), 1), else_=0)).label("passed"),
        )
        .join(EvaluationRow, EvaluationRow.id == EvaluationAnswerRow.evaluation_id)
        .join(ScorecardVersionRow, ScorecardVersionRow.id == EvaluationRow.scorecard_version_id)
        .where(counts, within(window), EvaluationRow.agent_id.in_(scored))
        .group_by(
            ScorecardVersionRow.key,
            EvaluationAnswerRow.criterion,
            EvaluationRow.agent_id,
            EvaluationRow.evaluator_id,
        )
    )
    rows = (await tx.execute(wanted)).all()
    newest: dict[tuple[str, str], int] = {}
    for row in rows:
        name = (row.key, row.criterion)
        newest[name] = max(row.version, newest.get(name, 0))
    titles = {
        (key, criterion): (await shelf.get(tx, version)).scorecard.criterion(criterion).title
        for (key, criterion), version in newest.items()
    }
    return [
        Passes(
            scorecard=row.key,
            criterion=row.criterion,
            title=titles[row.key, row.criterion],
            agent_id=row.agent_id,
            evaluator_id=row.evaluator_id,
            asked=int(row.asked),
            passed=int(row.passed),
        )
        for row in rows
    ]


async def criterion_uses(
    tx: Transaction, shelf: Shelf, scope: Scope, window: Window
) -> list[CriterionUse]:
    """Return how often each scorecard's criteria were answered, worded as in the newest version."""
    wanted = (
        select(
            EvaluationRow.scorecard_version_id,
            EvaluationAnswerRow.criterion,
            ANSWERS,
            NOT_APPLICABLE.label("na"),
        )
        .join(EvaluationRow, EvaluationRow.id == EvaluationAnswerRow.evaluation_id)
        .where(*scope.conditions(), within(window))
        .group_by(EvaluationRow.scorecard_version_id, EvaluationAnswerRow.criterion)
        .order_by(EvaluationRow.scorecard_version_id, EvaluationAnswerRow.criterion)
    )
    together: dict[tuple[str, str], CriterionUse] = {}
    # Rows come with the oldest version first, so the wording that stays is the newest.
    for row in await tx.execute(wanted):
        scorecard = (await shelf.get(tx, row.scorecard_version_id)).scorecard
        known = together.get((scorecard.key, row.criterion))
        together[scorecard.key, row.criterion] = CriterionUse(
            title=scorecard.criterion(row.criterion).title,
            section=scorecard.section_of(row.criterion).title,
            answers=int(row.answers) + (known.answers if known else 0),
            na=int(row.na) + (known.na if known else 0),
        )
    return list(together.values())
