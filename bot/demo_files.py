"""The demo's files, in the formats of the real imports: the journal of contacts and daily KPI."""

import csv
import datetime as dt
import io
import random
from collections.abc import Iterable, Sequence

from bot.demo_history import Contact
from bot.demo_people import PEOPLE, DemoPerson
from scoring.contacts import ContactType, Status
from scoring.roles import Role
from scoring.scorecard import Channel

SEED = 21
OPEN_CONTACTS = 60
"""How many contacts of the last week nobody has scored yet."""

KPI_DAYS = 90
TOPICS = ("Delivery", "Invoice", "Contract", "Refund", "Tariff", "Account", "Complaint")
TYPES = tuple(ContactType)
STATUSES = ("", "", "", Status.IN_PROGRESS, Status.DEFERRED, Status.UNDER_REVIEW)


def contacts_csv(scored: Iterable[Contact], now: dt.datetime) -> bytes:
    """Return the journal: every contact of the history, and some of the last week besides."""
    chance = random.Random(SEED)  # noqa: S311  believable, not secret
    rows = [
        _contact(chance, one.agent.name, one.channel, one.reference, one.at - dt.timedelta(hours=1))
        for one in scored
    ]
    agents = _agents()
    for number in range(OPEN_CONTACTS):
        at = now - dt.timedelta(minutes=chance.randrange(30, 7 * 24 * 60))
        channel = chance.choice(tuple(Channel))
        row = _contact(chance, chance.choice(agents).name, channel, str(70_000 + number), at)
        rows.append([*row[:5], chance.choice(STATUSES), *row[6:]])
    header = "reference,agent,channel,type,topic,status,started_at,duration_s,customer"
    return _csv(header.split(","), rows)


def kpi_csv(now: dt.datetime) -> bytes:
    """Return three months of daily figures for every agent."""
    chance = random.Random(SEED)  # noqa: S311  believable, not secret
    rows = []
    for back in range(KPI_DAYS, 0, -1):
        day = (now - dt.timedelta(days=back)).date()
        if day.weekday() >= 5:
            continue
        for agent in _agents():
            rows += [[agent.name, day.isoformat(), *pair] for pair in _figures(chance, agent)]
    return _csv(["agent", "date", "metric", "value"], rows)


def _agents() -> list[DemoPerson]:
    return [one for one in PEOPLE if Role.AGENT in one.roles]


def _figures(chance: random.Random, agent: DemoPerson) -> list[tuple[str, str]]:
    """Return one agent's day: the better their work, the more content their customers."""
    late = chance.randrange(3, 25) if chance.random() < 0.05 else 0
    return [
        ("csat", f"{min(100.0, max(40.0, chance.gauss(70 + 20 * agent.skill, 7))):.1f}"),
        ("aht_s", f"{max(120.0, chance.gauss(420 - 120 * agent.skill, 40)):.0f}"),
        ("late_minutes", str(late)),
    ]


def _contact(
    chance: random.Random, agent: str, channel: Channel, reference: str, at: dt.datetime
) -> list[str]:
    return [
        reference,
        agent,
        channel,
        chance.choice(TYPES),
        chance.choice(TOPICS),
        "",
        at.isoformat(timespec="minutes"),
        str(chance.randrange(60, 900)),
        f"+38050{chance.randrange(1_000_000, 1_000_200)}",
    ]


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()
