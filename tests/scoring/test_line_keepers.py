"""What is worth a look: whom it names, whom it leaves alone, and from how much on."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.line_keepers import (
    CriterionUse,
    Habit,
    Judgement,
    departures,
    hardly_used,
    line_keepers,
    standings,
)
from scoring.scorecard import Wording

STRICT, FAIR, KIND = 1, 2, 3


def judged(
    evaluator: int, agent: int, finals: Sequence[float], na: int = 0, scorecard: str = "voice"
) -> list[Judgement]:
    return [Judgement(evaluator, agent, scorecard, final, 10, na) for final in finals]


def team(**shift: float) -> list[Judgement]:
    """Five agents of different levels, whom three evaluators scored six times each."""
    noise = random.Random(20)  # noqa: S311  no secret
    moves = {STRICT: shift.get("strict", 0), FAIR: 0.0, KIND: shift.get("kind", 0)}
    return [
        one
        for agent in range(5)
        for evaluator, move in moves.items()
        for one in judged(
            evaluator, agent, [60 + 5 * agent + move + noise.gauss(0, 5) for _ in range(6)]
        )
    ]


def use(na: int, answers: int) -> CriterionUse:
    title = Wording.plain(f"{na} of {answers}")
    return CriterionUse(title, title, answers, na)


def test_a_strict_evaluator_is_named_and_makes_nobody_else_look_kind() -> None:
    (found,) = departures(team(strict=-15))
    assert (found.evaluator_id, found.habit) == (STRICT, Habit.SEVERITY)
    assert found.difference.low < -15 < found.difference.high < 0
    assert (found.difference.count, found.difference.others_count) == (30, 60)


def test_where_nobody_departs_nobody_is_named() -> None:
    assert departures(team()) == ()


def test_two_who_depart_in_opposite_ways_are_both_named() -> None:
    found = departures(team(strict=-20, kind=15))
    named = {one.evaluator_id: one.difference.estimate for one in found}
    assert named[STRICT] < 0 < named[KIND]


def test_of_two_evaluators_both_are_named_since_nobody_can_tell() -> None:
    two = [one for one in team(strict=-15) if one.evaluator_id != KIND]
    found = departures(two)
    assert {one.evaluator_id for one in found} == {STRICT, FAIR}
    assert all(one.one_of_two for one in found)
    assert found[0].difference.estimate == pytest.approx(-found[1].difference.estimate)


def test_who_scores_the_weaker_agents_is_not_strict_for_that() -> None:
    """Without strata the first evaluator's mean would lie 27 points below the other's."""
    noise = random.Random(7)  # noqa: S311  no secret

    def scores(level: float, times: int) -> list[float]:
        return [level + noise.gauss(0, 4) for _ in range(times)]

    mixed = [
        *judged(STRICT, 1, scores(50, 20)),
        *judged(FAIR, 1, scores(50, 6)),
        *judged(STRICT, 2, scores(95, 6)),
        *judged(FAIR, 2, scores(95, 20)),
    ]
    assert departures(mixed) == ()


def test_scores_on_another_scorecard_are_not_compared() -> None:
    apart = [
        *judged(STRICT, 1, [40.0, 42.0] * 20, scorecard="voice"),
        *judged(FAIR, 1, [90.0, 92.0] * 20, scorecard="text"),
    ]
    assert departures(apart) == ()
    assert line_keepers(apart, ()).evaluators == 0


def test_an_evaluator_who_answers_na_more_often_is_named() -> None:
    judgements = [
        *(one for agent in range(4) for one in judged(STRICT, agent, [80.0, 84.0, 88.0], na=4)),
        *(one for agent in range(4) for one in judged(FAIR, agent, [80.0, 84.0, 88.0], na=1)),
        *(one for agent in range(4) for one in judged(KIND, agent, [80.0, 84.0, 88.0], na=1)),
    ]
    (found,) = departures(judgements)
    assert (found.evaluator_id, found.habit) == (STRICT, Habit.NA)
    assert found.difference.estimate == pytest.approx(0.3)


def test_evaluations_without_a_score_still_tell_of_na() -> None:
    judgements = [
        one
        for agent in range(3)
        for one in (
            *[Judgement(STRICT, agent, "voice", None, 10, 10)] * 5,
            *judged(FAIR, agent, [80.0] * 5),
            *judged(KIND, agent, [80.0] * 5),
        )
    ]
    (found,) = departures(judgements)
    assert (found.evaluator_id, found.habit) == (STRICT, Habit.NA)


@pytest.mark.parametrize(("times", "named"), [(9, 0), (10, 2)])
def test_fewer_than_ten_contacts_say_nothing(times: int, named: int) -> None:
    few = [
        *judged(STRICT, 1, [40.0 + place for place in range(times)]),
        *judged(FAIR, 1, [90.0 + place / 10 for place in range(40)]),
    ]
    assert len(departures(few)) == named


def test_chance_alone_names_somebody_in_about_one_team_in_twenty() -> None:
    """200 teams of five alike evaluators; more than 20 false alarms would be one in 2,000."""
    noise = random.Random(2026)  # noqa: S311  no secret
    alarms = 0
    for _ in range(200):
        judgements = [
            one
            for agent in range(4)
            for evaluator in range(5)
            for one in judged(
                evaluator,
                agent,
                [min(100.0, 75 + 5 * agent + noise.gauss(0, 10)) for _ in range(4)],
                na=0,
            )
        ]
        alarms += bool(departures(judgements))
    assert alarms <= 20


def test_a_criterion_is_named_from_nine_times_in_ten_on() -> None:
    found = hardly_used([use(9, 10), use(89, 100), use(90, 100), use(9, 9), use(300, 300)])
    assert [(one.na.successes, one.na.total) for one in found] == [(300, 300), (90, 100), (9, 10)]
    assert found[1].na.low < 0.9 < found[1].na.high


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12))
def test_no_criterion_is_named_that_is_answered_more_often(pairs: list[tuple[int, int]]) -> None:
    uses = [use(min(pair), max(pair)) for pair in pairs]
    named = {one.title for one in hardly_used(uses)}
    for one in uses:
        often = one.answers >= 10 and one.na / one.answers >= 0.9
        assert (one.title in named) == often


judgements_of_anybody = st.lists(
    st.builds(
        Judgement,
        st.integers(1, 4),
        st.integers(1, 3),
        st.sampled_from(["voice", "text"]),
        st.none() | st.integers(0, 100).map(float),
        st.integers(0, 12),
        st.just(0),
    ),
    max_size=120,
)


@given(judgements_of_anybody, st.randoms(use_true_random=False))
def test_the_order_of_evaluations_changes_nothing(
    judgements: list[Judgement], chance: random.Random
) -> None:
    shuffled = judgements.copy()
    chance.shuffle(shuffled)
    one, other = departures(judgements), departures(shuffled)
    assert {(x.evaluator_id, x.habit) for x in one} == {(x.evaluator_id, x.habit) for x in other}


def test_everything_found_is_counted() -> None:
    found = line_keepers(team(strict=-15), [use(10, 10), use(1, 10), use(1, 3)])
    assert (found.evaluators, found.criteria_seen) == (3, 2)
    assert found.funnel is not None
    assert found.found == len(found.funnel.outside) + 2


TEAMS, AGENTS, EVALUATORS = 8, 6, 6


def month(seed: int, strict: float) -> list[list[Judgement]]:
    """A centre's month by team: skewed scores, six evaluators of whom the first one is strict."""
    chance = random.Random(seed)  # noqa: S311  no secret
    levels = {agent: chance.expovariate(1 / 6) for agent in range(TEAMS * AGENTS)}
    found: list[list[Judgement]] = []
    for place in range(TEAMS):
        own = []
        for agent in range(place * AGENTS, (place + 1) * AGENTS):
            for _ in range(8):
                evaluator = chance.randrange(EVALUATORS)
                lost = levels[agent] + chance.expovariate(1 / 8) + strict * (evaluator == 0)
                own.append(Judgement(evaluator, agent, "voice", max(0.0, 100 - lost), 10, 0))
        found.append(own)
    return found


