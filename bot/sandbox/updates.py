"""The queue of updates: long polling, confirmation, and who waits for it."""

import asyncio
import itertools
from collections.abc import Callable

from bot.sandbox.errors import ApiError
from bot.sandbox.values import JsonObject, as_int, as_list, as_objects, as_text

MAX_UPDATES = 100
MAX_POLL = 50.0
CONFLICT_POLL = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
CONFLICT_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
CONFLICT_SET = "Conflict: terminated by setWebhook request"
# Telegram leaves these out unless a bot asks for them by name.
_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


class UpdateQueue:
    """Updates in order until the bot confirms them."""

    def __init__(self) -> None:
        self.next_id = 100_000_001
        self.pending: dict[int, JsonObject] = {}
        self.allowed: list[str] = []
        self.on_change: Callable[[], None] = lambda: None
        self.on_push: Callable[[int], None] | None = None  # the webhook listens here
        self._poll: asyncio.Future[str | None] | None = None
        self._waiting: dict[int, asyncio.Event] = {}

    @property
    def polled(self) -> bool:
        """Return whether the bot is waiting for updates right now."""
        return self._poll is not None

    def push(self, kind: str, content: JsonObject) -> int | None:
        """Queue an update and return its id; None if the bot asked not to get this kind."""
        if kind not in self.allowed if self.allowed else kind in _ON_REQUEST:
            return None
        return self.put({kind: content})

    def put(self, update: JsonObject) -> int:
        """Queue an update as it is, whatever is in it, and return its id."""
        number = self.next_id
        self.next_id += 1
        self.pending[number] = {"update_id": number, **update}
        self.on_change()
        self._end_poll(None)
        if self.on_push is not None:
            self.on_push(number)
        return number

    async def poll(self, offset: int, limit: int, seconds: float) -> list[JsonObject]:
        """Answer getUpdates: confirm what is before ``offset``, wait for more up to ``seconds``.

        Raises ApiError 409 when another poll or a webhook takes over meanwhile.
        """
        self._end_poll(CONFLICT_POLL)
        self._confirm_before(offset)
        if not self.pending and seconds > 0:
            await self._wait_for_push(min(seconds, MAX_POLL))
        begin = max(offset, 0)
        ready = (update for number, update in self.pending.items() if number >= begin)
        return list(itertools.islice(ready, min(limit, MAX_UPDATES) if limit > 0 else MAX_UPDATES))

    def confirm(self, number: int) -> None:
        """Forget an update that the bot has handled."""
        self.pending.pop(number, None)
        self.on_change()
        event = self._waiting.pop(number, None)
        if event is not None:
            event.set()

    async def handled(self, number: int, seconds: float) -> bool:
        """Wait until an update is confirmed, for ``seconds``; return whether it was."""
        if number not in self.pending:
            return number < self.next_id
        event = self._waiting.setdefault(number, asyncio.Event())
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            return False
        return True

    def drop_pending(self) -> None:
        """Forget everything that was not handled yet."""
        for number in list(self.pending):
            self.confirm(number)

    def end_poll_for_webhook(self) -> None:
        """Answer 409 to whoever polls right now."""
        self._end_poll(CONFLICT_SET)

    def close(self) -> None:
        """Let the waiting poll return at once."""
        self._end_poll(None)

    def _confirm_before(self, offset: int) -> None:
        if offset < 0:
            offset = self.next_id + offset
        while self.pending and (first := next(iter(self.pending))) < offset:
            self.confirm(first)

    async def _wait_for_push(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            conflict = await asyncio.wait_for(poll, seconds)
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None
        if conflict is not None:
            raise ApiError(409, conflict)

    def _end_poll(self, conflict: str | None) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(conflict)
        self._poll = None

    def dump(self) -> JsonObject:
        """Return the queue for the snapshot."""
        return {
            "next_id": self.next_id,
            "allowed": self.allowed,
            "pending": list(self.pending.values()),
        }

    def load(self, source: JsonObject) -> None:
        """Continue with the queue that ``dump`` described."""
        self.next_id = as_int(source["next_id"])
        self.allowed = [as_text(kind) for kind in as_list(source["allowed"])]
        self.pending = {as_int(one["update_id"]): one for one in as_objects(source["pending"])}
