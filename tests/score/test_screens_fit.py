"""Every screen of a draft fits into a message, in each language, whatever the names."""

import datetime as dt
from fractions import Fraction

import pytest

from handlers.evaluating.submission import walk_of, with_walk
from handlers.taps import pack
from handlers.views import draft_ends, draft_screens
from handlers.views.draft_parts import DraftView
from handlers.views.screen import BUTTON_LIMIT, TEXT_LIMIT, Screen, shorten, visible_length
from handlers.words import LANGUAGES, words
from scoring import draft as walking
from scoring.draft import MAX_TEXT, Stage, Walk
from scoring.roles import Role
from scoring.scorecard import (
    Channel,
    Criterion,
    CriticalClass,
    Effect,
    EffectKind,
    Option,
    Scorecard,
    Section,
    Wording,
)
from storage.drafts import Draft
from storage.people import Person

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
CRITERIA = 60


def long(letters: int) -> Wording:
    """A text as long as a scorecard's file may have it, and hostile to markup."""
    return Wording.plain(("<b>&" + "Ж" * letters)[:letters])


def criterion(number: int) -> Criterion:
    return Criterion(
        key=f"criterion_with_a_very_long_key_{number:03}"[:40],
        title=long(120),
        options=(Option(long(30), Fraction(1)), Option(long(29), Fraction(0))),
        guide=long(600),
        critical=CriticalClass.COMPLIANCE,
        effect=Effect(EffectKind.CAP, Fraction(50)),
        reasons=tuple(long(60) for _ in range(12)),
        advice=long(400),
    )


CARD = Scorecard(
    "longest",
    long(60),
    tuple(Channel),
    tuple(
        Section(long(80), Fraction(1), tuple(criterion(5 * part + one) for one in range(5)))
        for part in range(CRITERIA // 5)
    ),
)

AGENT = Person(
    2**31,
    "<i>" + "Щ" * 117,
    2**52,
    None,
    None,
    active=True,
    unreachable=False,
    roles=frozenset({Role.AGENT}),
    teams=(),
    supervises=(),
)

DRAFT = Draft(
    2**31,
    2**31,
    2**31,
    Stage.SUMMARY,
    NOW,
    NOW,
    agent_id=AGENT.id,
    channel=Channel.EMAIL,
    reference="&" * 80,
    filter="<" * 64,
    overall="&" * MAX_TEXT,
)


def worst_walk() -> Walk:
    """Everything answered at its worst, with reasons and comments as long as they may be."""
    walk = walking.begin(CARD)
    while walk.stage is not Stage.SUMMARY:
        if walk.stage is Stage.REASON:
            walk = walking.give_reason(walk, 11)
        else:
            walk = walking.choose(walking.write(walk, "&" * MAX_TEXT), 1)
    return walking.write(walk, "&" * MAX_TEXT)


def views() -> list[DraftView]:
    """Return the draft at each of its stages."""
    done = worst_walk()
    first = next(CARD.criteria()).key
    fresh = walking.begin(CARD)
    stages = [
        fresh,
        walking.ask_comment(walking.write(fresh, "&" * MAX_TEXT)),
        walking.choose(fresh, 1),
        done,
        walking.ask_change(done),
        walking.change(walking.ask_change(done), first),
        walking.ask_overall(done),
    ]
    walked = [
        DraftView(with_walk(DRAFT, walk), AGENT.name, walk_of(with_walk(DRAFT, walk), CARD), 99)
        for walk in stages
    ]
    forms = [
        DraftView(
            Draft(2**31, 1, 2**31, stage, NOW, NOW, filter="<" * 64, reference="&" * 80),
            agents=[AGENT] * 60,
        )
        for stage in (Stage.AGENT, Stage.CHANNEL, Stage.SCORECARD, Stage.REFERENCE)
    ]
    return walked + forms


def check(screen: Screen) -> None:
    assert 0 < visible_length(screen.text) <= TEXT_LIMIT
    assert sum(len(row) for row in screen.buttons) <= 100
    for row in screen.buttons:
        for button in row:
            assert button.label.strip()
            assert len(shorten(button.label, BUTTON_LIMIT)) <= BUTTON_LIMIT
            assert len(pack(button.tap).encode()) <= 64


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_fits(language: str) -> None:
    for view in views():
        check(draft_screens.draft_screen(words(language), view))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_end_fits(language: str) -> None:
    t = words(language)
    done = views()[3]
    check(draft_ends.closed_screen(t, done))
    check(draft_ends.discard_screen(t, done))
    check(draft_ends.ended_screen(t, done))
