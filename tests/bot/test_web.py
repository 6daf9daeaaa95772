"""The bot's own pages: health, metrics, and what the webhook answers."""

import asyncio
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest
from structlog.testing import capture_logs
from telegram import Update

from bot import running
from bot.http_server import HttpServer
from bot.metrics import Metrics
from bot.web import NoAddressError, Pages, serve
from bot.webhook import BODY_LIMIT, HEADER, Webhook
from tests.bot.conftest import Line
from tests.postgres import TEMPLATE, Server, create, drop
from tests.story import Centre

SECRET = "only-telegram-knows"  # noqa: S105  nobody's


def update(number: int = 1) -> dict[str, object]:
    chat = {"id": 5, "type": "private", "first_name": "Anna"}
    user = {"id": 5, "is_bot": False, "first_name": "Anna"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": user, "text": "hello"}
    return {"update_id": number, "message": message}


class Hook:
    """A webhook on an address of its own; ``failing`` makes handling fail."""

    def __init__(self) -> None:
        self.handled: list[int] = []
        self.failing = False
        self.address = ""

    async def handle(self, one: Update) -> None:
        """Note the update."""
        if self.failing:
            raise OSError
        self.handled.append(one.update_id)

    async def post(self, body: object, secret: str | None = SECRET) -> int:
        """Send a body as Telegram would and return the status."""
        headers = {} if secret is None else {HEADER: secret}
        async with aiohttp.ClientSession() as session:
            data = body if isinstance(body, bytes) else None
            sent = None if data is not None else body
            async with session.post(
                f"{self.address}/hook", json=sent, data=data, headers=headers
            ) as answer:
                return answer.status


async def no_troubles() -> list[str]:
    return []


async def nothing_to_measure() -> None:
    return


@pytest.fixture
async def server() -> AsyncIterator[HttpServer]:
    """The pages on a free port."""
    server = await serve(Pages(Metrics(), no_troubles, nothing_to_measure), "127.0.0.1", 0)
    yield server
    await server.stop()


@pytest.fixture
async def webhook(line: Line) -> AsyncIterator[tuple[Hook, Webhook]]:
    """A webhook that Telegram knows of."""
    hook = Hook()
    pages = Pages(Metrics(), no_troubles, nothing_to_measure)
    server = await serve(pages, "127.0.0.1", 0)
    hook.address = server.address
    webhook = Webhook(line.bot, hook.handle, f"{server.address}/hook", SECRET)
    pages.take(webhook)
    await webhook.open()
    yield hook, webhook
    await webhook.stop(1.0)
    await server.stop()


async def test_an_update_is_answered_with_200_once_it_was_handled(
    webhook: tuple[Hook, Webhook],
) -> None:
    hook, _ = webhook
    assert await hook.post(update()) == 200
    assert hook.handled == [1]


@pytest.mark.parametrize("secret", [None, "", "only-telegram-know", "ключ"])
async def test_whoever_does_not_know_the_secret_is_refused(
    webhook: tuple[Hook, Webhook], secret: str | None
) -> None:
    hook, _ = webhook
    with capture_logs() as logged:
        assert await hook.post(update(), secret) == 403
    assert hook.handled == []
    assert [one["event"] for one in logged] == ["webhook_secret_wrong"]
    assert secret is None or secret == "" or secret not in str(logged)


async def test_what_could_not_be_handled_is_answered_with_503(
    webhook: tuple[Hook, Webhook],
) -> None:
    hook, taken = webhook
    hook.failing = True
    assert await hook.post(update()) == 503
    hook.failing = False
    await taken.stop(1.0)
    assert await hook.post(update(2)) == 503
    assert hook.handled == []


async def test_what_fails_again_and_again_does_not_stop_its_chat_for_ever(
    webhook: tuple[Hook, Webhook],
) -> None:
    hook, _ = webhook
    hook.failing = True
    assert [await hook.post(update()) for _ in range(3)] == [503, 503, 200]
    hook.failing = False
    assert await hook.post(update(2)) == 200
    assert hook.handled == [2]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null"])
async def test_what_is_no_update_is_refused(webhook: tuple[Hook, Webhook], body: bytes) -> None:
    hook, _ = webhook
    assert await hook.post(body) == 400


@pytest.mark.parametrize(
    "body",
    [
        {"update_id": 7, "message": {"poll": {}}},
        {"update_id": "7", "message": 1},
        {"update_id": "x", "message": 1},
        {"update_id": None},
        {"message": update()["message"]},
    ],
)
async def test_an_update_that_cannot_be_read_is_answered_with_200_after_noting_it(
    webhook: tuple[Hook, Webhook], body: dict[str, object]
) -> None:
    hook, _ = webhook
    with capture_logs() as logged:
        assert await hook.post(body) == 200
    assert hook.handled == []
    assert logged[-1]["event"] in {"update_unreadable", "webhook_body_unreadable"}
    assert await hook.post(update(8)) == 200
    assert hook.handled == [8]


async def test_a_body_larger_than_any_update_is_refused(webhook: tuple[Hook, Webhook]) -> None:
    hook, _ = webhook
    assert await hook.post(b" " * (BODY_LIMIT + 1)) == 413


async def test_updates_that_come_together_are_handled_in_order(
    webhook: tuple[Hook, Webhook],
) -> None:
    hook, _ = webhook
    assert set(await asyncio.gather(*[hook.post(update(one)) for one in range(1, 9)])) == {200}
    assert sorted(hook.handled) == list(range(1, 9))


async def test_a_taken_port_is_said_in_a_sentence(server: HttpServer) -> None:
    port = int(server.address.rpartition(":")[2])
    pages = Pages(Metrics(), no_troubles, nothing_to_measure)
    with pytest.raises(NoAddressError, match=f"Port {port} .* HTTP_PORT"):
        await serve(pages, "127.0.0.1", port)


async def test_the_sandbox_takes_the_next_port_that_is_free() -> None:
    pages = Pages(Metrics(), no_troubles, nothing_to_measure)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        server = await serve(pages, "127.0.0.1", port, more_ports=True)
    assert int(server.address.rpartition(":")[2]) in range(port + 1, port + 21)
    await server.stop()


@pytest.mark.parametrize("path", ["/healthz", "/healthz/ready", "/healthz/live"])
def test_a_bot_at_work_is_healthy(centre: Centre, path: str) -> None:
    assert centre.page(path)[0] == 200


def test_a_bot_whose_database_is_gone_is_alive_but_not_ready(
    postgres_server: Server, postgres_url: str
) -> None:
    centre = Centre(postgres_url)
    name = postgres_url.partition("?")[0].rpartition("/")[2]
    assert centre.page("/healthz/ready")[0] == 200
    drop(postgres_server, name)
    assert centre.page("/healthz/live")[0] == 200
    status, said = centre.page("/healthz/ready")
    create(postgres_server, name, TEMPLATE)
    assert status == 503
    assert "database" in said
    assert centre.page("/healthz/ready")[0] == 200
    centre.close()


def test_the_metrics_tell_what_was_done(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar")
    anna.send("/help")
    status, page = centre.page("/metrics")
    assert status == 200
    figures = dict(line.rsplit(" ", 1) for line in page.splitlines() if not line.startswith("#"))
    assert float(figures['etalon_updates_total{kind="message"}']) == 2
    assert float(figures["etalon_handling_seconds_count"]) == 2
    for name in ("etalon_outbox_depth", "etalon_outbox_age_seconds", "etalon_schedule_lag_seconds"):
        assert float(figures[name]) == 0


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("POLLING_STANDS", "Telegram has not answered"),
        ("DELIVERY_STANDS", "messages have not been delivered"),
    ],
)
def test_a_bot_of_which_a_part_stands_still_is_not_ready(
    centre: Centre, monkeypatch: pytest.MonkeyPatch, what: str, said: str
) -> None:
    """Its database answers and nothing has ended, and still nothing gets on."""
    assert centre.page("/healthz/ready")[0] == 200
    monkeypatch.setattr(running, what, -1.0)
    status, page = centre.page("/healthz/ready")
    assert status == 503
    assert said in page
