"""What the chat page sees and does."""

import asyncio
import json

import aiohttp
import pytest
from starlette.applications import Starlette
from telegram import (
    Bot,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)

from bot.http_server import HttpServer
from bot.sandbox import Sandbox
from tests.sandbox.player import Player, dig, items, number


async def test_people_come_and_change(player: Player) -> None:
    anna = await player.person("Anna", last_name="K", note="Agent · Support", starts=False)
    boris = await player.person("Boris", id=555, starts=False)
    assert boris == 555
    status, changed = await player.ask("PATCH", f"people/{anna}", note="Supervisor")
    assert (status, dig(changed, "note")) == (200, "Supervisor")
    people = items(await player.get("people"))
    assert [dig(one, "first_name") for one in people] == ["Anna", "Boris"]
    assert dig(people[0], "started") is False
    assert dig(people[0], "last") is None
    for wrong in ({"first_name": ""}, {"first_name": "X", "id": "x"}):
        status, _ = await player.ask("POST", "people", **wrong)
        assert status == 400
    status, _ = await player.ask("POST", "people", first_name="Twin", id=555)
    assert status == 409
    status, _ = await player.ask("PATCH", "people/999", note="x")
    assert status == 404


async def test_unread_messages_are_counted_until_read(bot: Bot, player: Player, anna: int) -> None:
    for word in ("one", "two"):
        await bot.send_message(anna, word)
    await player.post("send", person=anna, text="three")
    person = items(await player.get("people"))[0]
    assert (dig(person, "unread"), dig(person, "last", "text")) == (2, "three")
    await player.post("read", person=anna)
    assert dig(items(await player.get("people"))[0], "unread") == 0
    assert dig(items(await player.get("chats", person=anna))[0], "unread") == 0


async def test_messages_after_a_number(bot: Bot, player: Player, anna: int) -> None:
    first = await bot.send_message(anna, "one")
    await bot.send_message(anna, "two")
    newer = items(await player.get("messages", chat=anna, after=first.message_id))
    assert [dig(one, "text") for one in newer] == ["two"]


async def test_the_menu_is_personal(bot: Bot, player: Player, anna: int) -> None:
    group = number(await player.post("groups", title="G", members=[anna]), "id")
    await bot.set_my_commands([("start", "Begin")])
    await bot.set_my_commands([("help", "Help")], scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([("team", "Team")], scope=BotCommandScopeAllGroupChats())
    assert await player.get("commands", person=anna) == [{"command": "help", "description": "Help"}]
    own = BotCommandScopeChat(anna)
    await bot.set_my_commands([("score", "Score")], scope=own)
    await bot.set_my_commands([("score", "Оценить")], scope=own, language_code="ru")
    assert dig(await player.get("commands", person=anna), 0, "description") == "Score"
    await player.ask("PATCH", f"people/{anna}", language_code="ru")
    assert dig(await player.get("commands", person=anna), 0, "description") == "Оценить"
    assert dig(await player.get("commands", person=anna, chat=group), 0, "command") == "team"
    await bot.delete_my_commands(scope=own, language_code="ru")
    assert dig(await player.get("commands", person=anna), 0, "description") == "Score"


async def test_the_bot_describes_itself(bot: Bot, anna: int) -> None:
    await bot.set_my_description("Scores contacts")
    await bot.set_my_short_description("Scores", language_code="en")
    assert (await bot.get_my_description("ru")).description == "Scores contacts"
    assert (await bot.get_my_short_description()).short_description == ""
    assert (await bot.get_my_name()).name == "Etalon"
    await bot.set_chat_menu_button(anna, MenuButtonCommands())
    assert (await bot.get_chat_menu_button(anna)).type == "commands"


async def next_event(stream: aiohttp.StreamReader) -> tuple[str, object]:
    """Return name and data of the next event, passing over comments."""
    name = ""
    while True:
        line = (await stream.readline()).decode().strip()
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            data: object = json.loads(line.removeprefix("data: "))
            return name, data


async def test_events_tell_what_happens(bot: Bot, player: Player, anna: int) -> None:
    async with player.session.get("/sandbox/events") as stream:
        assert stream.content_type == "text/event-stream"
        await stream.content.readline()  # the greeting: from here on nothing is missed
        sent = await bot.send_message(anna, "one")
        await bot.send_chat_action(anna, "typing")
        await sent.edit_text("two")
        await sent.delete()
        await player.ask("PATCH", f"people/{anna}", note="Agent")
        found = [await next_event(stream.content) for _ in range(5)]
    assert [name for name, _ in found] == [
        "message",
        "chat_action",
        "edited",
        "deleted",
        "person",
    ]
    assert dig(found[0][1], "message", "text") == "one"
    assert dig(found[1][1], "action") == "typing"
    assert dig(found[2][1], "message", "text") == "two"
    assert dig(found[3][1], "message_id") == sent.message_id
    assert dig(found[4][1], "person", "note") == "Agent"


async def test_several_listeners_come_and_go(bot: Bot, player: Player, anna: int) -> None:
    async with player.session.get("/sandbox/events") as gone:
        await gone.content.readline()
    async with player.session.get("/sandbox/events") as stream:
        await stream.content.readline()
        await bot.send_message(anna, "one")
        assert (await next_event(stream.content))[0] == "message"


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("send", {"text": "hello"}),
        ("send", {"person": 1001}),
        ("send", {"person": 1001, "text": "x" * 4097}),
        ("press", {"person": 1001, "message_id": 1}),
        ("press", {"person": 1001, "data": "x"}),
        ("forward", {"person": 1001, "items": []}),
        ("groups", {"title": "x", "members": []}),
    ],
)
async def test_requests_that_make_no_sense(
    player: Player, anna: int, path: str, fields: dict[str, object]
) -> None:
    status, answer = await player.ask("POST", path, **fields)
    assert status == 400
    assert dig(answer, "error")


async def test_other_web_sites_may_not_act(player: Player, anna: int) -> None:
    headers = {"Origin": "https://elsewhere.example"}
    body = {"person": anna, "text": "x"}
    async with player.session.post("/sandbox/send", json=body, headers=headers) as answer:
        assert answer.status == 403
    headers = {"Origin": str(player.session._base_url).rstrip("/")}
    async with player.session.post("/sandbox/send", json=body, headers=headers) as answer:
        assert answer.status == 200


async def test_it_can_be_mounted_on_another_server() -> None:
    sandbox = Sandbox()
    server = HttpServer(Starlette(routes=sandbox.routes))
    await sandbox.open()
    await server.start("127.0.0.1", 0)
    try:
        async with aiohttp.ClientSession(server.address) as session:
            player = Player(session, sandbox.token)
            anna = await player.person("Anna")
            async with Bot(sandbox.token, f"{server.address}/bot") as bot:
                await bot.send_message(anna, "hello")
                await player.post("faults", method="getMe", kind="refuse")
                with pytest.raises(aiohttp.ClientError):
                    await asyncio.wait_for(player.raw("getMe", {}), 5)
    finally:
        await server.stop()
        await sandbox.close()
