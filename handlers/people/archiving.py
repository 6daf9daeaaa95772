"""/teams: archiving a team, bringing it back, and which other team it is the same as."""

from collections.abc import Awaitable, Callable

from handlers.people import team_archive
from handlers.refusals import NotFound
from handlers.taps import TeamAct, TeamTap
from handlers.turn import Turn
from handlers.views import teams as views
from handlers.views.screen import Screen
from storage import teams
from storage.database import Transaction
from storage.teams import Team


async def _team(tx: Transaction, team_id: int) -> Team:
    team = await teams.by_id(tx, team_id)
    if team is None:
        raise NotFound
    return team


def _number(value: str, size: int) -> int:
    page = int(value) if value.isascii() and value.isdigit() and len(value) < len("10000") else 0
    return page if page * views.PAGE < size else 0


async def list_archived(tx: Transaction, turn: Turn, tap: TeamTap) -> Screen:
    """Show the archived teams."""
    found = await teams.archived(tx)
    return views.archived_screen(turn.t, found, _number(tap.value, len(found)))


async def ask(tx: Transaction, turn: Turn, tap: TeamTap) -> Screen:
    """Ask whether the team shall be archived."""
    team = await _team(tx, tap.team)
    return views.archive_screen(turn.t, team, await teams.sizes(tx))


async def archive(tx: Transaction, turn: Turn, tap: TeamTap) -> Screen:
    """Archive the team."""
    team = await team_archive.archive(tx, turn.actor, tap.team)
    return views.archived_card(turn.t, team)


async def bring_back(tx: Transaction, turn: Turn, tap: TeamTap) -> Screen:
    """Offer the team again."""
    team = await team_archive.bring_back(tx, turn.actor, tap.team)
    return views.card_screen(turn.t, team, await teams.sizes(tx), turn.now)


async def same_as(tx: Transaction, turn: Turn, tap: TeamTap) -> Screen:
    """Ask which other team is the same."""
    team = await _team(tx, tap.team)
    others = [one for one in await teams.everything(tx) if one.id != team.id]
    others += await teams.archived(tx)
    others = [one for one in others if one.id != team.id]
    return views.same_as_screen(turn.t, team, others, _number(tap.value, len(others)))


Act = Callable[[Transaction, Turn, TeamTap], Awaitable[Screen]]

ACTS: dict[TeamAct, Act] = {
    TeamAct.ARCHIVED: list_archived,
    TeamAct.ARCHIVE: ask,
    TeamAct.ARCHIVE_SURE: archive,
    TeamAct.BRING_BACK: bring_back,
    TeamAct.MERGE: same_as,
}
