"""Every stored score reckoned afresh from the stored answers, and every link followed."""

from collections.abc import Mapping
from fractions import Fraction

from sqlalchemy import select

from handlers.turn import Services
from scoring.answers import class_outcomes
from scoring.score import score
from scoring.scorecard import Answer, CriticalClass, Scorecard
from storage import evaluations, integrity, revisions
from storage.database import Transaction
from storage.tables import EvaluationAnswerRow, EvaluationRow

Scores = tuple[Fraction | None, Fraction | None, tuple[str, ...]]
"""Raw and final score, and the criteria whose effects worked on it."""

Costs = dict[str, tuple[object, ...]]
"""State, option, whether it passed and what was lost, by criterion."""


async def differences(services: Services) -> list[str]:
    """Return a sentence for every evaluation or version that its answers do not lead to."""
    found = await integrity.faults(services.db)
    async with services.db.reading() as tx:
        rows = (await tx.execute(select(EvaluationRow.__table__))).mappings().all()
        for row in rows:
            card = await _card(services, tx, row["scorecard_version_id"])
            kept = await evaluations.by_id(tx, row["id"])
            assert kept is not None
            if (kept.raw, kept.final, kept.fired) != _scores(card, kept.answers):
                found.append(f"evaluation {kept.id} has another score than its answers give")
            outcomes = class_outcomes(card, kept.answers)
            if any(row[f"{one.value}_ok"] != outcomes[one] for one in CriticalClass):
                found.append(f"evaluation {kept.id} has other outcomes than its answers give")
            if await _stored_costs(tx, kept.id) != _costs(card, kept.answers):
                found.append(f"evaluation {kept.id} has other costs than its answers give")
            found += [
                f"version {old.number} of evaluation {kept.id} has another score than its answers"
                for old in await revisions.superseded(tx, kept.id)
                if (old.raw, old.final, old.fired) != _scores(card, old.answers)
            ]
    return found


async def _card(services: Services, tx: Transaction, version: int) -> Scorecard:
    return (await services.shelf.get(tx, version)).scorecard


def _scores(card: Scorecard, answers: Mapping[str, Answer]) -> Scores:
    reckoned = score(card, answers)
    return reckoned.raw, reckoned.final, tuple(one.key for one in reckoned.fired)


def _costs(card: Scorecard, answers: Mapping[str, Answer]) -> Costs:
    rows = evaluations.answer_rows(0, answers, score(card, answers))
    return {str(row["criterion"]): _cost(row) for row in rows}


async def _stored_costs(tx: Transaction, evaluation_id: int) -> Costs:
    mine = EvaluationAnswerRow.evaluation_id == evaluation_id
    rows = await tx.execute(select(EvaluationAnswerRow.__table__).where(mine))
    return {row["criterion"]: _cost(dict(row)) for row in rows.mappings()}


def _cost(row: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(row[name] for name in ("state", "option", "passed", "lost"))
