"""Updates as they came: each is looked at and made into an object by itself.

The library makes a whole batch into objects at once, and one that it cannot read (of a newer or an
older Bot API, damaged, or simply wrong) takes all of them along. What is needed to keep order, to
confirm and to tell somebody is therefore read here, trusting nothing.
"""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlencode

from telegram import Bot, Update
from telegram.constants import ChatType

from handlers.passed_over import Sender

MOST = 100
"""Telegram hands out no more updates at once."""

NAME = re.compile(r"[a-z_]{1,40}")
UNNAMED = "unnamed"
ID = "update_id"


class UnreadableError(Exception):
    """An update cannot be made into the library's object."""


class UnusableAnswerError(Exception):
    """An answer of the Bot API has nothing in it by which an update could be known."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update by its number; ``lane`` is what it must stay in order with, its chat as a rule.

    ``kind`` names what happened, as Telegram does, and holds nothing that anybody wrote.
    """

    id: int
    kind: str
    lane: int
    sender: Sender
    source: dict[str, object]


def arrival_of(source: object) -> Arrival | None:
    """Return what came as an arrival; ``None`` where it has no number, so is no update."""
    update = _object(source)
    number = _number(update.get(ID))
    if number is None:
        return None
    key = next((one for one in update if one != ID), "")
    content = _object(update.get(key))
    message = content if "chat" in content else _object(content.get("message"))
    chat, user = _object(message.get("chat")), _object(content.get("from"))
    sender = Sender(
        user=_number(user.get("id")),
        chat=_number(chat.get("id")),
        private=chat.get("type") == ChatType.PRIVATE,
        language=_text(user.get("language_code")),
        query=_text(content.get("id")) if key == "callback_query" else None,
        command=(_text(content.get("text")) or "").startswith("/"),
    )
    lane = sender.chat if sender.chat is not None else sender.user or 0
    return Arrival(number, key if NAME.fullmatch(key) else UNNAMED, lane, sender, update)


def read(arrival: Arrival, bot: Bot) -> Update:
    """Return the arrival as the library's object; raise ``UnreadableError`` where it cannot be."""
    try:
        return Update.de_json({**arrival.source, ID: arrival.id}, bot)
    except Exception as error:
        raise UnreadableError(type(error).__name__) from error


async def ask(
    bot: Bot,
    offset: int | None,
    *,
    seconds: int,
    patience: float,
    kinds: tuple[str, ...],
    limit: int = MOST,
) -> list[object]:
    """Return the updates from *offset* as Telegram tells them, waiting *seconds* for the first.

    *patience* is how many seconds the answer may take in all. Raises ``TelegramError``, or
    ``UnusableAnswerError`` for an answer that is no list.
    """
    wanted: dict[str, object] = {
        "timeout": seconds,
        "limit": limit,
        "allowed_updates": json.dumps(kinds),
    }
    if offset is not None:
        wanted["offset"] = offset
    answer: object = await bot.request.post(
        f"{bot.base_url}/getUpdates?{urlencode(wanted)}", read_timeout=patience
    )
    if not isinstance(answer, list):
        raise UnusableAnswerError
    return answer


def _object(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> int | None:
    """Return a whole number, also one written as a text."""
    if isinstance(value, str) and value.isascii() and value.removeprefix("-").isdigit():
        return int(value[:20])
    return value if isinstance(value, int) and not isinstance(value, bool) else None
