"""A server that enforces Telegram's limits has nothing to refuse."""

import asyncio

from markupsafe import Markup

from bot.delivery import Delivery
from bot.metrics import Metrics
from bot.pacing import Pace
from handlers.notice import Notice
from handlers.turn import Services
from handlers.views.screen import Picture, Screen
from handlers.words import Words
from scoring.roles import Role
from storage import pictures, teams
from storage.outbox import SENT, Claimed
from storage.people import Person
from tests.bot.conftest import Line
from tests.bot.post_office import NOTICES, PostOffice, hire
from tests.clock import Clock
from tests.sandbox.pictures import png

CROWD, EACH = 40, 2


async def test_deliveries_earn_no_refusal(line: Line, services: Services, clock: Clock) -> None:
    woken = asyncio.Event()
    notices = {one.kind: one for one in NOTICES}
    delivery = Delivery(services, line.bot, notices, Pace(), Metrics(), woken)
    office = PostOffice(line, services, clock, delivery, woken)
    async with services.db.writing() as tx:
        team = await teams.add(tx, "Support", "UTC", "en", clock())
    crowd = []
    for number in range(CROWD):
        account = await line.player.person(f"Agent {number}")
        crowd.append(await hire(services, f"Agent {number}", Role.AGENT, account, team.id))
    await line.player.post("limits", enforce=True)
    for to in crowd:
        for number in range(EACH):
            await office.put(f"number {number}", to=to)
    running = asyncio.create_task(delivery.run())
    await office.settle()
    await delivery.stop(1.0)
    await running
    calls = line.sandbox.world.journal.calls("sendMessage")
    assert [one["status"] for one in calls] == [200] * (CROWD * EACH)


async def test_a_picture_that_telegram_forgot_is_drawn_anew(
    line: Line, services: Services, clock: Clock
) -> None:
    async def draw(services: Services, _t: Words, _to: Person, _one: Claimed) -> Screen:
        async with services.db.reading() as tx:
            known = await pictures.known(tx, "digest")
        picture = Picture("digest", None if known else png(20, 10), known)
        return Screen(Markup("A chart"), picture=picture)

    woken = asyncio.Event()
    notices = {"greeting": Notice("greeting", draw)}
    delivery = Delivery(services, line.bot, notices, Pace(), Metrics(), woken)
    office = PostOffice(line, services, clock, delivery, woken)
    async with services.db.writing() as tx:
        team = await teams.add(tx, "Support", "UTC", "en", clock())
        await pictures.remember(tx, "digest", "of-another-bot", clock())
    account = await line.player.person("Ivan")
    office.ivan = await hire(services, "Ivan", Role.AGENT, account, team.id)
    running = asyncio.create_task(delivery.run())
    await office.put("chart")
    await office.settle()
    await delivery.stop(1.0)
    await running
    assert (await office.row("chart")).state == SENT
    async with services.db.reading() as tx:
        assert await pictures.known(tx, "digest") not in {None, "of-another-bot"}
