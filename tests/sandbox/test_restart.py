"""With a state folder, a restart loses nothing."""

import json
from pathlib import Path

import aiohttp
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox import Sandbox
from tests.sandbox.player import Player, dig, items, number, until


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    async with (
        Sandbox(state=tmp_path).serving() as sandbox,
        aiohttp.ClientSession(sandbox.address) as session,
        Bot(sandbox.token, f"{sandbox.address}/bot") as bot,
    ):
        player = Player(session, sandbox.token)
        anna = await player.person("Anna", note="Agent")
        button = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
        sent = await bot.send_document(
            anna, b"bytes", filename="a.txt", caption="<b>x</b>", parse_mode="HTML",
            reply_markup=button,
        )  # fmt: skip
        group = number(await player.post("groups", title="Support", members=[anna]), "id")
        await bot.set_my_commands([BotCommand("score", "Score a contact")])
        await bot.set_my_name("Etalon", language_code="ru")
        await player.post("send", person=anna, text="not yet read")
        updates = await bot.get_updates()
        before = await player.get("messages", chat=anna)
        people = await player.get("people")

    async with (
        Sandbox(state=tmp_path).serving() as sandbox,
        aiohttp.ClientSession(sandbox.address) as session,
        Bot(sandbox.token, f"{sandbox.address}/bot", f"{sandbox.address}/file/bot") as bot,
    ):
        player = Player(session, sandbox.token)
        assert await player.get("messages", chat=anna) == before
        assert await player.get("people") == people
        assert [one.to_dict() for one in await bot.get_updates()] == [
            one.to_dict() for one in updates
        ]
        assert [one.command for one in await bot.get_my_commands()] == ["score"]
        assert (await bot.get_my_name("ru")).name == "Etalon"
        assert (await bot.get_chat(group)).title == "Support"
        assert sent.document is not None
        file = await bot.get_file(sent.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"bytes"
        again = await bot.send_message(anna, "numbers go on")
        assert again.message_id == number(items(before)[-1], "message_id") + 1


async def test_the_snapshot_is_written_while_running(tmp_path: Path) -> None:
    async with (
        Sandbox(state=tmp_path).serving() as sandbox,
        aiohttp.ClientSession(sandbox.address) as session,
    ):
        await Player(session, sandbox.token).person("Anna")
        snapshot = tmp_path / "sandbox.json"
        await until(snapshot.exists)
        assert dig(json.loads(snapshot.read_bytes()), "people", 0, "first_name") == "Anna"


async def test_a_webhook_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with (
        Sandbox(state=tmp_path).serving() as sandbox,
        Bot(sandbox.token, f"{sandbox.address}/bot") as bot,
    ):
        await bot.set_webhook("http://127.0.0.1:9/hook")
    async with (
        Sandbox(state=tmp_path).serving() as sandbox,
        Bot(sandbox.token, f"{sandbox.address}/bot") as bot,
    ):
        assert (await bot.get_webhook_info()).url == "http://127.0.0.1:9/hook"
