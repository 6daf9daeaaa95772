"""Giving out what was drawn: evenly by load, to nobody who should not score it."""

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from scoring.assigning import Assigned, Drawn, Scorer, bar, may_score, spread
from scoring.sampling import Excluded

SUPPORT, SALES = 1, 2
NOBODY = frozenset[int]()

SEEDS = st.integers(0, 2**63 - 1)
TEAMS = st.frozensets(st.integers(1, 3), max_size=2)
SCORERS = st.lists(
    st.builds(Scorer, id=st.integers(1, 8), leads=TEAMS, load=st.integers(0, 5)),
    unique_by=lambda one: one.id,
    max_size=6,
)
DRAWN = st.lists(
    st.builds(Drawn, contact=st.integers(1, 1000), agent=st.integers(1, 12), teams=TEAMS),
    unique_by=lambda one: one.contact,
    max_size=40,
)
PERCENT = st.integers(0, 50)


def contacts(count: int, agent: int = 99, teams: frozenset[int] = NOBODY) -> list[Drawn]:
    return [Drawn(number, agent, teams) for number in range(1, count + 1)]


def loads(given_out: list[Assigned]) -> Counter[int | None]:
    return Counter(one.scorer for one in given_out)


@given(DRAWN, SCORERS, SEEDS, PERCENT)
def test_nobody_gets_their_own_contacts_or_those_of_a_team_they_lead(
    drawn: list[Drawn], scorers: list[Scorer], seed: int, percent: int
) -> None:
    by_id = {one.id: one for one in scorers}
    by_contact = {one.contact: one for one in drawn}
    for one in spread(drawn, scorers, seed, double_percent=percent):
        contact = by_contact[one.contact]
        if one.scorer is not None:
            assert may_score(by_id[one.scorer], contact.agent, contact.teams)
        else:
            assert not any(may_score(who, contact.agent, contact.teams) for who in scorers)


@given(DRAWN, SCORERS, SEEDS, PERCENT)
def test_each_contact_is_given_out_once_and_a_second_time_to_somebody_else(
    drawn: list[Drawn], scorers: list[Scorer], seed: int, percent: int
) -> None:
    given_out = spread(drawn, scorers, seed, double_percent=percent)
    first = {one.contact: one.scorer for one in given_out if not one.second}
    second = [one for one in given_out if one.second]
    assert sorted(first) == sorted(one.contact for one in drawn)
    assert len(first) + len(second) == len(given_out)
    assert all(one.scorer not in {None, first[one.contact]} for one in second)
    assert len({one.contact for one in second}) == len(second) <= len(drawn) * percent / 100 + 1


@given(DRAWN, SCORERS, SEEDS, PERCENT, st.randoms(use_true_random=False))
def test_the_order_of_contacts_and_evaluators_does_not_matter(
    drawn: list[Drawn], scorers: list[Scorer], seed: int, percent: int, shuffle: random.Random
) -> None:
    before = spread(drawn, scorers, seed, double_percent=percent)
    shuffle.shuffle(drawn)
    shuffle.shuffle(scorers)
    assert spread(drawn, scorers, seed, double_percent=percent) == before


@given(st.integers(0, 40), st.integers(1, 6), SEEDS, PERCENT)
def test_evaluators_without_ties_get_the_same_within_one(
    count: int, people: int, seed: int, percent: int
) -> None:
    scorers = [Scorer(number) for number in range(1, people + 1)]
    first = loads([one for one in spread(contacts(count), scorers, seed) if not one.second])
    assert max(first[one.id] for one in scorers) - min(first[one.id] for one in scorers) <= 1


def test_who_has_much_to_do_already_gets_less() -> None:
    given_out = loads(spread(contacts(10), [Scorer(1, load=6), Scorer(2), Scorer(3, load=2)], 4))
    assert given_out == Counter({2: 6, 3: 4})


def test_what_only_one_may_score_goes_to_them_and_the_rest_evens_it_out() -> None:
    """Olga leads Support, so Anna gets its contacts, and Olga more of the others."""
    anna, olga = Scorer(1), Scorer(2, frozenset({SUPPORT}))
    support = [Drawn(number, 98, frozenset({SUPPORT})) for number in range(1, 5)]
    sales = [Drawn(number, 99, frozenset({SALES})) for number in range(5, 9)]
    given_out = spread([*sales, *support], [anna, olga], 3)
    assert loads(given_out) == Counter({1: 4, 2: 4})
    assert {one.scorer for one in given_out if one.contact < 5} == {1}


def test_a_share_of_the_contacts_goes_to_two_evaluators() -> None:
    counts = [
        sum(one.second for one in spread(contacts(25), [Scorer(1), Scorer(2)], seed, **TENTH))
        for seed in range(400)
    ]
    # 2.5 of 25 is two or three, as chance will have it, and 2.5 on average.
    assert set(counts) == {2, 3}
    assert abs(sum(counts) / len(counts) - 2.5) < 0.1


TENTH = {"double_percent": 10}


def test_one_evaluator_alone_scores_nothing_twice() -> None:
    given_out = spread(contacts(10), [Scorer(1)], 2, double_percent=50)
    assert not any(one.second for one in given_out)


def test_an_agent_is_barred_where_no_evaluator_is_independent_of_them() -> None:
    support = frozenset({SUPPORT})
    lead = Scorer(2, support)
    assert bar([Scorer(7)], 7, support) is Excluded.OWN
    assert bar([lead], 7, support) is Excluded.LEAD
    assert bar([Scorer(7), lead], 7, support) is Excluded.LEAD
    assert bar([Scorer(7), lead, Scorer(3)], 7, support) is None


def test_without_any_evaluator_contacts_wait_for_one() -> None:
    assert bar([], 7, NOBODY) is None
    assert [one.scorer for one in spread(contacts(2), [], 1, double_percent=50)] == [None, None]
