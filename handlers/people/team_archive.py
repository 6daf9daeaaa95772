"""Archiving a team: it is offered nowhere from then on, and what was stays."""

from handlers.refusals import NotFound, Sorry
from handlers.words import N_
from storage import audit, locks, teams
from storage.audit import Action, Actor, Subject, Thing
from storage.database import Transaction
from storage.teams import Team


class IsMergedTeam(Sorry):
    """The team is a part of another one."""

    sentence = N_("This team was merged into another one. Undo that in /audit to part them again.")


async def archive(tx: Transaction, actor: Actor, team_id: int) -> Team:
    """Archive the team and return it; one that is archived already stays as it is.

    Raises ``NotFound``.
    """
    return await _set(tx, actor, team_id, archived=True)


async def bring_back(tx: Transaction, actor: Actor, team_id: int) -> Team:
    """Offer the team again, with the members it had, and return it.

    Raises ``NotFound``, or ``IsMergedTeam``.
    """
    return await _set(tx, actor, team_id, archived=False)


async def _set(tx: Transaction, actor: Actor, team_id: int, *, archived: bool) -> Team:
    await locks.alone(tx, locks.TEAMS)
    team = await teams.by_id(tx, team_id)
    if team is None:
        raise NotFound
    if team.merged_into is not None:
        raise IsMergedTeam
    if team.archived is archived:
        return team
    await teams.archive(tx, team.id, actor.at if archived else None)
    action = Action.TEAM_ARCHIVED if archived else Action.TEAM_BACK
    await audit.note(tx, actor, action, Subject(Thing.TEAM, team.id))
    return await teams.by_id(tx, team_id) or team
