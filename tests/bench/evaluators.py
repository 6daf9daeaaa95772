"""Evaluators who score one contact after another, as fast as the bot lets them."""

import json
import time
from collections.abc import Callable, Mapping, Sequence

Push = Callable[[dict[str, object]], None]


def wanted(labels: Sequence[str]) -> str | None:
    """Return the button that leads on, ``None`` where there is none; ``Submit`` has its score."""
    return next((each for one in WANTED for each in labels if each.split(" · ")[0] == one), None)


WANTED = ("Submit", "Score another", "Call", "Skip", "Yes", "Full")
"""The buttons to press where they are there, in this order; otherwise the first one."""


class Evaluator:
    """One person, their chat, and the press that is under way."""

    def __init__(self, person: int, push: Push) -> None:
        self._id = person
        self._push = push
        self._user = {
            "id": person,
            "is_bot": False,
            "first_name": f"E{person}",
            "language_code": "en",
        }
        self._chat = {"id": person, "type": "private", "first_name": f"E{person}"}
        self._message = 0
        self._presses = 0
        self._pressed = 0.0
        self._waits: set[str] = set()
        self._buttons: Sequence[tuple[str, str]] = ()

    def start(self) -> None:
        """Ask to score somebody's contact."""
        text = f"/score Agent {self._id}"
        entity = {"type": "bot_command", "offset": 0, "length": 6}
        message = {**self._shown(text), "from": self._user, "entities": [entity]}
        self._push({"message": message})

    def sent(self, params: Mapping[str, str]) -> object:
        """Take a message of the bot; press a button of it."""
        self._message += 1
        self._look(params)
        if self._buttons:
            self._press()
        return self._shown(params.get("text", ""))

    def edited(self, params: Mapping[str, str]) -> tuple[object, float | None]:
        """Take the edit; return the message and the press's seconds if that ended it."""
        self._look(params)
        return self._shown(params.get("text", "")), self._step("edit")

    def answered(self) -> float | None:
        """Take the answer to the press; return its seconds if that ended it."""
        return self._step("answer")

    def _step(self, what: str) -> float | None:
        self._waits.discard(what)
        if self._waits or not self._pressed:
            return None
        took, self._pressed = time.perf_counter() - self._pressed, 0.0
        if self._buttons:
            self._press()
        else:
            self.start()
        return took

    def _press(self) -> None:
        labels = dict(self._buttons)
        chosen = wanted(list(labels)) or self._buttons[0][0]
        self._presses += 1
        self._pressed = time.perf_counter()
        self._waits = {"edit", "answer"}
        query = {
            "id": f"{self._id}-{self._presses}",
            "from": self._user,
            "chat_instance": "1",
            "data": labels[chosen],
            "message": self._shown("before"),
        }
        self._push({"callback_query": query})

    def _look(self, params: Mapping[str, str]) -> None:
        markup = json.loads(params.get("reply_markup") or "{}")
        rows = markup.get("inline_keyboard", ())
        self._buttons = [(one["text"], one["callback_data"]) for row in rows for one in row]

    def _shown(self, text: str) -> dict[str, object]:
        return {
            "message_id": max(self._message, 1),
            "date": int(time.time()),
            "chat": self._chat,
            "text": text or "-",
        }
