"""A people file's rows: each cell understood, or the sentence that says what is wrong with it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from handlers.people.names import external_key, person_name, team_name
from handlers.people.zone_names import zone_named
from handlers.refusals import Empty, Sorry, TooLong
from handlers.tables.tables import Columns, Row, Table
from handlers.tables.written import intact
from handlers.views.screen import shorten
from handlers.words import LANGUAGES, N_
from scoring.names import name_key
from scoring.roles import Role
from storage.aliases import MOST

COLUMNS = Columns(
    ("name", "roles"),
    ("team", "supervisor_of", "timezone", "language", "external_key", "aliases"),
)
SEPARATORS = re.compile("[;|]")


class NoName(Sorry):
    """The name's cell is empty."""

    sentence = N_("The name is missing.")


class NameTooLong(Sorry):
    """A name over the limit, a person's or a team's."""

    sentence = N_("This name is too long: at most {limit} characters.")


class NoRole(Sorry):
    """The roles' cell is empty."""

    sentence = N_("The role is missing: one or more of {known}.")


class UnknownRole(Sorry):
    """Something else than our roles."""

    sentence = N_("I know no role “{role}”: one or more of {known} is needed.")


class UnknownLanguage(Sorry):
    """Something else than our languages."""

    sentence = N_("I know no language “{language}”: it is one of {known}.")


class NoSupervisor(Sorry):
    """Supervises a team without the role."""

    sentence = N_("Only a supervisor can supervise a team: add the role or empty supervisor_of.")


class TooManyAliases(Sorry):
    """More other names than one person may have."""

    sentence = N_("These are too many aliases: at most {limit}.")


class Surplus(Sorry):
    """More cells than the header has names."""

    sentence = N_("Something stands outside the named columns; are quotation marks missing?")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row says of a person; ``None`` where the file says nothing about it.

    An empty team or supervisor_of means none; every other empty cell leaves what is there.
    """

    row: Row
    name: str
    roles: frozenset[Role]
    teams: tuple[str, ...] | None = None
    supervises: tuple[str, ...] | None = None
    timezone: str | None = None
    language: str | None = None
    external_key: str | None = None
    aliases: tuple[str, ...] | None = None


def understand(table: Table, row: Row) -> Wanted:
    """Return what *row* wants; raise the ``Sorry`` that says what is wrong with it."""
    if row.surplus:
        raise Surplus
    roles = _roles(row["roles"])
    supervises = _teams(row["supervisor_of"])
    if supervises and Role.SUPERVISOR not in roles:
        raise NoSupervisor
    return Wanted(
        row,
        _named(person_name, row["name"]),
        roles,
        teams=_teams(row["team"]) if "team" in table.columns else None,
        supervises=supervises if "supervisor_of" in table.columns else None,
        timezone=zone_named(row["timezone"]) if row["timezone"] else None,
        language=_language(row["language"]) if row["language"] else None,
        external_key=_key(row["external_key"]) if row["external_key"] else None,
        aliases=_aliases(row["aliases"]),
    )


def _roles(cell: str) -> frozenset[Role]:
    names = [part.casefold() for part in _parts(cell)]
    if not names:
        raise NoRole(known=_listed(Role))
    unknown = next((name for name in names if name not in set(Role)), None)
    if unknown is not None:
        raise UnknownRole(role=shorten(unknown, 40), known=_listed(Role))
    return frozenset(Role(name) for name in names)


def _teams(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_named(team_name, part) for part in _parts(cell)))


def _key(cell: str) -> str:
    return _named(external_key, intact("external_key", cell))


def _aliases(cell: str) -> tuple[str, ...] | None:
    names = {name_key(name): name for part in _parts(cell) if (name := _named(person_name, part))}
    if len(names) > MOST:
        raise TooManyAliases(limit=MOST)
    return tuple(names.values()) or None


def _language(cell: str) -> str:
    language = cell.casefold()
    if language not in LANGUAGES:
        raise UnknownLanguage(language=shorten(cell, 40), known=", ".join(LANGUAGES))
    return language


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in SEPARATORS.split(cell) if part.strip()]


def _named(read: Callable[[str], str], cell: str) -> str:
    """Return the name in *cell*, in a row's words where it is none."""
    try:
        return read(cell)
    except Empty as error:
        raise NoName from error
    except TooLong as error:
        raise NameTooLong(**error.values) from error


def _listed(roles: type[Role]) -> str:
    return ", ".join(role.value for role in roles)
