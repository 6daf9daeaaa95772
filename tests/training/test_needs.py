"""What a team should train: by figures, and never from too few contacts."""

import random

import pytest
from scipy import stats

from scoring.discoveries import at_most, discoveries, two_sided
from scoring.report import CriterionTally
from scoring.scorecard import Wording
from scoring.training import Need, needs


def tally(
    key: str, passed: int, asked: int, lost: float = 0.0, scorecard: str = "voice"
) -> CriterionTally:
    title = Wording.plain(key)
    return CriterionTally(key, title, title, asked, passed, lost, scorecard=scorecard)


def keys(found: tuple[Need, ...]) -> list[str]:
    return [one.tally.key for one in found]


def test_a_criterion_falls_short_when_its_whole_interval_does() -> None:
    short, unsure = tally("short", 10, 20), tally("unsure", 15, 20)  # Wilson: to 70 %, to 89 %
    (found,) = needs({1: [short, unsure]}, scored=20, members=[1])
    assert found.tally.key == "short"
    assert found.short
    assert (found.pass_rate.successes, found.pass_rate.total) == (10, 20)


def test_what_costs_most_is_named_though_it_may_not_fall_short() -> None:
    tallies = [tally(f"c{number}", 19, 20, lost=10.0 + number) for number in range(5)]
    found = needs({1: tallies}, scored=20, members=[1])
    assert keys(found) == ["c4", "c3", "c2"]
    assert not any(one.short for one in found)
    assert found[0].cost == 0.7


def test_the_threshold_can_be_another_one() -> None:
    own = {1: [tally("a", 10, 20)]}
    assert keys(needs(own, 20, [1], wanted=0.5)) == []
    assert keys(needs(own, 20, [1], wanted=0.75)) == ["a"]


def test_too_few_contacts_of_a_team_say_nothing() -> None:
    assert needs({1: [tally("a", 0, 4, lost=400.0)]}, scored=4, members=[1]) == ()


def test_those_would_gain_who_stay_below_in_at_least_three_contacts() -> None:
    by_agent = {
        1: [tally("a", 1, 4, lost=30)],
        2: [tally("a", 0, 2, lost=20)],  # two contacts: nothing is said
        3: [tally("a", 9, 10, lost=5)],  # good at it
        4: [tally("a", 0, 3, lost=30)],
        5: [tally("a", 0, 9, lost=90)],  # has left the team
    }
    (found,) = needs(by_agent, scored=28, members=[1, 2, 3, 4, 6])
    gains = [(one.agent_id, one.pass_rate.successes, one.pass_rate.total) for one in found.gains]
    assert gains == [(4, 0, 3), (1, 1, 4)]
    assert found.pass_rate.total == 28  # the team's figure still counts who has left


def test_a_criterion_of_two_scorecards_is_one_for_the_team_and_for_each() -> None:
    by_agent = {1: [tally("a", 1, 2), tally("a", 0, 3, scorecard="text")]}
    (found,) = needs(by_agent, scored=5, members=[1])
    assert (found.pass_rate.successes, found.pass_rate.total) == (1, 5)
    assert [one.pass_rate.total for one in found.gains] == [5]


def test_nothing_counted_is_no_need() -> None:
    assert needs({}, scored=0, members=[1]) == ()
    assert needs({1: [tally("a", 0, 0)]}, scored=0, members=[1]) == ()


def test_of_criteria_all_just_good_enough_hardly_a_list_says_that_one_falls_short() -> None:
    """200 teams with 14 criteria at just 85 %, 60 contacts each."""
    chance = random.Random(4)  # noqa: S311  no secret
    wrong = 0
    for _ in range(200):
        tallies = [
            tally(f"c{number}", sum(chance.random() < 0.85 for _ in range(60)), 60)
            for number in range(14)
        ]
        wrong += any(one.short for one in needs({1: tallies}, scored=60, members=[1]))
    assert wrong <= 0.05 * 200 + 4


def test_chances_are_those_of_the_binomial_and_of_benjamini_and_hochberg() -> None:
    assert at_most(10, 20, 0.85) == pytest.approx(stats.binom.cdf(10, 20, 0.85))
    assert two_sided(1.96) == pytest.approx(2 * stats.norm.sf(1.96))
    # The example of their paper, 5 %: the four smallest of fifteen.
    chances = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    chances += [0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0]
    assert sum(discoveries(chances)) == 4
    judged = stats.false_discovery_control(chances)
    assert discoveries(chances) == [one <= 0.05 for one in judged]
    assert discoveries([]) == []
