"""What the demo's people have just done in the chat: a dispute, a proposal, a goal.

They press the buttons that anybody would, through the sandbox, so that nothing here knows more of
the bot than its screens.
"""

import asyncio
from collections.abc import Mapping, Sequence

import aiohttp
import structlog

from bot.demo_people import PEOPLE, telegram_id
from bot.sandbox.values import JsonObject, as_int, as_object, as_objects, as_text

log = structlog.get_logger(__name__)

SAY, TAP, AWAIT = "say", "tap", "await"

PATIENCE, PAUSE = 5.0, 0.05
"""Seconds that news may take to arrive, and between two looks for it."""

ACTS: Mapping[str, Sequence[tuple[str, str]]] = {
    "Egor Sydorenko": (
        (SAY, "/propose"),
        (TAP, "New proposal"),
        (TAP, "Scorecard"),
        (SAY, "Split summing up from saying goodbye: agents miss them apart."),
        (TAP, "Nothing"),
    ),
    "Olena Koval": (
        (SAY, "/goals"),
        (TAP, "New goal"),
        (TAP, "Sofia Lysenko"),
        (TAP, ""),
        (TAP, "1 month"),
        (TAP, ""),
    ),
    "Maksym Bondar": (
        (AWAIT, "60001"),
        (TAP, "Dispute"),
        (TAP, "The whole evaluation"),
        (SAY, "The line broke off before I could say goodbye. It is on the second recording."),
        (TAP, "Send"),
    ),
}
"""What each of them does in turn.

A tap goes on in the message of the tap before, or else takes the newest button of these words; an
empty one takes the first button. What is awaited is a message that holds the words.
"""


async def act(page: aiohttp.ClientSession) -> None:
    """Let them do it; who does not find a button stops there, and the log says so."""
    ids = {one.name: telegram_id(one) for one in PEOPLE}
    for name, steps in ACTS.items():
        place: int | None = None
        for kind, words in steps:
            if kind == SAY:
                given = {"person": ids[name], "text": words, "wait": True}
                await page.post("/sandbox/send", json=given)
                place = None
                continue
            does = _arrived if kind == AWAIT else _tap
            place = await does(page, ids[name], words, place)
            if place is None:
                log.warning("demo_act_missing", words=words)
                break


async def _arrived(
    page: aiohttp.ClientSession, person: int, words: str, _place: int | None
) -> int | None:
    """Wait for a message that holds the words and return its id, ``None`` where none comes."""
    for _ in range(int(PATIENCE / PAUSE)):
        for message in await _messages(page, person):
            if words in as_text(message.get("text")):
                return as_int(message["message_id"])
        await asyncio.sleep(PAUSE)
    return None


async def _tap(
    page: aiohttp.ClientSession, person: int, words: str, place: int | None
) -> int | None:
    """Press the newest button that begins with *words*, in the message *place* if one is given.

    Returns the id of the message it stands under, or ``None`` where there is no such button.
    """
    for message in await _messages(page, person):
        number = as_int(message["message_id"])
        if place not in (None, number):
            continue
        for button in _buttons(message):
            if as_text(button.get("text")).startswith(words):
                given = {"person": person, "message_id": number, "data": button["callback_data"]}
                await page.post("/sandbox/press", json={**given, "wait": True})
                return number
    return None


async def _messages(page: aiohttp.ClientSession, person: int) -> list[JsonObject]:
    """Return the messages of the person's chat with the bot, the newest first."""
    answer = await page.get("/sandbox/messages", params={"chat": person})
    return as_objects(await answer.json())[::-1]


def _buttons(message: JsonObject) -> list[JsonObject]:
    markup = as_object(message.get("reply_markup"))
    rows = markup.get("inline_keyboard")
    return [one for row in rows for one in as_objects(row)] if isinstance(rows, list) else []
