"""Whose results a person may see: their own, their teams', or everybody's."""

from handlers.evaluating.casefile import oversees
from handlers.refusals import NotFound, NotYours, Sorry
from handlers.turn import Turn
from handlers.words import N_
from scoring.names import fold, name_key
from scoring.roles import Role
from scoring.transliteration import holds
from storage import people, people_search, teams
from storage.database import Transaction
from storage.people import Person
from storage.teams import Team

OVERSEERS = frozenset({Role.SUPERVISOR, Role.ADMIN})
"""Who may look at other people's results, of their teams or of all."""


class NoTeams(Sorry):
    """There is no team that the person could ask about."""

    sentence = N_("There is no team for you to look at yet.")


async def teams_of(tx: Transaction, person: Person) -> list[Team]:
    """Return the teams whose reports *person* may see: those they supervise first, then by name.

    Raises ``NoTeams`` where there is none.
    """
    every = person.is_a(Role.ADMIN)
    found = await teams.everything(tx) if every else await teams.by_ids(tx, _supervised(person))
    if not found:
        raise NoTeams
    return sorted(found, key=lambda team: (team.id not in person.supervises, fold(team.name)))


def named(found: list[Team], name: str) -> list[Team]:
    """Return the teams whose name holds every word of *name*, in this script or another.

    One that is called so stands alone.
    """
    called = name_key(name)
    exact = [team for team in found if name_key(team.name) == called]
    return exact or [team for team in found if holds(team.name, name)]


async def team_for(tx: Transaction, turn: Turn, team_id: int) -> Team:
    """Return the team of a press; raise ``NotFound`` or ``NotYours``."""
    team = await teams.by_id(tx, team_id)
    if team is None:
        raise NotFound
    if not oversees(turn.person, frozenset({team.id})):
        raise NotYours
    return team


async def agent_for(tx: Transaction, turn: Turn, person_id: int) -> Person:
    """Return the person of a press: oneself, or a member of a team one oversees."""
    if person_id == turn.person.id and turn.person.is_a(Role.AGENT):
        return turn.person
    agent = await people.by_id(tx, person_id)
    if agent is None:
        raise NotFound
    if not oversees(turn.person, frozenset(agent.teams)):
        raise NotYours
    return agent


async def agents_for(tx: Transaction, person: Person, name: str) -> list[Person]:
    """Return the agents whose name holds every word of *name* and whom *person* oversees."""
    if person.is_a(Role.ADMIN):
        return await people_search.matching(tx, Role.AGENT, name)
    supervised = _supervised(person)
    # No teams would mean no limit there.
    return (
        await people_search.matching(tx, Role.AGENT, name, teams=supervised) if supervised else []
    )


def _supervised(person: Person) -> tuple[int, ...]:
    return person.supervises if person.is_a(Role.SUPERVISOR) else ()
