"""Two teams that have one of everything, and the people who press what is not theirs."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import update

from handlers.people.people_files import content_of
from handlers.tables.csv_files import CsvStyle
from handlers.tables.tables import Row, Table
from scoring import draft as walking
from scoring.builtin import builtin_scorecards
from scoring.draft import Stage
from scoring.roles import Role
from scoring.scorecard import Channel, Wording
from storage import (
    calibrations,
    contacts,
    corrections,
    disputes,
    drafts,
    goals,
    people,
    people_uploads,
    plans,
    proposals,
    scorecards,
    teams,
)
from storage.database import Transaction
from storage.disputes import NewDispute
from storage.goals import NewGoal
from storage.proposals import Kind as Proposed
from storage.revisions import Kind
from storage.tables import AssignmentRow
from tests.kept import Kept
from tests.reports.cases import scorecard, store
from tests.story import ADMIN_ID, Centre, Person

Things = Mapping[str, int]
"""The ids of one of everything that belongs to a team, by what it is."""

YESTERDAY = dt.timedelta(days=1)
CALLED = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
ADMIN = f"SELECT id FROM people WHERE telegram_id = {ADMIN_ID}"  # noqa: S608  a number of ours
PEOPLE_FILE = content_of(
    Table(("name", "roles"), (Row(2, {"name": "New Comer", "roles": "agent"}),), CsvStyle())
)
DRAWN = ("draw", "draws"), ("assignment", "assignments")


@dataclass(frozen=True)
class Staff:
    """The people of a team, by their role."""

    team: str
    agent: Person
    evaluator: Person
    supervisor: Person


@dataclass(frozen=True)
class World:
    """The contact centre; people of North press what belongs to North or to South."""

    centre: Centre
    kept: Kept
    people: Mapping[str, Person]
    north: Things
    south: Things

    def close(self) -> None:
        """End the story."""
        self.kept.close()
        self.centre.close()


def build(url: str) -> World:
    """Return the world, everything in it made and told."""
    centre = Centre(url)
    admin = centre.admin
    staff = [_hire(centre, team) for team in ("North", "South")]
    strangers = {
        "stranger": centre.passer_by("Stran Ger"),
        "nobody": centre.hire("No Body", "agent", team="North"),
        "deactivated": centre.hire(
            "De Parted", "agent|evaluator|supervisor|admin", team="North", supervises="North"
        ),
    }
    kept = Kept(str(centre.db.url.database))
    north, south = (_things(centre, kept, admin, one) for one in staff)

    async def leave(tx: Transaction) -> None:
        await people.set_active(tx, strangers["deactivated"].person_id, active=False)
        await people.set_roles(tx, strangers["nobody"].person_id, frozenset())

    centre.write(leave)
    centre.delivered()
    kept.keep()
    first = staff[0]
    members = {
        Role.AGENT.value: first.agent,
        Role.EVALUATOR.value: first.evaluator,
        Role.SUPERVISOR.value: first.supervisor,
        Role.ADMIN.value: replace(admin, person_id=kept.one(ADMIN)),
    }
    for one in strangers.values():
        one.send("/help")  # a message to press a button under
    return World(centre, kept, members | strangers, north, south)


def _hire(centre: Centre, team: str) -> Staff:
    return Staff(
        team,
        centre.hire(f"{team} Agent", "agent", team=team),
        centre.hire(f"{team} Evaluator", "evaluator", team=team),
        centre.hire(f"{team} Supervisor", "supervisor", supervises=team),
    )


def _things(centre: Centre, kept: Kept, admin: Person, staff: Staff) -> Things:
    """Make one of everything for the team, and return the ids."""
    now = centre.clock()
    agent, by = staff.agent.person_id, staff.evaluator.person_id
    boss = staff.supervisor.person_id

    async def making(tx: Transaction) -> dict[str, int]:
        team = await teams.by_name(tx, staff.team)
        assert team is not None
        for number in range(3):
            await contacts.add(
                tx, agent, Channel.CALL, f"{staff.team}-{number}", now, started_at=CALLED
            )
        evaluations = [
            await store(tx, agent, "nny", by=by, at=now - YESTERDAY, team=team.id) for _ in range(3)
        ]
        contact = await contacts.add(tx, agent, Channel.CALL, f"{staff.team}-0", now)
        dispute = await disputes.add(
            tx, NewDispute(evaluations[1], (), "I did it", now + YESTERDAY), now
        )
        asked = await corrections.begin(tx, evaluations[2], Kind.WITHDRAWAL, by, now)
        await corrections.explain(tx, asked.id, "A mistake")
        await corrections.ask(tx, asked.id, now)
        card = scorecard()
        aim = next(iter(card.criteria()))
        goal = await goals.add(
            tx,
            NewGoal(
                agent_id=agent,
                scorecard=card.key,
                criterion=aim.key,
                title=Wording.plain("Identifies"),
                advice=None,
                due=now.date() + dt.timedelta(days=14),
                mentor_id=None,
                made_by=boss,
            ),
            now,
        )
        session = await calibrations.plan(tx, by, [by], now)
        return {
            "team": team.id,
            "agent": agent,
            "person": agent,
            "evaluation": evaluations[0],
            "dispute": dispute or 0,
            "correction": asked.id,
            "contact": contact,
            "goal": goal or 0,
            "session": session.id,
            "proposal": await proposals.add(tx, Proposed.MONITORING, "Call back", by, now),
            "draft": await _draft(centre, tx, by, agent),
            "version": 1,
            "plan": (await plans.add(tx, team.id, now, by=None)).id,
            "people_file": await people_uploads.keep(tx, "people.csv", PEOPLE_FILE, now, by=None),
            "upload": await scorecards.keep_upload(tx, builtin_scorecards()[0], now, by=None),
        }

    made = centre.write(making)
    admin.send("/plans")
    admin.tap(_plan_button(admin, staff.team))
    admin.tap("Draw now")
    drawn = {
        name: kept.one(f"SELECT max(id) FROM {table}")  # noqa: S608  names of this file
        for name, table in DRAWN
    }

    async def handing(tx: Transaction) -> None:
        # Chance may give it to the other team's evaluator, whose it would then rightly be.
        mine = AssignmentRow.id == drawn["assignment"]
        await tx.execute(update(AssignmentRow).where(mine).values(evaluator_id=by))

    centre.write(handing)
    return made | drawn


def _plan_button(admin: Person, team: str) -> str:
    return next(label for label in admin.buttons if label.startswith(team))


async def _draft(centre: Centre, tx: Transaction, evaluator: int, agent: int) -> int:
    """Begin to score a contact of the agent, as far as the first criterion."""
    now = centre.clock()
    published = (await scorecards.for_channel(tx, centre.services.shelf, Channel.CALL))[0]
    fresh = await drafts.start(tx, evaluator, Stage.AGENT, now)
    walk = walking.begin(published.scorecard)
    begun = replace(
        fresh,
        agent_id=agent,
        channel=Channel.CALL,
        scorecard_version_id=published.id,
        stage=walk.stage,
        criterion=walk.criterion,
    )
    return (await drafts.save(tx, fresh, begun, now)).id