def test_over_the_centre_a_strict_evaluator_is_found_whom_single_teams_miss() -> None:
    missed, found, months = 0, 0, 12
    for seed in range(months):
        teams = month(seed, strict=7.0)
        missed += sum(all(one.evaluator_id for one in departures(own)) for own in teams)
        centre = [one for own in teams for one in own]
        found += sum(
            [one.evaluator_id for one in line_keepers(own, (), centre).departures] == [0]
            for own in teams
        )
    assert missed > 0.75 * months * TEAMS
    assert found > 0.9 * months * TEAMS


def test_over_the_centre_of_alike_evaluators_one_is_named_in_few_months() -> None:
    """60 months: by teams eight lists each may err once in twenty, over the centre one."""
    named = 0
    for seed in range(60):
        named += bool(departures([one for own in month(seed, strict=0.0) for one in own]))
    assert named <= 6


def test_whoever_did_not_score_in_the_team_is_not_named_in_it() -> None:
    centre = team(strict=-15)
    own = [one for one in centre if one.evaluator_id != STRICT]
    found = line_keepers(own, (), centre)
    assert found.departures == ()
    assert found.evaluators == 2


def test_everybody_has_a_standing_and_the_clearest_stand_first() -> None:
    found = [one for one in standings(team(strict=-15)) if one.habit is Habit.SEVERITY]
    assert (found[0].evaluator_id, found[0].departs) == (STRICT, True)
    assert {one.evaluator_id for one in found} == {STRICT, FAIR, KIND}
    for one in found[1:]:
        assert not one.departs
        assert one.difference is not None
        assert abs(one.difference.estimate) < 4
    assert standings([]) == ()
