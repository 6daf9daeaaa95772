"""Trouble on request, as the bot library meets it."""

import asyncio

import aiohttp
import pytest
from telegram import Bot
from telegram.error import Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.sandbox import Sandbox
from bot.sandbox.errors import ApiError
from bot.sandbox.limits import SendLimits
from tests.sandbox.player import Player, dig, items, until


async def messages(player: Player, anna: int) -> int:
    """Return how many messages of the bot reached Anna."""
    return len(items(await player.get("messages", chat=anna))) - 1  # less her /start


async def statuses(player: Player) -> list[object]:
    """Return how the journal says sendMessage was answered."""
    return [dig(one, "status") for one in items(await player.get("calls", method="sendMessage"))]


async def test_flood_control(bot: Bot, player: Player, anna: int) -> None:
    await player.post("faults", method="sendMessage", kind="429", retry_after=7)
    with pytest.raises(RetryAfter, match="Retry in 7 seconds"):
        await bot.send_message(anna, "one")
    await bot.send_message(anna, "two")
    assert await messages(player, anna) == 1
    assert await statuses(player) == [429, 200]


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("500", "Internal Server Error"),
        ("502_html", "Bad Gateway"),
        ("malformed", "Invalid server response"),
    ],
)
async def test_a_server_in_trouble(
    bot: Bot, player: Player, anna: int, kind: str, error: str
) -> None:
    await player.post("faults", method="*", kind=kind, times=2)
    for _ in range(2):
        with pytest.raises(TelegramError, match=error):
            await bot.send_message(anna, "one")
    await bot.send_message(anna, "two")
    assert await messages(player, anna) == 1


async def test_a_chat_that_refuses(bot: Bot, player: Player, anna: int) -> None:
    boris = await player.person("Boris")
    await player.post("faults", method="sendMessage", kind="403", chat=boris)
    await bot.send_message(anna, "one")
    with pytest.raises(Forbidden):
        await bot.send_message(boris, "two")


async def test_a_connection_that_closes_at_once(bot: Bot, player: Player, anna: int) -> None:
    await player.post("faults", method="sendMessage", kind="refuse")
    with pytest.raises(NetworkError):
        await bot.send_message(anna, "one")
    assert await messages(player, anna) == 0
    assert await statuses(player) == [0]


async def test_an_answer_that_is_lost(bot: Bot, player: Player, anna: int) -> None:
    await player.post("faults", method="sendMessage", kind="drop_after")
    with pytest.raises(NetworkError):
        await bot.send_message(anna, "one")
    assert await messages(player, anna) == 1  # it was done all the same


async def test_a_closed_connection_is_no_answer_at_all(player: Player, anna: int) -> None:
    await player.post("faults", method="sendMessage", kind="refuse")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await player.raw("sendMessage", {"chat_id": anna, "text": "one"})


@pytest.mark.parametrize(("kind", "done"), [("timeout_before", 0), ("timeout_after", 1)])
async def test_an_answer_that_never_comes(
    sandbox: Sandbox, bot: Bot, player: Player, anna: int, kind: str, done: int
) -> None:
    await player.post("faults", method="sendMessage", kind=kind)
    with pytest.raises(TimedOut):
        await bot.send_message(anna, "one", read_timeout=0.05)
    await until(lambda: sandbox.world.journal.calls("sendMessage") != [])
    assert await messages(player, anna) == done


async def test_stopping_does_not_wait_for_a_held_connection(anna: int, sandbox: Sandbox) -> None:
    sandbox.world.faults.add("getMe", "timeout_before", times=1, retry_after=0, chat=None)
    async with aiohttp.ClientSession(sandbox.address) as session:
        call = asyncio.create_task(session.get(f"/bot{sandbox.token}/getMe"))
        await until(lambda: sandbox.world.journal.calls("getMe") != [])
        await asyncio.wait_for(sandbox.stop(), 5)
        with pytest.raises(aiohttp.ClientError):
            await call


async def test_all_faults_can_be_called_off(bot: Bot, player: Player, anna: int) -> None:
    await player.post("faults", method="*", kind="500", times=99)
    await player.ask("DELETE", "faults")
    await bot.send_message(anna, "one")
    assert await messages(player, anna) == 1
    status, _ = await player.ask("POST", "faults", method="*", kind="earthquake")
    assert status == 400


async def test_limits_are_off_until_asked_for(
    sandbox: Sandbox, bot: Bot, player: Player, anna: int
) -> None:
    sandbox.world.limits = SendLimits(Clock())
    for word in ("one", "two"):
        await bot.send_message(anna, word)
    await player.post("limits", enforce=True)
    await bot.send_message(anna, "three")
    with pytest.raises(RetryAfter, match="Retry in 1"):
        await bot.send_message(anna, "four")
    await player.post("limits", enforce=False)
    await bot.send_message(anna, "five")
    assert await messages(player, anna) == 4


class Clock:
    """A clock that stands until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.now


def retry_after(limits: SendLimits, chat: int) -> object:
    """Return the seconds one is told to wait, 0 if none."""
    try:
        limits.count(chat)
    except ApiError as refusal:
        return (refusal.parameters or {})["retry_after"]
    return 0


def test_a_private_chat_takes_one_message_a_second() -> None:
    limits = SendLimits(clock := Clock())
    limits.enforce = True
    assert [retry_after(limits, 1), retry_after(limits, 1), retry_after(limits, 2)] == [0, 1, 0]
    clock.now = 0.99
    assert retry_after(limits, 1) == 1
    clock.now = 1.0
    assert retry_after(limits, 1) == 0


def test_a_group_takes_twenty_messages_a_minute() -> None:
    limits = SendLimits(clock := Clock())
    limits.enforce = True
    for _ in range(20):
        assert retry_after(limits, -1) == 0
        clock.now += 1
    assert retry_after(limits, -1) == 40
    clock.now = 60
    assert retry_after(limits, -1) == 0


def test_everybody_together_gets_thirty_messages_a_second() -> None:
    limits = SendLimits(Clock())
    limits.enforce = True
    assert [retry_after(limits, chat) for chat in range(1, 32)] == [0] * 30 + [1]
