"""What a person's next typed text answers; one thing at a time, surviving a restart."""

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select

from storage.database import Transaction
from storage.tables import AwaitingRow
from storage.tables.base import table_of

AWAITING = table_of(AwaitingRow)
ADD = insert(AWAITING)
OF_PERSON = AWAITING.c.person_id == bindparam("person")
CURRENT = select(
    AwaitingRow.what, AwaitingRow.subject, AwaitingRow.detail, AwaitingRow.message_id
).where(OF_PERSON)
FORGET = delete(AWAITING).where(OF_PERSON)


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
    row = {
        "person_id": person_id,
        "what": awaited.what,
        "subject": awaited.subject,
        "detail": awaited.detail,
        "message_id": awaited.message_id,
    }
    await tx.execute(ADD, row)


async def current(tx: Transaction, person_id: int) -> Awaited | None:
    """Return what the person is expected to type, or ``None``."""
    found = (await tx.execute(CURRENT, {"person": person_id})).first()
    return None if found is None else Awaited(*found)


async def forget_about(tx: Transaction, what: str, subject: int) -> None:
    """Expect that answer about *subject* from nobody any more: what it was asked of is gone."""
    about = (AwaitingRow.what == what, AwaitingRow.subject == subject)
    await tx.execute(delete(AwaitingRow).where(*about))


async def forget(tx: Transaction, person_id: int) -> None:
    """Expect nothing from the person any more."""
    await tx.execute(FORGET, {"person": person_id})
