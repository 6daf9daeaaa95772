"""Years of evaluations, made inside SQLite, for the benches of reports.

One team of 16 is looked at; the others are there to be in the way.
"""

import datetime as dt
import sqlite3
from pathlib import Path

from scoring.builtin import builtin_scorecards

TEAM, AGENTS = 1, 16
IN_MONTH = 400
MONTH = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
ANSWERS = 12
DAYS_BACK = 3 * 365


def criteria() -> list[str]:
    """Return the keys of the twelve criteria that every evaluation answers."""
    voice = next(one for one in builtin_scorecards() if one.key == "voice")
    return [one.key for section in voice.sections for one in section.criteria][:ANSWERS]


def fill(file: Path, evaluations: int) -> None:
    """Add that many evaluations to a prepared database: 400 of the team's in its month.

    The others are of teams of 16 agents each, spread over three years before the month.
    """
    connection = sqlite3.connect(file)
    connection.executescript("PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF;")
    others = max(evaluations - IN_MONTH, 0)
    teams = 1 + others // 10_000
    with connection:
        _people(connection, teams)
        _evaluations(connection, IN_MONTH, others, teams)
        _answers(connection)
    connection.execute("ANALYZE")
    connection.close()


def _people(connection: sqlite3.Connection, teams: int) -> None:
    now = _moment(MONTH)
    made = [(one, f"Team {one}", "UTC", "en", "09:00", 5, 3, now) for one in range(1, teams + 1)]
    connection.executemany(
        "INSERT INTO teams (id, name, timezone, language, digest_time, dispute_days,"
        " dispute_count, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        made,
    )
    people = [
        (one, f"Agent {one}", f"agent {one}", True, now) for one in range(1, teams * AGENTS + 1)
    ]
    connection.executemany(
        "INSERT INTO people (id, name, folded, active, created_at) VALUES (?, ?, ?, ?, ?)", people
    )
    connection.executescript(
        "INSERT INTO person_roles (person_id, role) SELECT id, 'agent' FROM people;"
        "INSERT INTO memberships (person_id, team_id, relation)"
        f" SELECT id, (id - 1) / {AGENTS} + 1, 'member' FROM people;"
        "INSERT INTO people (name, folded, active, created_at)"
        f" VALUES ('Evaluator', 'evaluator', 1, '{now}');"
    )


def _evaluations(connection: sqlite3.Connection, mine: int, others: int, teams: int) -> None:
    """Write contacts and evaluations: number n is of agent n mod 16 of its team."""
    evaluator = connection.execute("SELECT max(id) FROM people").fetchone()[0]
    version = connection.execute("SELECT id FROM scorecard_versions WHERE key='voice'").fetchone()[
        0
    ]
    before = f"julianday('{MONTH:%Y-%m-%d}') - (n * 7919 % ({DAYS_BACK} * 1440)) / 1440.0"
    in_month = f"julianday('{MONTH:%Y-%m-%d}') + (n * 7919 % (28 * 1440)) / 1440.0"
    team = f"CASE WHEN n <= {mine} THEN {TEAM} ELSE n % {teams} + 1 END"
    connection.executescript(f"""
        CREATE TEMP TABLE made AS
        WITH RECURSIVE numbers(n) AS (
            SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {mine + others}
        ), placed AS (
            SELECT n, {team} AS team,
                strftime('%Y-%m-%d %H:%M:%S.000000',
                    CASE WHEN n <= {mine} THEN {in_month} ELSE {before} END) AS at
            FROM numbers
        )
        SELECT n, team, (team - 1) * {AGENTS} + n % {AGENTS} + 1 AS agent, at FROM placed;
        INSERT INTO contacts (id, reference, reference_key, agent_id, channel, status, at, source,
            created_at) SELECT n, n, n, agent, 'call', 'closed', at, 'score', at FROM made;
        INSERT INTO evaluations (id, draft_id, contact_id, agent_id, evaluator_id, team_id,
            scorecard_version_id, raw, final, fired, customer_ok, business_ok, compliance_ok,
            submitted_at)
        SELECT n, n, n, agent, {evaluator}, team, {version}, (60 + n % 41) || '/1',
            (60 + n % 41) || '/1', '', 1, n % 9 <> 0, n % 11 <> 0, at FROM made;
    """)


def _answers(connection: sqlite3.Connection) -> None:
    """Write twelve answers of every evaluation; one in seven is no pass."""
    values = ", ".join(f"({place}, '{key}')" for place, key in enumerate(criteria()))
    connection.executescript(f"""
        INSERT INTO evaluation_answers (evaluation_id, criterion, state, option, passed, lost)
        WITH keys(place, criterion) AS (VALUES {values})
        SELECT n, criterion, 'answered', (n + place) % 7 = 0, (n + place) % 7 <> 0,
            ((n + place) % 7 = 0) * 4.5
        FROM made CROSS JOIN keys;
    """)


def _moment(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}.000000"
