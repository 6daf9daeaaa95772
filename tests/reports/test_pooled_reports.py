"""Stories of an agent's interval: the same in every report, by the spread of the whole team."""

import datetime as dt
import re

import pytest

from tests.person import Person
from tests.reports.cases import NOVEMBER, OCTOBER, Desk
from tests.story import Centre


@pytest.fixture
def team(centre: Centre, desk: Desk, ivan: Person, maria: Person) -> Person:
    """A third agent, in a team whose others scored 100 and less often enough to know them."""
    zoya = centre.hire("Zoya New", "agent", team="Support")
    for one in (ivan, maria):
        desk.evaluate(one, *["yyy", "yyy", "yyn", "nyy"] * 5, at=OCTOBER)
    desk.evaluate(zoya, *["yyy"] * 5, at=NOVEMBER)
    return zoya


def test_five_scores_of_100_do_not_promise_the_sixth(team: Person, olga: Person) -> None:
    """The interval was 100.0-100.0, and another 100 a change of no width."""
    team.send("/me")
    found = re.search(r"Zoya New · November · 100.0 \((\d\d\.\d)–100.0\)", team.text)
    assert found
    assert 60 < float(found[1]) < 97
    for way in ("/agent Zoya", "/team"):
        olga.send(way)
        if way == "/team":
            olga.tap("Agents")
        assert f"100.0 ({found[1]}–100.0)" in olga.text


def test_the_digest_shows_the_same_interval_as_the_week_itself(
    centre: Centre, team: Person
) -> None:
    centre.clock.set(dt.datetime(2026, 11, 16, 9, tzinfo=dt.UTC))
    centre.job("weekly-digest")
    centre.delivered()
    found = re.search(r"Your week · 100.0 from 5 contacts \((\d\d\.\d)–100.0\)", team.text)
    assert found
    assert float(found[1]) < 97
    team.send("/me last week")
    assert f"100.0 ({found[1]}–100.0)" in team.text


def test_a_change_that_may_be_chance_shows_how_large_it_could_be(
    team: Person, desk: Desk, ivan: Person
) -> None:
    """It said "not more than chance" and kept the interval to itself."""
    desk.evaluate(ivan, *["yyy"] * 5, at=NOVEMBER)
    ivan.send("/me")
    found = re.search(r"\+20\.8 \(([−+]\d+\.\d) to \+(\d+\.\d)\), may be chance", ivan.text)
    assert found
    assert found[1].startswith("−")
