"""Messages: sent, edited, deleted, answered, copied, forwarded."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest, Forbidden

from bot.sandbox import Sandbox
from tests.sandbox.player import Player, dig, items, number

BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])


async def test_the_bot_knows_itself(bot: Bot) -> None:
    me = await bot.get_me()
    assert me.username == "etalon_sandbox_bot"
    assert me.can_join_groups
    assert not me.can_read_all_group_messages


async def test_a_message_is_shown_with_its_entities(bot: Bot, player: Player, anna: int) -> None:
    sent = await bot.send_message(anna, "<b>Hi</b> 😀<i>you</i>", parse_mode="HTML")
    assert sent.text == "Hi 😀you"
    assert [sent.parse_entity(one) for one in sent.entities] == ["Hi", "you"]
    shown = items(await player.get("messages", chat=anna))[-1]
    assert dig(shown, "text") == "Hi 😀you"
    assert dig(shown, "from", "is_bot") is True


async def test_message_numbers_grow_within_a_chat(bot: Bot, anna: int) -> None:
    first, second = [await bot.send_message(anna, word) for word in ("one", "two")]
    assert second.message_id == first.message_id + 1


async def test_whoever_never_wrote_cannot_be_written_to(bot: Bot, player: Player) -> None:
    boris = await player.person("Boris", starts=False)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(boris, "Hello?")


async def test_whoever_blocked_the_bot_cannot_be_written_to(
    bot: Bot, player: Player, anna: int
) -> None:
    await player.ask("PATCH", f"people/{anna}", blocked=True)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(anna, "Hello?")
    status, _ = await player.ask("POST", "send", person=anna, text="I do not want you")
    assert status == 409
    change = (await bot.get_updates())[-1].my_chat_member
    assert change is not None
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")


async def test_an_unknown_chat_is_not_found(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(424242, "Hello?")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x" * 4097, "Message is too long"),
        ("😀" * 2049, "Message is too long"),
        (" \n ", "Text must be non-empty"),
        ("<b> </b>", "Text must be non-empty"),
        ("", "Message text is empty"),
    ],
)
async def test_texts_have_limits(bot: Bot, anna: int, text: str, why: str) -> None:
    with pytest.raises(BadRequest, match=why):
        await bot.send_message(anna, text, parse_mode="HTML")


async def test_the_longest_text_fits(bot: Bot, anna: int) -> None:
    sent = await bot.send_message(anna, f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    assert len(sent.text or "") == 4096


async def test_other_parse_modes_are_refused(bot: Bot, anna: int) -> None:
    with pytest.raises(BadRequest, match="supports parse_mode html only"):
        await bot.send_message(anna, "*x*", parse_mode="MarkdownV2")
    with pytest.raises(BadRequest, match="Unsupported parse_mode"):
        await bot.send_message(anna, "*x*", parse_mode="BBCode")


async def test_an_edit_shows_the_new_text(bot: Bot, player: Player, anna: int) -> None:
    sent = await bot.send_message(anna, "one", reply_markup=BUTTON)
    edited = await sent.edit_text("two", reply_markup=BUTTON)
    assert not isinstance(edited, bool)
    assert edited.edit_date is not None
    shown = items(await player.get("messages", chat=anna))[-1]
    assert dig(shown, "text") == "two"
    assert dig(shown, "reply_markup", "inline_keyboard", 0, 0, "text") == "Go"


async def test_an_edit_without_a_keyboard_removes_it(bot: Bot, anna: int) -> None:
    sent = await bot.send_message(anna, "one", reply_markup=BUTTON)
    edited = await sent.edit_text("one")
    assert not isinstance(edited, bool)
    assert edited.reply_markup is None


async def test_an_edit_must_change_something(bot: Bot, anna: int) -> None:
    sent = await bot.send_message(anna, "<b>one</b>", parse_mode="HTML", reply_markup=BUTTON)
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await sent.edit_text("<b>one</b>", parse_mode="HTML", reply_markup=BUTTON)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_reply_markup(BUTTON)
    assert await sent.edit_text("one", reply_markup=BUTTON)


async def test_only_the_bots_own_messages_can_be_edited(
    bot: Bot, player: Player, anna: int
) -> None:
    hers = number(await player.post("send", person=anna, text="mine"), "message", "message_id")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("yours", anna, hers)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("yours", anna, 999)


async def test_a_text_has_no_caption_to_edit(bot: Bot, anna: int) -> None:
    sent = await bot.send_message(anna, "one")
    with pytest.raises(BadRequest, match="no caption in the message to edit"):
        await sent.edit_caption("two")


async def test_deleting_works_once(bot: Bot, player: Player, anna: int) -> None:
    sent = await bot.send_message(anna, "one")
    assert await sent.delete()
    assert len(items(await player.get("messages", chat=anna))) == 1  # her /start
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await sent.delete()
    another = await bot.send_message(anna, "two")
    assert await bot.delete_messages(anna, [sent.message_id, another.message_id])
    assert len(items(await player.get("messages", chat=anna))) == 1


async def test_a_message_older_than_two_days_stays(bot: Bot, anna: int, sandbox: Sandbox) -> None:
    sent = await bot.send_message(anna, "one")
    now = sandbox.world.clock()
    sandbox.world.clock = lambda: now + 49 * 3600
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await sent.delete()


async def test_replies_show_what_they_answer(bot: Bot, player: Player, anna: int) -> None:
    hers = number(await player.post("send", person=anna, text="question"), "message", "message_id")
    sent = await bot.send_message(anna, "answer", reply_parameters=ReplyParameters(hers))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "question"
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(anna, "answer", reply_parameters=ReplyParameters(999))
    lenient = ReplyParameters(999, allow_sending_without_reply=True)
    sent = await bot.send_message(anna, "answer", reply_parameters=lenient)
    assert sent.reply_to_message is None


async def test_forwards_and_copies(bot: Bot, player: Player, anna: int) -> None:
    hers = number(await player.post("send", person=anna, text="hers"), "message", "message_id")
    forward = await bot.forward_message(anna, anna, hers)
    assert forward.forward_origin is not None
    assert forward.forward_origin.to_dict()["sender_user"]["id"] == anna
    copy = await bot.copy_message(anna, anna, hers)
    shown = items(await player.get("messages", chat=anna))[-1]
    assert dig(shown, "message_id") == copy.message_id
    assert dig(shown, "text") == "hers"
    with pytest.raises(BadRequest, match="Message to forward not found"):
        await bot.forward_message(anna, anna, 999)
    with pytest.raises(BadRequest, match="Message to copy not found"):
        await bot.copy_message(anna, anna, 999)


async def test_pins_and_reactions(bot: Bot, player: Player, anna: int) -> None:
    sent = await bot.send_message(anna, "one")
    assert await bot.pin_chat_message(anna, sent.message_id)
    chat = await bot.get_chat(anna)
    assert chat.pinned_message is not None
    assert chat.pinned_message.message_id == sent.message_id
    assert await bot.unpin_chat_message(anna)
    assert (await bot.get_chat(anna)).pinned_message is None
    assert await bot.set_message_reaction(anna, sent.message_id, "👍")
    shown = items(await player.get("messages", chat=anna, after=sent.message_id - 1))[0]
    assert dig(shown, "reaction") == "👍"


async def test_a_mention_by_id_carries_the_person(bot: Bot, anna: int) -> None:
    link = f'<a href="tg://user?id={anna}">Anna</a> and <a href="tg://user?id=5">nobody</a>'
    sent = await bot.send_message(anna, link, parse_mode="HTML")
    assert [entity.user.id for entity in sent.entities if entity.user] == [anna]
    assert len(sent.entities) == 1
