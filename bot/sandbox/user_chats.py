"""User-side API: people, chats, messages, files and the command menu."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from bot.sandbox import doings
from bot.sandbox.answers import (
    UserError,
    answering,
    awaited,
    number_of,
    read_json,
    text_of,
)
from bot.sandbox.chats import ADMINISTRATOR, KICKED, LEFT, MEMBER, Chat
from bot.sandbox.contents import gist
from bot.sandbox.people import Person, person_from, renamed
from bot.sandbox.values import JsonObject, as_flag, as_list
from bot.sandbox.world import World

_DESCRIPTIONS = ("description", "short_description")


class _Chats:
    def __init__(self, world: World) -> None:
        self._world = world

    async def bot(self, request: Request) -> object:
        bot = self._world.bot
        known: JsonObject = {key: bot[key] for key in ("id", "first_name", "username")}
        if "person" not in request.query_params:
            return known
        person = doings.person_of(self._world, dict(request.query_params))
        profile, language = self._world.profile, person.language_code[:2]
        texts = {field: profile.text(field, language) for field in _DESCRIPTIONS}
        return known | {field: text for field, text in texts.items() if text}

    async def people(self, request: Request) -> object:  # noqa: ARG002  # Starlette's shape
        return [self._shown(person) for person in self._world.people.values()]

    def _shown(self, person: Person) -> JsonObject:
        chat = self._world.chats[person.id]
        last = chat.last()
        return person.dump() | {
            "unread": chat.unread(person.id),
            "last": gist(last.body) if last else None,
        }

    async def add_person(self, request: Request) -> object:
        source = await read_json(request)
        text_of(source.get("first_name"), "first_name")
        number = number_of(source.get("id") or 0, "id")
        if number < 0 or number in {*self._world.people, self._world.bot_id}:
            raise UserError(409, "this id is taken or is not a person's")
        allowed = {key: one for key, one in source.items() if key != "blocked"}
        return self._shown(self._world.add_person(person_from(allowed)))

    async def change_person(self, request: Request) -> object:
        source = await read_json(request)
        person = doings.person_of(self._world, {"person": request.path_params["id"]})
        renamed(person, source)
        self._world.tell_about(person)
        updates: list[int | None] = []
        if "blocked" in source:
            blocked = as_flag(source["blocked"])
            updates.append(doings.block(self._world, person, blocked=blocked))
        return self._shown(person) | await awaited(self._world, source, updates)

    async def chats(self, request: Request) -> object:
        person = doings.person_of(self._world, dict(request.query_params))
        chats = (chat for chat in self._world.chats.values() if person.id in chat.members)
        shown = [self._listed(chat, person) for chat in chats if not chat.migrated_to]
        return sorted(shown, key=lambda chat: chat["type"] != "private")

    def _listed(self, chat: Chat, person: Person) -> JsonObject:
        title = self._world.bot["first_name"] if chat.private else chat.title
        return chat.json() | {"title": title, "unread": chat.unread(person.id)}

    async def add_group(self, request: Request) -> object:
        source = await read_json(request)
        title = text_of(source.get("title"), "title")
        people = [
            doings.person_of(self._world, {"person": number})
            for number in as_list(source.get("members"))
        ]
        number = number_of(source.get("id") or 0, "id")
        if not people or number > 0 or number in self._world.chats:
            raise UserError(400, "a group needs members and a negative id that is free")
        forum = as_flag(source.get("forum"))
        chat, updates = doings.open_group(self._world, title, people, number, forum=forum)
        return chat.json() | await awaited(self._world, source, updates)

    def _group(self, request: Request) -> Chat:
        chat = self._world.chats.get(number_of(request.path_params["id"], "id"))
        if chat is None or chat.private:
            raise UserError(404, "there is no such group")
        return chat

    async def migrate(self, request: Request) -> object:
        source = await read_json(request)
        chat, updates = doings.migrate(self._world, self._group(request))
        return chat.json() | await awaited(self._world, source, updates)

    async def add_topic(self, request: Request) -> object:
        source = await read_json(request)
        name = text_of(source.get("name"), "name")
        message, update = doings.open_topic(self._world, self._group(request), name)
        answer: JsonObject = {"thread": message.id, "message": message.for_people()}
        return answer | await awaited(self._world, source, [update])

    async def change_group(self, request: Request) -> object:
        source = await read_json(request)
        chat, status = self._group(request), source.get("bot_status")
        if status not in {MEMBER, ADMINISTRATOR, LEFT, KICKED}:
            raise UserError(400, '"bot_status" must be member, administrator, left or kicked')
        update = doings.set_bot_status(self._world, chat, str(status))
        return chat.json() | await awaited(self._world, source, [update])

    async def messages(self, request: Request) -> object:
        query = request.query_params
        chat = self._world.chats.get(number_of(query.get("chat"), "chat"))
        if chat is None:
            raise UserError(404, "there is no such chat")
        after = number_of(query.get("after") or 0, "after")
        return [message.for_people() for message in chat.after(after)]

    async def read(self, request: Request) -> object:
        source = await read_json(request)
        person = doings.person_of(self._world, source)
        chat = doings.chat_of(self._world, source, person)
        chat.read[person.id] = chat.last_message
        self._world.on_change()
        return {"unread": 0}

    async def commands(self, request: Request) -> object:
        source: JsonObject = dict(request.query_params)
        person = doings.person_of(self._world, source)
        chat = doings.chat_of(self._world, source, person)
        return self._world.commands.menu(
            chat.id,
            person.id,
            person.language_code,
            private=chat.private,
            administrator=chat.members[0] == person.id,
        )


def chat_routes(world: World) -> list[BaseRoute]:
    """Return the routes for looking at people and chats, and for changing them."""
    chats = _Chats(world)
    return [
        Route("/sandbox/bot", answering(chats.bot)),
        Route("/sandbox/people", answering(chats.people)),
        Route("/sandbox/people", answering(chats.add_person), methods=["POST"]),
        Route("/sandbox/people/{id}", answering(chats.change_person), methods=["PATCH"]),
        Route("/sandbox/chats", answering(chats.chats)),
        Route("/sandbox/groups", answering(chats.add_group), methods=["POST"]),
        Route("/sandbox/groups/{id}", answering(chats.change_group), methods=["PATCH"]),
        Route("/sandbox/groups/{id}/topics", answering(chats.add_topic), methods=["POST"]),
        Route("/sandbox/groups/{id}/migrate", answering(chats.migrate), methods=["POST"]),
        Route("/sandbox/messages", answering(chats.messages)),
        Route("/sandbox/read", answering(chats.read), methods=["POST"]),
        Route("/sandbox/commands", answering(chats.commands)),
    ]
