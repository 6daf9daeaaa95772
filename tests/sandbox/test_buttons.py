"""Buttons: what may stand on them, and what happens when they are pressed."""

import asyncio

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest

from bot.sandbox import Sandbox
from tests.sandbox.player import Player, dig, items, until


def keyboard(data: str | None = None, url: str | None = None) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data=data, url=url)]])


async def pressed(bot: Bot) -> str:
    """Return the id of the press that reached the bot last."""
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    return query.id


async def test_a_press_reaches_the_bot_and_its_answer_the_person(
    sandbox: Sandbox, bot: Bot, player: Player, anna: int
) -> None:
    sent = await bot.send_message(anna, "Ready?", reply_markup=keyboard(data="go"))
    press = asyncio.create_task(
        player.post("press-button", person=anna, message_id=sent.message_id, text="Go")
    )
    await until(lambda: len(sandbox.world.updates.pending) == 2)  # /start, then the press
    update = (await bot.get_updates())[-1]
    query = update.callback_query
    assert query is not None
    assert query.data == "go"
    assert isinstance(query.message, Message)
    assert query.message.text == "Ready?"
    assert await query.answer("Off we go", show_alert=True)
    answer = await press
    assert dig(answer, "answer") == {"text": "Off we go", "show_alert": True, "url": ""}
    assert dig(answer, "update_id") == update.update_id


async def test_a_press_without_an_answer_gets_none(player: Player, anna: int) -> None:
    answer = await player.post("press", person=anna, message_id=1, data="x", answer_timeout=0.01)
    assert dig(answer, "answer") is None


async def test_a_query_is_answered_once(bot: Bot, player: Player, anna: int) -> None:
    await player.post("press", person=anna, message_id=1, data="x", answer_timeout=0)
    query = await pressed(bot)
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(query, "x" * 201)
    assert await bot.answer_callback_query(query, "x" * 200)
    for stale in (query, "12345"):
        with pytest.raises(BadRequest, match="Query is too old and response timeout expired or"):
            await bot.answer_callback_query(stale)


async def test_a_forged_button_on_a_message_that_is_gone(
    bot: Bot, player: Player, anna: int
) -> None:
    data = "forged:" + "ж" * 100
    await player.post("press", person=anna, message_id=77, data=data, answer_timeout=0)
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert query.data == data
    assert query.message is not None
    assert not query.message.is_accessible
    assert query.message.message_id == 77


async def test_a_button_that_is_not_there(bot: Bot, player: Player, anna: int) -> None:
    sent = await bot.send_message(anna, "Ready?")
    status, answer = await player.ask(
        "POST", "press-button", person=anna, message_id=sent.message_id, text="Go"
    )
    assert status == 404
    assert "no button" in str(dig(answer, "error"))


async def test_a_reply_keyboard_is_for_people_only(bot: Bot, player: Player, anna: int) -> None:
    markup = ReplyKeyboardMarkup([["Yes", "No"]], resize_keyboard=True)
    sent = await bot.send_message(anna, "Well?", reply_markup=markup)
    assert sent.reply_markup is None
    shown = items(await player.get("messages", chat=anna))[-1]
    assert dig(shown, "reply_keyboard", "keyboard", 0, 1, "text") == "No"
    said = await player.post("press-button", person=anna, message_id=sent.message_id, text="Yes")
    assert dig(said, "message", "text") == "Yes"
    await bot.send_message(anna, "Thanks", reply_markup=ReplyKeyboardRemove())
    shown = items(await player.get("messages", chat=anna))[-1]
    assert dig(shown, "reply_keyboard", "remove_keyboard") is True


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ({"callback_data": "ж" * 33}, "BUTTON_DATA_INVALID"),
        ({}, "can't parse inline keyboard button: Text buttons are unallowed"),
        ({"url": "no address"}, "is invalid: Wrong HTTP URL"),
        ({"callback_data": "x", "colour": "red"}, 'inline keyboard button: unknown field "colour"'),
        ({"callback_data": 5}, 'Field "callback_data" must be of type String'),
        ({"callback_data": "x", "url": "https://a.b"}, "exactly one of the optional fields"),
    ],
)
async def test_buttons_that_telegram_refuses(
    player: Player, anna: int, button: dict[str, object], why: str
) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", **button}]]}
    refusal = await player.refusal("sendMessage", chat_id=anna, text="x", reply_markup=markup)
    assert why in refusal


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ({"inline_keyboard": [[{"text": " ", "url": "tg:x"}]]}, "button text must be non-empty"),
        ({"inline_keyboard": [[{"callback_data": "x"}]]}, 'Can\'t find field "text"'),
        ({"inline_keyboard": [[{"text": "x", "url": "tg:x"}] * 9]}, "reply markup is too long"),
        ({"inline_keyboard": [[{"text": "x", "url": "tg:x"}]] * 101}, "reply markup is too long"),
        ({"keyboard": [[{}]]}, "can't parse keyboard button: Can't find field \"text\""),
        ("{", "can't parse reply keyboard markup JSON object"),
        ([], "object expected as reply markup"),
        ({"buttons": []}, "can't parse reply keyboard markup"),
    ],
)
async def test_keyboards_that_telegram_refuses(
    player: Player, anna: int, markup: object, why: str
) -> None:
    refusal = await player.refusal("sendMessage", chat_id=anna, text="x", reply_markup=markup)
    assert why in refusal


async def test_sixty_four_bytes_of_data_fit(bot: Bot, anna: int) -> None:
    sent = await bot.send_message(anna, "x", reply_markup=keyboard(data="ж" * 32))
    assert sent.reply_markup is not None


async def test_a_link_button_opens_and_asks_nobody(bot: Bot, player: Player, anna: int) -> None:
    sent = await bot.send_message(anna, "x", reply_markup=keyboard(url="https://example.com"))
    opened = await player.post("press-button", person=anna, message_id=sent.message_id, text="Go")
    assert opened == {"update_id": None, "answer": None, "url": "https://example.com"}
