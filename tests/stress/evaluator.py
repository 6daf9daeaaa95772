"""An evaluator who scores contact after contact and remembers what was shown as taken."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from bot.sandbox import doings
from bot.sandbox.chats import Message
from bot.sandbox.presses import press
from bot.sandbox.values import as_list, as_object, as_objects, as_text
from bot.sandbox.world import World
from handlers.taps import DraftAct, DraftTap, UnknownTapError, unpack
from scoring import draft as walking
from scoring.draft import Stage, Walk
from scoring.scorecard import Scorecard

Found = TypeVar("Found")

PATIENCE = 300.0
"""Seconds of waiting in vain that fail the trial: the bot starts many times within them."""
LOOK = 0.01
CALL = 0

STEPS: dict[DraftAct, Callable[[Walk, int], Walk]] = {
    DraftAct.OPTION: walking.choose,
    DraftAct.NA: lambda walk, _: walking.mark_na(walk),
    DraftAct.REASON: walking.give_reason,
    DraftAct.COMMENT: lambda walk, _: walking.ask_comment(walk),
    DraftAct.ALL_MET: lambda walk, _: walking.all_met(walk),
    DraftAct.BACK: lambda walk, _: walking.back(walk),
    DraftAct.CHANGE: lambda walk, _: walking.ask_change(walk),
    DraftAct.CRITERION: lambda walk, value: walking.change(
        walk, list(walk.scorecard.criteria())[value].key
    ),
    DraftAct.OVERALL: lambda walk, _: walking.ask_overall(walk),
    DraftAct.MEND: lambda walk, _: walking.mend(walk),
    DraftAct.SUBMIT: lambda walk, _: walking.mend(walk),  # where something is missing
}
WEIGHTS = {
    DraftAct.OPTION: 12,
    DraftAct.REASON: 6,
    DraftAct.ALL_MET: 6,
    DraftAct.SUBMIT: 6,
    DraftAct.CRITERION: 2,
}
"""How gladly an act is chosen; what is not named weighs one."""
TYPED_AT = {Stage.REASON: 0.3, Stage.COMMENT: 1.0, Stage.OVERALL: 1.0, Stage.CRITERION: 0.1}
"""How often a text is typed instead of pressing."""
TWICE, AGAIN = 0.08, 0.05
"""How often a button is pressed twice, and how often Telegram brings a message again."""


class LostError(AssertionError):
    """Somebody waited in vain."""


@dataclass
class Confirmed:
    """A draft as its message showed it: its version and all that was taken."""

    version: int
    walk: Walk
    submitted: bool = False


@dataclass
class Evaluator:
    """One account that scores, by a script drawn from *random*."""

    world: World
    account: int
    agents: Sequence[str]
    scorecard: Scorecard
    random: Random
    drafts: dict[int, Confirmed] = field(default_factory=dict)
    acts: int = 0

    async def work(self, stopping: asyncio.Event) -> None:
        """Score until *stopping*, then finish what was begun; raises ``LostError``."""
        while not stopping.is_set():
            await self._score()

    async def _score(self) -> None:
        known = set(self.drafts)
        self._type(f"/score {self.random.choice(self.agents)}")
        draft = await self._seen(lambda: next(iter(self._shown() - known), None), "/score")
        self.drafts[draft] = Confirmed(self._version(draft), walking.begin(self.scorecard))
        await self._form(draft)
        while not self.drafts[draft].submitted:
            await self._step(draft)

    async def _form(self, draft: int) -> None:
        await self._press(draft, self._buttons(draft, DraftAct.CHANNEL)[CALL])
        if self.random.random() < 0.5:
            await self._say(draft, f"ref {draft}")
        else:
            await self._press(draft, self._buttons(draft, DraftAct.SKIP)[0])

    async def _step(self, draft: int) -> None:
        """Do one thing that the draft's message offers, and see it taken."""
        confirmed = self.drafts[draft]
        walk = confirmed.walk
        if self.random.random() < TYPED_AT.get(walk.stage, 0.0):
            text = f"said {self.acts} on {walk.criterion or 'the whole'}"
            await self._say(draft, text)
            confirmed.walk = walking.write(walk, text)
            return
        tap = self._choice(draft, walk)
        if tap.act is DraftAct.SUBMIT and walking.ready(walk):
            await self._submit(draft, tap)
            return
        await self._press(draft, tap)
        confirmed.walk = STEPS[tap.act](walk, tap.value)

    def _choice(self, draft: int, walk: Walk) -> DraftTap:
        offered = [
            tap
            for tap in self._buttons(draft, *STEPS)
            if not (tap.act is DraftAct.BACK and _at_start(walk))
        ]
        assert offered, f"draft {draft} is stuck: nothing can be pressed"
        return self.random.choices(offered, [WEIGHTS.get(tap.act, 1) for tap in offered])[0]

    async def _submit(self, draft: int, tap: DraftTap) -> None:
        message = self._message(draft)
        await self._push(message, tap)
        chat = self.world.chats[self.account]
        await self._seen(lambda: "Submitted" in _text(chat.messages[message.id]) or None, "Submit")
        self.drafts[draft].submitted = True

    async def _press(self, draft: int, tap: DraftTap) -> None:
        await self._push(self._message(draft), tap)
        await self._taken(draft, tap.act.name)

    async def _push(self, message: Message, tap: DraftTap) -> None:
        data = _data(message, tap)
        person, chat = self.world.people[self.account], self.world.chats[self.account]
        for _ in range(2 if self.random.random() < TWICE else 1):
            await press(self.world, person, chat, message.id, data, patience=0.0)

    async def _say(self, draft: int, text: str) -> None:
        self._type(text)
        await self._taken(draft, text)

    def _type(self, text: str) -> None:
        person, chat = self.world.people[self.account], self.world.chats[self.account]
        message, _ = doings.say(self.world, person, chat, doings.spoken(text))
        if self.random.random() < AGAIN:
            self.world.push_message(chat, message)

    async def _taken(self, draft: int, what: str) -> None:
        """Wait until the draft's message shows a later version."""
        before = self.drafts[draft].version
        await self._seen(lambda: self._version(draft) > before or None, what)
        self.drafts[draft].version += 1
        assert self._version(draft) == before + 1, f"{what} was taken twice in draft {draft}"

    async def _seen(self, look: Callable[[], Found | None], what: str) -> Found:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while (found := look()) is None:  # noqa: ASYNC110  nobody tells a person
                    await asyncio.sleep(LOOK)
                self.acts += 1
                return found
        last = list(self.world.chats[self.account].messages.values())[-3:]
        raise LostError(
            f"{self.account} waited {PATIENCE:.0f} s in vain after {what!r}; "
            f"the chat ends with {[_text(one)[-200:] for one in last]}"
        )

    def _shown(self) -> set[int]:
        """Return the drafts whose buttons stand in the chat."""
        chat = self.world.chats[self.account]
        return {tap.draft for one in chat.messages.values() for tap in _taps(one)}

    def _message(self, draft: int) -> Message:
        """Return the message that shows the draft's latest version."""
        chat = self.world.chats[self.account]
        showing = [
            (max(tap.version for tap in taps), one.id)
            for one in chat.messages.values()
            if (taps := [tap for tap in _taps(one) if tap.draft == draft])
        ]
        return chat.messages[max(showing)[1]]

    def _version(self, draft: int) -> int:
        return max(tap.version for tap in self._buttons(draft))

    def _buttons(self, draft: int, *acts: DraftAct) -> list[DraftTap]:
        return [tap for tap in _taps(self._message(draft)) if not acts or tap.act in acts]


def _at_start(walk: Walk) -> bool:
    first = next(iter(walk.scorecard.criteria())).key
    return walk.stage is Stage.CRITERION and walk.criterion == first and not walk.returning


def _text(message: Message) -> str:
    return as_text(message.body.get("text"))


def _taps(message: Message) -> list[DraftTap]:
    return [tap for tap, _ in _buttons_of(message)]


def _data(message: Message, wanted: DraftTap) -> str:
    return next(data for tap, data in _buttons_of(message) if tap == wanted)


def _buttons_of(message: Message) -> list[tuple[DraftTap, str]]:
    keyboard = as_object(message.body.get("reply_markup")).get("inline_keyboard")
    found = []
    for button in (one for row in as_list(keyboard) for one in as_objects(row)):
        data = as_text(button.get("callback_data"))
        with contextlib.suppress(UnknownTapError):
            tap = unpack(data)
            if isinstance(tap, DraftTap):
                found.append((tap, data))
    return found
