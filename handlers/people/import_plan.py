"""What a people file means for the people who are there: who is new, who changes, who may not."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from handlers.people.admin_rule import may_have
from handlers.people.known import Known
from handlers.people.rows import Wanted
from handlers.refusals import Sorry
from handlers.views.screen import shorten
from handlers.words import N_
from scoring.names import fold, name_key
from scoring.roles import Role
from storage import teams as stored_teams
from storage.people import NewPerson, Person
from storage.teams import Team

SHOWN = 60


class Twice(Sorry):
    """The file names somebody two times."""

    sentence = N_("This name stands in row {row} already.")


class KeyTwice(Sorry):
    """The file has a key two times."""

    sentence = N_("This key stands in row {row} already.")


class SeveralCalled(Sorry):
    """Several people have that name, so the row could mean any of them."""

    sentence = N_("Several people have this name: please change them one by one with /people.")


class AnotherKey(Sorry):
    """Whoever has that name has another key: it is somebody else, or the key has changed."""

    sentence = N_(
        "Somebody of this name has another key: change it with /people, or invite a namesake there."
    )


class AliasTaken(Sorry):
    """An alias would stand for two people."""

    sentence = N_("Somebody else is called “{alias}” already.")


class IsShutOut(Sorry):
    """The person was shut out, and a file does not let anybody in again."""

    sentence = N_("This person was shut out: let them back in with /people first.")


class IsArchived(Sorry):
    """The team is archived, and a file does not bring one back."""

    sentence = N_("The team “{name}” is archived: bring it back with /teams first.")


class Archived:
    """Finds rows that name a team which is offered nowhere."""

    def __init__(self, teams: Sequence[Team]) -> None:
        self._teams = teams
        self._found: dict[str, bool] = {}

    def refuse(self, wanted: Wanted) -> None:
        """Raise ``IsArchived`` where the row names such a team."""
        for name in (*(wanted.teams or ()), *(wanted.supervises or ())):
            if name not in self._found:
                team = stored_teams.called(self._teams, name)
                self._found[name] = team is not None and team.archived
            if self._found[name]:
                raise IsArchived(name=shorten(name, SHOWN))


@dataclass(slots=True)
class Matching:
    """Finds the person that each row means; remembers the rows before it.

    *keys* are the folded keys in the whole file, *names* how often each name stands there.
    """

    known: Known
    admins: set[int]
    by: int | None
    keys: Collection[str]
    names: Mapping[str, int]
    seen: dict[int, int] = field(default_factory=dict)
    seen_keys: dict[str, int] = field(default_factory=dict)
    newcomers: dict[str, tuple[int, bool]] = field(default_factory=dict)

    def person(self, wanted: Wanted) -> Person | None:
        """Return whom the row means, ``None`` for somebody new; raise why it may not be so."""
        key = None if wanted.external_key is None else fold(wanted.external_key)
        if key is not None and key in self.seen_keys:
            raise KeyTwice(row=self.seen_keys[key])
        person = self._meant(wanted, key)
        self._refuse_second(wanted, person, keyed=key is not None)
        for alias in wanted.aliases or ():
            if any(one != person for one in self.known.called(alias)):
                raise AliasTaken(alias=shorten(alias, SHOWN))
        if person is not None:
            self._check(person, wanted.roles)
            self.seen[person.id] = wanted.row.number
        else:
            self.newcomers[name_key(wanted.name)] = wanted.row.number, key is not None
        if key is not None:
            self.seen_keys[key] = wanted.row.number
        return person

    def _meant(self, wanted: Wanted, key: str | None) -> Person | None:
        """Return whoever has the row's key, or else its name or alias."""
        held = self.known.by_key(key) if key is not None else None
        if held is not None:
            return held
        found = self.known.called(wanted.name)
        if key is not None:
            # Somebody whose own key stands in the file is another person of that name.
            found = [one for one in found if fold(one.external_key or "") not in self.keys]
            if any(one.external_key is not None for one in found):
                raise AnotherKey
            if found and self.names[name_key(wanted.name)] > 1:
                raise SeveralCalled
        if len(found) > 1:
            raise SeveralCalled
        return next(iter(found), None)

    def _refuse_second(self, wanted: Wanted, person: Person | None, *, keyed: bool) -> None:
        if person is not None:
            if person.id in self.seen:
                raise Twice(row=self.seen[person.id])
            return
        before = self.newcomers.get(name_key(wanted.name))
        if before is not None and not (keyed and before[1]):
            raise Twice(row=before[0])

    def _check(self, person: Person, roles: Collection[Role]) -> None:
        if not person.active:
            raise IsShutOut
        may_have(roles, person, self.admins, self.by)
        if Role.ADMIN in roles:
            self.admins.add(person.id)
        else:
            self.admins.discard(person.id)


