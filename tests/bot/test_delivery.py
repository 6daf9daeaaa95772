"""Delivery: each message arrives once, and each kind of failure has its own consequence."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest
from telegram.error import InvalidToken

from bot.delivery import LEASE, Delivery
from bot.metrics import Metrics
from bot.pacing import Pace
from handlers.turn import Services
from scoring.roles import Role
from storage import people, teams
from storage.outbox import DEAD, QUEUED, SENT, UNCERTAIN
from tests.bot.conftest import Line, bot_for, until
from tests.bot.post_office import BOSS, IVAN, NOTICES, PostOffice, hire
from tests.story import UNHURRIED, Clock


@pytest.fixture
async def stopped(line: Line, services: Services, clock: Clock) -> PostOffice:
    """A post office whose loop has not begun."""
    woken = asyncio.Event()
    notices = {one.kind: one for one in NOTICES}
    delivery = Delivery(services, line.bot, notices, Pace(UNHURRIED), Metrics(), woken)
    office = PostOffice(line, services, clock, delivery, woken)
    async with services.db.writing() as tx:
        team = await teams.add(tx, "Support", "UTC", "uk", clock())
    await line.player.person("Ivan")
    await line.player.person("Boss")
    office.ivan = await hire(services, "Ivan", Role.AGENT, IVAN, team.id)
    office.boss = await hire(services, "Boss", Role.SUPERVISOR, BOSS, team.id)
    return office


@pytest.fixture
async def office(stopped: PostOffice) -> AsyncIterator[PostOffice]:
    """A post office at work."""
    running = asyncio.create_task(stopped.delivery.run())
    yield stopped
    await stopped.delivery.stop(1.0)
    await running


async def test_a_message_arrives_once_in_the_recipients_language(office: PostOffice) -> None:
    await office.put("hello")
    await office.settle()
    assert await office.read(IVAN) == ["Ivan, hello (uk)"]
    row = await office.row("hello")
    assert (row.state, row.sent_at) == (SENT, office.clock())
    assert row.message_id is not None


async def test_messages_to_one_person_arrive_in_order(office: PostOffice) -> None:
    said = [f"number {number:02}" for number in range(20)]
    for one in said:
        await office.put(one)
    await office.settle()
    assert await office.read(IVAN) == [f"Ivan, {one} (uk)" for one in said]


async def test_news_that_is_none_any_more_is_not_sent(office: PostOffice) -> None:
    await office.put("no longer news")
    await office.settle()
    assert await office.read(IVAN) == []
    assert (await office.row("no longer news")).state == SENT


async def test_a_request_to_wait_is_kept_for_that_message_alone(office: PostOffice) -> None:
    await office.line.player.post(
        "faults", method="sendMessage", kind="429", retry_after=30, chat=IVAN
    )
    await office.put("hello")
    await office.put("hello boss", to=office.boss)
    await office.settle()
    row = await office.row("hello")
    assert (row.state, row.not_before) == (QUEUED, office.clock() + dt.timedelta(seconds=30))
    assert await office.read(BOSS) == ["Boss, hello boss (uk)"]


@pytest.mark.parametrize("kind", ["500", "502_html"])
async def test_a_server_in_trouble_is_tried_again_later(office: PostOffice, kind: str) -> None:
    await office.line.player.post("faults", method="sendMessage", kind=kind)
    await office.put("hello")
    await office.settle()
    row = await office.row("hello")
    assert (row.state, row.attempts, row.last_error) == (QUEUED, 1, "NetworkError")
    assert row.not_before > office.clock()
    office.clock.advance(minutes=5)
    office.woken.set()
    await office.settle()
    assert await office.read(IVAN) == ["Ivan, hello (uk)"]


@pytest.mark.parametrize("kind", ["timeout_after", "drop_after", "malformed"])
async def test_in_doubt_a_message_that_would_rather_repeat_is_sent_again(
    office: PostOffice, kind: str
) -> None:
    await office.line.player.post("faults", method="sendMessage", kind=kind)
    await office.put("hello")
    await office.settle()
    assert (await office.row("hello")).state == QUEUED
    office.clock.advance(minutes=5)
    office.woken.set()
    await office.settle()
    assert (await office.row("hello")).state == SENT


@pytest.mark.parametrize("kind", ["timeout_after", "drop_after"])
async def test_in_doubt_a_message_that_would_rather_miss_is_put_aside(
    office: PostOffice, kind: str
) -> None:
    await office.line.player.post("faults", method="sendMessage", kind=kind)
    await office.put("half price", kind="offer")
    await office.settle()
    office.clock.advance(days=1)
    office.woken.set()
    await office.settle()
    assert (await office.row("half price")).state == UNCERTAIN
    assert await office.read(IVAN) == ["Ivan, half price (uk)"]


async def test_a_message_that_would_rather_miss_is_sent_after_a_request_to_wait(
    office: PostOffice,
) -> None:
    await office.line.player.post("faults", method="sendMessage", kind="500")
    await office.put("half price", kind="offer")
    await office.settle()
    assert (await office.row("half price")).state == QUEUED
    office.clock.advance(minutes=5)
    office.woken.set()
    await office.settle()
    assert (await office.row("half price")).state == SENT


async def test_who_blocked_the_bot_is_unreachable_and_their_supervisor_hears_it_once(
    office: PostOffice,
) -> None:
    await office.line.player.ask("PATCH", f"people/{IVAN}", blocked=True)
    await office.put("hello")
    await office.put("hello again")
    await office.settle()
    assert (await office.row("hello")).state == DEAD
    assert (await office.row("hello again")).state == DEAD
    (told,) = await office.read(BOSS)
    assert "Ivan" in told
    async with office.services.db.reading() as tx:
        ivan = await people.by_id(tx, office.ivan)
    assert ivan is not None
    assert ivan.unreachable


async def test_an_account_that_telegram_does_not_know_is_unreachable(office: PostOffice) -> None:
    gone = await hire(office.services, "Gone", Role.EVALUATOR, 555_555, 1)
    await office.put("hello", to=gone)
    await office.settle()
    assert (await office.row("hello")).state == DEAD
    async with office.services.db.reading() as tx:
        person = await people.by_id(tx, gone)
    assert person is not None
    assert person.unreachable


async def test_a_chat_that_moved_is_followed(office: PostOffice) -> None:
    chat = await office.line.player.post("groups", title="Team", members=[IVAN])
    assert isinstance(chat, dict)
    group = await hire(office.services, "Team", Role.EVALUATOR, chat["id"], 1)
    moved = await office.line.player.post(f"groups/{chat['id']}/migrate")
    assert isinstance(moved, dict)
    await office.put("hello", to=group)
    await office.settle()
    assert (await office.row("hello")).state == SENT


async def test_a_refused_text_is_dead_and_its_recipient_is_not(office: PostOffice) -> None:
    await office.put("x" * 5000)
    await office.settle()
    assert (await office.row("x" * 5000)).state == DEAD
    await office.put("hello")
    await office.settle()
    assert await office.read(IVAN) == ["Ivan, hello (uk)"]


async def test_what_cannot_be_drawn_is_dead_after_eight_tries(office: PostOffice) -> None:
    await office.put("cannot be drawn")
    for tries in range(1, 8):
        await office.settle()
        row = await office.row("cannot be drawn")
        assert (row.state, row.attempts) == (QUEUED, tries)
        office.clock.advance(minutes=5)
        office.woken.set()
    await office.settle()
    row = await office.row("cannot be drawn")
    assert row.state == DEAD
    assert row.last_error is not None
    assert row.last_error.startswith("incident ")


async def test_an_unknown_kind_of_news_is_put_aside(office: PostOffice) -> None:
    await office.put("hello", kind="from another version")
    await office.settle()
    assert (await office.row("hello")).state == DEAD


async def test_a_refused_token_stops_the_loop_and_loses_nothing(stopped: PostOffice) -> None:
    async def initialized() -> None:
        await wrong.initialize()

    wrong = bot_for(stopped.line.sandbox.address, "70000:wrong")
    with pytest.raises(InvalidToken):
        await initialized()
    delivery = Delivery(
        stopped.services, wrong, {"greeting": NOTICES[0]}, Pace(), Metrics(), stopped.woken
    )
    await stopped.put("hello")
    with pytest.raises(InvalidToken):
        await delivery.run()
    await delivery.stop(1.0)
    await wrong.shutdown()
    assert (await stopped.row("hello")).state == QUEUED


async def test_a_crash_leaves_a_lease_that_runs_out(stopped: PostOffice) -> None:
    await stopped.line.player.post("faults", method="sendMessage", kind="timeout_before")
    crashing = asyncio.create_task(stopped.delivery.run())
    await stopped.put("hello")
    await until(lambda: not stopped.line.sandbox.world.faults._faults)
    await stopped.delivery.kill()
    await crashing
    row = await stopped.row("hello")
    assert (row.state, row.lease_until) == (QUEUED, stopped.clock() + LEASE)
    notices = {"greeting": NOTICES[0]}
    second = Delivery(stopped.services, stopped.line.bot, notices, Pace(), Metrics(), stopped.woken)
    stopped.clock.advance(seconds=60)
    running = asyncio.create_task(second.run())
    await stopped.settle()
    assert (await stopped.row("hello")).state == SENT
    await second.stop(1.0)
    await running


async def test_stopping_gives_back_what_was_claimed(stopped: PostOffice) -> None:
    await stopped.line.player.post("faults", method="sendMessage", kind="timeout_before")
    running = asyncio.create_task(stopped.delivery.run())
    await stopped.put("one")
    await stopped.put("two")
    await until(lambda: not stopped.line.sandbox.world.faults._faults)
    await stopped.delivery.stop(0.0)
    await running
    for said in ("one", "two"):
        assert (await stopped.row(said)).lease_until is None
