"""The sandbox holds each call against the Bot API's facts."""

import json

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.sandbox.facts import load_facts
from bot.sandbox.methods import METHODS
from tests.sandbox.player import Player, dig


def test_every_method_of_the_facts_is_answered_and_the_other_way_round() -> None:
    facts = load_facts()
    assert set(facts.methods) == set(METHODS)
    assert not facts.not_answered & set(facts.names)


@pytest.mark.parametrize(
    ("method", "params", "why"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1001}, "message text is empty"),
        ("sendMessage", {"chat_id": 1001, "text": ""}, "message text is empty"),
        ("sendMessage", {"chat_id": 1001, "txt": "x"}, 'unknown parameter "txt"'),
        ("sendMessage", {"chat_id": 1001, "text": 5}, 'parameter "text" must be of type String'),
        ("sendMessage", {"chat_id": True, "text": "x"}, '"chat_id" must be of type Integer'),
        ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 1001, "text": "\ud83d"}, "strings must be encoded in UTF-8"),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "protect_content": "perhaps"},
            '"protect_content" must be of type Boolean',
        ),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "message_thread_id": 7},
            "message thread not found",
        ),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "message_effect_id": "7"},
            'the sandbox does not support the parameter "message_effect_id"',
        ),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "entities": [{"type": "bold"}]},
            "can't parse MessageEntity: Can't find field \"offset\"",
        ),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "entities": [{"type": "b", "offset": 0, "length": 2}]},
            "ENTITY_BOUNDS_INVALID",
        ),
        ("editMessageText", {"text": "x", "message_id": 1}, "chat_id is empty"),
        ("editMessageText", {"text": "x", "chat_id": 1001}, "identifier is not specified"),
        ("sendPhoto", {"chat_id": 1001}, "there is no photo in the request"),
        ("sendPhoto", {"chat_id": 1001, "photo": "attach://x"}, "the attachment is missing"),
        ("deleteMessages", {"chat_id": 1001, "message_ids": []}, "are not specified"),
        ("deleteMessages", {"chat_id": 1001, "message_ids": 5}, "must be of type Array"),
        ("sendChatAction", {"chat_id": 1001, "action": "dance"}, "wrong parameter action"),
        ("setMyCommands", {"commands": [], "scope": {"type": "x"}}, "can't parse BotCommandScope"),
        ("sendMediaGroup", {"chat_id": 1001, "media": [{"type": "poll"}]}, "is unsupported"),
    ],
)
async def test_bad_calls(
    player: Player, anna: int, method: str, params: dict[str, object], why: str
) -> None:
    assert why in await player.refusal(method, **params)


async def test_unknown_methods_are_not_found(player: Player) -> None:
    status, envelope = await player.raw("sendTelepathy", {})
    assert status == 404
    assert envelope == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_methods_that_the_sandbox_lacks_say_so(player: Player) -> None:
    status, envelope = await player.raw("sendDice", {"chat_id": 1})
    assert status == 501
    assert "the sandbox does not answer sendDice" in str(dig(envelope, "description"))


async def test_all_ways_of_calling_are_equal(player: Player, anna: int) -> None:
    url = f"/bot{player.token}/sendMessage"
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    form = {"chat_id": str(anna), "text": "ё", "reply_markup": json.dumps(markup)}
    answers: list[object] = []
    async with player.session.get(url, params=form) as answer:
        answers.append(await answer.json())
    async with player.session.post(url, data=form) as answer:
        answers.append(await answer.json())
    async with player.session.post(url, json={**form, "chat_id": anna}) as answer:
        answers.append(await answer.json())
    async with player.session.post(
        f"/bot{player.token}/SENDMESSAGE", json={**form, "reply_markup": markup}
    ) as answer:
        answers.append(await answer.json())
    for one in answers:
        assert dig(one, "result", "text") == "ё"
        assert dig(one, "result", "reply_markup") == markup


async def test_a_body_that_is_no_json(player: Player) -> None:
    url = f"/bot{player.token}/sendMessage"
    headers = {"Content-Type": "application/json"}
    for body in (b"{", b"[]", b"\xff"):
        async with player.session.post(url, data=body, headers=headers) as answer:
            assert answer.status == 400
    async with player.session.post(
        url, data=b"text=%ff", headers={"Content-Type": "application/x-www-form-urlencoded"}
    ) as answer:
        assert dig(await answer.json(), "description") == (
            "Bad Request: strings must be encoded in UTF-8"
        )


async def test_commands_are_checked(bot: Bot) -> None:
    for commands, why in (
        ([("Score", "x")], "Bot_command_invalid"),
        ([("s" * 33, "x")], "Command length must not exceed 32"),
        ([("", "x")], "Command must be non-empty"),
        ([("score", " ")], "Command description must be non-empty"),
        ([("score", "x" * 257)], "Command description length must not exceed 256"),
        ([(f"c{one}", "x") for one in range(101)], "Bot_commands_too_much"),
    ):
        with pytest.raises(BadRequest, match=why):
            await bot.set_my_commands(commands)
    with pytest.raises(BadRequest, match="Invalid language code"):
        await bot.set_my_commands([("score", "x")], language_code="english")
