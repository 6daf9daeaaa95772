"""What a person's next typed text answers; one thing at a time, surviving a restart.

Every message that asks for a text is known by its number as well: whoever replies to it, or taps
a button of it, means that question, whatever was asked meanwhile.
"""

from dataclasses import dataclass, replace

from sqlalchemy import RowMapping, bindparam, delete, insert, select, update

from storage.database import Transaction
from storage.tables import AwaitingRow, QuestionRow
from storage.tables.base import table_of

KEPT = 30
"""How many questions of a person are known by their message, the newest."""

OFFERS = frozenset({"contacts.search", "people.search", "audit.search"})
"""What is not asked for: a list that a typed text would narrow."""

AWAITING, QUESTIONS = table_of(AwaitingRow), table_of(QuestionRow)
ADD = insert(AWAITING)
OF_PERSON = AWAITING.c.person_id == bindparam("person")
CURRENT = select(AWAITING).where(OF_PERSON)
FORGET = delete(AWAITING).where(OF_PERSON)


@dataclass(frozen=True, slots=True)
class Awaited:
    """``what`` names the conversation, ``subject`` the thing it is about.

    ``message_id`` is a message that the answer changes. ``shown_in`` is the message that asks,
    once it is known; ``refused`` the last text that was no answer.
    """

    what: str
    subject: int = 0
    detail: str = ""
    message_id: int | None = None
    shown_in: int | None = None
    refused: int | None = None


async def expect(tx: Transaction, person_id: int, awaited: Awaited) -> None:
    """Take the person's next text as the answer to *awaited*, instead of anything before."""
    await _clear(tx, person_id)
    await tx.execute(ADD, _columns(person_id, awaited))


async def current(tx: Transaction, person_id: int) -> Awaited | None:
    """Return what the person is expected to type, or ``None``."""
    found = (await tx.execute(CURRENT, {"person": person_id})).mappings().first()
    return None if found is None else _awaited(found, refused=found["refused"])


async def forget(tx: Transaction, person_id: int) -> None:
    """Expect nothing from the person any more; the question that waited is answered or dropped."""
    awaited = await current(tx, person_id)
    if awaited is None:
        return
    await _clear(tx, person_id)
    asked = (
        QUESTIONS.c.person_id == person_id,
        QUESTIONS.c.what == awaited.what,
        QUESTIONS.c.subject == awaited.subject,
    )
    await tx.execute(delete(QUESTIONS).where(*asked))


async def put_aside(tx: Transaction, person_id: int) -> None:
    """Expect nothing any more; a reply to the message that asked still answers it."""
    await _clear(tx, person_id)


async def show(tx: Transaction, person_id: int, message_id: int) -> None:
    """Note that the message asks for what is awaited."""
    awaited = await current(tx, person_id)
    if awaited is None:
        return
    mine = AWAITING.c.person_id == person_id
    await tx.execute(update(AWAITING).where(mine).values(shown_in=message_id))
    await ask_in(tx, person_id, replace(awaited, shown_in=message_id))


async def ask_in(tx: Transaction, person_id: int, awaited: Awaited) -> None:
    """Note that a reply to the message ``awaited.shown_in`` answers *awaited*."""
    asked = QUESTIONS.c.person_id == person_id
    here = QUESTIONS.c.shown_in == awaited.shown_in
    await tx.execute(delete(QUESTIONS).where(asked, here))
    await tx.execute(insert(QUESTIONS), _columns(person_id, awaited))
    newest = (
        select(QUESTIONS.c.shown_in)
        .where(asked)
        .order_by(QUESTIONS.c.shown_in.desc())
        .offset(KEPT)
        .limit(1)
        .scalar_subquery()
    )
    await tx.execute(delete(QUESTIONS).where(asked, QUESTIONS.c.shown_in <= newest))


async def asked_in(tx: Transaction, person_id: int, message_id: int) -> Awaited | None:
    """Return what the message asks the person for, or ``None`` where it asks for nothing."""
    wanted = select(QUESTIONS).where(
        QUESTIONS.c.person_id == person_id, QUESTIONS.c.shown_in == message_id
    )
    found = (await tx.execute(wanted)).mappings().first()
    return None if found is None else _awaited(found)


async def refuse(tx: Transaction, person_id: int, message_id: int) -> None:
    """Note that the text was no answer to what is awaited: it may be edited into one."""
    mine = AWAITING.c.person_id == person_id
    await tx.execute(update(AWAITING).where(mine).values(refused=message_id))


async def _clear(tx: Transaction, person_id: int) -> None:
    await tx.execute(FORGET, {"person": person_id})


def _columns(person_id: int, awaited: Awaited) -> dict[str, object]:
    return {
        "person_id": person_id,
        "what": awaited.what,
        "subject": awaited.subject,
        "detail": awaited.detail,
        "message_id": awaited.message_id,
        "shown_in": awaited.shown_in,
    }


def _awaited(row: RowMapping, refused: int | None = None) -> Awaited:
    return Awaited(
        row["what"], row["subject"], row["detail"], row["message_id"], row["shown_in"], refused
    )


async def forget_about(tx: Transaction, what: str, subject: int) -> None:
    """Expect that answer about *subject* from nobody any more: what it was asked of is gone."""
    for table in (AWAITING, QUESTIONS):
        about = (table.c.what == what, table.c.subject == subject)
        await tx.execute(delete(table).where(*about))
