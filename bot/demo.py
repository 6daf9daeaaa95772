"""Loading the demo contact centre as a real one is: import, invitations, evaluations."""

import csv
import datetime as dt
import io
from dataclasses import replace

import aiohttp

from bot import (
    demo_acts,
    demo_calibration,
    demo_disputes,
    demo_drafts,
    demo_files,
    demo_goals,
    demo_people,
    demo_proposals,
)
from bot.demo_history import contacts_of, write_history
from bot.demo_people import ADMIN, PEOPLE, DemoPerson
from handlers import labels
from handlers.contacts.contacts_import import import_contacts
from handlers.kpi.kpi_import import import_kpi
from handlers.people.people_import import import_people
from handlers.turn import Services
from handlers.words import words
from scoring.metrics import Aim
from storage import evaluations, groups, kpi, outbox, people, teams

FRESH = dt.timedelta(days=3)
"""News older than this is not delivered: the demo's people read it weeks ago."""

TARGET = 90
PRAISED = ("Daria Shevchenko", "Sofia Lysenko", "Ірина Савчук")
"""Who agreed to be praised in their team's group."""

KPI_TARGETS = {"csat": 85.0, "aht_s": 320.0}


async def ensure_demo(services: Services, sandbox: str, username: str) -> bool:
    """Fill an empty centre through the sandbox at that address; return whether anything was.

    A filling that was interrupted after the people had come is completed.
    """
    async with services.db.reading() as tx:
        names = {one.name for one in await people.everybody(tx)}
        scored = await evaluations.exist(tx)
    if scored or (names and not names >= {one.name for one in PEOPLE}):
        return False
    async with aiohttp.ClientSession(sandbox, raise_for_status=True) as page:
        if not names:
            await _let_in(services, page, username)
        await _look_back(services)
        await demo_acts.act(page)
    return True


async def _let_in(services: Services, page: aiohttp.ClientSession, username: str) -> None:
    for one in (ADMIN, *PEOPLE):
        await page.post("/sandbox/people", json=_user(one))
    await page.post("/sandbox/send", json=_start(ADMIN, "/start"))
    await _invite(services, page, username)


async def _invite(services: Services, page: aiohttp.ClientSession, username: str) -> None:
    """Import the people and let each of them open their own link."""
    outcome = await import_people(
        services,
        "people.csv",
        demo_people.people_csv().encode(),
        by=None,
        link=lambda token: f"https://t.me/{username}?start={token}",
    )
    invites = next(file for file in outcome.files if file.name == "invites.csv")
    rows = csv.DictReader(io.StringIO(invites.content.decode("utf-8-sig")))
    links = {row["name"]: row["link"] for row in rows}
    for one in PEOPLE:
        token = links[one.name].partition("?start=")[2]
        asked = {"person": demo_people.telegram_id(one), "payload": token, "wait": True}
        await page.post("/sandbox/open-link", json=asked)


async def _look_back(services: Services) -> None:
    """Write the weeks before today, and leave only the freshest news to be delivered."""
    now = services.clock()
    async with services.db.reading() as tx:
        known = {one.name: one for one in await people.everybody(tx)}
    contacts = contacts_of(known, now)
    await import_contacts(services, "contacts.csv", demo_files.contacts_csv(contacts, now))
    await _set_targets(services)
    async with services.db.writing() as tx:
        await write_history(tx, services, contacts, known, now)
        await demo_calibration.look_back(tx, services, known, contacts, now)
        for past in (demo_disputes, demo_goals, demo_proposals):
            await past.look_back(tx, services, known, now)
        await outbox.drop_before(tx, now - FRESH)
        await demo_calibration.open_one(tx, services, known, contacts, now)
        await demo_drafts.begin(tx, services, known, now)
        for name in PRAISED:
            await groups.agree(tx, known[name].id, now, agreed=True)
    await import_kpi(services, "kpi.csv", demo_files.kpi_csv(now), by=None, t=words("en"))
    services.wake()


async def _set_targets(services: Services) -> None:
    """Say what each team wants of its quality score and of its metrics."""
    async with services.db.writing() as tx:
        metrics = await kpi.catalogue(tx)
        for team in await teams.everything(tx):
            await teams.save(tx, replace(team, target=TARGET))
            for key, target in KPI_TARGETS.items():
                await kpi.save_aim(tx, team, Aim(metrics[key], target))


def _user(one: DemoPerson) -> dict[str, object]:
    first, _, last = one.name.partition(" ")
    t = words(one.language)
    note = " · ".join(
        [*(labels.role(t, role) for role in one.roles), one.team or one.supervisor_of]
    )
    return {
        "id": demo_people.telegram_id(one),
        "first_name": first,
        "last_name": last,
        "language_code": one.language,
        "note": note.removesuffix(" · "),
    }


def _start(one: DemoPerson, text: str) -> dict[str, object]:
    return {"person": demo_people.telegram_id(one), "text": text, "wait": True}
