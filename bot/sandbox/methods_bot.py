"""Methods about the bot itself: who it is, its commands, its descriptions, its files."""

from bot.sandbox.access import known_chat
from bot.sandbox.calls import Call
from bot.sandbox.commands import Key, checked_commands, checked_language
from bot.sandbox.errors import bad_request
from bot.sandbox.files import MAX_DOWNLOAD
from bot.sandbox.values import as_int, as_text
from bot.sandbox.world import World

_ABILITIES = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}


async def get_me(world: World, call: Call) -> object:  # noqa: ARG001  # every method's shape
    """Answer getMe."""
    return world.bot | _ABILITIES


async def get_file(world: World, call: Call) -> object:
    """Answer getFile."""
    file = world.files.get(call.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return file.base() | {"file_path": file.path}


def _key(world: World, call: Call) -> Key:
    scope = call.nested("scope") or {"type": "default"}
    chat = known_chat(world, scope["chat_id"]).id if "chat_id" in scope else 0
    language = checked_language(call.text("language_code"))
    return as_text(scope["type"]), chat, as_int(scope.get("user_id")), language


async def set_my_commands(world: World, call: Call) -> object:
    """Answer setMyCommands."""
    world.commands.set(_key(world, call), checked_commands(call.objects("commands")))
    world.on_change()
    return True


async def get_my_commands(world: World, call: Call) -> object:
    """Answer getMyCommands."""
    return world.commands.get(_key(world, call))


async def delete_my_commands(world: World, call: Call) -> object:
    """Answer deleteMyCommands."""
    world.commands.set(_key(world, call), [])
    world.on_change()
    return True


_TEXT_OF = {"name": "name", "description": "description", "shortdescription": "short_description"}


async def set_my_text(world: World, call: Call) -> object:
    """Answer setMyName, setMyDescription and setMyShortDescription."""
    field = _TEXT_OF[call.method.removeprefix("setMy").lower()]
    world.profile.set_text(field, checked_language(call.text("language_code")), call.text(field))
    world.on_change()
    return True


async def get_my_text(world: World, call: Call) -> object:
    """Answer getMyName, getMyDescription and getMyShortDescription."""
    field = _TEXT_OF[call.method.removeprefix("getMy").lower()]
    text = world.profile.text(field, checked_language(call.text("language_code")))
    if field == "name" and not text:
        text = as_text(world.bot["first_name"])
    return {field: text}


async def set_chat_menu_button(world: World, call: Call) -> object:
    """Answer setChatMenuButton."""
    chat = known_chat(world, call.params["chat_id"]).id if call.has("chat_id") else 0
    world.profile.set_button(chat, call.nested("menu_button") or {"type": "default"})
    world.on_change()
    return True


async def get_chat_menu_button(world: World, call: Call) -> object:
    """Answer getChatMenuButton."""
    chat = known_chat(world, call.params["chat_id"]).id if call.has("chat_id") else 0
    return world.profile.button(chat)
