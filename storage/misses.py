"""What an agent missed in earlier contacts, by which an error is known to repeat."""

from sqlalchemy import ColumnElement, literal, select, tuple_

from storage.database import Transaction
from storage.evaluations import Evaluation
from storage.tables import EvaluationAnswerRow, EvaluationRow, ScorecardVersionRow
from storage.types import UtcDateTime


async def missed_before(
    tx: Transaction, evaluation: Evaluation, limit: int
) -> list[frozenset[str]]:
    """Return which criteria the agent missed in up to *limit* contacts before this one.

    The latest contact first; a contact is there once, as it counts. A contact that was scored by
    another scorecard is there with nothing missed: its criteria are other ones.
    """
    moment = literal(evaluation.submitted_at, UtcDateTime), literal(evaluation.id)
    before = tuple_(EvaluationRow.submitted_at, EvaluationRow.id) < tuple_(*moment)
    return await _missed(tx, evaluation.agent_id, evaluation.scorecard_version_id, limit, before)


async def missed_lately(
    tx: Transaction, agent_id: int, version_id: int, limit: int
) -> list[frozenset[str]]:
    """Return the same of the agent's latest contacts, for one about to be scored."""
    return await _missed(tx, agent_id, version_id, limit)


async def _missed(
    tx: Transaction, agent_id: int, version_id: int, limit: int, *conditions: ColumnElement[bool]
) -> list[frozenset[str]]:
    own_key = (
        select(ScorecardVersionRow.key)
        .where(ScorecardVersionRow.id == version_id)
        .scalar_subquery()
    )
    earlier = (
        select(EvaluationRow.id)
        .where(EvaluationRow.agent_id == agent_id, EvaluationRow.counts.is_(True), *conditions)
        .order_by(EvaluationRow.submitted_at.desc(), EvaluationRow.id.desc())
    )
    ids = (await tx.execute(earlier.limit(limit))).scalars().all()
    missed = (
        select(EvaluationAnswerRow.evaluation_id, EvaluationAnswerRow.criterion)
        .join(EvaluationRow, EvaluationRow.id == EvaluationAnswerRow.evaluation_id)
        .join(ScorecardVersionRow, ScorecardVersionRow.id == EvaluationRow.scorecard_version_id)
        .where(
            EvaluationRow.id.in_(ids),
            EvaluationAnswerRow.passed.is_(False),
            ScorecardVersionRow.key == own_key,
        )
    )
    keys: dict[int, set[str]] = {ident: set() for ident in ids}
    for row in await tx.execute(missed):
        keys[row.evaluation_id].add(row.criterion)
    return [frozenset(keys[ident]) for ident in ids]
