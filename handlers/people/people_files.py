"""A people file sent to the bot: previewed, kept until its button is pressed, applied once."""

import asyncio
import json
from collections.abc import Sequence

from handlers import menus
from handlers.people.import_preview import Preview, preview_of
from handlers.people.links import invitation_link
from handlers.people.people_import import Plan, apply, planned, understood
from handlers.people.rows import COLUMNS, Wanted
from handlers.refusals import NotFound
from handlers.routing import press
from handlers.tables import import_outcome, tables
from handlers.tables.csv_files import CsvStyle
from handlers.tables.import_outcome import ImportOutcome, RejectedRow
from handlers.tables.tables import Row, Table
from handlers.taps import PeopleFileAct, PeopleFileTap
from handlers.turn import Turn
from handlers.views import imports as import_views
from handlers.views import people_file as views
from handlers.views.screen import Screen
from scoring.roles import Role
from storage import people, people_uploads
from storage.database import Transaction
from storage.people_uploads import PeopleUpload

ADMINS = frozenset({Role.ADMIN})

MENUS_REFRESHED = 50
"""Of more people than that, the rest see their new menu when they next send /start."""


def content_of(table: Table) -> str:
    """Return a table as it is kept."""
    style = table.style
    return json.dumps(
        {
            "columns": table.columns,
            "rows": [[row.number, row.surplus, dict(row.cells)] for row in table.rows],
            "style": None if style is None else [style.delimiter, style.bom],
        },
        ensure_ascii=False,
    )


def table_in(content: str) -> Table:
    """Return the table that was kept."""
    kept = json.loads(content)
    rows = (Row(number, cells, surplus) for number, surplus, cells in kept["rows"])
    style = None if kept["style"] is None else CsvStyle(*kept["style"])
    return Table(tuple(kept["columns"]), tuple(rows), style)


async def offer(turn: Turn, name: str, table: Table) -> ImportOutcome | None:
    """Show what the file would do, and keep it until that is wanted.

    Returns the outcome at once where nothing would come of it. Raises ``TooManyRows``.
    """
    tables.expect(table, COLUMNS)
    wanted, rejected = await asyncio.to_thread(understood, table, turn.t)
    async with turn.db.writing() as tx:
        plan = await planned(tx, turn.services, wanted, turn.person.id, turn.t)
        every = [*rejected, *plan.refused]
        preview = preview_of(turn.t, plan, every)
        upload = 0
        if plan.does_something:
            content = content_of(table)
            upload = await people_uploads.keep(tx, name, content, turn.now, by=turn.person.id)
    if not upload:
        return await _nothing(table, plan, every)
    await turn.say(views.preview_screen(turn.t, name, preview, upload))
    await _send_rejected(turn, table, every)
    return None


async def _nothing(table: Table, plan: Plan, rejected: Sequence[RejectedRow]) -> ImportOutcome:
    file = await import_outcome.returned(table, rejected)
    return ImportOutcome(
        same=len(plan.changes),
        rejected=tuple(sorted(rejected, key=lambda one: one.row.number)),
        files=() if file is None else (file,),
    )


async def _send_rejected(turn: Turn, table: Table, rejected: Sequence[RejectedRow]) -> None:
    file = await import_outcome.returned(table, rejected)
    if file is not None:
        await turn.say(import_views.file_screen(turn.t, file))


async def pressed(turn: Turn, tap: PeopleFileTap) -> None:
    """Handle a press under a file's preview."""
    if tap.act is PeopleFileAct.DROP:
        await turn.show(await _drop(turn, tap.upload))
    else:
        await _apply(turn, tap)


async def _drop(turn: Turn, upload_id: int) -> Screen:
    async with turn.db.writing() as tx:
        kept = await _kept(tx, upload_id)
        dropped = await people_uploads.drop(tx, upload_id)
    if not dropped:
        return views.already_screen(turn.t, kept.name)
    return views.dropped_screen(turn.t, kept.name)


async def _kept(tx: Transaction, upload_id: int) -> PeopleUpload:
    kept = await people_uploads.by_id(tx, upload_id)
    if kept is None:
        raise NotFound
    return kept


async def _read(turn: Turn, kept: PeopleUpload) -> tuple[Table, list[Wanted], list[RejectedRow]]:
    table = await asyncio.to_thread(table_in, kept.content)
    wanted, rejected = await asyncio.to_thread(understood, table, turn.t)
    return table, wanted, rejected


async def _apply(turn: Turn, tap: PeopleFileTap) -> None:
    """Apply the file if it would still do what was shown; else show what it would do now."""
    async with turn.db.reading() as tx:
        kept = await _kept(tx, tap.upload)
    if kept.applied_at is not None:
        await turn.show(views.already_screen(turn.t, kept.name))
        return
    table, wanted, rejected = await _read(turn, kept)
    async with turn.db.writing() as tx:
        plan = await planned(tx, turn.services, wanted, turn.person.id, turn.t)
        preview = preview_of(turn.t, plan, [*rejected, *plan.refused])
        outcome = None
        again = preview.number != tap.shown
        if not again and await people_uploads.applied(tx, tap.upload, turn.now):
            outcome = await apply(
                tx, turn.services, table, plan, rejected,
                by=turn.person.id, link=invitation_link(turn.bot),
            )  # fmt: skip
    if again:
        await _show_again(turn, kept, table, preview, [*rejected, *plan.refused])
    elif outcome is None:
        await turn.show(views.already_screen(turn.t, kept.name))
    else:
        await _tell(turn, kept.name, outcome)


async def _show_again(
    turn: Turn,
    kept: PeopleUpload,
    table: Table,
    preview: Preview,
    rejected: Sequence[RejectedRow],
) -> None:
    await turn.show(views.preview_screen(turn.t, kept.name, preview, kept.id, changed=True))
    await _send_rejected(turn, table, rejected)


async def _tell(turn: Turn, name: str, outcome: ImportOutcome) -> None:
    await turn.show(import_views.summary_screen(turn.t, name, outcome))
    for file in outcome.files:
        # The rejected rows came with the preview.
        if file.name.startswith("invites"):
            await turn.say(import_views.file_screen(turn.t, file))
    async with turn.db.reading() as tx:
        changed = await people.by_ids(tx, outcome.touched[:MENUS_REFRESHED])
    for person in changed.values():
        await menus.refresh(turn, person)


PRESSES = (press(PeopleFileTap, pressed, ADMINS),)
