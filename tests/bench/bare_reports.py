"""What ``/team`` reads, by bare SQL: the same rows and columns in as few statements, no report.

Sums and lists are made in the database, as nobody would fetch thousands of rows to add them up.
"""

import datetime as dt
import sqlite3
from itertools import pairwise
from pathlib import Path
from typing import Self

import asyncpg  # type: ignore[import-untyped]  # it has no types

from tests.bench.history import MONTH, TEAM

FIRST, AFTER = MONTH, MONTH + dt.timedelta(days=29)
YEAR = [
    *(dt.datetime(2025 + month // 12, month % 12 + 1, 1, tzinfo=dt.UTC) for month in range(11, 22)),
    dt.datetime(2026, 10, 30, tzinfo=dt.UTC),  # as many days of the month before, for the change
    FIRST,
    AFTER,
]
"""The months of the trend: scores are read between every two of these."""

THE_TEAM = "SELECT * FROM teams WHERE id = {team}"
MEMBERS = (
    "SELECT p.id, p.name FROM people p JOIN memberships m ON m.person_id = p.id"
    " WHERE m.team_id = {team} AND m.relation = 'member' AND p.active ORDER BY p.folded"
)
MINE = "e.team_id = {team} AND e.submitted_at >= {first} AND e.submitted_at < {after}"
COUNTS = f"{MINE} AND e.withdrawn_at IS NULL"
EVALUATIONS = (
    "SELECT e.agent_id, e.final, e.customer_ok, e.business_ok, e.compliance_ok,"
    " e.acknowledged_at IS NOT NULL, d.id IS NOT NULL"
    " FROM evaluations e LEFT JOIN disputes d ON d.evaluation_id = e.id"
    f" WHERE {COUNTS} ORDER BY e.submitted_at, e.id"
)
ANSWERS = (
    "SELECT e.scorecard_version_id, a.criterion, count(a.passed),"
    " sum(CASE WHEN a.passed THEN 1 ELSE 0 END), sum(a.lost)"
    " FROM evaluations e JOIN evaluation_answers a ON a.evaluation_id = e.id"
    f" WHERE {COUNTS} GROUP BY e.scorecard_version_id, a.criterion"
)
SCORES = f"(SELECT {{joined}} FROM evaluations e WHERE {COUNTS})"


class BareFile:
    """A SQLite file, read by the standard library."""

    def __init__(self, file: Path, cache_size: int) -> None:
        self._connection = sqlite3.connect(file)
        self._connection.execute(f"PRAGMA cache_size={cache_size}")

    async def read(self) -> int:
        """Read everything once and return how many rows it was."""
        month = (TEAM, _text(FIRST), _text(AFTER))
        spans = [(TEAM, _text(one), _text(other)) for one, other in pairwise(YEAR)]
        scores = SCORES.format(joined="group_concat(e.final, ' ')", team="?", first="?", after="?")
        asked = (
            (THE_TEAM, (TEAM,)),
            (MEMBERS, (TEAM,)),
            (EVALUATIONS, month),
            (ANSWERS, month),
            ("SELECT " + ", ".join([scores] * len(spans)), sum(spans, ())),
        )
        return sum(
            len(self._connection.execute(_with_marks(statement), values).fetchall())
            for statement, values in asked
        )

    async def close(self) -> None:
        """Close the file."""
        self._connection.close()


class BareServer:
    """A PostgreSQL database, read by asyncpg; it keeps its statements prepared."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    @classmethod
    async def connected(cls, uri: str) -> Self:
        """Return it, connected."""
        return cls(await asyncpg.connect(uri))

    async def read(self) -> int:
        """Read everything once and return how many rows it was."""
        joined = "string_agg(e.final, ' ')"
        numbers = range(2, len(YEAR) + 1)
        scores = (
            SCORES.format(joined=joined, team="$1", first=f"${one}", after=f"${one + 1}")
            for one in numbers
        )
        marks = {"team": "$1", "first": "$2", "after": "$3"}
        asked = (
            (THE_TEAM, (TEAM,)),
            (MEMBERS, (TEAM,)),
            (EVALUATIONS, (TEAM, FIRST, AFTER)),
            (ANSWERS, (TEAM, FIRST, AFTER)),
            ("SELECT " + ", ".join(scores), (TEAM, *YEAR)),
        )
        return sum(
            [
                len(await self._connection.fetch(statement.format(**marks), *values))
                for statement, values in asked
            ]
        )

    async def close(self) -> None:
        """Close the connection."""
        await self._connection.close()


def _with_marks(statement: str) -> str:
    return statement.format(team="?", first="?", after="?")


def _text(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}.000000"
