"""Goals: a criterion that an agent works on until a date, and what came of it."""

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, RowMapping, func, insert, or_, select, update

from scoring.expectation import Counts, Expectation
from scoring.goals import GoalState, Window
from scoring.roles import Relation
from scoring.scorecard import Wording
from storage.database import Transaction
from storage.reports import Scope
from storage.tables import (
    ContactRow,
    EvaluationAnswerRow,
    EvaluationRow,
    GoalRow,
    MembershipRow,
    PersonRow,
    ScorecardVersionRow,
)

CLOCKS = dt.timedelta(days=1)


class Which(StrEnum):
    """Which goals a list shows."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class NewGoal:
    """What is needed to set a goal; ``due`` is the day on which its outcome is told."""

    agent_id: int
    scorecard: str
    criterion: str
    title: Wording
    advice: Wording | None
    due: dt.date
    mentor_id: int | None
    made_by: int


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as stored; the counts and the expected are those that its outcome was told with."""

    id: int
    agent_id: int
    scorecard: str
    criterion: str
    title: Wording
    advice: Wording | None
    started_at: dt.datetime
    due: dt.date
    mentor_id: int | None
    made_by: int | None
    state: GoalState
    closed_at: dt.datetime | None
    before: Counts | None
    after: Counts | None
    expected: Expectation | None

    @property
    def is_open(self) -> bool:
        """Whether it is still being worked on."""
        return self.state is GoalState.OPEN


@dataclass(frozen=True, slots=True)
class Seen:
    """Whose goals somebody may list: everybody's (``teams`` is ``None``), or those of some.

    Those are the goals of the teams' members, and what ``person`` works on or mentors.
    """

    person: int
    teams: Collection[int] | None


async def add(tx: Transaction, new: NewGoal, now: dt.datetime) -> int | None:
    """Set the goal and return its id; ``None`` where the agent works on that criterion already."""
    # Whoever sets the agent's goals at the same moment waits for this row.
    await tx.execute(select(PersonRow.id).where(PersonRow.id == new.agent_id).with_for_update())
    if await working_on(tx, new.agent_id, new.scorecard, new.criterion) is not None:
        return None
    row = insert(GoalRow).values(
        agent_id=new.agent_id,
        scorecard=new.scorecard,
        criterion=new.criterion,
        title=_written(new.title),
        advice=_written(new.advice) if new.advice is not None else None,
        started_at=now,
        due=new.due,
        mentor_id=new.mentor_id,
        made_by=new.made_by,
        state=GoalState.OPEN,
    )
    return (await tx.execute(row.returning(GoalRow.id))).scalar_one()


async def by_id(tx: Transaction, goal_id: int) -> Goal | None:
    """Return the goal, or ``None``."""
    return next(iter(await _goals(tx, GoalRow.id == goal_id)), None)


async def working_on(tx: Transaction, agent_id: int, scorecard: str, criterion: str) -> Goal | None:
    """Return the agent's open goal on that criterion, or ``None``."""
    open_ones = await open_of(tx, agent_id)
    same = (scorecard, criterion)
    return next((one for one in open_ones if (one.scorecard, one.criterion) == same), None)


async def open_of(tx: Transaction, agent_id: int) -> list[Goal]:
    """Return the agent's open goals, those due first at the top."""
    return await _goals(tx, GoalRow.agent_id == agent_id, GoalRow.state == GoalState.OPEN)


async def page(
    tx: Transaction, seen: Seen, which: Which, *, limit: int, offset: int = 0
) -> tuple[list[Goal], int]:
    """Return a stretch of the goals that somebody may list, and how many there are in all.

    Open ones stand with those due first at the top, closed ones with the latest. Goals of people
    who were shut out are left out.
    """
    is_open = GoalRow.state == GoalState.OPEN
    wanted = (is_open if which is Which.OPEN else ~is_open, *_visible(seen))
    total = (await tx.execute(select(func.count(GoalRow.id)).where(*wanted))).scalar_one()
    found = await _goals(tx, *wanted, latest=which is Which.CLOSED, limit=limit, offset=offset)
    return found, total


async def due(tx: Transaction, team_id: int, today: dt.date) -> list[Goal]:
    """Return the open goals of the team's members, and of people in no team, due by *today*."""
    members = select(MembershipRow.person_id).where(MembershipRow.relation == Relation.MEMBER)
    return await _goals(
        tx,
        GoalRow.state == GoalState.OPEN,
        GoalRow.due <= today,
        or_(
            GoalRow.agent_id.in_(members.where(MembershipRow.team_id == team_id)),
            GoalRow.agent_id.not_in(members),
        ),
    )


