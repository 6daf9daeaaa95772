"""The transport: files arrive whole, and each failure says whether the call was carried out."""

import socket

import pytest
from telegram import InputFile, InputMediaPhoto
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.transport import AnswerLostError, NotSentError
from tests.bot.conftest import Line, bot_for
from tests.sandbox.pictures import png
from tests.sandbox.player import dig, items, text


@pytest.fixture
async def anna(line: Line) -> int:
    """Somebody who has started the bot."""
    return await line.player.person("Anna")


async def arrived(line: Line, anna: int) -> int:
    """Return how many messages of the bot Anna has."""
    return len(items(await line.player.get("messages", chat=anna))) - 1


async def test_text_with_every_kind_of_letter_arrives(line: Line, anna: int) -> None:
    said = "Ґанок, ёлка & <b>100 %</b> + ünïcode 👩‍🚀"
    sent = await line.bot.send_message(anna, said)
    assert sent.text == said


async def test_a_file_arrives_whole_under_its_name(line: Line, anna: int) -> None:
    content = bytes(range(256)) * 500
    await line.bot.send_document(anna, InputFile(content, filename="Отчёт за ноябрь.xlsx"))
    last = items(await line.player.get("messages", chat=anna))[-1]
    assert text(last, "document", "file_name") == "Отчёт за ноябрь.xlsx"
    file = await line.bot.get_file(text(last, "document", "file_id"))
    assert bytes(await file.download_as_bytearray()) == content


async def test_a_picture_can_be_replaced_by_another(line: Line, anna: int) -> None:
    sent = await line.bot.send_photo(anna, png(20, 10))
    await line.bot.edit_message_media(InputMediaPhoto(png(30, 15)), anna, sent.message_id)
    last = items(await line.player.get("messages", chat=anna))[-1]
    assert dig(items(last, "photo")[-1], "width") == 30


@pytest.mark.parametrize(
    ("kind", "error", "done"),
    [
        ("429", RetryAfter, 0),
        ("500", NetworkError, 0),
        ("502_html", NetworkError, 0),
        ("malformed", TelegramError, 0),
        ("refuse", AnswerLostError, 0),
        ("timeout_before", TimedOut, 0),
        ("timeout_after", TimedOut, 1),
        ("drop_after", AnswerLostError, 1),
    ],
)
async def test_a_failure_says_what_is_known(
    line: Line, anna: int, kind: str, error: type[TelegramError], done: int
) -> None:
    await line.player.post("faults", method="sendMessage", kind=kind)
    with pytest.raises(error) as caught:
        await line.bot.send_message(anna, "one")
    assert not isinstance(caught.value, NotSentError)
    assert await arrived(line, anna) == done


async def test_where_nobody_listens_nothing_was_sent() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bot = bot_for(f"http://127.0.0.1:{port}", "1:x")
    with pytest.raises(NotSentError):
        await bot.initialize()
    await bot.shutdown()


async def test_an_error_never_holds_the_token(line: Line, anna: int) -> None:
    secret = "70000:this-is-a-secret"  # noqa: S105  it opens nothing
    bot = bot_for(line.sandbox.address, secret)
    with pytest.raises(InvalidToken):
        await bot.initialize()
    await bot.shutdown()
    await line.player.post("faults", method="sendMessage", kind="drop_after")
    with pytest.raises(AnswerLostError) as caught:
        await line.bot.send_message(anna, "one")
    assert line.sandbox.token not in repr(caught.value)
    assert caught.value.__cause__ is None


async def test_a_call_after_a_broken_connection_works(line: Line, anna: int) -> None:
    await line.player.post("faults", method="sendMessage", kind="drop_after")
    with pytest.raises(AnswerLostError):
        await line.bot.send_message(anna, "one")
    await line.bot.send_message(anna, "two")
    assert await arrived(line, anna) == 2
