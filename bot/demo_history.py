"""Weeks of believable evaluations, made by walking drafts and submitting them as people do.

Chance is seeded, so that the same day gives the same centre.
"""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.demo_people import PEOPLE, DemoPerson
from handlers.evaluating.submission import submit, with_walk
from scoring import draft as walking
from scoring.draft import Stage, Walk
from scoring.roles import Role
from scoring.scorecard import Channel, Criterion
from storage import drafts, evaluations, scorecards
from storage.database import Transaction
from storage.drafts import Draft
from storage.people import Person
from storage.scorecards import Published, Shelf

WEEKS = 10
SEED = 20
CHANNELS = (Channel.CALL, Channel.CALL, Channel.CALL, Channel.CHAT, Channel.EMAIL, Channel.SOCIAL)
UNREAD = dt.timedelta(days=3)
HARD_SHARE = 0.25
"""How many criteria of a scorecard are harder than the rest."""

COMMENTS = {
    "en": (
        "Good pace. Mind the check.",
        "Warm and clear, well done.",
        "Listen to the middle of the call once more.",
    ),
    "ru": (
        "Хороший темп, но не забывайте о проверке.",
        "Тепло и понятно, отлично.",
        "Переслушайте, пожалуйста, середину разговора.",
    ),
}


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact to be scored: when, whose, by whom."""

    at: dt.datetime
    agent: Person
    skill: float
    evaluator: Person
    channel: Channel
    reference: str


def contacts_of(known: Mapping[str, Person], now: dt.datetime) -> list[Contact]:
    """Return the contacts that were scored up to *now*, oldest first; *known* are all by name."""
    chance = random.Random(SEED)  # noqa: S311  believable, not secret
    return sorted(_contacts(chance, known, now), key=lambda contact: contact.at)


async def write_history(
    tx: Transaction, shelf: Shelf, contacts: Sequence[Contact], now: dt.datetime
) -> None:
    """Store the demo's evaluations of *contacts* as their evaluators made them."""
    chance = random.Random(SEED + 1)  # noqa: S311  believable, not secret
    by_channel = {
        channel: (await scorecards.for_channel(tx, shelf, channel))[0] for channel in Channel
    }
    for contact in contacts:
        await _score(tx, shelf, chance, contact, by_channel[contact.channel], now)


def _contacts(
    chance: random.Random, known: Mapping[str, Person], now: dt.datetime
) -> list[Contact]:
    evaluators = [person for person in known.values() if person.is_a(Role.EVALUATOR)]
    monday = (now - dt.timedelta(days=now.weekday())).replace(hour=7, minute=0, second=0)
    made = []
    for one in PEOPLE:
        if Role.AGENT not in one.roles:
            continue
        for week in range(WEEKS):
            for _ in range(chance.choice((2, 2, 3, 3))):
                at = _moment(chance, monday - dt.timedelta(weeks=WEEKS - 1 - week))
                if at < now - dt.timedelta(minutes=30):
                    made.append(_contact(chance, known[one.name], one, evaluators, at, week))
    return made


def _moment(chance: random.Random, monday: dt.datetime) -> dt.datetime:
    """Return a moment on a working day of that week, in office hours."""
    return monday + dt.timedelta(days=chance.randrange(5), minutes=chance.randrange(9 * 60))


def _contact(
    chance: random.Random,
    agent: Person,
    demo: DemoPerson,
    evaluators: list[Person],
    at: dt.datetime,
    week: int,
) -> Contact:
    skill = demo.skill + demo.drift * (week / (WEEKS - 1) - 0.5)
    return Contact(
        at,
        agent,
        min(skill, 0.99),
        chance.choice(evaluators),
        chance.choice(CHANNELS),
        str(chance.randrange(40_000, 60_000)),
    )


async def _score(
    tx: Transaction,
    shelf: Shelf,
    chance: random.Random,
    contact: Contact,
    published: Published,
    now: dt.datetime,
) -> None:
    """Score the contact as its evaluator would, and let the agent read it where time allowed."""
    draft = await drafts.start(tx, contact.evaluator.id, Stage.AGENT, contact.at)
    walk = _walked(chance, walking.begin(published.scorecard), contact)
    begun = replace(
        draft,
        agent_id=contact.agent.id,
        channel=contact.channel,
        reference=contact.reference,
        scorecard_version_id=published.id,
    )
    saved: Draft = await drafts.save(tx, draft, with_walk(begun, walk), contact.at)
    evaluation_id = await submit(tx, shelf, saved, contact.at)
    read_at = contact.at + dt.timedelta(hours=chance.uniform(1, 30))
    if read_at < now - UNREAD:
        await evaluations.acknowledge(tx, evaluation_id, read_at)


def _walked(chance: random.Random, walk: Walk, contact: Contact) -> Walk:
    """Answer criterion by criterion until the summary."""
    hard = _hard_keys(walk)
    while walk.stage is not Stage.SUMMARY:
        criterion = walk.scorecard.criterion(walk.criterion or "")
        if walk.stage is Stage.REASON:
            walk = _justified(chance, walk, criterion)
        elif criterion.na and chance.random() < 0.05:
            walk = walking.mark_na(walk)
        else:
            skill = contact.skill - (0.14 if criterion.key in hard else 0.0)
            walk = walking.choose(walk, _option(chance, criterion, skill))
    if chance.random() < 0.4:
        said = COMMENTS.get(contact.evaluator.language or "en", COMMENTS["en"])
        walk = walking.write(walk, chance.choice(said))
    return walk


def _hard_keys(walk: Walk) -> frozenset[str]:
    """Return the criteria that this centre struggles with: always the same ones."""
    keys = [criterion.key for criterion in walk.scorecard.criteria()]
    chance = random.Random(walk.scorecard.key)  # noqa: S311  believable, not secret
    return frozenset(chance.sample(keys, max(1, int(len(keys) * HARD_SHARE))))


def _option(chance: random.Random, criterion: Criterion, skill: float) -> int:
    rarely = 0.4 if criterion.critical is not None else 1.0
    if chance.random() >= (1 - skill) * rarely:
        return criterion.best
    below: list[int] = [1, *range(1, len(criterion.options))]
    return chance.choice(below)


def _justified(chance: random.Random, walk: Walk, criterion: Criterion) -> Walk:
    if criterion.reasons:
        return walking.give_reason(walk, chance.randrange(len(criterion.reasons)))
    return walking.write(walk, COMMENTS["en"][0])
