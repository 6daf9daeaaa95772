"""User-side API: sending, pressing, uploading, forwarding, editing."""

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from bot.sandbox import doings
from bot.sandbox.answers import UserError, answering, awaited, number_of, read_json, text_of
from bot.sandbox.chats import Chat, Message
from bot.sandbox.contents import MEDIA, copied, forwarded, media_content
from bot.sandbox.people import Person
from bot.sandbox.presses import DEFAULT_PATIENCE, find_button, press
from bot.sandbox.uploads import Upload
from bot.sandbox.values import JsonObject, as_int, as_objects, as_text
from bot.sandbox.world import World


class _Actions:
    def __init__(self, world: World) -> None:
        self._world = world

    def _place(self, source: JsonObject) -> tuple[Person, Chat]:
        person = doings.person_of(self._world, source)
        return person, doings.active_chat_of(self._world, source, person)

    async def _done(self, source: JsonObject, message: Message, update: int | None) -> JsonObject:
        answer: JsonObject = {"message": message.for_people(), "update_id": update}
        return answer | await awaited(self._world, source, [update])

    async def send(self, request: Request) -> object:
        return await self._send(await read_json(request))

    async def _send(self, source: JsonObject) -> JsonObject:
        content = doings.spoken(text_of(source.get("text"), "text"))
        person, chat = self._place(source)
        message, update = doings.say(self._world, person, chat, content, source)
        return await self._done(source, message, update)

    async def open_link(self, request: Request) -> object:
        source = await read_json(request)
        payload = as_text(source.get("payload"))
        return await self._send(source | {"text": f"/start {payload}".strip(), "chat": None})

    async def edit(self, request: Request) -> object:
        source = await read_json(request)
        person, chat = self._place(source)
        text = text_of(source.get("text"), "text")
        message, update = doings.edit(self._world, person, chat, source.get("message_id"), text)
        return await self._done(source, message, update)

    async def press(self, request: Request) -> object:
        source = await read_json(request)
        data = source.get("data")
        if not isinstance(data, str):
            raise UserError(400, '"data" must be a text')
        return await self._press(source, data)

    async def _press(self, source: JsonObject, data: str) -> JsonObject:
        person, chat = self._place(source)
        number = number_of(source.get("message_id"), "message_id")
        patience = source.get("answer_timeout", DEFAULT_PATIENCE)
        seconds = float(patience) if isinstance(patience, int | float) else DEFAULT_PATIENCE
        update, answer = await press(self._world, person, chat, number, data, patience=seconds)
        result: JsonObject = {"update_id": update, "answer": answer}
        return result | await awaited(self._world, source, [update])

    async def press_button(self, request: Request) -> object:
        source = await read_json(request)
        person = doings.person_of(self._world, source)
        chat = doings.chat_of(self._world, source, person)
        message = doings.message_of(chat, source.get("message_id"))
        text = text_of(source.get("text"), "text")
        button = find_button(message, text)
        if button is None:
            raise UserError(404, f'there is no button "{text}" under this message')
        if "callback_data" in button:
            return await self._press(source, as_text(button["callback_data"]))
        if "url" in button:
            return {"update_id": None, "answer": None, "url": button["url"]}
        return {"answer": None} | await self._send(source)

    async def upload(self, request: Request) -> object:
        async with request.form() as form:
            source: JsonObject = {
                key: one for key, one in form.multi_items() if isinstance(one, str)
            }
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise UserError(400, '"file" must be a file')
            upload = Upload(file.filename or "file", file.content_type or "", await file.read())
        kind = as_text(source.get("kind"), "document")
        if kind not in MEDIA:
            raise UserError(400, f'"kind" must be one of {", ".join(MEDIA)}')
        extra: JsonObject = {
            key: number_of(source[key], key)
            for key in ("duration", "width", "height")
            if source.get(key)
        }
        content = media_content(self._world, kind, upload, extra)
        person, chat = self._place(source)
        content |= _caption(source)
        message, update = doings.say(self._world, person, chat, content, source)
        return await self._done(source, message, update)

    async def forward(self, request: Request) -> object:
        source = await read_json(request)
        contents = [self._forwarded(item) for item in as_objects(source.get("items"))]
        if not contents:
            raise UserError(400, '"items" must name what is forwarded')
        person, chat = self._place(source)
        said = [doings.say(self._world, person, chat, content, source) for content in contents]
        updates = [update for _, update in said]
        answer: JsonObject = {
            "messages": [message.body for message, _ in said],
            "update_ids": updates,
        }
        return answer | await awaited(self._world, source, updates)

    def _forwarded(self, item: JsonObject) -> JsonObject:
        if "message_id" in item:
            chat = self._world.chats.get(number_of(item.get("chat"), "chat"))
            if chat is None:
                raise UserError(404, "there is no such chat")
            return forwarded(doings.message_of(chat, item["message_id"]).body)
        origin: JsonObject = {
            "type": "hidden_user",
            "date": as_int(item.get("date"), self._world.now()),
            "sender_user_name": text_of(item.get("from_name"), "from_name"),
        }
        return {"forward_origin": origin, **self._foreign(item)}

    def _foreign(self, item: JsonObject) -> JsonObject:
        """Return the content of a message that was written outside the sandbox."""
        file_id = as_text(item.get("file_id"))
        if not file_id:
            return doings.spoken(text_of(item.get("text"), "text"))
        file = self._world.files.get(file_id)
        if file is None:
            raise UserError(404, "there is no such file")
        kind = as_text(item.get("kind"), file.kind)
        content = media_content(self._world, kind, file_id, item)
        return copied(content) | _caption({"caption": item.get("caption") or item.get("text")})


def _caption(source: JsonObject) -> JsonObject:
    text = as_text(source.get("caption")).strip()
    if not text:
        return {}
    said = doings.spoken(text)
    words: JsonObject = {"caption": said["text"]}
    return words | ({"caption_entities": said["entities"]} if "entities" in said else {})


def action_routes(world: World) -> list[BaseRoute]:
    """Return the routes for everything that people do in chats."""
    actions = _Actions(world)
    return [
        Route("/sandbox/send", answering(actions.send), methods=["POST"]),
        Route("/sandbox/open-link", answering(actions.open_link), methods=["POST"]),
        Route("/sandbox/edit", answering(actions.edit), methods=["POST"]),
        Route("/sandbox/press", answering(actions.press), methods=["POST"]),
        Route("/sandbox/press-button", answering(actions.press_button), methods=["POST"]),
        Route("/sandbox/upload", answering(actions.upload), methods=["POST"]),
        Route("/sandbox/forward", answering(actions.forward), methods=["POST"]),
    ]
