"""Receiving: handled first, confirmed afterwards, in order for each chat."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from structlog.testing import capture_logs
from telegram import Update
from telegram.error import InvalidToken

from bot.intake import Polling, Window, in_time
from bot.sandbox.values import as_int
from tests.bot.conftest import Line, bot_for, until
from tests.sandbox.player import number
from tests.story import Centre, Person

Handle = Callable[[Update], Awaitable[None]]


class Desk:
    """Handles updates by noting their text; texts in ``held`` wait until they are let go."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.handled: list[str] = []
        self.held: dict[str, asyncio.Event] = {}

    async def __call__(self, update: Update) -> None:
        """Handle one update."""
        text = update.message.text if update.message is not None else None
        assert text is not None
        self.begun.append(text)
        if text in self.held:
            await self.held[text].wait()
        if text == "break":
            raise RuntimeError("a mistake of the program")
        self.handled.append(text)


@pytest.fixture
def desk() -> Desk:
    """Where updates are handled."""
    return Desk()


@pytest.fixture
async def polling(line: Line, desk: Desk) -> AsyncIterator[Polling]:
    """Polling under way."""
    polling = Polling(line.bot, desk)
    running = asyncio.create_task(polling.run())
    yield polling
    await polling.stop(1.0)
    await running


async def say(line: Line, person: int, *texts: str) -> list[int]:
    """Let the person type, and return the updates' ids."""
    return [
        number(await line.player.post("send", person=person, text=text), "update_id")
        for text in texts
    ]


@pytest.fixture
async def two(line: Line) -> tuple[int, int]:
    """Two people."""
    anna = await line.player.person("Anna", starts=False)
    return anna, await line.player.person("Boris", starts=False)


async def test_a_slow_chat_holds_up_no_other_and_stays_in_order(
    line: Line, desk: Desk, polling: Polling, two: tuple[int, int]
) -> None:
    anna, boris = two
    desk.held["slow"] = asyncio.Event()
    slow, after, _ = await say(line, anna, "slow", "after", "last")
    await say(line, boris, "quick")
    await until(lambda: "quick" in desk.handled)
    await say(line, boris, "quicker")
    await until(lambda: "quicker" in desk.handled)
    assert desk.begun == ["slow", "quick", "quicker"]
    assert {slow, after} <= set(line.sandbox.world.updates.pending)
    desk.held["slow"].set()
    await until(lambda: not line.sandbox.world.updates.pending)
    assert desk.handled == ["quick", "quicker", "slow", "after", "last"]


async def test_an_update_is_confirmed_only_when_it_was_handled(
    line: Line, desk: Desk, polling: Polling, two: tuple[int, int]
) -> None:
    desk.held["slow"] = asyncio.Event()
    (update,) = await say(line, two[0], "slow")
    await until(lambda: desk.begun == ["slow"])
    assert update in line.sandbox.world.updates.pending
    desk.held["slow"].set()
    await until(lambda: update not in line.sandbox.world.updates.pending)


async def test_what_a_crash_interrupts_comes_again(
    line: Line, desk: Desk, two: tuple[int, int]
) -> None:
    first = Polling(line.bot, desk)
    running = asyncio.create_task(first.run())
    desk.held["slow"] = asyncio.Event()
    await say(line, two[0], "slow", "after")
    await until(lambda: desk.begun == ["slow"])
    await first.kill()
    await running
    desk.held["slow"].set()
    second = Polling(line.bot, desk)
    running = asyncio.create_task(second.run())
    await until(lambda: desk.handled == ["slow", "after"])
    await second.stop(1.0)
    await running


async def test_stopping_finishes_and_confirms_what_was_begun(
    line: Line, desk: Desk, two: tuple[int, int]
) -> None:
    polling = Polling(line.bot, desk)
    running = asyncio.create_task(polling.run())
    desk.held["slow"] = asyncio.Event()
    await say(line, two[0], "slow")
    await until(lambda: desk.begun == ["slow"])
    stopping = asyncio.create_task(polling.stop(5.0))
    await asyncio.sleep(0)
    desk.held["slow"].set()
    await stopping
    await running
    assert desk.handled == ["slow"]
    assert not line.sandbox.world.updates.pending


async def test_a_chat_that_hangs_for_ever_is_given_up_before_it_stops_the_others(
    line: Line, desk: Desk, two: tuple[int, int]
) -> None:
    anna, boris = two
    desk.held["slow"] = asyncio.Event()
    polling = Polling(line.bot, in_time(desk, 0.5))
    running = asyncio.create_task(polling.run())
    await say(line, anna, "slow", "after")
    await say(line, boris, *[f"number {one}" for one in range(120)])
    await until(lambda: len(desk.handled) == 121)
    await until(lambda: not line.sandbox.world.updates.pending)
    assert "slow" not in desk.handled
    await polling.stop(1.0)
    await running