async def cells(
    tx: Transaction, goal: Goal, window: Window, *, team: int | None = None
) -> dict[tuple[int, str], Counts]:
    """Return how each of the scorecard's criteria fared, by agent and criterion.

    Of the contacts that took place in *window*, whenever they were scored; where that is not known,
    of those scored in it. Of the goal's agent, and of the *team*'s others. In every version of the
    scorecard; of the evaluations that count.
    """
    first, after = window
    took_place = func.coalesce(ContactRow.started_at, EvaluationRow.submitted_at)
    whose = EvaluationRow.agent_id == goal.agent_id
    if team is not None:
        whose = or_(whose, EvaluationRow.team_id == team)
    cell = (EvaluationRow.agent_id, EvaluationAnswerRow.criterion)
    wanted = (
        select(
            *cell,
            func.count(EvaluationAnswerRow.passed).filter(EvaluationAnswerRow.passed.is_(True)),
            func.count(EvaluationAnswerRow.passed),
        )
        .join(EvaluationRow, EvaluationRow.id == EvaluationAnswerRow.evaluation_id)
        .join(ScorecardVersionRow, ScorecardVersionRow.id == EvaluationRow.scorecard_version_id)
        .outerjoin(ContactRow, ContactRow.id == EvaluationRow.contact_id)
        .where(
            *Scope().conditions(),
            whose,
            # Nothing is scored before it took place (clocks may differ by hours), so the index
            # can begin here.
            EvaluationRow.submitted_at >= first - CLOCKS,
            took_place >= first,
            took_place < after,
            ScorecardVersionRow.key == goal.scorecard,
        )
        .group_by(*cell)
    )
    return {(agent, key): (passed, asked) for agent, key, passed, asked in await tx.execute(wanted)}


async def close(
    tx: Transaction,
    goal_id: int,
    state: GoalState,
    now: dt.datetime,
    *,
    before: Counts | None = None,
    after: Counts | None = None,
    expected: Expectation | None = None,
) -> bool:
    """End the goal with its figures; return False, changing nothing, where it is open no more."""
    mine = (GoalRow.id == goal_id, GoalRow.state == GoalState.OPEN)
    values: dict[str, object] = {"state": state, "closed_at": now}
    if before is not None and after is not None:
        values |= {"before_passed": before[0], "before_asked": before[1]}
        values |= {"after_passed": after[0], "after_asked": after[1]}
    if expected is not None:
        values |= {"expected": expected.share, "among": expected.among}
    return (await tx.execute(update(GoalRow).where(*mine).values(values))).rowcount == 1


def _visible(seen: Seen) -> list[ColumnElement[bool]]:
    active = select(PersonRow.id).where(PersonRow.active.is_(True))
    wanted: list[ColumnElement[bool]] = [GoalRow.agent_id.in_(active)]
    if seen.teams is not None:
        members = select(MembershipRow.person_id).where(
            MembershipRow.team_id.in_(list(seen.teams)), MembershipRow.relation == Relation.MEMBER
        )
        theirs = or_(
            GoalRow.agent_id == seen.person,
            GoalRow.mentor_id == seen.person,
            GoalRow.agent_id.in_(members),
        )
        wanted.append(theirs)
    return wanted


async def _goals(
    tx: Transaction,
    *conditions: ColumnElement[bool],
    latest: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> list[Goal]:
    order = (GoalRow.closed_at.desc(), GoalRow.id.desc()) if latest else (GoalRow.due, GoalRow.id)
    wanted = select(GoalRow.__table__).where(*conditions).order_by(*order)
    rows = (await tx.execute(wanted.limit(limit).offset(offset))).mappings()
    return [_goal(row) for row in rows]


def _goal(row: RowMapping) -> Goal:
    advice = row["advice"]
    return Goal(
        id=row["id"],
        agent_id=row["agent_id"],
        scorecard=row["scorecard"],
        criterion=row["criterion"],
        title=_read(row["title"]),
        advice=_read(advice) if advice is not None else None,
        started_at=row["started_at"],
        due=row["due"],
        mentor_id=row["mentor_id"],
        made_by=row["made_by"],
        state=GoalState(row["state"]),
        closed_at=row["closed_at"],
        before=_counts(row["before_passed"], row["before_asked"]),
        after=_counts(row["after_passed"], row["after_asked"]),
        expected=_expected(row["expected"], row["among"]),
    )


def _counts(passed: int | None, asked: int | None) -> Counts | None:
    return None if passed is None or asked is None else (passed, asked)


def _expected(share: float | None, among: int | None) -> Expectation | None:
    return None if among is None else Expectation(share, among)


def _written(wording: Wording) -> str:
    return json.dumps(dict(wording.by_language), ensure_ascii=False)


def _read(text: str) -> Wording:
    return Wording.of(json.loads(text))
