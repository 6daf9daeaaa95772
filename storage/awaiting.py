"""What a person's next typed text answers; one thing at a time, surviving a restart."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from storage.database import Transaction
from storage.tables import AwaitingRow


@dataclass(frozen=True, slots=True)
class Awaited:
    """``what`` names the conversation, ``subject`` the thing it is about."""

    what: str
    subject: int = 0
    detail: str = ""
    message_id: int | None = None


async def expect(tx: Transaction, person_id: int, awaited: Awaited) -> None:
    """Take the person's next text as the answer to *awaited*, instead of anything before."""
    await forget(tx, person_id)
    row = insert(AwaitingRow).values(
        person_id=person_id,
        what=awaited.what,
        subject=awaited.subject,
        detail=awaited.detail,
        message_id=awaited.message_id,
    )
    await tx.execute(row)


async def current(tx: Transaction, person_id: int) -> Awaited | None:
    """Return what the person is expected to type, or ``None``."""
    columns = select(
        AwaitingRow.what, AwaitingRow.subject, AwaitingRow.detail, AwaitingRow.message_id
    )
    found = (await tx.execute(columns.where(AwaitingRow.person_id == person_id))).first()
    return None if found is None else Awaited(*found)


async def forget(tx: Transaction, person_id: int) -> None:
    """Expect nothing from the person any more."""
    await tx.execute(delete(AwaitingRow).where(AwaitingRow.person_id == person_id))
