"""What the bot says of itself in each language, and its menu buttons."""

from bot.sandbox.errors import bad_request
from bot.sandbox.values import JsonObject, as_int, as_object, as_objects, as_text

_LIMITS = {"name": 64, "description": 512, "short_description": 120}


class Profile:
    """Name, description and short description by language; a menu button by chat."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], str] = {}
        self._buttons: dict[int, JsonObject] = {}

    def set_text(self, field: str, language: str, text: str) -> None:
        """Set a text for a language; an empty one removes it. Raises ApiError if too long."""
        if len(text) > _LIMITS[field]:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        if text:
            self._texts[field, language] = text
        else:
            self._texts.pop((field, language), None)

    def text(self, field: str, language: str) -> str:
        """Return a text in a language, or the one for all languages."""
        return self._texts.get((field, language)) or self._texts.get((field, ""), "")

    def set_button(self, chat: int, button: JsonObject) -> None:
        """Set the menu button of a private chat, or of all with 0."""
        self._buttons[chat] = button

    def button(self, chat: int) -> JsonObject:
        """Return the menu button of a chat."""
        own = self._buttons.get(chat, {"type": "default"})
        if own["type"] != "default" or not chat:
            return own
        return self._buttons.get(0, own)

    def dump(self) -> JsonObject:
        """Return the texts and buttons for the snapshot."""
        return {
            "texts": [[*key, text] for key, text in self._texts.items()],
            "buttons": [{"chat": chat, "button": one} for chat, one in self._buttons.items()],
        }

    def load(self, source: JsonObject) -> None:
        """Know again what ``dump`` described."""
        for field, language, text in source["texts"] if isinstance(source["texts"], list) else []:
            self._texts[as_text(field), as_text(language)] = as_text(text)
        for one in as_objects(source["buttons"]):
            self._buttons[as_int(one["chat"])] = as_object(one["button"])
