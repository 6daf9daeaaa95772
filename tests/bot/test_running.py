"""A bot from start to end, against a Bot API that is not its own."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.values import as_objects
from tests.bot.conftest import Line
from tests.bot.test_command_line import environment
from tests.story import Centre


@pytest.fixture
async def process(line: Line, tmp_path: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """``etalon run`` with a token, polling the sandbox as it would Telegram."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=tmp_path,
        env=environment(
            TELEGRAM_BOT_TOKEN=line.sandbox.token,
            TELEGRAM_API_URL=line.sandbox.address,
            HTTP_PORT="0",
        ),
        stderr=asyncio.subprocess.PIPE,
    )
    yield process
    if process.returncode is None:
        process.kill()
        await process.wait()


async def test_a_bot_with_a_token_answers_and_ends_in_good_order(
    line: Line, process: asyncio.subprocess.Process
) -> None:
    player = line.player
    person = await player.person("Zoe", starts=False)
    for _ in range(4):  # it may take a while to start
        said = await player.post("send", person=person, text="/start", wait=True)
        assert isinstance(said, dict)
        if said["handled"]:
            break
    messages = as_objects(await player.get("messages", chat=person))
    assert str(person) in str(messages[-1]["text"])
    process.send_signal(signal.SIGTERM)
    _, errors = await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode == 0
    assert b"Traceback" not in errors
    assert line.sandbox.token.encode() not in errors
    assert not line.sandbox.world.updates.pending


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
async def test_a_bot_that_cannot_reach_telegram_keeps_trying_and_can_be_stopped(
    tmp_path: Path, sign: signal.Signals
) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=tmp_path,
        env=environment(
            TELEGRAM_BOT_TOKEN="70000:nobody-at-all",  # noqa: S106  nobody's
            TELEGRAM_API_URL="http://127.0.0.1:1",
            HTTP_PORT="0",
        ),
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    async with asyncio.timeout(30):
        while b"bot_api_unreachable" not in await process.stderr.readline():
            pass
    process.send_signal(sign)
    await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode == 0


async def test_a_refused_token_is_told_in_a_sentence(line: Line, tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=tmp_path,
        env=environment(
            TELEGRAM_BOT_TOKEN="70000:nobody-at-all",  # noqa: S106  nobody's
            TELEGRAM_API_URL=line.sandbox.address,
            HTTP_PORT="0",
        ),
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert b"Telegram does not accept TELEGRAM_BOT_TOKEN" in errors
    assert b"nobody-at-all" not in errors
    assert b"Traceback" not in errors


def test_a_reply_that_telegram_asks_to_delay_is_sent_after_the_delay(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar")
    centre.fault("sendMessage", "429", retry_after=1)
    before = len(anna.messages)
    anna.send("/help")
    assert len(anna.messages) == before + 1


def test_a_bot_killed_and_started_again_goes_on_where_it_was(centre: Centre) -> None:
    centre.hire("Ivan Petrov", roles="agent", team="Support")
    anna = centre.hire("Anna Bondar")
    anna.send("/score petrov")
    anna.tap("Call")
    centre.kill()
    centre.start()
    anna.tap("Skip")
    anna.tap("All met")
    assert "100.0" in anna.text


def test_everything_works_on_postgresql_too(postgres_url: str) -> None:
    centre = Centre(postgres_url)
    ivan = centre.hire("Ivan Petrov", roles="agent", team="Support")
    anna = centre.hire("Anna Bondar")
    anna.send("/score petrov")
    for label in ("Call", "Skip", "All met", "Submit"):
        anna.tap(label)
    assert "100.0" in ivan.sees("100.0").text
    centre.close()


def test_a_process_that_is_told_to_wait_with_its_webhook_waits_that_long(sqlite_url: str) -> None:
    centre = Centre(sqlite_url, webhook=True)
    anna = centre.hire("Anna Bondar")
    centre.stop()
    asked = len(centre.calls("setWebhook"))
    centre.fault("setWebhook", "429", retry_after=1)  # several processes set it at the same moment
    centre.start()
    assert len(centre.calls("setWebhook")) == asked + 2
    before = len(anna.messages)
    anna.send("/help")
    assert len(anna.messages) == before + 1
    centre.close()
