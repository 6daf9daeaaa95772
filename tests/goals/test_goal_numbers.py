"""Before and after: the interval of a difference, the two windows, and what is recommended."""

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.expectation import Expectation, expectation, likeness
from scoring.goals import (
    GoalState,
    ShareChange,
    month_after,
    newcombe,
    progress,
    recommended,
    windows,
)
from scoring.report import CriterionTally
from scoring.scorecard import Wording
from scoring.statistics import wilson

UTC = dt.UTC
GOALS, CRITERIA = 400, 14
KYIV = ZoneInfo("Europe/Kyiv")

counts = st.tuples(st.integers(0, 400), st.integers(1, 400)).filter(lambda one: one[0] <= one[1])


def difference(after: tuple[int, int], before: tuple[int, int]) -> ShareChange:
    now, then = wilson(*after), wilson(*before)
    assert now is not None
    assert then is not None
    return newcombe(now, then)


@pytest.mark.parametrize(
    ("after", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_the_interval_is_that_of_newcombes_table(
    after: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe (1998), table II, method 10, contrasts (a) to (h)."""
    found = difference(after, before)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@given(counts, counts)
def test_the_interval_holds_the_difference_and_turns_round_with_it(
    after: tuple[int, int], before: tuple[int, int]
) -> None:
    found, back = difference(after, before), difference(before, after)
    assert -1 - 1e-9 <= found.low <= found.difference <= found.high <= 1 + 1e-9
    assert (back.low, back.high) == pytest.approx((-found.high, -found.low))


@given(counts)
def test_nothing_changed_is_never_a_change(same: tuple[int, int]) -> None:
    assert not difference(same, same).beyond_chance


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        ((2, 10), (9, 10), GoalState.REACHED),
        ((5, 10), (7, 10), GoalState.NO_EVIDENCE),  # better, but that may be chance
        ((0, 4), (9, 10), GoalState.NO_EVIDENCE),  # too few before
        ((0, 10), (4, 4), GoalState.NO_EVIDENCE),  # too few after
        ((0, 10), (0, 0), GoalState.NO_EVIDENCE),
        ((0, 0), (9, 10), GoalState.NO_EVIDENCE),
        ((7, 10), (7, 10), GoalState.NO_EVIDENCE),  # that little says nothing either way
        ((9, 10), (2, 10), GoalState.NOT_REACHED),
        ((70, 100), (60, 100), GoalState.NOT_REACHED),  # at its best it gained 3 points
    ],
)
def test_a_goal_is_reached_only_where_the_gain_is_more_than_chance(
    before: tuple[int, int], after: tuple[int, int], state: GoalState
) -> None:
    assert progress(before, after).state is state


@pytest.mark.parametrize("kind", ["alike", "unlike", "worlds apart"])
@pytest.mark.parametrize(("colleagues", "before", "after"), [(6, 6, 6), (2, 20, 20), (6, 10, 30)])
def test_an_untouched_criterion_chosen_as_the_worst_of_14_hardly_ever_reaches_its_goal(
    kind: str, colleagues: int, before: int, after: int
) -> None:
    """It did in 4 to 24 of 100 goals: what looks worst gets better by itself."""
    dice = np.random.default_rng(21)
    reached = missed = 0
    for _ in range(GOALS):
        usual = dice.uniform(0.6, 0.95, CRITERIA)
        likeness = {"alike": 1e6, "unlike": 20, "worlds apart": 5}[kind]
        rates = dice.beta(likeness * usual, likeness * (1 - usual), (colleagues + 1, CRITERIA))
        passed = dice.binomial(before, rates)
        worst = int(passed[0].argmin())
        cells = {
            (agent, str(number)): (int(count), before)
            for (agent, number), count in np.ndenumerate(passed)
        }
        since = (int(dice.binomial(after, rates[0, worst])), after)
        expected = expectation(cells, 0, str(worst))
        state = progress(cells[0, str(worst)], since, expected).state
        reached += state is GoalState.REACHED
        missed += progress(cells[0, str(worst)], since).state is GoalState.REACHED
    assert reached / GOALS <= 0.05
    assert reached < missed


def test_without_colleagues_the_choice_of_the_worst_is_allowed_for_too() -> None:
    dice = np.random.default_rng(22)
    reached = 0
    for _ in range(GOALS):
        passed = dice.binomial(20, 0.8, CRITERIA)
        worst = int(passed.argmin())
        cells = {(0, str(number)): (int(count), 20) for number, count in enumerate(passed)}
        expected = expectation(cells, 0, str(worst))
        assert expected == Expectation(None, CRITERIA)
        since = (int(dice.binomial(20, 0.8)), 20)
        reached += progress(cells[0, str(worst)], since, expected).state is GoalState.REACHED
    assert reached / GOALS <= 0.05


def test_an_agent_who_truly_learns_is_found_out() -> None:
    dice = np.random.default_rng(23)
    reached = 0
    for _ in range(GOALS):
        usual = dice.uniform(0.6, 0.95, CRITERIA)
        rates = dice.beta(8 * usual, 8 * (1 - usual), (7, CRITERIA))
        passed = dice.binomial(20, rates)
        worst = int(passed[0].argmin())
        cells = {
            (agent, str(number)): (int(count), 20)
            for (agent, number), count in np.ndenumerate(passed)
        }
        since = (int(dice.binomial(20, 0.95)), 20)
        expected = expectation(cells, 0, str(worst))
        reached += progress(cells[0, str(worst)], since, expected).state is GoalState.REACHED
    assert reached / GOALS >= 0.8


def test_colleagues_who_differ_weigh_less() -> None:
    alike = {(agent, "a"): (8, 10) for agent in range(6)}
    apart = {(agent, "a"): (10 if agent % 2 else 1, 10) for agent in range(6)}
    assert likeness(alike) == 100
    assert likeness(apart) == 2
    own = {(9, "a"): (2, 10)}
    close, far = (expectation({**own, **one}, 9, "a").share for one in (alike, apart))
    assert close is not None
    assert far is not None
    assert 0.2 < far < close < 0.8


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.sampled_from("abc")),
        st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda one: (min(one), max(one))),
    )
)
def test_what_is_expected_is_a_share_whatever_was_counted(
    cells: dict[tuple[int, str], tuple[int, int]],
) -> None:
    found = expectation(cells, 0, "a")
    assert found.among >= 1
    assert found.share is None or 0 < found.share < 1
    assert 2 <= likeness(cells) <= 100


def test_before_is_as_long_as_after() -> None:
    started = dt.datetime(2026, 11, 23, 10, tzinfo=UTC)
    before, after = windows(started, dt.date(2026, 12, 7), KYIV)
    midnight = dt.datetime(2026, 12, 6, 22, tzinfo=UTC)  # the day begins in Kyiv
    assert after == (started, midnight)
    assert before == (started - (midnight - started), started)


def test_a_date_that_has_begun_is_none_for_a_goal() -> None:
    started = dt.datetime(2026, 11, 23, 10, tzinfo=UTC)
    with pytest.raises(ValueError, match="cannot be due"):
        windows(started, dt.date(2026, 11, 23), KYIV)


@given(
    st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1)),  # noqa: DTZ001  made aware below
    st.integers(-2, 400),
)
def test_the_windows_meet_at_the_start_and_are_equal(moment: dt.datetime, days: int) -> None:
    started = moment.replace(tzinfo=UTC)
    due = started.astimezone(KYIV).date() + dt.timedelta(days=days)
    assume(days > 0)
    before, after = windows(started, due, KYIV)
    assert before[1] == after[0] == started
    assert before[1] - before[0] == after[1] - after[0]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-23", "2026-12-23"),
        ("2026-12-31", "2027-01-31"),
        ("2027-01-31", "2027-02-28"),
        ("2028-01-30", "2028-02-29"),
    ],
)
def test_a_month_later_is_the_same_day_where_there_is_one(day: str, expected: str) -> None:
    assert month_after(dt.date.fromisoformat(day)).isoformat() == expected


def tally(key: str, lost: float, failed: int = 1, scorecard: str = "voice") -> CriterionTally:
    title = Wording.plain(key)
    return CriterionTally(key, title, title, 5, 5 - failed, lost, scorecard=scorecard)


def test_what_repeats_comes_before_what_costs() -> None:
    tallies = [tally("a", 50), tally("b", 10), tally("c", 80), tally("free", 0)]
    found = recommended(tallies, 10, [tally("b", 10, failed=3)])
    assert [(one.tally.key, one.cost, one.times) for one in found] == [
        ("b", 1.0, 3),
        ("c", 8.0, 0),
        ("a", 5.0, 0),
    ]


def test_the_same_key_on_another_scorecard_is_another_criterion() -> None:
    tallies = [tally("a", 1, scorecard="voice"), tally("a", 9, scorecard="text")]
    found = recommended(tallies, 1, [tally("a", 1, failed=4, scorecard="voice")])
    assert [(one.tally.scorecard, one.times) for one in found] == [("voice", 4), ("text", 0)]


def test_what_costs_nothing_that_shows_is_not_recommended() -> None:
    assert recommended([tally("a", 0.4)], 10) == ()
    assert recommended([tally("a", 5)], 0) == ()
    assert len(recommended([tally(str(one), 9) for one in range(20)], 1)) == 6
