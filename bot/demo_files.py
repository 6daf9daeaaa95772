"""The demo's files, in the formats of the real imports: the journal of contacts and daily KPI."""

import csv
import datetime as dt
import io
import random
from collections.abc import Iterable, Sequence

from bot.demo_history import channels_of, mondays
from bot.demo_people import PEOPLE, SUPPORT, DemoPerson
from bot.demo_scoring import Contact
from bot.demo_texts import TOPICS, WRITTEN
from scoring.contacts import ContactType, Status
from scoring.roles import Role
from scoring.scorecard import Channel

SEED = 21
A_WEEK = 5
"""How many contacts of each agent the journal has of a week, besides those scored at once."""

TYPES = (
    *(ContactType.CONSULTATION,) * 4,
    *(ContactType.COMPLAINT,) * 3,
    *(ContactType.APPLICATION,) * 2,
    ContactType.SUGGESTION,
    ContactType.GRATITUDE,
)
CUSTOMERS = 250
"""How many people turn to each team."""

LATELY = dt.timedelta(days=9)
STATUSES = ("", "", Status.IN_PROGRESS, "", Status.DEFERRED, Status.UNDER_REVIEW)
"""How far contacts of these days are, in turn; older ones are closed."""

HEADER = "reference,agent,channel,type,topic,status,started_at,duration_s,customer,text"

KPI_DAYS = 95
"""Enough for the last two whole months, on any day."""

WEARY = {"Alina Moroz": -9.0}
"""Whose customers are less content than their work would let expect."""

SLOWER_SALES = 40
"""Seconds by which a contact in sales takes longer."""


def contacts_csv(scored: Iterable[Contact], now: dt.datetime) -> bytes:
    """Return the journal: the contacts that were scored at once, and all others."""
    chance = random.Random(SEED)  # noqa: S311  believable, not secret
    agents = {one.name: one for one in agents_of_demo()}
    hour = dt.timedelta(hours=1)
    rows = [
        _contact(chance, agents[one.agent.name], one.channel, one.reference, one.at - hour)
        for one in scored
    ]
    statuses = 0
    for number, (demo, at) in enumerate(_moments(chance, now)):
        channel = chance.choice(channels_of(demo))
        row = _contact(chance, demo, channel, str(70_000 + number), at)
        if at > now - LATELY:
            row[5] = STATUSES[statuses % len(STATUSES)]
            statuses += 1
        rows.append(row)
    return _csv(HEADER.split(","), rows)


def kpi_csv(now: dt.datetime) -> bytes:
    """Return three months of daily figures for every agent."""
    chance = random.Random(SEED)  # noqa: S311  believable, not secret
    rows = []
    for back in range(KPI_DAYS, 0, -1):
        day = (now - dt.timedelta(days=back)).date()
        if day.weekday() >= 5:
            continue
        for agent in agents_of_demo():
            rows += [[agent.name, day.isoformat(), *pair] for pair in _figures(chance, agent)]
    return _csv(["agent", "date", "metric", "value"], rows)


def agents_of_demo() -> list[DemoPerson]:
    """Return the demo's agents."""
    return [one for one in PEOPLE if Role.AGENT in one.roles]


def _moments(chance: random.Random, now: dt.datetime) -> list[tuple[DemoPerson, dt.datetime]]:
    """Return whose contacts began when, the oldest first, up to an hour ago."""
    found = [
        (demo, monday + dt.timedelta(days=chance.randrange(6), minutes=chance.randrange(390, 960)))
        for monday in mondays(now)
        for demo in agents_of_demo()
        for _ in range(A_WEEK)
    ]
    past = [one for one in found if one[1] < now - dt.timedelta(hours=1)]
    return sorted(past, key=lambda one: one[1])


def _figures(chance: random.Random, agent: DemoPerson) -> list[tuple[str, str]]:
    """Return one agent's day: the better their work, the more content their customers."""
    content = 70 + 20 * agent.skill + WEARY.get(agent.name, 0.0)
    seconds = 420 - 120 * agent.skill + (0 if agent.team == SUPPORT else SLOWER_SALES)
    figures = [
        ("csat", f"{min(100.0, max(40.0, chance.gauss(content, 7))):.1f}"),
        ("aht_s", f"{max(120.0, chance.gauss(seconds, 40)):.0f}"),
    ]
    if chance.random() < 0.05:
        figures.append(("late_minutes", str(chance.randrange(3, 25))))
    return figures


def _contact(
    chance: random.Random, demo: DemoPerson, channel: Channel, reference: str, at: dt.datetime
) -> list[str]:
    language = "en" if demo.team == SUPPORT else "uk"
    kind = chance.choice(TYPES)
    topic, written = chance.choice(TOPICS[language][kind]), ""
    if channel is not Channel.CALL:
        topic, written = WRITTEN[language][kind]
    first = 1_000_000 if demo.team == SUPPORT else 2_000_000
    return [
        reference,
        demo.name,
        channel,
        kind,
        topic,
        "",
        at.isoformat(timespec="minutes"),
        str(chance.randrange(30, 900)),
        f"+38050{first + chance.randrange(CUSTOMERS)}",
        written,
    ]


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()
