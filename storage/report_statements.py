"""The statements of reports, each built once: building one takes longer than reading its rows.

What differs from report to report stands in places: "team" or "agent", and moments.
"""

from functools import cache

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    bindparam,
    case,
    func,
    select,
    type_coerce,
)

from scoring.selection import Selection
from storage.tables import DisputeRow, EvaluationAnswerRow, EvaluationRow

Places = frozenset[str]
"""By what the evaluations are chosen: "team", "agent", or neither."""

FIRST, AFTER = "first", "after"
"""The places of a window's limits."""

BETWEEN = " "
"""Stands between scores in a text of many."""


@cache
def facts(
    places: Places,
) -> Select[int, str | None, bool | None, bool | None, bool | None, bool, bool, bool]:
    """Return the query of what a report needs of each evaluation between two moments."""
    return (
        select(
            EvaluationRow.agent_id,
            type_coerce(EvaluationRow.final, String),
            EvaluationRow.customer_ok,
            EvaluationRow.business_ok,
            EvaluationRow.compliance_ok,
            EvaluationRow.acknowledged_at.is_not(None),
            DisputeRow.id.is_not(None),
            EvaluationRow.selection == Selection.DRAWN,
        )
        .outerjoin(DisputeRow, DisputeRow.evaluation_id == EvaluationRow.id)
        .where(*_of(places), *_between(FIRST, AFTER))
        .order_by(EvaluationRow.submitted_at, EvaluationRow.id)
    )


@cache
def tallies(places: Places) -> Select[int, str, int, int, float]:
    """Return the query of how each criterion fared between two moments.

    By scorecard's version, the oldest first: times asked, times at its best, points lost.
    """
    answer = EvaluationAnswerRow
    return (
        select(
            EvaluationRow.scorecard_version_id,
            answer.criterion,
            func.count(answer.passed),
            func.sum(case((answer.passed.is_(True), 1), else_=0)),
            func.sum(answer.lost),
        )
        .join(EvaluationRow, EvaluationRow.id == answer.evaluation_id)
        .where(*_of(places), *_between(FIRST, AFTER))
        .group_by(EvaluationRow.scorecard_version_id, answer.criterion)
        .order_by(EvaluationRow.scorecard_version_id, answer.criterion)
    )


@cache
def tallies_by_agent(places: Places) -> Select[int, str, int, int, float, int]:
    """Return the same query for each agent, whose id comes last."""
    agent = EvaluationRow.agent_id
    return tallies(places).add_columns(agent).group_by(agent)


@cache
def scores(places: Places, cuts: int) -> Select[*tuple[str | None, ...]]:
    """Return the query of the scores between every two of so many moments in order.

    A column each: the scores as they are kept, with ``BETWEEN`` between them. The moments' places
    are called as ``cut`` says.
    """
    # In any order: whoever reads them sorts them.
    joined = func.aggregate_strings(type_coerce(EvaluationRow.final, String), BETWEEN)
    return select(
        *(
            select(joined)
            .where(*_of(places), *_between(cut(number), cut(number + 1)))
            .scalar_subquery()
            for number in range(cuts - 1)
        )
    )


@cache
def scores_by_agent(places: Places) -> Select[int, str | None]:
    """Return the query of each agent's scores between two moments, with ``BETWEEN`` between."""
    joined = func.aggregate_strings(type_coerce(EvaluationRow.final, String), BETWEEN)
    agent = EvaluationRow.agent_id
    return select(agent, joined).where(*_of(places), *_between(FIRST, AFTER)).group_by(agent)


def cut(number: int) -> str:
    """Return the place of a moment in ``scores``, from number 0."""
    return f"cut_{number}"


def _between(first: str, after: str) -> tuple[ColumnElement[bool], ...]:
    at = EvaluationRow.submitted_at
    return at >= bindparam(first), at < bindparam(after)


def _of(places: Places) -> list[ColumnElement[bool]]:
    """Return what an evaluation fulfils that counts and is chosen so."""
    columns = {"team": EvaluationRow.team_id, "agent": EvaluationRow.agent_id}
    given = [columns[name] == bindparam(name) for name in sorted(places)]
    return [EvaluationRow.counts.is_(True), *given]
