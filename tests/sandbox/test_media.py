"""Photos, documents, voice and albums, up and down."""

import aiohttp
import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest

from bot.sandbox.images import image_size
from tests.sandbox.pictures import jpeg, png
from tests.sandbox.player import Player, dig, items, text

MEGABYTE = 1024 * 1024


async def test_a_photo_has_its_real_size(bot: Bot, player: Player, anna: int) -> None:
    sent = await bot.send_photo(anna, png(30, 20), caption="<b>A chart</b>", parse_mode="HTML")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (30, 20)
    assert sent.caption == "A chart"
    assert sent.caption_entities[0].type == "bold"
    async with player.session.get(f"/sandbox/files/{sent.photo[-1].file_id}") as answer:
        assert await answer.read() == png(30, 20)


async def test_a_file_is_sent_again_by_its_id(bot: Bot, anna: int) -> None:
    first = await bot.send_document(anna, b"a,b\n1,2\n", filename="report.csv")
    assert first.document is not None
    assert first.document.file_name == "report.csv"
    assert first.document.mime_type == "text/csv"
    assert first.document.file_size == 8
    again = await bot.send_document(anna, first.document.file_id, caption="again")
    assert again.document is not None
    assert again.document.file_unique_id == first.document.file_unique_id
    other = await bot.send_document(anna, b"other", filename="report.csv")
    assert other.document is not None
    assert other.document.file_unique_id != first.document.file_unique_id


async def test_a_file_comes_down_as_it_went_up(bot: Bot, anna: int) -> None:
    sent = await bot.send_document(anna, b"some bytes", filename="note.txt")
    assert sent.document is not None
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"some bytes"


async def test_files_of_one_kind_are_not_of_another(bot: Bot, anna: int) -> None:
    sent = await bot.send_photo(anna, png(3, 2))
    with pytest.raises(BadRequest, match="Can't use file of type photo as document"):
        await bot.send_document(anna, sent.photo[0].file_id)
    with pytest.raises(BadRequest, match="Wrong file identifier/http url specified"):
        await bot.send_document(anna, "BQACnothing")
    with pytest.raises(BadRequest, match="Failed to get http url content"):
        await bot.send_photo(anna, "https://example.com/a.png")
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await bot.get_file("BQACnothing")


@pytest.mark.parametrize(
    ("photo", "why"),
    [
        (b"no picture", "Image_process_failed"),
        (png(9_990, 1)[:40], "Photo_invalid_dimensions"),
        (jpeg(6000, 4001), "Photo_invalid_dimensions"),
        (jpeg(100, 100) + bytes(10 * MEGABYTE), "too big for a photo"),
    ],
)
async def test_what_is_no_photo_for_telegram(bot: Bot, anna: int, photo: bytes, why: str) -> None:
    with pytest.raises(BadRequest, match=why):
        await bot.send_photo(anna, photo)


async def test_big_files_go_up_but_not_down(bot: Bot, player: Player, anna: int) -> None:
    sent = await player.upload(anna, "document", "big.bin", bytes(20 * MEGABYTE + 1))
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(text(sent, "message", "document", "file_id"))


async def test_captions_have_a_limit(bot: Bot, anna: int) -> None:
    sent = await bot.send_photo(anna, png(3, 2), caption="x" * 1024)
    assert sent.caption == "x" * 1024
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(anna, png(3, 2), caption="x" * 1025)


async def test_a_persons_voice_message_reaches_the_bot(bot: Bot, player: Player, anna: int) -> None:
    await player.upload(anna, "voice", "voice.ogg", b"OggS", duration="7", caption="listen")
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.voice is not None
    assert message.voice.to_dict()["duration"] == 7
    assert message.caption == "listen"
    file = await bot.get_file(message.voice.file_id)
    assert bytes(await file.download_as_bytearray()) == b"OggS"


async def test_other_media(bot: Bot, anna: int) -> None:
    audio = await bot.send_audio(anna, b"ID3", duration=3, performer="Choir", title="Song")
    assert audio.audio is not None
    assert (audio.audio.to_dict()["duration"], audio.audio.performer) == (3, "Choir")
    video = await bot.send_video(anna, b"mp4", width=64, height=48, duration=2)
    assert video.video is not None
    assert (video.video.width, video.video.height) == (64, 48)
    voice = await bot.send_voice(anna, b"OggS", duration=5)
    assert voice.voice is not None
    assert voice.voice.mime_type == "audio/ogg"


async def test_an_album_is_several_messages(bot: Bot, anna: int) -> None:
    album = await bot.send_media_group(
        anna, [InputMediaPhoto(png(3, 2), caption="first"), InputMediaPhoto(png(4, 2))]
    )
    assert album[0].media_group_id == album[1].media_group_id is not None
    assert [one.caption for one in album] == ["first", None]
    with pytest.raises(BadRequest, match="can't be mixed"):
        await bot.send_media_group(
            anna, [InputMediaPhoto(png(3, 2)), InputMediaDocument(b"x", filename="x.txt")]
        )
    with pytest.raises(BadRequest, match="from 2 to 10"):
        await bot.send_media_group(anna, [InputMediaPhoto(png(3, 2))])


async def test_media_and_captions_are_edited(bot: Bot, anna: int) -> None:
    sent = await bot.send_photo(anna, png(3, 2), caption="old")
    edited = await sent.edit_media(InputMediaPhoto(png(5, 2), caption="new"))
    assert not isinstance(edited, bool)
    assert edited.photo[-1].width == 5
    assert edited.caption == "new"
    again = await edited.edit_caption("newer")
    assert not isinstance(again, bool)
    assert again.caption == "newer"
    with pytest.raises(BadRequest, match="no text in the message to edit"):
        await sent.edit_text("text")


async def test_a_file_can_be_attached_under_any_name(player: Player, anna: int) -> None:
    form = aiohttp.FormData({"chat_id": str(anna), "photo": "attach://picture"})
    form.add_field("picture", png(7, 5), filename="p.png", content_type="image/png")
    async with player.session.post(f"/bot{player.token}/sendPhoto", data=form) as answer:
        envelope: object = await answer.json()
    assert dig(envelope, "result", "photo", 0, "width") == 7
    assert len(items(await player.get("calls", method="sendPhoto"))) == 1


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(7, 5), (7, 5)),
        (jpeg(7, 5), (7, 5)),
        (b"GIF89a\x07\0\x05\0", (7, 5)),
        (b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x06\0\0\x04\0\0", (7, 5)),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8\xff", None),
        (b"text", None),
    ],
)
def test_sizes_are_read_from_headers(data: bytes, size: tuple[int, int] | None) -> None:
    assert image_size(data) == size
