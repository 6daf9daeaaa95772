"""Who has left the chat: their supervisors hear of it, because feedback does not arrive."""

import datetime as dt

from handlers.notice import Notice
from handlers.turn import Services
from handlers.views.screen import Screen
from handlers.words import Words
from scoring.roles import Role
from storage import outbox, people
from storage.database import Transaction
from storage.outbox import Claimed, Message
from storage.people import Person

UNREACHABLE = "unreachable"


async def lost(tx: Transaction, person: Person, now: dt.datetime) -> None:
    """Note that messages do not reach *person*, and tell whoever is responsible for them."""
    if person.unreachable:
        return
    await people.set_unreachable(tx, person.id, now)
    told = await people.supervisors_of(tx, person)
    told = told or await people.with_role(tx, Role.ADMIN)
    since = f"{now:%Y%m%d%H%M}"
    messages = [
        Message(UNREACHABLE, one.id, person.id, f"{UNREACHABLE}:{person.id}:{since}:{one.id}", now)
        for one in told
        if one.id != person.id
    ]
    if messages:
        await outbox.put(tx, messages, now)


async def left(services: Services, telegram_id: int) -> None:
    """Note that somebody has blocked the bot."""
    async with services.db.writing() as tx:
        person = await people.by_telegram_id(tx, telegram_id)
        if person is not None:
            await lost(tx, person, services.clock())
    services.wake()


async def came_back(services: Services, telegram_id: int) -> None:
    """Note that somebody has let the bot in again."""
    async with services.db.writing() as tx:
        person = await people.by_telegram_id(tx, telegram_id)
        if person is not None and person.unreachable:
            await people.set_unreachable(tx, person.id, None)


async def _draw(services: Services, t: Words, _to: Person, message: Claimed) -> Screen | None:
    async with services.db.reading() as tx:
        person = await people.by_id(tx, message.subject)
    if person is None or not person.unreachable:
        return None
    text = t.html(
        "My messages no longer reach <b>{name}</b>: they have blocked me or deleted their "
        "account. Feedback waits under /feedback until they open our chat again.",
        name=person.name,
    )
    return Screen(text)


NOTICES = (Notice(UNREACHABLE, _draw),)
