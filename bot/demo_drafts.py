"""What the demo's evaluators have begun and not yet submitted."""

import datetime as dt
from collections.abc import Mapping

from bot.demo_scoring import Contact, filled
from handlers.turn import Services
from scoring.draft import Stage
from scoring.scorecard import Channel
from storage import drafts, scorecards
from storage.database import Transaction
from storage.people import Person

BEGUN = (
    ("Egor Sydorenko", "Мария Зорина", Channel.CHAT, "81205", 4, dt.timedelta(hours=2)),
    ("Анна Белова", "Ірина Савчук", Channel.CALL, "80977", 6, dt.timedelta(days=2, hours=5)),
)
"""By whom, whose contact, its channel and reference, how many criteria of it, how long ago."""


async def begin(
    tx: Transaction, services: Services, known: Mapping[str, Person], now: dt.datetime
) -> None:
    """Begin what stays open."""
    for evaluator, agent, channel, reference, steps, ago in BEGUN:
        who, at = known[evaluator], now - ago
        published = (await scorecards.for_channel(tx, services.shelf, channel))[0]
        contact = Contact(at, known[agent], 0.9, who, channel, reference)
        blank = await drafts.start(tx, who.id, Stage.AGENT, at)
        await drafts.save(tx, blank, filled(blank, contact, published, steps=steps), at)
