"""Web pages of others reach neither the chats nor the Bot API of a sandbox."""

from pathlib import Path

import aiohttp
import pytest

from bot.sandbox import Sandbox

READ = "/sandbox/people"


async def status(sandbox: Sandbox, path: str, method: str = "GET", **headers: str) -> int:
    async with (
        aiohttp.ClientSession(sandbox.address) as session,
        session.request(
            method, path, headers={name.replace("_", "-"): one for name, one in headers.items()}
        ) as answer,
    ):
        return answer.status


@pytest.mark.parametrize("path", ["/", READ, "/sandbox/events"])
@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example"])
async def test_a_name_that_points_here_reads_nothing(
    sandbox: Sandbox, path: str, host: str
) -> None:
    assert await status(sandbox, path, Host=host) == 403


async def test_this_machine_is_let_in_by_its_addresses(sandbox: Sandbox) -> None:
    for host in ("127.0.0.1:8080", "localhost:8080", "[::1]:8080", "192.168.1.7"):
        assert await status(sandbox, "/", Host=host) == 200


async def test_a_configured_name_is_let_in() -> None:
    async with Sandbox(names=frozenset({"quality.lan"})).serving() as sandbox:
        assert await status(sandbox, "/", Host="quality.lan:8080") == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_a_form_of_another_site_calls_nothing(sandbox: Sandbox, origin: str) -> None:
    call = f"/bot{sandbox.token}/setWebhook?url=https://evil.example/"
    assert await status(sandbox, call, "POST", Origin=origin) == 403
    assert await status(sandbox, call, Sec_Fetch_Site="cross-site") == 403
    assert sandbox.world.webhook is None


async def test_the_own_page_is_answered(sandbox: Sandbox) -> None:
    assert await status(sandbox, "/", Origin=sandbox.address, Sec_Fetch_Site="same-origin") == 200
    followed = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}
    assert await status(sandbox, "/", **followed) == 200


async def test_the_token_is_made_anew_at_each_first_start(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    tokens = [Sandbox(state=one).token for one in (first, second, first)]
    assert tokens[0] != tokens[1]
    assert tokens[0] == tokens[2]
    assert (first / "token").stat().st_mode & 0o077 == 0
    assert Sandbox().token != Sandbox().token
