"""What a bot calls to start, to receive and to check fails: it goes on by itself."""

from pathlib import Path

import pytest

from bot import intake
from bot.check import check
from bot.settings import load_settings
from tests.bot.conftest import Line, line
from tests.faults.kinds import BY_WEBHOOK, CHECKING, KINDS, POLLING, SHORT, STARTING
from tests.story import Centre

__all__ = ["line"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_bot_starts_although_each_call_fails_first(sqlite_url: str, kind: str) -> None:
    centre = Centre(sqlite_url, read_seconds=SHORT)
    anna = centre.hire("Anna Bondar")
    centre.stop()
    for method in STARTING:
        centre.fault(method, kind, retry_after=1)
    centre.start()
    anna.send("/help")
    assert "/score" in anna.text
    centre.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_webhook_is_set_although_that_fails_first(sqlite_url: str, kind: str) -> None:
    centre = Centre(sqlite_url, webhook=True, read_seconds=SHORT)
    anna = centre.hire("Anna Bondar")
    centre.stop()
    for method in BY_WEBHOOK:
        centre.fault(method, kind, retry_after=1)
    centre.start()
    anna.send("/help")
    assert "/score" in anna.text
    centre.close()


def test_polls_that_fail_in_every_way_lose_nothing(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "POLL_SECONDS", 1)
    monkeypatch.setattr(intake, "POLL_SLACK_SECONDS", 0.5)
    centre = Centre(sqlite_url)
    anna = centre.hire("Anna Bondar")
    for kind in KINDS:
        for method in POLLING:
            centre.fault(method, kind, retry_after=1)
        before = len(anna.messages)
        anna.send("/help")
        assert len(anna.messages) == before + 1, kind
        anna.send("/help")
        assert len(anna.messages) == before + 2, kind
    centre.close()


@pytest.mark.parametrize("kind", KINDS)
async def test_a_check_that_fails_in_every_way_says_so(
    line: Line, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_url: str, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in (
        ("TELEGRAM_BOT_TOKEN", line.sandbox.token),
        ("TELEGRAM_API_URL", line.sandbox.address),
        ("DATABASE_URL", sqlite_url),
        ("ADMIN_IDS", "1"),
    ):
        monkeypatch.setenv(name, value)
    for method in CHECKING:
        await line.player.post("faults", method=method, kind=kind, retry_after=1)
    found = await check(load_settings(), seconds=SHORT)
    assert [one for one in found if not one.good and "does not answer" in one.text]
    assert all(one.good for one in await check(load_settings(), seconds=SHORT))
