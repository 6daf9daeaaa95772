"""Groups: what the bot sees in them, how it leaves, how they grow."""

import pytest
from telegram import Bot, Message, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.sandbox.player import Player, dig, items, number


@pytest.fixture
async def group(bot: Bot, player: Player, anna: int) -> int:
    """Anna's group, whose opening the bot has seen."""
    boris = await player.person("Boris")
    made = await player.post("groups", title="Support", members=[anna, boris])
    updates = await bot.get_updates(offset=-2)
    assert updates[0].my_chat_member is not None
    assert updates[0].my_chat_member.new_chat_member.status == "member"
    await bot.get_updates(offset=updates[-1].update_id + 1)
    return number(made, "id")


async def seen(bot: Bot) -> list[Message]:
    """Return the messages that the bot gets."""
    return [one.message for one in await bot.get_updates() if one.message]


async def test_a_group_is_opened_with_the_bot(bot: Bot, anna: int, group: int) -> None:
    chat = await bot.get_chat(group)
    assert (chat.type, chat.title) == ("group", "Support")
    assert await bot.get_chat_member_count(group) == 3
    assert (await bot.get_chat_member(group, bot.id)).status == "member"
    assert [one.user.id for one in await bot.get_chat_administrators(group)] == [anna]


async def test_privacy_mode_hides_small_talk(
    bot: Bot, player: Player, anna: int, group: int
) -> None:
    sent = await bot.send_message(group, "Report")
    for words in (
        "small talk",
        "/team@other_bot",
        "see /team",
        "/team",
        "/TEAM@Etalon_Sandbox_bot",
    ):
        await player.post("send", person=anna, chat=group, text=words)
    await player.post("send", person=anna, chat=group, text="thanks", reply_to=sent.message_id)
    assert [one.text for one in await seen(bot)] == ["/team", "/TEAM@Etalon_Sandbox_bot", "thanks"]


async def test_an_administrator_bot_sees_everything(
    bot: Bot, player: Player, anna: int, group: int
) -> None:
    await player.ask("PATCH", f"groups/{group}", bot_status="administrator")
    await player.post("send", person=anna, chat=group, text="small talk")
    assert [one.text for one in await seen(bot)] == ["small talk"]
    assert len(await bot.get_chat_administrators(group)) == 1


async def test_a_stranger_cannot_speak_in_a_group(player: Player, group: int) -> None:
    vera = await player.person("Vera")
    status, _ = await player.ask("POST", "send", person=vera, chat=group, text="hello")
    assert status == 403


async def test_the_bot_leaves(bot: Bot, player: Player, anna: int, group: int) -> None:
    assert await bot.leave_chat(group)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(group, "Hello?")
    await player.post("send", person=anna, chat=group, text="/team")
    assert await seen(bot) == []


async def test_the_bot_is_kicked(bot: Bot, player: Player, group: int) -> None:
    await player.ask("PATCH", f"groups/{group}", bot_status="kicked")
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group, "Hello?")
    change = (await bot.get_updates())[-1].my_chat_member
    assert change is not None
    assert change.new_chat_member.status == "kicked"


async def test_a_group_becomes_a_supergroup(
    bot: Bot, player: Player, anna: int, group: int
) -> None:
    bigger = number(await player.post(f"groups/{group}/migrate"), "id")
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group, "Hello?")
    assert moved.value.new_chat_id == bigger
    assert (await bot.send_message(bigger, "Hello")).chat.type == "supergroup"
    left, arrived = await seen(bot)
    assert left.migrate_to_chat_id == bigger
    assert arrived.migrate_from_chat_id == group
    chats = items(await player.get("chats", person=anna))
    assert [dig(chat, "id") for chat in chats] == [anna, bigger]
    status, _ = await player.ask("POST", f"groups/{group}/migrate")
    assert status == 409


async def test_others_messages_stay_unless_the_bot_administers(
    bot: Bot, player: Player, anna: int, group: int
) -> None:
    said = await player.post("send", person=anna, chat=group, text="/team")
    hers = number(said, "message", "message_id")
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(group, hers)
    await player.ask("PATCH", f"groups/{group}", bot_status="administrator")
    assert await bot.delete_message(group, hers)


async def test_a_reply_elsewhere_finds_nothing(bot: Bot, anna: int, group: int) -> None:
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(group, "x", reply_parameters=ReplyParameters(1, chat_id=anna))