async def test_an_update_that_breaks_holds_up_nothing(
    line: Line, desk: Desk, polling: Polling, two: tuple[int, int]
) -> None:
    await say(line, two[0], "break", "after")
    await until(lambda: desk.handled == ["after"])
    await until(lambda: not line.sandbox.world.updates.pending)


async def test_a_failed_poll_is_tried_again(
    line: Line, desk: Desk, polling: Polling, two: tuple[int, int]
) -> None:
    await line.player.post("faults", method="getUpdates", kind="502_html")
    await say(line, two[0], "hello")
    await until(lambda: desk.handled == ["hello"])


async def test_a_second_poller_is_explained_in_the_log(
    line: Line, desk: Desk, polling: Polling
) -> None:
    with capture_logs() as logs:
        await until(lambda: bool(line.sandbox.world.updates._poll))
        await line.bot.get_updates(timeout=0)
        await until(lambda: any(one["event"] == "polling_conflict" for one in logs))
    (conflict,) = [one for one in logs if one["event"] == "polling_conflict"]
    assert "another process" in conflict["why"]


async def test_a_refused_token_ends_the_polling(line: Line, desk: Desk) -> None:
    bot = bot_for(line.sandbox.address, "70000:wrong")
    with pytest.raises(InvalidToken):
        await bot.initialize()
    with pytest.raises(InvalidToken):
        await Polling(bot, desk).run()
    await bot.shutdown()


def test_a_window_asks_from_the_lowest_update_that_is_not_handled() -> None:
    window = Window()
    assert window.offset() is None
    for update in (5, 6, 7):
        window.take(update)
    window.done(6)
    assert window.offset() == 5
    assert not window.is_new(6)
    window.done(5)
    assert window.offset() == 7
    window.confirmed(7)
    window.done(7)
    assert window.offset() == 8
    assert window.is_new(8)


@pytest.fixture
def anna(centre: Centre) -> Person:
    """An evaluator who is about to submit."""
    centre.hire("Ivan Petrov", roles="agent", team="Support")
    anna = centre.hire("Anna Bondar", roles="evaluator")
    anna.send("/score petrov")
    for label in ("Call", "Skip", "All met"):
        anna.tap(label)
    return anna


def test_a_press_handled_but_not_confirmed_before_a_crash_counts_once(
    centre: Centre, anna: Person
) -> None:
    centre.fault("getUpdates", "500", times=1000)
    pressed = centre.far.post(
        "press-button",
        person=anna.id,
        message_id=anna.message.message_id,
        text=anna.message.label("Submit"),
    )
    assert centre.count("evaluations") == 1
    centre.kill()
    centre.far.delete("faults")
    centre.clock.advance(minutes=2)  # what the crashed process had claimed is free again
    centre.start()
    assert centre.far.get("wait", update=as_int(pressed["update_id"])) == {"handled": True}
    assert centre.count("evaluations") == 1
    centre.delivered()
    assert centre.count("outbox") == 1


def test_an_edited_message_is_not_taken_for_a_new_one(centre: Centre, anna: Person) -> None:
    anna.send("/help")
    mine = [one for one in anna.everything if not one.from_bot][-1]
    before = len(anna.messages)
    anna.edit(mine.message_id, "/drafts")
    assert len(anna.messages) == before


def test_somebody_who_blocks_the_bot_is_unreachable_until_they_return(centre: Centre) -> None:
    olena = centre.hire("Olena Koval", roles="supervisor", supervises="Support")
    ivan = centre.hire("Ivan Petrov", roles="agent", team="Support")
    ivan.block()
    told = olena.sees("Ivan Petrov")
    assert "no longer reach" in told.text
    ivan.unblock()
    ivan.send("/help")
    ivan.block()
    centre.clock.advance(minutes=1)
    centre.delivered()
    assert len([one for one in olena.messages if "no longer reach" in one.text]) == 1


def test_updates_come_by_webhook_as_well(sqlite_url: str) -> None:
    centre = Centre(sqlite_url, webhook=True)
    anna = centre.hire("Anna Bondar", roles="evaluator", team="Support")
    before = len(anna.messages)
    anna.send("/help")
    assert len(anna.messages) == before + 1
    assert not centre.calls("getUpdates")
    centre.close()
