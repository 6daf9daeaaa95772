"""A delivery loop with a few people to deliver to, and a look at what became of each message."""

import asyncio
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import select

from bot.delivery import Delivery
from handlers.notice import Notice
from handlers.people import reachability
from handlers.turn import Services
from handlers.views.screen import Screen
from handlers.words import Words
from scoring.roles import Role
from storage import outbox, people
from storage.outbox import Claimed, Message
from storage.people import NewPerson, Person
from storage.tables import OutboxRow
from tests.bot.conftest import Line
from tests.clock import Clock
from tests.sandbox.player import items, text


async def draw(_services: Services, t: Words, person: Person, message: Claimed) -> Screen | None:
    """Draw a greeting; what is queued says how it turns out."""
    if message.data == "no longer news":
        return None
    if message.data == "cannot be drawn":
        raise ArithmeticError(message.data)
    return Screen(Markup("{}, {} ({})").format(person.name, message.data, t.language))


NOTICES = (
    Notice("greeting", draw),
    Notice("offer", draw, repeats=False),
    *reachability.NOTICES,
)


@dataclass
class PostOffice:
    """A delivery loop with a few people to deliver to."""

    line: Line
    services: Services
    clock: Clock
    delivery: Delivery
    woken: asyncio.Event
    ivan: int = 0
    boss: int = 0

    async def put(self, said: str, *, kind: str = "greeting", to: int | None = None) -> None:
        """Queue a message, by default for Ivan."""
        now = self.clock()
        async with self.services.db.writing() as tx:
            news = Message(kind, to or self.ivan, 1, f"{kind}:{said}:{to}", now, data=said)
            await outbox.put(tx, [news], now)
        self.woken.set()

    async def settle(self) -> None:
        """Wait until nothing that is due is left."""
        async with asyncio.timeout(10):
            while await self._due() or self.delivery.busy:  # noqa: ASYNC110  it is in a database
                await asyncio.sleep(0.002)

    async def row(self, said: str) -> OutboxRow:
        """Return what became of the message."""
        async with self.services.db.reading() as tx:
            wanted = select(OutboxRow.__table__).where(OutboxRow.data == said)
            (found,) = (await tx.execute(wanted)).mappings()
        return OutboxRow(**found)

    async def read(self, chat: int) -> list[str]:
        """Return what the bot wrote to a chat."""
        found = items(await self.line.player.get("messages", chat=chat))
        return [text(one, "text") for one in found if "etalon" in str(one)]

    async def _due(self) -> int:
        async with self.services.db.reading() as tx:
            return (await outbox.depth(tx, self.clock()))[0]


IVAN, BOSS = 1001, 1002


async def hire(services: Services, name: str, role: Role, account: int, team: int) -> int:
    supervises = [team] if role is Role.SUPERVISOR else []
    members = [team] if role is Role.AGENT else []
    new = NewPerson(name, {role}, teams=members, supervises=supervises, telegram_id=account)
    async with services.db.writing() as tx:
        return await people.add(tx, new, services.clock())