def matching(wanted: Sequence[Wanted], known: Known, admins: set[int], by: int | None) -> Matching:
    """Return what finds the people whom the rows of a file mean; *by* is who sent it."""
    keys = {fold(one.external_key) for one in wanted if one.external_key is not None}
    return Matching(known, admins, by, keys, Counter(name_key(one.name) for one in wanted))


def team_ids(wanted: Iterable[Wanted], there: Sequence[Team]) -> dict[str, int]:
    """Return the ids of the teams that the rows name, by name as it is written there.

    Teams that are not there yet have negative ones, one for all writings of a name.
    """
    ids: dict[str, int] = {}
    fresh: dict[str, int] = {}
    for one in wanted:
        for name in (*(one.teams or ()), *(one.supervises or ())):
            if name not in ids:
                team = stored_teams.called(there, name)
                new = -len(fresh) - 1
                ids[name] = team.id if team else fresh.setdefault(name_key(name), new)
    return ids


def newcomer(wanted: Wanted, teams: Mapping[str, int]) -> NewPerson:
    """Return who is to be taken in; *teams* are ids by name as it is written in the file."""
    return NewPerson(
        wanted.name,
        wanted.roles,
        teams=_ids(wanted.teams or (), teams),
        supervises=_ids(wanted.supervises or (), teams),
        language=wanted.language,
        timezone=wanted.timezone,
        external_key=wanted.external_key,
    )


@dataclass(frozen=True, slots=True)
class Change:
    """What of a person becomes different; ``None`` leaves it as it is."""

    person: Person
    name: str | None = None
    roles: frozenset[Role] | None = None
    teams: tuple[int, ...] | None = None
    supervises: tuple[int, ...] | None = None
    language: str | None = None
    timezone: str | None = None
    external_key: str | None = None
    aliases: tuple[str, ...] | None = None

    @property
    def is_any(self) -> bool:
        """Whether anything becomes different."""
        moved = (self.roles, self.teams, self.supervises)
        told = (self.name, self.language, self.timezone, self.external_key, self.aliases)
        return any(value is not None for value in (*moved, *told))


def change(
    person: Person, wanted: Wanted, teams: Mapping[str, int], aliases: Sequence[str]
) -> Change:
    """Return how the row differs from *person* as they are, known by *aliases*."""
    members = person.teams if wanted.teams is None else _ids(wanted.teams, teams)
    supervises = person.supervises if wanted.supervises is None else _ids(wanted.supervises, teams)
    if Role.SUPERVISOR not in wanted.roles:
        supervises = ()
    key = wanted.external_key
    same_key = key is None or fold(key) == fold(person.external_key or "")
    known_by = {name_key(person.name), *map(name_key, aliases)}
    return Change(
        person,
        name=None if name_key(wanted.name) in known_by else wanted.name,
        roles=wanted.roles if wanted.roles != person.roles else None,
        teams=members if members != person.teams else None,
        supervises=supervises if supervises != person.supervises else None,
        language=wanted.language if wanted.language != person.language else None,
        timezone=wanted.timezone if wanted.timezone != person.timezone else None,
        external_key=None if same_key else key,
        aliases=_new_aliases(wanted.aliases, aliases),
    )


def _new_aliases(wanted: tuple[str, ...] | None, there: Sequence[str]) -> tuple[str, ...] | None:
    if wanted is None or set(map(name_key, wanted)) == set(map(name_key, there)):
        return None
    return wanted


def _ids(names: Iterable[str], teams: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(sorted({teams[name] for name in names}))
