"""The stage of the fuzzing: a contact centre with one of everything, as it was each time anew."""

import asyncio
import contextlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

from bot.sandbox.values import JsonObject, as_int, as_object
from bot.schedules import run_due, synchronise
from handlers.routes import jobs
from handlers.turn import Services
from storage import awaiting, people
from storage.database import Transaction
from tests.access.world import build
from tests.fuzz.recomputation import differences
from tests.kept import Kept
from tests.log_watch import EAR
from tests.story import MONDAY, Centre, Group, Message, Person

BROKEN = frozenset(
    {
        *("update_failed", "update_not_handled", "update_dropped", "apology_failed"),
        *("delivery_broken", "claiming_failed", "job_failed", "tick_failed", "storage_unavailable"),
    }
)
"""What the log calls a mistake of the program."""

PLAIN_WORD = re.compile("[a-z_]+")
INCIDENT = "give your admin this number"

DECLARED = (
    (400, "message is not modified"),  # what is shown is what should be
    (400, "message to delete not found"),  # the first of two presses has replaced the report
    (400, "message can't be deleted"),  # nor one of more than two days ago
    (400, "message to edit not found"),  # what a pressed report was replaced by comes below
    (403, "bot was blocked by the user"),
    (409, "terminated by other getUpdates request"),  # the poll of a bot that was killed
)
"""The refusals that are part of the game, as parts of what Telegram says."""
FORGED = ((400, "there is no text in the message to edit"),)
"""The refusals besides that somebody gets who presses, under a picture, what was under a text."""

ANSWERED_WITHIN = 8.0
"""Seconds; a press is answered at once, and this is what a busy machine may make of that."""

DELIVERIES, DELIVERED_WITHIN = 4, 25.0


@dataclass(frozen=True)
class Button:
    """A button as it was shown once, whatever its message shows now."""

    message: int
    label: str
    data: str


