"""The demo's calibrations: one whose results are out, and one that waits for its last scoring."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.demo_history import skill_at
from bot.demo_people import PEOPLE
from bot.demo_scoring import Contact, filled
from handlers.calibration import ends, messages
from handlers.turn import Services
from scoring.draft import Stage
from scoring.periods import add_working_days
from scoring.scorecard import Channel
from scoring.zones import local_day, moment_of, zone
from storage import calibration_scorings, calibrations, contacts, drafts, outbox, teams
from storage.calibration_scorings import Recent
from storage.calibrations import Session
from storage.database import Transaction
from storage.people import Person

SEED = 23
OPENER = "Olena Koval"
SCORERS = ("Olena Koval", "Анна Белова", "Egor Sydorenko")
FINISHED = dt.timedelta(days=9)
CONTACTS_THEN, CONTACTS_NOW = 10, 4
LOOKED_THROUGH = 5
OPENS_AT = dt.time(11)
ENDS_AT = dt.time(18)
PACE = dt.timedelta(minutes=25)
"""What a contact takes."""


async def look_back(
    tx: Transaction,
    services: Services,
    known: Mapping[str, Person],
    chosen: Sequence[Contact],
    now: dt.datetime,
) -> None:
    """Hold a session in which everybody has scored everything: its results are out."""
    opened_at = await _working_day(tx, known, now - FINISHED)
    session, calls = await _opened(tx, known, _calls(known, chosen)[:CONTACTS_THEN], opened_at)
    for name in SCORERS:
        await _score(tx, services, session, known, known[name], calls, opened_at)


async def open_one(
    tx: Transaction,
    services: Services,
    known: Mapping[str, Person],
    chosen: Sequence[Contact],
    now: dt.datetime,
) -> None:
    """Open a session in which the last of ``SCORERS`` has one contact left to score."""
    opened_at = await _working_day(tx, known, now - dt.timedelta(days=1))
    session, calls = await _opened(tx, known, _calls(known, chosen)[-CONTACTS_NOW:], opened_at)
    for name in SCORERS:
        mine = calls[:-1] if name == SCORERS[-1] else calls
        await _score(tx, services, session, known, known[name], mine, opened_at)
    due_at = session.due_at or now
    told = await messages.opening(tx, services, session, due_at, opened_at)
    await outbox.put(tx, told, opened_at)


async def _working_day(
    tx: Transaction, known: Mapping[str, Person], at: dt.datetime
) -> dt.datetime:
    """Return the morning of that day at the opener's, or of the Friday before."""
    team = (await teams.by_ids(tx, known[OPENER].supervises))[0]
    day = local_day(at, zone(team.timezone))
    day -= dt.timedelta(days=max(0, day.weekday() - 4))
    return moment_of(day, OPENS_AT, zone(team.timezone))


def _calls(known: Mapping[str, Person], chosen: Sequence[Contact]) -> list[Contact]:
    """Return the last ordinary calls of the opener's team that evaluators chose to score."""
    teams_seen = known[OPENER].supervises
    calls = [
        one
        for one in chosen
        if one.channel is Channel.CALL and one.agent.teams[0] in teams_seen and not one.skills
    ]
    return calls[-CONTACTS_THEN - CONTACTS_NOW :]


async def _recent(tx: Transaction, call: Contact) -> Recent:
    """Return the call as calibrations know it."""
    found = await contacts.by_reference(tx, call.reference, limit=LOOKED_THROUGH)
    here = next(one for one in found if one.agent_id == call.agent.id)
    return (await calibration_scorings.recent(tx, teams=None, contact_id=here.id))[0]


async def _opened(
    tx: Transaction, known: Mapping[str, Person], among: Sequence[Contact], opened_at: dt.datetime
) -> tuple[Session, list[Recent]]:
    """Open a session on these calls."""
    opener = known[OPENER]
    calls = [await _recent(tx, one) for one in among]
    planned = await calibrations.plan(tx, opener.id, [known[one].id for one in SCORERS], opened_at)
    for call in calls:
        await calibrations.add_contact(tx, planned.id, call.contact.id)
    version = calls[0].scorecard_version_id
    await calibrations.save_plan(tx, replace(planned, scorecard_version_id=version))
    team = (await teams.by_ids(tx, opener.supervises))[0]
    day = add_working_days(local_day(opened_at, zone(team.timezone)), planned.days)
    due_at = moment_of(day, ENDS_AT, zone(team.timezone))
    await calibrations.begin(tx, planned.id, SEED, due_at, opened_at)
    return await calibrations.by_id(tx, planned.id) or planned, calls


async def _score(
    tx: Transaction,
    services: Services,
    session: Session,
    known: Mapping[str, Person],
    who: Person,
    calls: Sequence[Recent],
    opened_at: dt.datetime,
) -> None:
    """Let somebody score the contacts one after another, as they would by pressing buttons."""
    chance = random.Random(f"{SEED} {who.name}")  # noqa: S311  believable, not secret
    at = opened_at + dt.timedelta(minutes=chance.randrange(20, 200))
    agents = {one.id: one for one in known.values()}
    for one in calls:
        agent = agents[one.contact.agent_id]
        demo = next(each for each in PEOPLE if each.name == agent.name)
        published = await services.shelf.get(tx, one.scorecard_version_id)
        scored = Contact(
            at,
            agent,
            skill_at(demo, at, at),
            who,
            one.contact.channel,
            one.contact.reference or "",
            contact_id=one.contact.id,
        )
        blank = await drafts.start(tx, who.id, Stage.REFERENCE, at, calibration_id=session.id)
        after = filled(blank, scored, published, unclear=True)
        await ends.submit(tx, services.shelf, await drafts.save(tx, blank, after, at), at)
        at += PACE
