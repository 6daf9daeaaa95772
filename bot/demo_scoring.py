"""How the demo's evaluators score: a contact has its own errors, which people see unlike.

Everything follows from the contact's reference and the criterion, so that two people who score one
contact agree about as often as colleagues do, and the same contacts give the same answers.
"""

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.demo_texts import PRAISE, REASONS, REMARKS
from handlers.evaluating.submission import submit, with_walk
from scoring import draft as walking
from scoring.draft import Stage, Walk
from scoring.scorecard import Channel, Criterion, CriticalClass
from storage import drafts
from storage.database import Transaction
from storage.drafts import Draft
from storage.people import Person
from storage.scorecards import Published, Shelf

HARD_SHARE = 0.25
"""How many criteria of a scorecard are harder than the rest."""

HARDER = 0.14
SLIP = 0.03
"""How often an evaluator sees a criterion in their own way."""

RARELY_ASKED: Mapping[str, float] = {"hold": 0.98}
NOT_ASKED = 0.04
"""How often a criterion is N/A, where nothing else is said."""

UNCLEAR = "questions"
"""The criterion that everybody reads differently."""

UNCLEAR_MISSED = 0.5
SAID = 0.4
"""How often an evaluator writes something about the whole contact."""

MORE_NA: Mapping[str, float] = {"Egor Sydorenko": 0.1}
"""Who takes the way out of N/A more often than others, and by how much."""

SELDOM: Mapping[CriticalClass | None, float] = {
    None: 1.0,
    CriticalClass.COMPLIANCE: 0.15,
    CriticalClass.CUSTOMER: 0.4,
    CriticalClass.BUSINESS: 0.4,
}
"""How often critical errors are made, where others are made once."""

STRICTNESS: Mapping[str, float] = {"Egor Sydorenko": 0.6, "Анна Белова": 1.8}
"""How many errors somebody finds where others find one."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact to be scored: when and by whom, whose, and how well that agent works by then.

    ``skills`` are of criteria at which the agent is better or worse than otherwise.
    """

    at: dt.datetime
    agent: Person
    skill: float
    evaluator: Person
    channel: Channel
    reference: str
    skills: Mapping[str, float] = field(default_factory=dict)
    contact_id: int | None = None
    """Of one that is to be found in the journal by more than its reference."""


async def score(
    tx: Transaction, shelf: Shelf, contact: Contact, published: Published
) -> int | None:
    """Score the contact as its evaluator does; return the evaluation's id.

    ``None`` stands for the second scoring of a contact that somebody else scores too.
    """
    blank = await drafts.start(tx, contact.evaluator.id, Stage.AGENT, contact.at)
    saved = await drafts.save(tx, blank, filled(blank, contact, published), contact.at)
    return await submit(tx, shelf, saved, contact.at)


def filled(
    blank: Draft,
    contact: Contact,
    published: Published,
    *,
    steps: int | None = None,
    unclear: bool = False,
) -> Draft:
    """Return the draft with the contact and its answers, see ``walked``."""
    begun = replace(
        blank,
        agent_id=contact.agent.id,
        channel=contact.channel,
        reference=contact.reference,
        contact_id=contact.contact_id,
        scorecard_version_id=published.id,
    )
    walk = walking.begin(published.scorecard)
    return with_walk(begun, walked(contact, walk, steps=steps, unclear=unclear))


def walked(
    contact: Contact, walk: Walk, *, steps: int | None = None, unclear: bool = False
) -> Walk:
    """Answer criterion by criterion until the summary, or *steps* times.

    *unclear* tells that the evaluators have not yet agreed how to read ``UNCLEAR``.
    """
    hard = _hard_keys(walk)
    taken = 0
    while walk.stage is not Stage.SUMMARY and taken != steps:
        criterion = walk.scorecard.criterion(walk.criterion or "")
        if walk.stage is Stage.REASON:
            walk = _justified(contact, walk, criterion)
            continue
        taken += 1
        if _is_na(contact, criterion):
            walk = walking.mark_na(walk)
        else:
            harder = HARDER if criterion.key in hard else 0.0
            walk = walking.choose(walk, _option(contact, criterion, harder, unclear=unclear))
    if walk.stage is Stage.SUMMARY and _share(contact, "said") < SAID:
        walk = walking.write(walk, _remark(contact, walk))
    return walk


def _hard_keys(walk: Walk) -> frozenset[str]:
    """Return the criteria that this centre struggles with: always the same ones."""
    keys = [criterion.key for criterion in walk.scorecard.criteria()]
    chance = random.Random(walk.scorecard.key)  # noqa: S311  believable, not secret
    return frozenset(chance.sample(keys, max(1, int(len(keys) * HARD_SHARE))))


def _is_na(contact: Contact, criterion: Criterion) -> bool:
    share = RARELY_ASKED.get(criterion.key, NOT_ASKED) + MORE_NA.get(contact.evaluator.name, 0.0)
    return criterion.na and _share(contact, criterion.key, "na") < share


def _option(contact: Contact, criterion: Criterion, harder: float, *, unclear: bool) -> int:
    """Return the option that the evaluator sees: an error of the contact, or one of their own."""
    skill = contact.skills.get(criterion.key, contact.skill - harder)
    strictness = STRICTNESS.get(contact.evaluator.name, 1.0)
    missed = (1 - skill) * SELDOM[criterion.critical] * strictness
    sees: tuple[str, ...] = (criterion.key,)
    if unclear and criterion.key == UNCLEAR:
        sees = (criterion.key, contact.evaluator.name)
        missed = UNCLEAR_MISSED * strictness
    elif _share(contact, criterion.key, contact.evaluator.name, "slip") < SLIP:
        sees = (criterion.key, contact.evaluator.name)
    if _share(contact, *sees) >= missed:
        return criterion.best
    below: list[int] = [1, *range(1, len(criterion.options))]
    return below[int(_share(contact, criterion.key, "how far") * len(below))]


def _justified(contact: Contact, walk: Walk, criterion: Criterion) -> Walk:
    share = _share(contact, criterion.key, "why")
    if criterion.reasons:
        return walking.give_reason(walk, int(share * len(criterion.reasons)))
    return walking.write(walk, _of(REASONS, contact.evaluator, share))


def _remark(contact: Contact, walk: Walk) -> str:
    """Return what the evaluator says of the whole: praise where there is no error."""
    best = all(
        answer.option in (None, walk.scorecard.criterion(key).best)
        for key, answer in walk.answers.items()
    )
    return _of(PRAISE if best else REMARKS, contact.evaluator, _share(contact, "words"))


def _of(texts: Mapping[str, tuple[str, ...]], evaluator: Person, share: float) -> str:
    said = texts.get(evaluator.language or "en", texts["en"])
    return said[int(share * len(said))]


def _share(contact: Contact, *about: str) -> float:
    """Return a number from 0 to 1 that is always the same for that contact and question."""
    seed = " ".join((contact.reference, *about))
    return random.Random(seed).random()  # noqa: S311  believable, not secret
