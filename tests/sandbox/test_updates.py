"""Updates by polling: confirmed, repeated, filtered, fought over."""

import asyncio

import pytest
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken

from bot.sandbox import Sandbox
from tests.sandbox.player import Player, dig, items, number, until


async def test_updates_repeat_until_they_are_confirmed(bot: Bot, player: Player, anna: int) -> None:
    said = await player.post("send", person=anna, text="hello")
    first = await bot.get_updates()
    again = await bot.get_updates()
    assert [one.update_id for one in first] == [one.update_id for one in again]
    assert first[-1].update_id == number(said, "update_id")
    assert await bot.get_updates(offset=first[-1].update_id + 1) == ()


async def test_a_poll_waits_for_something_to_happen(
    sandbox: Sandbox, bot: Bot, player: Player, anna: int
) -> None:
    await bot.get_updates(offset=-1)
    last = (await bot.get_updates())[-1].update_id
    poll = asyncio.create_task(bot.get_updates(offset=last + 1, timeout=10))
    await until(lambda: sandbox.world.updates.polled)
    await player.post("send", person=anna, text="hello")
    assert [one.message.text for one in await poll if one.message] == ["hello"]


async def test_waiting_for_the_bot_to_handle(
    sandbox: Sandbox, bot: Bot, player: Player, anna: int
) -> None:
    said = asyncio.create_task(player.post("send", person=anna, text="hello", wait=True))
    await until(lambda: len(sandbox.world.updates.pending) == 2)  # /start, then hello
    updates = await bot.get_updates()
    assert not said.done()
    await bot.get_updates(offset=updates[-1].update_id + 1)
    assert dig(await said, "handled") is True
    assert await player.get("wait", update=updates[-1].update_id) == {"handled": True}


async def test_waiting_ends_when_nobody_handles(player: Player, anna: int) -> None:
    update = number(await player.post("send", person=anna, text="hello"), "update_id")
    assert await player.get("wait", update=update, timeout="0.01") == {"handled": False}


async def test_a_second_poll_ends_the_first(
    sandbox: Sandbox, bot: Bot, player: Player, anna: int
) -> None:
    last = (await bot.get_updates())[-1].update_id
    first = asyncio.create_task(bot.get_updates(offset=last + 1, timeout=10))
    await until(lambda: sandbox.world.updates.polled)
    assert await player.raw("getUpdates", {"offset": last + 1}) == (200, {"ok": True, "result": []})
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first


async def test_limit_and_negative_offset(bot: Bot, player: Player, anna: int) -> None:
    for word in ("one", "two", "three"):
        await player.post("send", person=anna, text=word)
    assert len(await bot.get_updates(limit=2)) == 2
    newest = await bot.get_updates(offset=-1)
    assert [one.message.text for one in newest if one.message] == ["three"]
    assert len(await bot.get_updates()) == 1


async def test_only_the_kinds_the_bot_asked_for(bot: Bot, player: Player, anna: int) -> None:
    await bot.get_updates(allowed_updates=[Update.CALLBACK_QUERY])
    said = await player.post("send", person=anna, text="hello", wait=True)
    assert dig(said, "update_id") is None
    await player.post("press", person=anna, message_id=1, data="x", answer_timeout=0)
    assert (await bot.get_updates())[-1].callback_query is not None


async def test_an_edited_message_comes_as_such(bot: Bot, player: Player, anna: int) -> None:
    said = number(await player.post("send", person=anna, text="helo"), "message", "message_id")
    await player.post("edit", person=anna, message_id=said, text="hello")
    edited = (await bot.get_updates())[-1].edited_message
    assert edited is not None
    assert edited.text == "hello"
    assert edited.edit_date is not None


async def test_a_start_link_brings_its_payload(bot: Bot, player: Player, anna: int) -> None:
    await player.post("open-link", person=anna, payload="invite-42")
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.text == "/start invite-42"
    assert message.parse_entity(message.entities[0]) == "/start"


async def test_forwarded_messages_tell_where_they_come_from(
    bot: Bot, player: Player, anna: int
) -> None:
    said = await player.post(
        "forward",
        person=anna,
        items=[
            {"text": "My order is late", "from_name": "A customer"},
            {"chat": anna, "message_id": 1},
        ],
    )
    assert len(items(said, "update_ids")) == 2
    strange, own = [one.message for one in await bot.get_updates()][-2:]
    assert strange is not None
    assert strange.forward_origin is not None
    assert strange.forward_origin.to_dict()["sender_user_name"] == "A customer"
    assert own is not None
    assert own.forward_origin is not None
    assert own.forward_origin.to_dict()["sender_user"]["first_name"] == "Anna"


async def test_a_wrong_token_is_refused(sandbox: Sandbox) -> None:
    for token in ("7000000001:another-token", "nonsense"):
        with pytest.raises(InvalidToken):
            await Bot(token, f"{sandbox.address}/bot").get_me()


async def test_wrong_tokens_have_telegrams_statuses(player: Player) -> None:
    for token, status in (("7000000001:another", 401), ("nonsense", 404)):
        async with player.session.get(f"/bot{token}/getMe") as answer:
            assert answer.status == status
            assert dig(await answer.json(), "error_code") == status


async def test_stopping_does_not_wait_for_a_poll() -> None:
    sandbox = Sandbox()
    await sandbox.start()
    bot = Bot(sandbox.token, f"{sandbox.address}/bot")
    async with bot:
        poll = asyncio.create_task(bot.get_updates(timeout=30))
        await until(lambda: sandbox.world.updates.polled)
        await asyncio.wait_for(sandbox.stop(), 5)
        assert await poll == ()
