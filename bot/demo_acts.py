"""What the demo's people have just done in the chat: a dispute, a proposal, a goal.

They press the buttons that anybody would, through the sandbox, so that nothing here knows more of
the bot than its screens.
"""

from collections.abc import Mapping, Sequence

import aiohttp
import structlog

from bot.demo_people import PEOPLE, telegram_id
from bot.sandbox.values import JsonObject, as_int, as_object, as_objects, as_text

log = structlog.get_logger(__name__)

SAY, TAP = "say", "tap"

ACTS: Mapping[str, Sequence[tuple[str, str]]] = {
    "Maksym Bondar": (
        (SAY, "/feedback"),
        (TAP, "●"),
        (TAP, "Dispute"),
        (TAP, "The whole evaluation"),
        (SAY, "The line broke off in the middle. Please listen to the second recording as well."),
    ),
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
}
"""What each of them does in turn; a tap without words takes the first button shown last."""


async def act(page: aiohttp.ClientSession) -> None:
    """Let them do it; who does not find a button stops there, and the log says so."""
    ids = {one.name: telegram_id(one) for one in PEOPLE}
    for name, steps in ACTS.items():
        pressed: int | None = None
        for kind, words in steps:
            if kind == SAY:
                given = {"person": ids[name], "text": words, "wait": True}
                await page.post("/sandbox/send", json=given)
                continue
            pressed = await _tap(page, ids[name], words, pressed if not words else None)
            if pressed is None:
                log.warning("demo_act_missing", button=words)
                break


async def _tap(
    page: aiohttp.ClientSession, person: int, words: str, message_id: int | None
) -> int | None:
    """Press the newest button that begins with *words*, in that message alone if one is given.

    Returns the id of the message it stands under, or ``None`` where there is no such button.
    """
    answer = await page.get("/sandbox/messages", params={"chat": person})
    for message in reversed(as_objects(await answer.json())):
        number = as_int(message["message_id"])
        if message_id not in (None, number):
            continue
        for button in _buttons(message):
            if as_text(button.get("text")).startswith(words):
                given = {"person": person, "message_id": number, "data": button["callback_data"]}
                await page.post("/sandbox/press", json={**given, "wait": True})
                return number
    return None


def _buttons(message: JsonObject) -> list[JsonObject]:
    markup = as_object(message.get("reply_markup"))
    rows = markup.get("inline_keyboard")
    return [one for row in rows for one in as_objects(row)] if isinstance(rows, list) else []
