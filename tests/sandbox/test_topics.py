"""Topics: a message is in the one it names, a reply in that of what it answers."""

import pytest
from telegram import Bot, ReplyParameters
from telegram.error import BadRequest

from tests.sandbox.player import Player, number


@pytest.fixture
async def forum(player: Player, anna: int) -> int:
    """Anna's group with topics."""
    made = await player.post("groups", title="Floor", members=[anna], forum=True)
    return number(made, "id")


async def topic(player: Player, forum: int, name: str = "News") -> int:
    return number(await player.post(f"groups/{forum}/topics", name=name), "thread")


async def test_a_group_with_topics_says_so(bot: Bot, player: Player, forum: int) -> None:
    chat = await bot.get_chat(forum)
    assert (chat.type, chat.is_forum) == ("supergroup", True)


async def test_a_message_is_in_the_topic_it_names(bot: Bot, player: Player, forum: int) -> None:
    news = await topic(player, forum)
    sent = await bot.send_message(forum, "x", message_thread_id=news)
    assert (sent.message_thread_id, sent.is_topic_message) == (news, True)
    reply = await bot.send_message(forum, "y", reply_parameters=ReplyParameters(sent.message_id))
    assert reply.message_thread_id == news
    general = await bot.send_message(forum, "z")
    assert general.message_thread_id is None
    assert await bot.send_chat_action(forum, "typing", message_thread_id=news)


async def test_a_topic_that_is_not_there_is_refused(
    bot: Bot, player: Player, anna: int, forum: int
) -> None:
    for chat, thread in ((forum, 99), (forum, 1), (anna, 1)):
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(chat, "x", message_thread_id=thread)


async def test_what_people_write_in_a_topic_says_where(
    bot: Bot, player: Player, anna: int, forum: int
) -> None:
    news = await topic(player, forum)
    await player.post("send", person=anna, chat=forum, text="/team", thread=news)
    await player.post("send", person=anna, chat=forum, text="/team", anonymous=True)
    said = [one.message for one in await bot.get_updates() if one.message][-2:]
    assert [one.message_thread_id for one in said] == [news, None]
    assert said[1].sender_chat is not None
    assert said[1].sender_chat.id == forum
    assert said[1].from_user is not None
    assert said[1].from_user.username == "GroupAnonymousBot"
    status, _ = await player.ask("POST", "send", person=anna, chat=forum, text="x", thread=99)
    assert status == 404
