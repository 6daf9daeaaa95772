"""What a people file would do, told before it does it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from handlers import labels
from handlers.people.import_plan import Change
from handlers.people.people_import import Plan
from handlers.people.rows import Wanted
from handlers.tables.import_outcome import RejectedRow
from handlers.words import Words
from scoring.names import fold
from scoring.roles import Role
from scoring.transliteration import crossed, sought
from storage.people import Person

ALIKE = 0.8
"""How much of two names is the same where one may be a slip of the other (difflib's ratio)."""

COMPARED = 2_000
"""Pairs of team names that are compared for that: more would hold the sender up."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Lines to be shown, by what they are about; *waiting* is how many links will be made."""

    new: tuple[str, ...]
    moves: tuple[str, ...]
    others: tuple[str, ...]
    teams: tuple[str, ...]
    unled: tuple[str, ...]
    same: int
    rejected: int
    waiting: int
    told: str = field(repr=False)

    @property
    def number(self) -> int:
        """A number that is another one, but for chance, once anything would be different."""
        digest = hashlib.blake2b(f"{self!r}{self.told}".encode(), digest_size=4).digest()
        return int.from_bytes(digest) >> 1


def preview_of(t: Words, plan: Plan, rejected: Sequence[RejectedRow]) -> Preview:
    """Return what *plan* would do, in the language of *t*."""
    names = {team.id: team.name for team in plan.teams}
    fresh: dict[int, str] = {}
    for name, team in plan.team_ids.items():
        if team < 0:
            fresh.setdefault(team, name)
    names |= fresh
    changes = [one for one in plan.changes if one.is_any]
    heard = _heard(plan.people)
    return Preview(
        new=tuple(_newcomer(t, one, heard) for one in plan.new),
        moves=tuple(line for one in changes for line in _moves(t, one, names)),
        others=tuple(line for one in changes for line in _others(t, one)),
        teams=tuple(_team(t, name, fresh, plan) for name in fresh.values()),
        unled=tuple(_unled(plan, names)),
        same=len(plan.changes) - len(changes),
        rejected=len(rejected),
        waiting=len(plan.waiting),
        told=repr([(one.row.number, one.reason) for one in rejected]),
    )


def _heard(people: Iterable[Person]) -> dict[str, str]:
    """Return the names of the people by how they would be written in the other script."""
    return {" ".join(sorted(crossed(one.name).split())): one.name for one in people}


def _newcomer(t: Words, one: Wanted, heard: Mapping[str, str]) -> str:
    roles = ", ".join(labels.role(t, role) for role in Role if role in one.roles)
    parts = [one.name, roles, ", ".join((*(one.teams or ()), *(one.supervises or ())))]
    line = " · ".join(part for part in parts if part)
    alike = heard.get(" ".join(sorted(map(sought, fold(one.name).split()))))
    return line if alike is None else t("{line} (is it “{name}”?)", line=line, name=alike)


def _moves(t: Words, one: Change, names: Mapping[int, str]) -> Iterable[str]:
    person = one.person
    if one.teams is not None:
        yield f"{person.name}: {_named(t, person.teams, names)} → {_named(t, one.teams, names)}"
    if one.supervises is not None:
        before, after = (_named(t, ids, names) for ids in (person.supervises, one.supervises))
        yield t(
            "{name} supervises: {before} → {after}", name=person.name, before=before, after=after
        )


def _named(t: Words, ids: Iterable[int], names: Mapping[int, str]) -> str:
    return ", ".join(names[one] for one in ids if one in names) or t("none")


def _others(t: Words, one: Change) -> Iterable[str]:
    person = one.person
    if one.name is not None:
        yield t("{name}: will be called {new}", name=person.name, new=one.name)
    if one.roles is not None:
        before, after = (
            ", ".join(labels.role(t, role) for role in Role if role in roles) or t("none")
            for roles in (person.roles, one.roles)
        )
        yield f"{person.name}: {before} → {after}"
    if one.external_key is not None:
        yield t("{name}: key {key}", name=person.name, key=one.external_key)
    if one.aliases is not None:
        yield t("{name}: also {names}", name=person.name, names=", ".join(one.aliases))
    if one.language is not None or one.timezone is not None:
        said = " · ".join(part for part in (one.language, one.timezone) if part)
        yield f"{person.name}: {said}"


def _team(t: Words, name: str, fresh: Mapping[int, str], plan: Plan) -> str:
    """Return the new team's name, and another one's that it may be a slip of."""
    others = [team.name for team in plan.teams]
    others += [one for one in fresh.values() if one != name]
    alike = next((one for one in others[: COMPARED // max(len(fresh), 1)] if _alike(name, one)), "")
    return t("{name} (did you mean “{other}”?)", name=name, other=alike) if alike else name


def _alike(one: str, other: str) -> bool:
    folded = fold(one), fold(other)
    if any(char.isdigit() for char in one + other):
        # "Line 1" and "Line 2" are two teams.
        digits = [[char for char in name if char.isdigit()] for name in folded]
        if digits[0] != digits[1]:
            return False
    if " ".join(map(sought, folded[0].split())) == crossed(other):
        return True
    return SequenceMatcher(None, *folded).ratio() >= ALIKE


def _unled(plan: Plan, names: Mapping[int, str]) -> list[str]:
    """Return the teams that have members and that the file makes or leaves without a supervisor."""
    members: dict[int, set[int]] = {}
    leaders: dict[int, set[int]] = {}
    touched: set[int] = set()
    changed = {one.person.id: one for one in plan.changes}
    for person in (one for one in plan.people if one.active):
        one = changed.get(person.id, Change(person))
        teams = person.teams if one.teams is None else one.teams
        led = person.supervises if one.supervises is None else one.supervises
        touched |= {*teams, *led} ^ {*person.teams, *person.supervises}
        for ids, into in ((teams, members), (led, leaders)):
            for team in ids:
                into.setdefault(team, set()).add(person.id)
    for number, new in enumerate(plan.new):
        for written, into in ((new.teams or (), members), (new.supervises or (), leaders)):
            for team in {plan.team_ids[name] for name in written}:
                into.setdefault(team, set()).add(-number - 1)
                touched.add(team)
    without = (team for team in touched if members.get(team) and not leaders.get(team))
    return sorted((names[team] for team in without if team in names), key=fold)
