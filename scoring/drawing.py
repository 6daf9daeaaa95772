"""Drawing contacts from a population: random, yet the same for everybody who has the seed.

Nothing here depends on a library's generator: chance is the order of BLAKE2b hashes (RFC 7693) of
the seed with what is put in order, so a draw can be replayed with any language's standard library.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from scoring.sampling import Member

METHOD = 1
"""The number of this method, stored with each draw; another one would get another number."""

CHANCES = 2**64
"""How many values a hash has that stands for chance."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """An agent whose contacts did not suffice: ``drawn`` of ``wanted``."""

    agent: int
    wanted: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What a replay found: contacts chosen by the replay alone and by the stored draw alone."""

    missing: tuple[int, ...]
    extra: tuple[int, ...]


def chance(seed: int, what: str) -> int:
    """Return a number from 0 to 2^64 - 1 that *seed* gives to *what*.

    It is the 8-byte BLAKE2b hash of ``seed:what`` in ASCII, its first byte the highest.
    """
    return int.from_bytes(blake2b(f"{seed}:{what}".encode("ascii"), digest_size=8).digest(), "big")


def shuffled(seed: int, purpose: str, ids: Iterable[int]) -> list[int]:
    """Return the ids in the random order that *seed* gives them for one *purpose*."""
    return sorted(ids, key=lambda one: (chance(seed, f"{purpose}:{one}"), one))


def choose(members: Iterable[Member], wanted: Mapping[int, int], seed: int) -> frozenset[int]:
    """Return the contacts drawn: as many of each agent as *wanted* says, or all there are.

    Every contact of an agent that can be drawn has the same chance, and each stratum gives its
    share of the agent's contacts, rounded up or down by chance. The agent's strata stand in random
    order, the contacts in random order within each, and every k-th is taken from a random start:
    systematic sampling (Madow & Madow, On the Theory of Systematic Sampling, Annals of
    Mathematical Statistics 15, 1944).
    """
    eligible: dict[int, list[Member]] = {}
    for one in members:
        if one.excluded is None:
            eligible.setdefault(one.agent, []).append(one)
    return frozenset(
        contact
        for agent, count in wanted.items()
        for contact in _drawn_of(agent, eligible.get(agent, ()), count, seed)
    )


def _drawn_of(agent: int, members: Sequence[Member], count: int, seed: int) -> list[int]:
    """Return the contacts drawn from one agent's members."""
    line = sorted(
        members,
        key=lambda one: (
            chance(seed, f"stratum:{agent}:{one.stratum}"),
            one.stratum,
            chance(seed, f"contact:{one.contact}"),
            one.contact,
        ),
    )
    if count >= len(line):
        return [one.contact for one in line]
    start = chance(seed, f"start:{agent}")
    # Whole numbers throughout: a start of start / 2^64 steps, each of len(line) / count places.
    places = [(start + turn * CHANCES) * len(line) // (count * CHANCES) for turn in range(count)]
    return [line[place].contact for place in places]


def shortfalls(wanted: Mapping[int, int], drawn: Mapping[int, int]) -> list[Shortfall]:
    """Return the agents of whom fewer contacts were *drawn* than *wanted*, by id."""
    return [
        Shortfall(agent, count, drawn.get(agent, 0))
        for agent, count in sorted(wanted.items())
        if drawn.get(agent, 0) < count
    ]


def population_hash(members: Iterable[Member]) -> str:
    """Return the hash of a population, 64 hexadecimal digits, whatever the order of its members.

    It is BLAKE2b with 32 bytes over a line a contact, ordered by contact: contact, agent, stratum
    and the reason of its exclusion, separated by tabs, each line ended by a line feed, in UTF-8.
    """
    digest = blake2b(digest_size=32)
    for one in sorted(members, key=lambda member: member.contact):
        excluded = one.excluded.value if one.excluded is not None else ""
        digest.update(f"{one.contact}\t{one.agent}\t{one.stratum}\t{excluded}\n".encode())
    return digest.hexdigest()


def replay(
    members: Iterable[Member], wanted: Mapping[int, int], seed: int, chosen: Collection[int]
) -> Difference:
    """Draw once more and return how that differs from the contacts *chosen* then."""
    again = choose(members, wanted, seed)
    return Difference(tuple(sorted(again - set(chosen))), tuple(sorted(set(chosen) - again)))
