"""What a people file means for the people who are there: who is new, who changes, who may not."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from handlers.people.admin_rule import may_have
from handlers.people.rows import Wanted
from handlers.refusals import Sorry
from handlers.words import N_
from scoring.names import name_key
from scoring.roles import Role
from storage.people import NewPerson, Person


class Twice(Sorry):
    """The file names somebody two times."""

    sentence = N_("This name stands in row {row} already.")


class SeveralCalled(Sorry):
    """Several people have that name, so the row could mean any of them."""

    sentence = N_("Several people have this name: please change them one by one with /people.")


class IsShutOut(Sorry):
    """The person was shut out, and a file does not let anybody in again."""

    sentence = N_("This person was shut out: let them back in with /people first.")


@dataclass(slots=True)
class Matching:
    """Finds the person that each row means; remembers the rows before it."""

    people: Mapping[str, list[Person]]
    admins: set[int]
    by: int | None
    seen: dict[str, int] = field(default_factory=dict)

    def person(self, wanted: Wanted) -> Person | None:
        """Return whom the row means, ``None`` for somebody new; raise why it may not be so."""
        key = name_key(wanted.name)
        if key in self.seen:
            raise Twice(row=self.seen[key])
        found = self.people.get(key, [])
        if len(found) > 1:
            raise SeveralCalled
        person = next(iter(found), None)
        if person is not None:
            self._check(person, wanted.roles)
        self.seen[key] = wanted.row.number
        return person

    def _check(self, person: Person, roles: Collection[Role]) -> None:
        if not person.active:
            raise IsShutOut
        may_have(roles, person, self.admins, self.by)
        if Role.ADMIN in roles:
            self.admins.add(person.id)
        else:
            self.admins.discard(person.id)


def by_name(people: Iterable[Person]) -> dict[str, list[Person]]:
    """Return the people by the name under which they are compared."""
    found: dict[str, list[Person]] = {}
    for person in people:
        found.setdefault(name_key(person.name), []).append(person)
    return found


def newcomer(wanted: Wanted, teams: Mapping[str, int]) -> NewPerson:
    """Return who is to be taken in; *teams* are ids by their key."""
    return NewPerson(
        wanted.name,
        wanted.roles,
        teams=_ids(wanted.teams or (), teams),
        supervises=_ids(wanted.supervises or (), teams),
        language=wanted.language,
        timezone=wanted.timezone,
    )


@dataclass(frozen=True, slots=True)
class Change:
    """What of a person becomes different; ``None`` leaves it as it is."""

    person: Person
    roles: frozenset[Role] | None = None
    teams: tuple[int, ...] | None = None
    supervises: tuple[int, ...] | None = None
    language: str | None = None
    timezone: str | None = None

    @property
    def is_any(self) -> bool:
        """Whether anything becomes different."""
        values = (self.roles, self.teams, self.supervises, self.language, self.timezone)
        return any(value is not None for value in values)


def change(person: Person, wanted: Wanted, teams: Mapping[str, int]) -> Change:
    """Return how the row differs from *person* as they are."""
    members = person.teams if wanted.teams is None else _ids(wanted.teams, teams)
    supervises = person.supervises if wanted.supervises is None else _ids(wanted.supervises, teams)
    if Role.SUPERVISOR not in wanted.roles:
        supervises = ()
    return Change(
        person,
        roles=wanted.roles if wanted.roles != person.roles else None,
        teams=members if members != person.teams else None,
        supervises=supervises if supervises != person.supervises else None,
        language=wanted.language if wanted.language != person.language else None,
        timezone=wanted.timezone if wanted.timezone != person.timezone else None,
    )


def _ids(names: Iterable[str], teams: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(sorted({teams[name_key(name)] for name in names}))
