"""Updates by webhook: really posted, in order, again until they are taken."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict

from bot.sandbox import Sandbox
from tests.sandbox.player import Player, dig, number, text, until

SECRET = "s3cret_-"  # noqa: S105  # made up for these tests


@dataclass
class Receiver:
    """A bot's own HTTP server, which answers with the statuses it is told, then with 200."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    bodies: list[object] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        """Note one delivery."""
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.bodies.append(await request.json())
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    def texts(self) -> list[str]:
        """Return what was said in all deliveries."""
        return [text(body, "message", "text") for body in self.bodies]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    app = web.Application()
    app.router.add_post("/hook", made.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    made.url = f"http://{host}:{port}/hook"
    yield made
    await runner.cleanup()


async def test_updates_come_with_the_secret(
    bot: Bot, player: Player, anna: int, receiver: Receiver
) -> None:
    assert await bot.set_webhook(receiver.url, secret_token=SECRET, max_connections=2)
    said = await player.post("send", person=anna, text="hello", wait=True)
    assert dig(said, "handled") is True
    assert receiver.texts() == ["/start", "hello"]  # what was pending comes first
    assert receiver.secrets == [SECRET, SECRET]
    assert number(receiver.bodies[-1], "update_id") == number(said, "update_id")
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.max_connections) == (receiver.url, 0, 2)


async def test_a_failure_is_tried_again_and_keeps_the_order(
    bot: Bot, player: Player, anna: int, receiver: Receiver
) -> None:
    await bot.delete_webhook(drop_pending_updates=True)
    receiver.statuses = [500, 503]
    await bot.set_webhook(receiver.url)
    await player.post("send", person=anna, text="first")
    said = await player.post("send", person=anna, text="second", wait=True)
    assert dig(said, "handled") is True
    assert receiver.texts() == ["first", "first", "first", "second"]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"


async def test_another_chat_does_not_wait(
    bot: Bot, player: Player, anna: int, receiver: Receiver
) -> None:
    await bot.delete_webhook(drop_pending_updates=True)
    receiver.statuses = [500] * 3
    await bot.set_webhook(receiver.url)
    await player.post("send", person=anna, text="stuck")
    await until(lambda: len(receiver.bodies) == 3)
    boris = await player.person("Boris")
    said = await player.post("send", person=boris, text="hello", wait=True)
    assert dig(said, "handled") is True


async def test_polling_and_webhook_exclude_each_other(
    sandbox: Sandbox, bot: Bot, anna: int, receiver: Receiver
) -> None:
    last = (await bot.get_updates())[-1].update_id
    poll = asyncio.create_task(bot.get_updates(offset=last + 1, timeout=10))
    await until(lambda: sandbox.world.updates.polled)
    await bot.set_webhook(receiver.url)
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates(offset=last + 1) == ()


async def test_undelivered_updates_are_polled_after_the_webhook_is_gone(
    bot: Bot, player: Player, anna: int, receiver: Receiver
) -> None:
    await bot.delete_webhook(drop_pending_updates=True)
    receiver.statuses = [500] * 100
    await bot.set_webhook(receiver.url)
    await player.post("send", person=anna, text="kept")
    await bot.delete_webhook()
    kept = (await bot.get_updates(allowed_updates=Update.ALL_TYPES))[-1].message
    assert kept is not None
    assert kept.text == "kept"


@pytest.mark.parametrize(
    ("url", "secret", "why"),
    [
        ("nonsense", None, "Invalid webhook url specified"),
        ("ftp://127.0.0.1/x", None, "Invalid webhook url specified"),
        ("http://example.com/x", None, "An https url must be provided"),
        ("https://example.com/x", "a b", "Secret token contains unallowed characters"),
        ("https://example.com/x", "a" * 257, "Secret token is too long"),
    ],
)
async def test_bad_webhooks(bot: Bot, url: str, secret: str | None, why: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.set_webhook(url, secret_token=secret)
    assert (await bot.get_webhook_info()).url == ""
