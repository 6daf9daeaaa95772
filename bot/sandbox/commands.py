"""The command menu: what the bot set for which scope and language, and what a person sees."""

import re

from bot.sandbox.errors import bad_request
from bot.sandbox.values import JsonObject, as_list, as_object, as_objects, as_text

MAX_COMMANDS = 100
_NAME = re.compile(r"[a-z0-9_]+")
_LANGUAGE = re.compile(r"([a-z]{2})?")

# (scope type, chat id or 0, user id or 0, language code)
Key = tuple[str, int, int, str]


def checked_language(code: str) -> str:
    """Return a two-letter language code or nothing. Raises ApiError for anything else."""
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def checked_commands(commands: list[JsonObject]) -> list[JsonObject]:
    """Return commands cleaned as Telegram does. Raises ApiError for bad names or descriptions."""
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_checked(as_text(one["command"]), as_text(one["description"])) for one in commands]


def _checked(command: str, description: str) -> JsonObject:
    command, description = command.strip().removeprefix("/"), description.strip()
    if not command:
        raise bad_request("command must be non-empty")
    if len(command) > 32:
        raise bad_request("command length must not exceed 32")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > 256:
        raise bad_request("command description length must not exceed 256")
    if not _NAME.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


class CommandTable:
    """Command lists by scope and language."""

    def __init__(self) -> None:
        self._lists: dict[Key, list[JsonObject]] = {}

    def set(self, key: Key, commands: list[JsonObject]) -> None:
        """Set the list of one scope and language; an empty one removes it."""
        if commands:
            self._lists[key] = commands
        else:
            self._lists.pop(key, None)

    def get(self, key: Key) -> list[JsonObject]:
        """Return the list set for exactly this scope and language."""
        return self._lists.get(key, [])

    def menu(
        self, chat: int, person: int, language: str, *, private: bool, administrator: bool
    ) -> list[JsonObject]:
        """Return the list Telegram would show: the narrowest scope, the person's language first."""
        language = language[:2].lower()
        for scope in _scopes(chat, person, private=private, administrator=administrator):
            for code in dict.fromkeys((language, "")):
                found = self._lists.get((*scope, code))
                if found:
                    return found
        return []

    def dump(self) -> list[object]:
        """Return the lists for the snapshot."""
        return [{"key": list(key), "commands": value} for key, value in self._lists.items()]

    def load(self, source: object) -> None:
        """Know the lists again that ``dump`` described."""
        for one in as_objects(source):
            scope, chat, user, language = as_list(one["key"])
            key = (as_text(scope), int(str(chat)), int(str(user)), as_text(language))
            self._lists[key] = [as_object(command) for command in as_list(one["commands"])]


def _scopes(
    chat: int, person: int, *, private: bool, administrator: bool
) -> list[tuple[str, int, int]]:
    if private:
        return [("chat", chat, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
    scopes = [("chat_member", chat, person)]
    if administrator:
        scopes.append(("chat_administrators", chat, 0))
    scopes.append(("chat", chat, 0))
    if administrator:
        scopes.append(("all_chat_administrators", 0, 0))
    return [*scopes, ("all_group_chats", 0, 0), ("default", 0, 0)]
