"""Drawing: random, the same from the same seed, fair to every stratum and every contact."""

import random
from collections import Counter
from hashlib import blake2b

from hypothesis import given
from hypothesis import strategies as st

from scoring.drawing import (
    Shortfall,
    chance,
    choose,
    population_hash,
    replay,
    shortfalls,
    shuffled,
)
from scoring.sampling import Excluded, Member

SEEDS = st.integers(0, 2**63 - 1)
MEMBERS = st.lists(
    st.builds(
        Member,
        contact=st.integers(1, 10_000),
        agent=st.integers(1, 4),
        stratum=st.sampled_from(["", "call", "chat", "email/complaint"]),
        excluded=st.sampled_from([None, None, None, Excluded.SHORT, Excluded.SCORED]),
    ),
    unique_by=lambda one: one.contact,
    max_size=60,
)
WANTED = st.dictionaries(st.integers(1, 5), st.integers(1, 8), max_size=5)


@given(MEMBERS, WANTED, SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_the_population_does_not_matter(
    members: list[Member], wanted: dict[int, int], seed: int, shuffle: random.Random
) -> None:
    mixed = list(members)
    shuffle.shuffle(mixed)
    assert choose(mixed, wanted, seed) == choose(members, wanted, seed)
    assert population_hash(mixed) == population_hash(members)


@given(MEMBERS, WANTED, SEEDS)
def test_each_agent_gives_what_is_wanted_or_all_there_is(
    members: list[Member], wanted: dict[int, int], seed: int
) -> None:
    chosen = choose(members, wanted, seed)
    free = Counter(one.agent for one in members if one.excluded is None)
    drawn = Counter(one.agent for one in members if one.contact in chosen)
    assert sum(drawn.values()) == len(chosen)
    for agent in {*free, *wanted}:
        assert drawn[agent] == min(wanted.get(agent, 0), free[agent])


@given(MEMBERS, WANTED, SEEDS)
def test_nothing_excluded_is_ever_drawn(
    members: list[Member], wanted: dict[int, int], seed: int
) -> None:
    chosen = choose(members, wanted, seed)
    assert not any(one.contact in chosen for one in members if one.excluded is not None)


@given(MEMBERS, WANTED, SEEDS)
def test_each_stratum_gives_its_share_within_one(
    members: list[Member], wanted: dict[int, int], seed: int
) -> None:
    chosen = choose(members, wanted, seed)
    free = [one for one in members if one.excluded is None]
    agents = Counter(one.agent for one in free)
    strata = Counter((one.agent, one.stratum) for one in free)
    drawn = Counter((one.agent, one.stratum) for one in free if one.contact in chosen)
    for (agent, name), size in strata.items():
        count = min(wanted.get(agent, 0), agents[agent])
        assert abs(drawn[agent, name] - count * size / agents[agent]) < 1


def test_agents_who_fell_short_are_named_with_what_there_was() -> None:
    wanted = {3: 2, 1: 2, 2: 1}
    assert shortfalls(wanted, {1: 1, 2: 1}) == [Shortfall(1, 2, 1), Shortfall(3, 2, 0)]


@given(MEMBERS, WANTED, SEEDS)
def test_a_replay_finds_the_same(members: list[Member], wanted: dict[int, int], seed: int) -> None:
    chosen = choose(members, wanted, seed)
    same = replay(members, wanted, seed, chosen)
    assert (same.missing, same.extra) == ((), ())


def line(*counts: int) -> list[Member]:
    """Return contacts of one agent, so many of each stratum."""
    names = [f"s{place}" for place, count in enumerate(counts) for _ in range(count)]
    return [Member(contact, 1, name) for contact, name in enumerate(names, start=1)]


def test_a_contact_that_was_swapped_is_named_by_the_replay() -> None:
    members = line(10)
    chosen = choose(members, {1: 3}, 11)
    gone, strange = min(chosen), min({one.contact for one in members} - chosen)
    found = replay(members, {1: 3}, 11, chosen - {gone} | {strange})
    assert (found.missing, found.extra) == ((gone,), (strange,))


def test_every_contact_has_the_same_chance_however_small_its_stratum() -> None:
    members = line(9, 2, 1)
    times = Counter(one for seed in range(6_000) for one in choose(members, {1: 2}, seed))
    # 1,000 of each are to be expected, with a standard deviation of 29.
    assert all(abs(times[one.contact] - 1_000) < 150 for one in members)


def test_agents_are_drawn_apart_from_each_other() -> None:
    """Another agent's contacts, or another agent at all, changes nothing of one's own draw."""
    own = line(12)
    others = [Member(100 + number, 2, "s0") for number in range(9)]
    together = choose([*own, *others], {1: 3, 2: 2}, 5)
    assert {one for one in together if one < 100} == choose(own, {1: 3}, 5)


def test_chance_is_a_hash_that_any_language_has() -> None:
    told = blake2b(b"5:contact:9", digest_size=8).hexdigest()
    assert chance(5, "contact:9") == int(told, 16)


def test_a_draw_of_today_is_the_same_forever() -> None:
    """The method is stored with a number: what it draws must never change under that number."""
    assert chance(42, "contact:1") == 0x3EFE73B377637F94
    assert sorted(choose(line(6, 3, 3), {1: 4}, 20261123)) == [4, 6, 9, 12]
    assert shuffled(7, "assign", range(1, 7)) == [2, 3, 6, 5, 4, 1]


def test_the_hash_covers_lines_that_anybody_can_write() -> None:
    members = [Member(2, 7, "call/60+", Excluded.SHORT), Member(1, 7, "call")]
    text = "1\t7\tcall\t\n2\t7\tcall/60+\tshort\n"
    assert population_hash(members) == blake2b(text.encode(), digest_size=32).hexdigest()
    assert population_hash(members) != population_hash([members[1]])
    assert len(population_hash([])) == 64
