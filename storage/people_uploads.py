"""People files that wait for their Apply button, so that a restart loses none."""

import datetime as dt
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from scoring.names import name_key
from storage.database import Transaction
from storage.tables import PeopleUploadRow

WAITING = dt.timedelta(days=7)
"""Who has not applied a file by then sends it again."""

NAME = 200


@dataclass(frozen=True, slots=True)
class PeopleUpload:
    """A kept file: ``content`` is JSON, empty once it was applied."""

    id: int
    name: str
    content: str
    applied_at: dt.datetime | None


async def keep(
    tx: Transaction, name: str, content: str, now: dt.datetime, *, by: int | None
) -> int:
    """Keep a file called *name* until it is applied or dropped; return the upload's id."""
    row = insert(PeopleUploadRow).values(
        name=name[:NAME], content=content, uploaded_by=by, uploaded_at=now
    )
    return (await tx.execute(row.returning(PeopleUploadRow.id))).scalar_one()


async def by_id(tx: Transaction, upload_id: int) -> PeopleUpload | None:
    """Return the kept file, applied or not, or ``None``."""
    columns = (
        PeopleUploadRow.id,
        PeopleUploadRow.name,
        PeopleUploadRow.content,
        PeopleUploadRow.applied_at,
    )
    row = (await tx.execute(select(*columns).where(PeopleUploadRow.id == upload_id))).first()
    return None if row is None else PeopleUpload(*row)


async def applied(tx: Transaction, upload_id: int, now: dt.datetime) -> bool:
    """Note that the file is applied in this transaction; ``False`` where it was before, or went."""
    waiting = (PeopleUploadRow.id == upload_id, PeopleUploadRow.applied_at.is_(None))
    values = {"applied_at": now, "content": ""}
    return (await tx.execute(update(PeopleUploadRow).where(*waiting).values(values))).rowcount == 1


async def drop(tx: Transaction, upload_id: int) -> bool:
    """Forget a kept file, and return whether it was waiting; one that was applied stays."""
    waiting = (PeopleUploadRow.id == upload_id, PeopleUploadRow.applied_at.is_(None))
    return (await tx.execute(delete(PeopleUploadRow).where(*waiting))).rowcount == 1


async def tidy(tx: Transaction, now: dt.datetime) -> None:
    """Forget files that have waited for too long, and that any were applied long ago."""
    old = PeopleUploadRow.uploaded_at < now - WAITING
    await tx.execute(delete(PeopleUploadRow).where(old))


async def drop_mentioning(tx: Transaction, names: Collection[str]) -> int:
    """Forget waiting files with any of *names* in a cell of its own; return how many those were.

    Applied later, they would bring back somebody who was erased.
    """
    wanted = set(map(name_key, names))
    rows = (await tx.execute(select(PeopleUploadRow.id, PeopleUploadRow.content))).all()
    found = [
        row.id
        for row in rows
        if row.content and any(name_key(one) in wanted for one in _cells(json.loads(row.content)))
    ]
    await tx.execute(delete(PeopleUploadRow).where(PeopleUploadRow.id.in_(found)))
    return len(found)


def _cells(value: object) -> Iterator[str]:
    """Yield every text in what was read from JSON, and what stands between separators in it."""
    if isinstance(value, str):
        yield from value.replace("|", ";").split(";")
    elif isinstance(value, dict):
        for one in value.values():
            yield from _cells(one)
    elif isinstance(value, list):
        for one in value:
            yield from _cells(one)
