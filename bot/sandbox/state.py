"""Remembering the world between two runs: one snapshot, written whole or not at all."""

import asyncio
import contextlib
import json
import logging
import os
from pathlib import Path

from bot.sandbox.chats import chat_from
from bot.sandbox.people import person_from
from bot.sandbox.values import JsonObject, as_int, as_object, as_objects, as_text, to_bytes
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World

_LOG = logging.getLogger(__name__)
PAUSE = 0.5  # seconds from a change to the snapshot that holds it


def dump_world(world: World) -> JsonObject:
    """Return everything that a restart must not lose."""
    return {
        "version": 1,
        "people": [person.dump() for person in world.people.values()],
        "chats": [chat.dump() for chat in world.chats.values()],
        "files": world.files.dump(),
        "updates": world.updates.dump(),
        "commands": world.commands.dump(),
        "profile": world.profile.dump(),
        "webhook": world.webhook.dump() if world.webhook else None,
    }


def load_world(world: World, source: JsonObject) -> None:
    """Put a dumped world back into an empty one."""
    for one in as_objects(source["people"]):
        person = person_from(one)
        world.people[person.id] = person
    for one in as_objects(source["chats"]):
        chat = chat_from(one)
        chat.person = world.people.get(chat.id)
        world.chats[chat.id] = chat
    world.files.load(source["files"])
    world.updates.load(as_object(source["updates"]))
    world.commands.load(source["commands"])
    world.profile.load(as_object(source["profile"]))
    webhook = as_object(source["webhook"])
    if webhook:
        world.webhook = Webhook(
            world.updates,
            as_text(webhook["url"]),
            as_text(webhook["secret"]),
            as_int(webhook["max_connections"]),
        )


class Keeper:
    """Writes the snapshot soon after every change, and at the end."""

    def __init__(self, world: World, folder: Path) -> None:
        self._world = world
        self._path = folder / "sandbox.json"
        self._changed = asyncio.Event()
        self._closing = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Load the last snapshot, if any, and write new ones from now on."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if self._path.exists():
            source: object = json.loads(self._path.read_bytes())
            load_world(self._world, as_object(source))
        self._world.remember_with(self._changed.set)
        self._task = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Write the last snapshot."""
        self._closing.set()
        self._changed.set()
        if self._task is not None:
            await self._task
            self._task = None
        self._world.remember_with(lambda: None)
        self._write(to_bytes(dump_world(self._world)))

    async def _keep(self) -> None:
        while not self._closing.is_set():
            await self._changed.wait()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), PAUSE)
            self._changed.clear()
            try:
                await asyncio.to_thread(self._write, to_bytes(dump_world(self._world)))
            except OSError:
                _LOG.exception("the sandbox could not write its snapshot")

    def _write(self, snapshot: bytes) -> None:
        """Replace the file in one step, so that a crash leaves the old or the new one."""
        fresh = self._path.with_suffix(".new")
        with fresh.open("wb") as file:
            file.write(snapshot)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)
