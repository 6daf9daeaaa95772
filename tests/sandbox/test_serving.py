"""How the chat page and the files in it are served: always fresh, in parts, and harmless."""

import pytest
from telegram import Bot

from tests.sandbox.player import Player, dig, items, text

DIGITS = b"0123456789"


async def uploaded(player: Player, person: int, kind: str, name: str, data: bytes) -> str:
    """Return the address of a file that a person has sent."""
    sent = await player.upload(person, kind, name, data)
    return f"/sandbox/files/{text(sent, 'message', kind, 'file_id')}"


@pytest.fixture
async def recording(player: Player, anna: int) -> str:
    """A recording of ten bytes."""
    return await uploaded(player, anna, "audio", "call.mp3", DIGITS)


@pytest.mark.parametrize(
    ("asked", "got", "where"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=4-", b"456789", "bytes 4-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=-30", DIGITS, "bytes 0-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
    ],
)
async def test_a_part_of_a_recording(
    player: Player, recording: str, asked: str, got: bytes, where: str
) -> None:
    async with player.session.get(recording, headers={"Range": asked}) as answer:
        assert answer.status == 206
        assert answer.headers["Content-Range"] == where
        assert answer.headers["Content-Length"] == str(len(got))
        assert await answer.read() == got


@pytest.mark.parametrize("asked", ["", "bytes=-", "bytes=5-2", "bytes=0-1,4-5", "lines=1-2"])
async def test_without_a_range_that_makes_sense_a_file_comes_whole(
    player: Player, recording: str, asked: str
) -> None:
    async with player.session.get(recording, headers={"Range": asked}) as answer:
        assert answer.status == 200
        assert answer.headers["Accept-Ranges"] == "bytes"
        assert await answer.read() == DIGITS


@pytest.mark.parametrize("asked", ["bytes=10-", "bytes=99-120", "bytes=-0"])
async def test_a_range_outside_the_file_is_refused(
    player: Player, recording: str, asked: str
) -> None:
    async with player.session.get(recording, headers={"Range": asked}) as answer:
        assert answer.status == 416
        assert answer.headers["Content-Range"] == "bytes */10"
        assert await answer.read() == b""


@pytest.mark.parametrize(
    ("kind", "name", "place"),
    [
        ("audio", "call.mp3", "inline"),
        ("video", "screen.mp4", "inline"),
        ("voice", "voice.ogg", "inline"),
        ("voice", "voice.html", "attachment"),
        ("video", "drawing.svg", "attachment"),
        ("document", "наклейка.html", "attachment"),
        ("document", "photo.png", "attachment"),
    ],
)
async def test_only_sound_and_pictures_are_shown_in_the_page(
    player: Player, anna: int, kind: str, name: str, place: str
) -> None:
    address = await uploaded(player, anna, kind, name, b"<script>alert(1)</script>")
    async with player.session.get(address) as answer:
        assert answer.content_disposition is not None
        assert answer.content_disposition.type == place
        assert answer.content_disposition.filename == name
        assert answer.headers["Content-Security-Policy"] == "sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_file_that_was_never_sent(player: Player) -> None:
    async with player.session.get("/sandbox/files/BQACnothing") as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "text/html"), ("/page/page.css", "text/css"), ("/page/page.js", "text/javascript")],
)
async def test_the_page_is_asked_for_each_time_and_loads_nothing_foreign(
    player: Player, path: str, kind: str
) -> None:
    async with player.session.get(path) as answer:
        assert answer.status == 200
        assert answer.content_type == kind
        assert answer.headers["Cache-Control"] == "no-cache"
        assert "default-src 'self';" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_good_copy_of_the_page_is_not_sent_again(player: Player) -> None:
    async with player.session.get("/page/page.css") as first:
        known = {"If-None-Match": first.headers["ETag"]}
    async with player.session.get("/page/page.css", headers=known) as again:
        assert again.status == 304
        assert again.headers["Cache-Control"] == "no-cache"


async def test_the_list_of_people_names_the_kind_of_the_last_message(
    bot: Bot, player: Player, anna: int
) -> None:
    async def last() -> tuple[object, object]:
        shown = dig(items(await player.get("people")), 0, "last")
        return dig(shown, "kind"), dig(shown, "text")

    assert await last() == ("", "/start")
    await player.upload(anna, "voice", "voice.ogg", b"OggS", duration="2")
    assert await last() == ("voice", "")
    await bot.send_document(anna, b"x", filename="x.txt", caption="Your table")
    assert await last() == ("document", "Your table")
    pinned = await bot.send_message(anna, "Remember")
    assert await last() == ("", "Remember")
    await bot.pin_chat_message(anna, pinned.message_id)
    assert await last() == ("service", "")


async def test_the_bot_describes_itself_to_whoever_asks(bot: Bot, player: Player) -> None:
    boris = await player.person("Boris", starts=False, language_code="ru")
    known = await player.get("bot")
    assert await player.get("bot", person=boris) == known
    await bot.set_my_short_description("Quality control")
    await bot.set_my_description("Scores contacts")
    await bot.set_my_description("Оценивает обращения", language_code="ru")
    seen = await player.get("bot", person=boris)
    assert dig(seen, "description") == "Оценивает обращения"
    assert dig(seen, "short_description") == "Quality control"
    assert await player.get("bot") == known
