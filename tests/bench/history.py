"""Years of evaluations, made inside the database, for the benches of reports.

One team of 16 is looked at: it has 400 evaluations in the month. The other teams are there to be
in the way: three years of theirs, the month included, lie among the team's own in the order of
time, as they would have been submitted.
"""

import datetime as dt
from collections.abc import Callable

from scoring.builtin import builtin_scorecards

TEAM, AGENTS = 1, 16
IN_MONTH = 400
MONTH = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
DAYS_SO_FAR = 28
ANSWERS = 12
DAYS = 3 * 365
PER_TEAM = 10_000
BEGUN = MONTH + dt.timedelta(days=DAYS_SO_FAR - DAYS)
"""When the first of the evaluations may have been submitted."""

CROWDED = ("contacts", "evaluations", "evaluation_answers")
"""The tables with many rows: filled row by row, their indexes would cost more than the rows."""


def criteria() -> list[str]:
    """Return the keys of the twelve criteria that every evaluation answers."""
    voice = next(one for one in builtin_scorecards() if one.key == "voice")
    return [one.key for section in voice.sections for one in section.criteria][:ANSWERS]


def statements(evaluations: int, moment: Callable[[str], str]) -> list[str]:
    """Return the statements that write teams, people, contacts, evaluations and answers.

    They run on SQLite and PostgreSQL alike. *moment* makes the expression of a moment from one of
    the minutes since ``BEGUN``.
    """
    return [*_people(evaluations), *_evaluations(evaluations, moment), _answers()]


def teams_of(evaluations: int) -> int:
    """Return how many teams share them."""
    return 1 + max(evaluations - IN_MONTH, 0) // PER_TEAM


def _people(evaluations: int) -> list[str]:
    teams = teams_of(evaluations)
    now = f"'{MONTH:%Y-%m-%d %H:%M:%S}.000000'"
    numbers = (
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers"
        " WHERE n < {last})"
    )
    of_teams = numbers.format(last=teams)
    of_agents = numbers.format(last=teams * AGENTS)
    evaluator = teams * AGENTS + 1
    return [
        f"""
        INSERT INTO teams (id, name, timezone, language, digest_time, dispute_days,
            dispute_count, created_at)
        {of_teams} SELECT n, 'Team ' || n, 'UTC', 'en', '09:00', 5, 3, {now} FROM numbers
        """,
        f"""
        INSERT INTO people (id, name, folded, name_key, crossed, active, created_at)
        {of_agents} SELECT n, 'Agent ' || n, 'agent ' || n, n || ' agent', '', 1 = 1, {now}
        FROM numbers
        """,
        "INSERT INTO person_roles (person_id, role) SELECT id, 'agent' FROM people",
        f"""
        INSERT INTO memberships (person_id, team_id, relation)
        SELECT id, (id - 1) / {AGENTS} + 1, 'member' FROM people
        """,
        f"""
        INSERT INTO people (id, name, folded, name_key, crossed, active, created_at)
        VALUES ({evaluator}, 'Evaluator', 'evaluator', 'evaluator', '', 1 = 1, {now})
        """,
    ]


def _evaluations(evaluations: int, moment: Callable[[str], str]) -> list[str]:
    """Return the statements that place evaluations in time and write them with their contacts."""
    teams = teams_of(evaluations)
    evaluator = teams * AGENTS + 1
    month = (DAYS - DAYS_SO_FAR) * 1440
    anywhere = "CAST(n AS bigint) * 7919 % (1440 * {days})"
    minute = (
        f"CASE WHEN n <= {IN_MONTH} THEN {month} + {anywhere.format(days=DAYS_SO_FAR)}"
        f" ELSE {anywhere.format(days=DAYS)} END"
    )
    # In the month itself the team has its 400 and no more.
    team = (
        f"CASE WHEN n <= {IN_MONTH} THEN {TEAM}"
        f" WHEN minute >= {month} AND n % {teams} + 1 = {TEAM} THEN {teams}"
        f" ELSE n % {teams} + 1 END"
    )
    agent = f"(team - 1) * {AGENTS} + n / {teams} % {AGENTS} + 1"
    # Whole numbers and halves, as they are kept.
    final = "CASE WHEN id % 2 = 0 THEN (60 + id % 41) || '' ELSE (121 + id % 40 * 2) || '/2' END"
    return [
        f"""
        CREATE TEMP TABLE made AS
        WITH RECURSIVE numbers(n) AS (
            SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {evaluations}
        ), placed AS (SELECT n, {minute} AS minute FROM numbers),
        owned AS (SELECT n, minute, {team} AS team FROM placed)
        SELECT row_number() OVER (ORDER BY minute, n) AS id, team, {agent} AS agent,
            {moment("minute")} AS at
        FROM owned ORDER BY minute, n
        """,
        """
        INSERT INTO contacts (id, reference, reference_key, agent_id, channel, status, at, source,
            created_at)
        SELECT id, 'C' || id, 'c' || id, agent, 'call', 'closed', at, 'score', at FROM made
        """,
        f"""
        INSERT INTO evaluations (id, draft_id, contact_id, agent_id, evaluator_id, team_id,
            scorecard_version_id, raw, final, fired, customer_ok, business_ok, compliance_ok,
            submitted_at, counts, selection)
        SELECT id, id, id, agent, {evaluator}, team,
            (SELECT max(id) FROM scorecard_versions WHERE key = 'voice'),
            {final}, {final}, '', 1 = 1, id % 9 <> 0, id % 11 <> 0,
            at, 1 = 1, 'chosen'
        FROM made
        """,
    ]


def _answers() -> str:
    """Return the statement that writes twelve answers of every one; one in seven is no pass."""
    values = ", ".join(f"({place}, '{key}')" for place, key in enumerate(sorted(criteria())))
    return f"""
        INSERT INTO evaluation_answers (evaluation_id, criterion, state, option, passed, lost)
        WITH keys(place, criterion) AS (VALUES {values})
        SELECT id, criterion, 'answered', CASE WHEN (id + place) % 7 = 0 THEN 1 ELSE 0 END,
            (id + place) % 7 <> 0, CASE WHEN (id + place) % 7 = 0 THEN 4.5 ELSE 0 END
        FROM made CROSS JOIN keys
        """
