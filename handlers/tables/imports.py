"""A table sent to the bot: it is fetched, recognised by its header, and imported."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from telegram import Document
from telegram.error import BadRequest

from handlers.access import FILES, admit
from handlers.access.rules import Rule
from handlers.contacts import contacts_import
from handlers.contacts import rows as contact_rows
from handlers.kpi import kpi_import
from handlers.kpi import rows as kpi_rows
from handlers.people import people_files
from handlers.people import rows as people_rows
from handlers.refusals import FileTooBig, NotFound
from handlers.tables import tables
from handlers.tables.import_outcome import ImportOutcome
from handlers.tables.limits import LARGE, MEGABYTE
from handlers.tables.progress import ImportProgress
from handlers.tables.tables import Columns, Table
from handlers.tables.uncollected import uncollected
from handlers.turn import Turn
from handlers.views import imports as views
from storage.people import Person

TOO_BIG = "file is too big"
"""Telegram's words for more than the 20 MB that it hands out to bots."""


@dataclass(frozen=True, slots=True)
class TableKind:
    """What a table may be about, told by its columns, what is done with it, and who may.

    Without an outcome the sender has been asked before anything is stored.
    """

    columns: Columns
    run: Callable[[Turn, str, Table], Awaitable[ImportOutcome | None]]
    rule: Rule


async def import_document(turn: Turn) -> None:
    """Import the .csv or .xlsx that was sent; raise the sentence for one that cannot be."""
    admit(turn, FILES["table"])
    document = turn.message.document if turn.message is not None else None
    if document is None:
        raise NotFound
    name = document.file_name or ""

    def header(names: Sequence[str]) -> Sequence[str]:
        kind = kind_of(names, turn.person)
        admit(turn, kind.rule)
        return tables.expect_columns(names, kind.columns)

    with uncollected():
        table = await tables.read(name, await fetch(turn, document), LARGE, header=header)
        outcome = await kind_of(table.columns, turn.person).run(turn, name, table)
        del table
    if outcome is None:
        return
    await turn.say(views.summary_screen(turn.t, name, outcome))
    for file in outcome.files:
        await turn.say(views.file_screen(turn.t, file))


async def fetch(turn: Turn, document: Document) -> bytes:
    """Return the document's bytes; raise ``FileTooBig`` before anything is fetched."""
    if (document.file_size or 0) > LARGE.size:
        raise FileTooBig(limit=LARGE.size // MEGABYTE)
    try:
        file = await turn.bot.get_file(document.file_id)
    except BadRequest as error:
        if TOO_BIG not in error.message.lower():
            raise
        raise FileTooBig(limit=LARGE.size // MEGABYTE) from error
    return bytes(await file.download_as_bytearray())


def kind_of(names: Sequence[str], person: Person) -> TableKind:
    """Return the kind that shares most columns with those; it then says what is missing.

    Of two that share as many, the one that *person* may send.
    """

    def nearness(kind: TableKind) -> tuple[int, bool]:
        return len(set(kind.columns.all) & set(names)), kind.rule.admits(person.roles)

    return max(KINDS, key=nearness)


async def _contacts(turn: Turn, _name: str, table: Table) -> ImportOutcome:
    progress = ImportProgress(turn)
    return await contacts_import.import_table(
        turn.services, table, by=turn.person.id, t=turn.t, progress=progress
    )


async def _kpi(turn: Turn, _name: str, table: Table) -> ImportOutcome:
    return await kpi_import.import_table(turn.services, table, by=turn.person, t=turn.t)


KINDS = (
    TableKind(people_rows.COLUMNS, people_files.offer, FILES["people"]),
    TableKind(contact_rows.COLUMNS, _contacts, FILES["contacts"]),
    TableKind(kpi_rows.COLUMNS, _kpi, FILES["kpi"]),
)
