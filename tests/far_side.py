"""The other end of the messenger: what people do in it, over HTTP, and what they see."""

from dataclasses import dataclass

import aiohttp

from bot.sandbox.values import JsonObject, as_flag, as_int, as_object, as_objects, as_text
from tests.background import Background

SUBMIT = frozenset({"Submit", "Отправить", "Надіслати"})
"""The button that may carry a score."""


@dataclass(frozen=True)
class Message:
    """A message as a person sees it."""

    raw: JsonObject

    @property
    def message_id(self) -> int:
        """Its number in the chat."""
        return as_int(self.raw.get("message_id"))

    @property
    def text(self) -> str:
        """Its text or caption, without markup."""
        return as_text(self.raw.get("text") or self.raw.get("caption"))

    @property
    def entities(self) -> list[JsonObject]:
        """How parts of the text are marked up."""
        return as_objects(self.raw.get("entities") or self.raw.get("caption_entities"))

    @property
    def rows(self) -> list[list[str]]:
        """The labels of the buttons under it, row by row."""
        keyboard = as_object(self.raw.get("reply_markup")).get("inline_keyboard")
        rows = keyboard if isinstance(keyboard, list) else []
        return [[as_text(button.get("text")) for button in as_objects(row)] for row in rows]

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons under it."""
        return [label for row in self.rows for label in row]

    @property
    def data(self) -> dict[str, str]:
        """What each button says when it is pressed, by label, ``Submit`` also by that alone."""
        keyboard = as_object(self.raw.get("reply_markup")).get("inline_keyboard")
        rows = keyboard if isinstance(keyboard, list) else []
        said = {
            as_text(button.get("text")): as_text(button.get("callback_data"))
            for row in rows
            for button in as_objects(row)
        }
        return said | {one: said[label] for one in SUBMIT if (label := self.label(one))}

    def label(self, wanted: str) -> str | None:
        """Return the label of the button that is called so, ``None`` where there is none.

        ``Submit`` is also called so where it carries the score that it submits.
        """
        if wanted in self.buttons or wanted not in SUBMIT:
            return wanted if wanted in self.buttons else None
        return next((one for one in self.buttons if one.startswith(f"{wanted} · ")), None)

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it; Telegram's account of anonymous administrators is a bot too."""
        sender = as_object(self.raw.get("from"))
        return "sender_chat" not in self.raw and as_flag(sender.get("is_bot"))

    @property
    def document(self) -> JsonObject:
        """The file in it, an empty object when there is none."""
        return as_object(self.raw.get("document"))

    @property
    def photo(self) -> JsonObject:
        """The picture in it in its largest size, an empty object when there is none."""
        sizes = as_objects(self.raw.get("photo"))
        return sizes[-1] if sizes else {}

    def __str__(self) -> str:
        who = "bot" if self.from_bot else "person"
        return f"[{self.message_id} {who}] {self.text} {self.rows or ''}"


class FarSide:
    """Speaks the sandbox's user side."""

    def __init__(self, background: Background, address: str) -> None:
        self._background = background
        self._address = address
        self._session = background.call(self._open())

    def close(self) -> None:
        """Close the connections."""
        self._background.call(self._session.close())

    def get(self, path: str, **query: str | int) -> object:
        """Return what a GET answers."""
        return self._background.call(self._ask("GET", path, params=query))

    def post(self, path: str, **fields: object) -> JsonObject:
        """Return what a POST answers; one that acts waits until the bot has handled it."""
        given = {key: value for key, value in fields.items() if value is not None}
        answer = as_object(self._background.call(self._ask("POST", path, json=given)))
        assert answer.get("handled", True), f"the bot did not confirm {path} within 10 s"
        return answer

    def patch(self, path: str, **fields: object) -> JsonObject:
        """Return what a PATCH answers."""
        return as_object(self._background.call(self._ask("PATCH", path, json=fields)))

    def delete(self, path: str) -> None:
        """Send a DELETE."""
        self._background.call(self._ask("DELETE", path))

    def upload(self, name: str, content: bytes, **fields: str) -> JsonObject:
        """Send a file as a person does, and wait until the bot has handled it."""
        return as_object(self._background.call(self._upload(name, content, fields)))

    def file(self, file_id: str) -> bytes:
        """Return the bytes of a file that was sent."""
        return self._background.call(self._bytes(f"/sandbox/files/{file_id}"))

    def messages(self, chat: int) -> list[Message]:
        """Return the messages of a chat, oldest first."""
        return [Message(one) for one in as_objects(self.get("messages", chat=chat))]

    async def _open(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(self._address)

    async def _ask(self, verb: str, path: str, **given: object) -> object:
        url = f"/sandbox/{path}"
        sent = given.get("json")
        query = given.get("params")
        params = (
            {key: str(value) for key, value in query.items()} if isinstance(query, dict) else None
        )
        async with self._session.request(verb, url, json=sent, params=params) as answer:
            found: object = await answer.json(content_type=None)
            assert answer.status < 400, f"{verb} {url} {sent}: {answer.status} {found}"
            return found

    async def _upload(self, name: str, content: bytes, fields: dict[str, str]) -> object:
        form = aiohttp.FormData({**fields, "wait": "1"}, quote_fields=False)
        form.add_field("file", content, filename=name)
        async with self._session.post("/sandbox/upload", data=form) as answer:
            found: object = await answer.json()
            assert answer.status < 400, f"upload of {name}: {answer.status} {found}"
            assert as_object(found).get("handled"), f"the bot did not confirm {name} within 10 s"
            return found

    async def _bytes(self, path: str) -> bytes:
        async with self._session.get(path) as answer:
            assert answer.status == 200, f"{path}: {answer.status}"
            return await answer.read()
