"""A centre of very many agents with one week of evaluations, for the benches of digests.

Agents are in teams of 16 and have two to four evaluations of twelve answers each. It is written
through the tables themselves, so that it is the same on both databases.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import islice

from sqlalchemy import insert, select, text

from bot.running import prepare
from handlers.turn import Services
from storage.database import Database, Transaction
from storage.people import keys_of
from storage.scorecards import Shelf
from storage.tables import (
    ContactRow,
    EvaluationAnswerRow,
    EvaluationRow,
    MembershipRow,
    PersonRoleRow,
    PersonRow,
    ScorecardVersionRow,
    TeamRow,
)
from tests.bench.history import criteria

IN_TEAM = 16
CHATS = 1_000_000
"""Agent number n reads in chat 1,000,000 + n."""
PORTION = 5_000

Row = Mapping[str, object]
Table = type[
    ContactRow
    | EvaluationAnswerRow
    | EvaluationRow
    | MembershipRow
    | PersonRoleRow
    | PersonRow
    | TeamRow
]


def utc_now() -> dt.datetime:
    """Return this moment."""
    return dt.datetime.now(dt.UTC)


def services_on(url: str) -> Services:
    """Return the services on the database at *url*."""
    return Services(Database(url), Shelf(), utc_now, frozenset(), "UTC", "en")


async def fill(url: str, agents: int, *, evaluated: bool = True) -> None:
    """Make the database at *url* with that many agents and, if *evaluated*, their last week."""
    services = services_on(url)
    try:
        await prepare(services)
        async with services.db.writing() as tx:
            await _people(tx, agents)
            if evaluated:
                await _evaluations(tx, agents)
        async with services.db.connected() as connection:
            await connection.execute(text("ANALYZE"))
            await connection.commit()
    finally:
        await services.db.close()


async def _people(tx: Transaction, agents: int) -> None:
    now = utc_now()
    teams = range(1, 2 + (agents - 1) // IN_TEAM)
    usual = {"timezone": "UTC", "language": "en", "digest_time": "09:00", "created_at": now}
    usual |= {"dispute_days": 5, "dispute_count": 3}
    await _write(tx, TeamRow, ({"id": one, "name": f"Team {one}", **usual} for one in teams))
    every = range(1, agents + 1)
    people = ({"id": one, **_named(f"Agent {one}"), "telegram_id": CHATS + one} for one in every)
    evaluator: dict[str, object] = {"id": agents + 1, **_named("Evaluator"), "telegram_id": None}
    await _write(tx, PersonRow, ({**one, "created_at": now} for one in [*people, evaluator]))
    roles = [{"person_id": one, "role": "agent"} for one in every]
    await _write(tx, PersonRoleRow, [*roles, {"person_id": agents + 1, "role": "evaluator"}])
    members = (
        {"person_id": one, "team_id": 1 + (one - 1) // IN_TEAM, "relation": "member"}
        for one in every
    )
    await _write(tx, MembershipRow, members)


def _named(name: str) -> dict[str, object]:
    return {"name": name, **keys_of(name)}


async def _evaluations(tx: Transaction, agents: int) -> None:
    """Write two, three or four evaluations an agent, spread over the week that ended last."""
    wanted = select(ScorecardVersionRow.id).where(ScorecardVersionRow.key == "voice")
    version = (await tx.execute(wanted)).scalars().first()
    today = utc_now().replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - dt.timedelta(days=today.weekday() + 7)
    made = [
        (number, agent, monday + dt.timedelta(minutes=number * 7919 % (7 * 1440)))
        for number, agent in enumerate(
            (agent for agent in range(1, agents + 1) for _ in range(2 + agent % 3)), start=1
        )
    ]
    contacts = (
        {
            "id": number,
            "agent_id": agent,
            "channel": "call",
            "status": "closed",
            "reference": str(number),
            "reference_key": str(number),
            "at": at,
            "created_at": at,
        }
        for number, agent, at in made
    )
    await _write(tx, ContactRow, contacts)
    evaluations = (
        {
            "id": number,
            "draft_id": number,
            "contact_id": number,
            "agent_id": agent,
            "evaluator_id": agents + 1,
            "team_id": 1 + (agent - 1) // IN_TEAM,
            "scorecard_version_id": version,
            "submitted_at": at,
            "raw": Fraction(60 + number % 41),
            "final": Fraction(60 + number % 41),
            "customer_ok": True,
            "business_ok": number % 9 > 0,
            "compliance_ok": True,
        }
        for number, agent, at in made
    )
    await _write(tx, EvaluationRow, evaluations)
    await _write(tx, EvaluationAnswerRow, _answers(number for number, _, _ in made))


def _answers(evaluations: Iterable[int]) -> Iterator[Row]:
    """Yield twelve answers of each evaluation; one in seven is no pass."""
    keys = criteria()
    for number in evaluations:
        for place, key in enumerate(keys):
            missed = (number + place) % 7 == 0
            yield {
                "evaluation_id": number,
                "criterion": key,
                "state": "answered",
                "option": int(missed),
                "passed": not missed,
                "lost": 4.5 * missed,
            }


async def _write(tx: Transaction, table: Table, rows: Iterable[Row]) -> None:
    left = iter(rows)
    while portion := [dict(one) for one in islice(left, PORTION)]:
        await tx.execute(insert(table), portion)
