"""Pressing a button and waiting for what the bot says to it."""

import asyncio

from bot.sandbox.chats import Chat, Message
from bot.sandbox.people import Person
from bot.sandbox.values import JsonObject, as_list, as_object, as_objects
from bot.sandbox.world import World

DEFAULT_PATIENCE = 10.0


async def press(
    world: World, person: Person, chat: Chat, number: int, data: str, *, patience: float
) -> tuple[int | None, JsonObject | None]:
    """Queue a callback query with any data for any message, even one that is gone.

    Returns the update's id and the bot's answer, None if there was none within ``patience`` s.
    """
    query = world.queries.open(person.id, chat.id)
    message = chat.messages.get(number)
    update = world.updates.push(
        "callback_query",
        {
            "id": query.id,
            "from": person.user(),
            "chat_instance": str(abs(chat.id) * 7919),
            "data": data,
            "message": message.body if message else _inaccessible(chat, number),
        },
    )
    if update is None:
        return None, None
    try:
        return update, await asyncio.wait_for(asyncio.shield(query.answer), patience)
    except TimeoutError:
        return update, None


def _inaccessible(chat: Chat, number: int) -> JsonObject:
    return {"chat": chat.json(), "message_id": number, "date": 0}


def find_button(message: Message, text: str) -> JsonObject | None:
    """Return the button with this visible text, under the message or in its reply keyboard."""
    inline = as_object(message.body.get("reply_markup")).get("inline_keyboard")
    reply = (message.keyboard or {}).get("keyboard")
    rows = [*as_list(inline), *as_list(reply)]
    buttons = (button for row in rows for button in as_objects(row))
    return next((button for button in buttons if button.get("text") == text), None)