class Stage:
    """One centre for all examples: ``curtain`` makes everything as it was at the beginning."""

    def __init__(self, template: Path, folder: Path) -> None:
        file = folder / "etalon.db"
        copyfile(template, file)
        world = build(f"sqlite+aiosqlite:///{file}")
        self.centre: Centre = world.centre
        self._kept: Kept = world.kept
        more = [
            self.centre.hire("Second Evaluator", "evaluator", team="North", language="uk"),
            self.centre.hire("Second Agent", "agent", team="North", language="ru"),
            self.centre.hire(
                "Every Role", "agent|evaluator|supervisor", team="North", supervises="North|South"
            ),
        ]
        strangers = [world.people[name] for name in ("stranger", "nobody", "deactivated")]
        at_work = [one for one in world.people.values() if one not in strangers]
        # Those who can do much act more often than those who can do nothing.
        self.people: Sequence[Person] = [*[*at_work, *more] * 2, *strangers]
        self.group: Group = self.centre.group("Floor", *at_work, *more, *strangers)
        self.centre.delivered()
        self._kept.keep()
        self._calls = self.centre.sandbox.world.journal
        self._heard = 0
        self._begin: dict[int, int] = {}
        self._shown: dict[int, dict[Button, None]] = {}
        self.blocked: set[int] = set()
        self.forging = False

    def close(self) -> None:
        """End it all."""
        self._kept.close()
        self.centre.close()

    def curtain(self) -> None:
        """Begin a new example: the same people, the same database, empty chats."""
        for one in set(self.people):
            if one.id in self.blocked:
                one.unblock()
        self.blocked = set()
        self.centre.stop()
        self._kept.put_back()
        self.centre.clock.set(MONDAY)
        self.centre.start()
        chats = self.centre.sandbox.world.chats
        self._begin = {key: chat.last_message for key, chat in chats.items()}
        self._shown = {}
        self._calls.forget()
        EAR.said.clear()
        EAR.lines.clear()
        self._heard = 0

    def act(self, doing: Callable[[], object]) -> None:
        """Let somebody do something, and look what came of it."""
        doing()
        self._delivered()
        self.look()

    def press(self, person: Person, message: int, data: str, group: Group | None = None) -> None:
        """Press a button that says *data*; raises ``AssertionError`` if that is not answered."""
        answer = self.centre.far.post(
            "press",
            person=person.id,
            chat=group.id if group is not None else None,
            message_id=message,
            data=data,
            wait=True,
            answer_timeout=ANSWERED_WITHIN,
        )
        assert answer.get("answer") is not None, f"nobody answered {person.name}'s press of {data}"

    def press_at_once(self, presses: Sequence[tuple[Person, Button]]) -> None:
        """Let several presses reach the bot together."""

        async def rush(_services: Services) -> list[object]:
            sent = [
                self.centre.far._ask(
                    "POST",
                    "press",
                    json={
                        "person": person.id,
                        "message_id": button.message,
                        "data": button.data,
                        "wait": True,
                        "answer_timeout": ANSWERED_WITHIN,
                    },
                )
                for person, button in presses
            ]
            return list(await asyncio.gather(*sent))

        for answer in map(as_object, self.centre.run(rush)):
            assert answer.get("handled"), "the bot did not confirm a press"
            assert answer.get("answer") is not None, f"nobody answered one of {presses}"

    def buttons(self, chat: int) -> list[Button]:
        """Return every button that was ever shown in the chat, in this example, oldest first."""
        self._remember(chat)
        return list(self._shown.get(chat, {}))

    def newest(self, chat: int) -> list[Button]:
        """Return the buttons under the newest message that has any."""
        for message in reversed(self._messages(chat)):
            found = list(_buttons(message))
            if found:
                return found
        return []

    def newest_text(self, chat: int) -> str:
        """Return what the bot wrote last in the chat."""
        return next((one.text for one in reversed(self._messages(chat))), "")

    def awaits_words_of(self, person: Person) -> bool:
        """Return whether the bot has asked the person to write something."""

        async def asking(tx: Transaction) -> bool:
            known = await people.by_telegram_id(tx, person.id)
            return known is not None and await awaiting.current(tx, known.id) is not None

        return self.centre.read(asking)

    def own_texts(self, person: Person) -> list[int]:
        """Return the messages that the person wrote."""
        mine = self.centre.sandbox.world.chats[person.id].after(self._begin.get(person.id, 0))
        return [one.id for one in mine if not one.by_bot and "text" in one.body]

    def tick(self) -> None:
        """Run what is due."""

        async def ticking(services: Services) -> list[int]:
            await synchronise(services, jobs(), services.clock())
            return await run_due(services, jobs(), services.clock())

        assert self.centre.run(ticking) == [], "a job failed"

    def look(self) -> None:
        """Raise ``AssertionError`` if the log, the calls or the chats tell of a mistake."""
        fresh, self._heard = EAR.lines[self._heard :], len(EAR.lines)
        broken = [line for line in fresh if _event(line) in BROKEN]
        assert not broken, "the log tells of a mistake: " + "\n".join(broken)
        declared = (*DECLARED, *FORGED) if self.forging else DECLARED
        refused = [one for one in self._calls.calls() if _is_refused(one, declared)]
        assert not refused, f"Telegram refused a call: {refused}"
        self._calls.forget()
        for chat in self.centre.sandbox.world.chats:
            self._remember(chat)

    def examine(self) -> None:
        """Raise ``AssertionError`` if what is stored is not what follows from the answers."""
        found = self.centre.run(differences)
        assert not found, found
        # Who types "evaluator" says a word that the log has anyway.
        EAR.said = {one for one in EAR.said if not PLAIN_WORD.fullmatch(one)}
        given_away = EAR.overheard()
        assert not given_away, f"the log gives away what people wrote: {given_away[:3]}"
        self._heard = 0

    def _delivered(self) -> None:
        """Wait until everything due is delivered: a month's reports take long to draw."""
        for _ in range(DELIVERIES - 1):
            with contextlib.suppress(TimeoutError):
                self.centre.delivered(DELIVERED_WITHIN)
                return
        self.centre.delivered(DELIVERED_WITHIN)

    def _remember(self, chat: int) -> None:
        known = self._shown.setdefault(chat, {})
        for message in self._messages(chat):
            assert INCIDENT not in message.text, message.text
            known.update(dict.fromkeys(_buttons(message)))

    def _messages(self, chat: int) -> list[Message]:
        world = self.centre.sandbox.world
        new = world.chats[chat].after(self._begin.get(chat, 0))
        return [Message(one.body) for one in new if one.by_bot]


def _buttons(message: Message) -> Iterator[Button]:
    for label, data in message.data.items():
        if data:
            yield Button(message.message_id, label, data)


def _event(line: str) -> str:
    try:
        found = json.loads(line)
    except ValueError:
        return ""
    return str(found.get("event", "")) if isinstance(found, dict) else ""


def _is_refused(call: JsonObject, declared: Sequence[tuple[int, str]]) -> bool:
    status, why = as_int(call["status"]), str(call.get("refusal", ""))
    if status < 400:
        return False
    return not any(status == code and said in why for code, said in declared)
