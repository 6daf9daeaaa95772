"""Links for all who have not joined yet, in one file."""

from handlers.people.links import invitation_link
from handlers.people.people_import import INVITE_COLUMNS, INVITES
from handlers.refusals import OutOfDate
from handlers.tables import tables
from handlers.tables.csv_files import FOR_EXCEL
from handlers.tables.tables import Table
from handlers.taps import PeopleTap
from handlers.turn import Turn
from handlers.views import imports as import_views
from handlers.views import people as views
from handlers.views.screen import File, Screen
from storage import audit, invitations, locks, people_outside, teams
from storage.audit import Action, Subject, Thing
from storage.database import Transaction

WITHOUT, ALL = 1, 2
"""Links for those who hold none that works, or new ones for all."""


async def ask(turn: Turn) -> None:
    """Ask for whom links are made."""
    async with turn.db.reading() as tx:
        screen = await _question(tx, turn)
    await turn.show(screen)


async def _question(tx: Transaction, turn: Turn) -> Screen:
    outside = await people_outside.everybody(tx)
    held = await invitations.holders(tx, turn.now)
    holding = sum(person.id in held for person in outside)
    return views.links_screen(turn.t, len(outside) - holding, holding)


async def hand_out(turn: Turn, tap: PeopleTap) -> None:
    """Make the links and send them as ``invites.csv``."""
    if tap.value not in (WITHOUT, ALL):
        raise OutOfDate
    async with turn.db.writing() as tx:
        await locks.alone(tx, locks.PEOPLE)
        made = await people_outside.issue(
            tx, turn.now, by=turn.person.id, all_anew=tap.value == ALL
        )
        ids = {team for person, _ in made.values() for team in (*person.teams, *person.supervises)}
        names = {team.id: team.name for team in await teams.by_ids(tx, ids)}
        screen = await _question(tx, turn)
        if made:
            details: audit.Details = {"people": sorted(made)}
            await audit.note(tx, turn.actor, Action.INVITED, Subject(Thing.PERSON), details)
    link = invitation_link(turn.bot)
    rows = [
        [
            person.name,
            ";".join(sorted(person.roles)),
            ";".join(names[team] for team in person.teams if team in names),
            link(token),
        ]
        for person, token in made.values()
    ]
    await turn.show(screen)
    if rows:
        as_csv = Table(INVITE_COLUMNS, (), FOR_EXCEL)
        file = File(INVITES, await tables.write(as_csv, INVITE_COLUMNS, rows))
        await turn.say(import_views.file_screen(turn.t, file))
