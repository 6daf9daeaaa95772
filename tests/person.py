"""Somebody in a story: what they do in the messenger and what they see there."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.sandbox.values import JsonObject, as_int, as_object, as_objects, as_text
from tests.far_side import FarSide, Message
from tests.log_watch import EAR

Forwarded = str | tuple[str, str] | JsonObject


@dataclass(frozen=True)
class Group:
    """A group chat with the bot in it."""

    id: int
    title: str
    far: FarSide = field(repr=False)

    def topic(self, name: str) -> int:
        """Open a topic, where the group has some; return its number."""
        return as_int(self.far.post(f"groups/{self.id}/topics", name=name)["thread"])

    @property
    def messages(self) -> list[Message]:
        """What the bot wrote there, oldest first."""
        return [one for one in self.far.messages(self.id) if one.from_bot]

    @property
    def text(self) -> str:
        """The newest of it."""
        return self.messages[-1].text


@dataclass(frozen=True)
class Person:
    """Somebody with a messenger; ``id`` is their Telegram id, ``person_id`` the one in storage.

    Every act returns once the bot has handled it. What is seen is the private chat with the bot.
    """

    name: str
    id: int
    far: FarSide = field(repr=False)
    person_id: int = 0

    def send(self, text: str, to: Group | None = None, **how: object) -> None:
        """Type a text or a command; *how* may name a ``thread``, or say ``anonymous``."""
        EAR.note(text)
        self.far.post("send", person=self.id, chat=_id(to), text=text, wait=True, **how)

    def reply(self, message: Message | int, text: str) -> None:
        """Type a text as a reply to a message."""
        EAR.note(text)
        number = message.message_id if isinstance(message, Message) else message
        self.far.post("send", person=self.id, text=text, reply_to=number, wait=True)

    def open(self, link: str) -> None:
        """Follow an invitation link, or press START with its token."""
        payload = link.partition("start=")[2] or link
        self.far.post("open-link", person=self.id, payload=payload, wait=True)

    def tap(
        self, label: str, message: Message | int | None = None, to: Group | None = None
    ) -> str | None:
        """Press the newest button of that label; return the toast it answers with, if any.

        ``Submit`` may carry the score that it submits.
        """
        if message is None:
            message, label = self._with_button(label, to)
        elif isinstance(message, Message):
            label = message.label(label) or label
        number = message.message_id if isinstance(message, Message) else message
        answer = self.far.post(
            "press-button",
            person=self.id,
            chat=_id(to),
            message_id=number,
            text=label,
            wait=True,
        )
        return as_text(as_object(answer.get("answer")).get("text")) or None

    def forge(
        self, data: str, message_id: int | None = None, to: Group | None = None
    ) -> str | None:
        """Press a button that says *data*, whether there is one or not; return the toast."""
        number = message_id if message_id is not None else self.message.message_id
        answer = self.far.post(
            "press", person=self.id, chat=_id(to), message_id=number, data=data, wait=True
        )
        return as_text(as_object(answer.get("answer")).get("text")) or None

    def upload(
        self,
        name: str,
        content: bytes | str,
        kind: str = "document",
        caption: str | None = None,
    ) -> None:
        """Send a file; *kind* is document, photo, voice, audio or video."""
        fields = {"person": str(self.id), "kind": kind}
        if caption is not None:
            fields["caption"] = caption
        if kind in {"voice", "audio", "video"}:
            fields["duration"] = "5"
        content = content.encode() if isinstance(content, str) else content
        EAR.note(caption or "")
        EAR.note_file(content)
        self.far.upload(name, content, **fields)

    def bring_people(self, name: str, content: bytes | str) -> None:
        """Send a people file and have it applied, where there is anything to apply."""
        self.upload(name, content)
        messages = [one for one in self.messages if name in one.text]
        if messages and "Apply" in messages[-1].buttons:
            self.tap("Apply", messages[-1])

    def forward(self, items: Sequence[Forwarded], to: Group | None = None) -> None:
        """Forward messages: texts of a customer, (sender, text) pairs, or the sandbox's items."""
        for one in items:
            EAR.note(_text(one))
        self.far.post(
            "forward",
            person=self.id,
            chat=_id(to),
            items=[_item(one) for one in items],
            wait=True,
        )

    def edit(self, message_id: int, text: str) -> None:
        """Change an own message afterwards."""
        EAR.note(text)
        self.far.post("edit", person=self.id, message_id=message_id, text=text, wait=True)

    def block(self) -> None:
        """Block the bot."""
        self.far.patch(f"people/{self.id}", blocked=True, wait=True)

    def unblock(self) -> None:
        """Let the bot in again."""
        self.far.patch(f"people/{self.id}", blocked=False, wait=True)

    @property
    def everything(self) -> list[Message]:
        """The whole chat, oldest first."""
        return self.far.messages(self.id)

    @property
    def messages(self) -> list[Message]:
        """What the bot wrote, oldest first."""
        return [one for one in self.everything if one.from_bot]

    @property
    def message(self) -> Message:
        """The newest of it."""
        messages = self.messages
        assert messages, f"the bot has not written to {self.name} yet"
        return messages[-1]

    @property
    def text(self) -> str:
        """What the newest of it says."""
        return self.message.text

    @property
    def buttons(self) -> list[str]:
        """The buttons that were shown last."""
        return next((one.buttons for one in reversed(self.messages) if one.buttons), [])

    @property
    def commands(self) -> list[str]:
        """The menu's commands."""
        found = as_objects(self.far.get("commands", person=self.id))
        return [as_text(one.get("command")) for one in found]

    @property
    def menu(self) -> dict[str, str]:
        """The menu: what each command is said to do."""
        found = as_objects(self.far.get("commands", person=self.id))
        return {as_text(one.get("command")): as_text(one.get("description")) for one in found}

    @property
    def photo(self) -> bytes:
        """The picture that was shown last."""
        found = next((one.photo for one in reversed(self.messages) if one.photo), None)
        assert found is not None, f"the bot has shown {self.name} no picture"
        return self.far.file(as_text(found["file_id"]))

    def document(self, name: str) -> bytes:
        """Return the newest file of that name that the bot has sent."""
        names = []
        for one in reversed(self.messages):
            names.append(as_text(one.document.get("file_name")))
            if names[-1] == name:
                return self.far.file(as_text(one.document["file_id"]))
        raise AssertionError(f"{self.name} got no file {name!r}, only {sorted(set(names) - {''})}")

    def heard(self, fragment: str) -> bool:
        """Return whether a message of the bot holds *fragment* already."""
        return any(fragment in one.text for one in self.messages)

    def sees(self, fragment: str, within: float = 5.0) -> Message:
        """Wait for a message of the bot that holds *fragment*, and return the newest such."""
        until = time.monotonic() + within
        while True:
            messages = self.messages
            found = next((one for one in reversed(messages) if fragment in one.text), None)
            if found is not None:
                return found
            if time.monotonic() > until:
                seen = "\n".join(str(one) for one in messages[-8:])
                raise AssertionError(f"{self.name} does not see {fragment!r}, but:\n{seen}")
            time.sleep(0.01)

    def _with_button(self, label: str, to: Group | None) -> tuple[Message, str]:
        messages = to.messages if to is not None else self.messages
        for one in reversed(messages):
            found = one.label(label)
            if found is not None:
                return one, found
        seen = "\n".join(str(one) for one in messages[-4:])
        raise AssertionError(f"{self.name} has no button {label!r}:\n{seen}")


def _id(group: Group | None) -> int | None:
    return None if group is None else group.id


def _text(one: Forwarded) -> str:
    if isinstance(one, str):
        return one
    return one[1] if isinstance(one, tuple) else as_text(one.get("text"))


def _item(one: Forwarded) -> JsonObject:
    if isinstance(one, str):
        return {"text": one, "from_name": "A customer"}
    if isinstance(one, tuple):
        return {"from_name": one[0], "text": one[1]}
    return one
