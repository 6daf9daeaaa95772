"""What people may do to the bot, in any order, and what must hold after everything they do."""

import re
from collections.abc import Sequence

from hypothesis import event, note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from handlers.taps import DraftAct, DraftTap, UnknownTapError, unpack
from tests.fuzz import words
from tests.fuzz.stage import Button, Stage
from tests.person import Person
from tests.sandbox.pictures import png

who = st.integers(0, 16)
picks = st.integers(0, 999)
"""Which of the buttons that there are, counted from the newest, again and again."""
replies = st.tuples(picks, words.texts)

WHY = re.compile("Why\\?|Чому\\?|Почему\\?")
ONWARD = frozenset(DraftAct) - {DraftAct.BACK, DraftAct.CLOSE, DraftAct.DISCARD}
"""What somebody presses who wants to get through a scorecard."""

ADVANCES = st.sampled_from([0.02, 1, 5, 24, 49, 24 * 8, 24 * 40, -1, -24])


class Conversation(RuleBasedStateMachine):
    """Some ten people with one of everything, who press, write, send and wait at random."""

    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        self.stage.curtain()

    def teardown(self) -> None:
        """Look whether everything stored follows from what was answered."""
        self.stage.centre.clock.advance(days=1)
        self.stage.act(self.stage.tick)
        self.stage.examine()
        for table in ("evaluations", "revisions", "disputes", "assignments"):
            event(f"{table}: {self.stage.centre.count(table)}")

    @rule(one=who, name=words.commands)
    def command(self, one: int, name: str) -> None:
        """Somebody types a command."""
        self._say(self._person(one), name)

    @rule(one=who, text=words.texts)
    def text(self, one: int, text: str) -> None:
        """Somebody types what need not be a command."""
        self._say(self._person(one), text)

    @rule(one=who, numbers=st.lists(picks, min_size=1, max_size=8))
    def presses(self, one: int, numbers: list[int]) -> None:
        """Somebody presses one button after another of what they see last."""
        person = self._person(one)
        for number in numbers:
            self._press(person, self.stage.newest(person.id), number)

    @rule(one=who, chosen=picks, said=words.arguments, replies=st.lists(replies, max_size=10))
    def errand(self, one: int, chosen: int, said: str, replies: list[tuple[int, str]]) -> None:
        """Somebody asks for something of their menu, and replies: presses, writes where asked."""
        person = self._person(one)
        menu = person.commands
        if not menu:
            return
        self._say(person, f"/{menu[chosen % len(menu)]} {said}".strip())
        for number, text in replies:
            self._press(person, self.stage.newest(person.id), number)
            if self.stage.awaits_words_of(person):
                self._say(person, text)

    @rule(
        one=st.sampled_from([1, 4, 6]),
        name=st.sampled_from(["North Agent", "Second Agent", "South Agent", ""]),
        numbers=st.lists(picks, min_size=8, max_size=30),
        said=words.texts,
    )
    def score(self, one: int, name: str, numbers: list[int], said: str) -> None:
        """Somebody scores a contact, as far as they get."""
        person = self._person(one)
        self._say(person, f"/score {name}".strip())
        for number in numbers:
            shown = self.stage.newest(person.id)
            submit = [one for one in shown if _act(one) is DraftAct.SUBMIT]
            self._press(person, submit or [one for one in shown if _act(one) in ONWARD], number)
            if WHY.search(self.stage.newest_text(person.id)):
                self._say(person, said)

    @rule(one=who, number=picks, text=words.texts)
    def press_and_write(self, one: int, number: int, text: str) -> None:
        """Somebody presses a button and writes what they may have been asked for."""
        person = self._person(one)
        self._press(person, self.stage.newest(person.id), number)
        self._say(person, text)

    @rule(one=who, number=picks)
    def press_of_before(self, one: int, number: int) -> None:
        """Somebody presses a button that was shown at any time, perhaps no more."""
        person = self._person(one)
        self._press(person, self.stage.buttons(person.id), number)

    @rule(one=who, other=who, number=picks, under=picks)
    def press_of_another(self, one: int, other: int, number: int, under: int) -> None:
        """Somebody forges a press of what another was shown."""
        person = self._person(one)
        own, theirs = (self.stage.buttons(self._person(each).id) for each in (one, other))
        if own and theirs and person.id not in self.stage.blocked:
            place, said = _nth(own, under), _nth(theirs, number)
            forged = Button(place.message, said.label, said.data)
            self.stage.forging = True
            self._press(person, [forged], 0)
            self.stage.forging = False

    @rule(one=who, other=who, number=picks)
    def presses_at_once(self, one: int, other: int, number: int) -> None:
        """A press comes twice at one moment, with another's beside it."""
        pressed = []
        for person in (self._person(one), self._person(other), self._person(one)):
            shown = self.stage.newest(person.id)
            if shown and person.id not in self.stage.blocked:
                pressed.append((person, _nth(shown, number)))
        note(f"at once: {[(person.name, button.label) for person, button in pressed]}")
        self.stage.act(lambda: self.stage.press_at_once(pressed))

    @rule(one=who, file=words.documents, caption=st.none() | words.useful)
    def document(self, one: int, file: tuple[str, bytes], caption: str | None) -> None:
        """Somebody sends a file."""
        person, (name, content) = self._person(one), file
        note(f"{person.name} sends {name}: {content[:200]!r}")
        if person.id not in self.stage.blocked:
            self.stage.act(lambda: person.upload(name, content, caption=caption))

    @rule(one=who, kind=words.recordings, caption=st.none() | words.useful)
    def recording(self, one: int, kind: str, caption: str | None) -> None:
        """Somebody sends a recording or a picture."""
        person = self._person(one)
        content = png(8, 8) if kind == "photo" else b"OggS" + b"\0" * 64
        if person.id not in self.stage.blocked:
            self.stage.act(lambda: person.upload("file", content, kind, caption))

    @rule(one=who, said=st.lists(words.texts, min_size=1, max_size=3))
    def forward(self, one: int, said: list[str]) -> None:
        """Somebody forwards what a customer wrote."""
        person = self._person(one)
        note(f"{person.name} forwards {said!r:.200}")
        if person.id not in self.stage.blocked:
            self.stage.act(lambda: person.forward(said))

    @rule(one=who, number=picks, text=words.texts)
    def edit(self, one: int, number: int, text: str) -> None:
        """Somebody changes what they wrote."""
        person = self._person(one)
        mine = self.stage.own_texts(person)
        if mine and person.id not in self.stage.blocked:
            self.stage.act(lambda: person.edit(mine[-1 - number % len(mine)], text))

    @rule(one=who, name=words.commands, number=picks)
    def in_the_group(self, one: int, name: str, number: int) -> None:
        """Somebody asks something where everybody reads it, and presses what comes."""
        person, group = self._person(one), self.stage.group
        note(f"{person.name} in the group: {name!r:.200}")
        self.stage.act(lambda: person.send(name, group))
        shown = self.stage.newest(group.id)
        if shown:
            pressed = _nth(shown, number)
            note(f"{person.name} in the group: [{pressed.label}]")
            self.stage.act(lambda: self.stage.press(person, pressed.message, pressed.data, group))

    @rule(hours=ADVANCES)
    def time_passes(self, hours: float) -> None:
        """The clock goes on, or is set back, and what is due runs."""
        note(f"{hours} hours pass")
        self.stage.centre.clock.advance(hours=hours)
        self.stage.act(self.stage.tick)

    @rule(name=words.job_names)
    def job(self, name: str) -> None:
        """A job runs by hand."""
        self.stage.act(lambda: self.stage.centre.job(name))

    @rule(one=who)
    def leaves_or_comes_back(self, one: int) -> None:
        """Somebody blocks the bot, or lets it in again."""
        person = self._person(one)
        note(f"{person.name} blocks the bot or lets it in")
        if person.id in self.stage.blocked:
            self.stage.blocked.discard(person.id)
            self.stage.act(person.unblock)
        else:
            self.stage.blocked.add(person.id)
            self.stage.act(person.block)

    @precondition(lambda self: self.stage.blocked)
    @rule()
    def all_come_back(self) -> None:
        """Whoever had blocked the bot lets it in again."""
        for person in self.stage.people:
            if person.id in self.stage.blocked:
                self.stage.blocked.discard(person.id)
                self.stage.act(person.unblock)

    @rule()
    def restart(self) -> None:
        """The bot stops in good order and starts again."""
        self.stage.act(self.stage.centre.restart)

    @rule()
    def crash(self) -> None:
        """The bot is killed and starts again."""
        self.stage.centre.kill()
        self.stage.act(self.stage.centre.start)

    def _person(self, one: int) -> Person:
        return self.stage.people[one % len(self.stage.people)]

    def _say(self, person: Person, text: str) -> None:
        note(f"{person.name}: {text!r:.200}")
        if person.id not in self.stage.blocked:
            self.stage.act(lambda: person.send(text))

    def _press(self, person: Person, shown: Sequence[Button], number: int) -> None:
        if not shown or person.id in self.stage.blocked:
            return
        button = _nth(shown, number)
        note(f"{person.name}: [{button.label}] {button.data} under {button.message}")
        self.stage.act(lambda: self.stage.press(person, button.message, button.data))


def _nth(shown: Sequence[Button], number: int) -> Button:
    return shown[-1 - number % len(shown)]


def _act(button: Button) -> DraftAct | None:
    """Return what the button does to a draft, ``None`` where it does nothing to one."""
    try:
        tap = unpack(button.data)
    except UnknownTapError:
        return None
    return tap.act if isinstance(tap, DraftTap) else None
