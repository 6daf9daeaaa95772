"""Strata and exclusions: what a draw sees of each contact."""

import datetime as dt
from dataclasses import replace

import pytest

from scoring.contacts import ContactType, Status
from scoring.sampling import (
    Candidate,
    Excluded,
    Member,
    Rules,
    Trait,
    band,
    population,
    stratum,
)
from scoring.scorecard import Channel

NOW = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)
CALL = Candidate(
    id=1,
    agent=7,
    channel=Channel.CALL,
    type=ContactType.COMPLAINT,
    duration_s=120,
    at=NOW - dt.timedelta(days=2),
)


def reason(one: Candidate, rules: Rules | None = None) -> Excluded | None:
    (member,) = population([one], rules or Rules(), NOW)
    return member.excluded


@pytest.mark.parametrize(
    ("seconds", "name"),
    [(None, "unknown"), (0, "0-60"), (59, "0-60"), (60, "60-300"), (300, "300+"), (9999, "300+")],
)
def test_a_band_holds_its_lower_bound(seconds: int | None, name: str) -> None:
    assert band(seconds, (300, 60)) == name


def test_a_stratum_has_a_part_for_each_trait_in_a_fixed_order() -> None:
    rules = Rules(strata=frozenset({Trait.DURATION, Trait.CHANNEL, Trait.TYPE}), bands=(60,))
    assert stratum(CALL, rules) == "call/complaint/60+"
    assert stratum(replace(CALL, type=None, duration_s=None), rules) == "call/unknown/unknown"
    assert stratum(CALL, Rules()) == ""


def test_a_closed_contact_that_nobody_scored_can_be_drawn() -> None:
    assert population([CALL], Rules(), NOW) == [Member(1, 7, "", None)]


@pytest.mark.parametrize(
    ("one", "rules", "why"),
    [
        (replace(CALL, scored=True), Rules(), Excluded.SCORED),
        (replace(CALL, drawn=True), Rules(), Excluded.DRAWN),
        (replace(CALL, status=Status.UNDER_REVIEW), Rules(), Excluded.NOT_CLOSED),
        (CALL, Rules(channels=frozenset({Channel.CHAT})), Excluded.CHANNEL),
        (CALL, Rules(types=frozenset({ContactType.GRATITUDE})), Excluded.TYPE),
        (replace(CALL, type=None), Rules(types=frozenset(ContactType)), Excluded.TYPE),
        (CALL, Rules(min_duration_s=121), Excluded.SHORT),
        (CALL, Rules(min_age_h=49), Excluded.YOUNG),
    ],
)
def test_what_a_plan_does_not_want_is_left_out_with_its_reason(
    one: Candidate, rules: Rules, why: Excluded
) -> None:
    assert reason(one, rules) is why


@pytest.mark.parametrize(
    "rules",
    [
        Rules(channels=frozenset({Channel.CALL, Channel.CHAT})),
        Rules(types=frozenset({ContactType.COMPLAINT})),
        Rules(min_duration_s=120),
        Rules(min_age_h=48),
    ],
)
def test_what_just_fulfils_the_rules_is_taken(rules: Rules) -> None:
    assert reason(CALL, rules) is None


def test_a_contact_of_unknown_length_is_not_too_short() -> None:
    assert reason(replace(CALL, duration_s=None), Rules(min_duration_s=60)) is None


def test_an_agent_whom_nobody_may_score_has_no_contacts_to_draw() -> None:
    short = Rules(min_duration_s=500)
    (member,) = population([CALL], Rules(), NOW, {7: Excluded.LEAD})
    assert member.excluded is Excluded.LEAD
    # What is wrong with the contact itself is said first.
    (member,) = population([CALL], short, NOW, {7: Excluded.LEAD})
    assert member.excluded is Excluded.SHORT


def test_the_population_is_ordered_by_contact() -> None:
    found = population([replace(CALL, id=3), CALL, replace(CALL, id=2)], Rules(), NOW)
    assert [one.contact for one in found] == [1, 2, 3]
