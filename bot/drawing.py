"""Drawing claimed messages: to whom they go, and what is said in their language.

News that very many get together is read and worded for all that were claimed together, as soon as
one of them is wanted.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog

from handlers.notice import Addressed, DrawMany, Notice
from handlers.turn import Services
from handlers.views.screen import Screen
from handlers.words import Words, known_language, words
from storage import people, teams
from storage.outbox import Claimed
from storage.people import Person
from storage.teams import Team
from storage.trouble import StorageUnavailableError

log = structlog.get_logger(__name__)

FRESH = 5.0
"""What was drawn together longer ago than so many seconds is drawn again."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What goes to whom in which chat; without a screen it is news no more."""

    notice: Notice
    person: Person
    chat: int
    screen: Screen | None


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """Why a message cannot be delivered at all."""

    reason: str


NO_KIND, NOBODY = Undeliverable("no such kind"), Undeliverable("nobody to tell")
Outcome = Drawn | Undeliverable


class Drawing:
    """Draws messages when they are wanted; those that were announced together, together."""

    def __init__(self, services: Services, notices: Mapping[str, Notice]) -> None:
        self._services = services
        self._notices = notices
        self._groups: dict[int, _Group] = {}

    def announce(self, messages: Sequence[Claimed]) -> None:
        """Take note that these are going to be wanted at about the same time."""
        by_kind: dict[str, list[Claimed]] = {}
        for message in messages:
            by_kind.setdefault(message.kind, []).append(message)
        for kind, ones in by_kind.items():
            notice = self._notices.get(kind)
            if notice is not None and notice.many is not None and len(ones) > 1:
                group = _Group(self._services, notice, notice.many, ones)
                self._groups.update((one.id, group) for one in ones)

    def forget(self, message: Claimed) -> None:
        """Take note that the message is not going to be wanted any more."""
        group = self._groups.pop(message.id, None)
        if group is not None:
            group.left.pop(message.id, None)

    async def drawn(self, message: Claimed) -> Outcome:
        """Return the message as things stand now; raises what drawing it raises."""
        notice = self._notices.get(message.kind)
        if notice is None:
            return NO_KIND
        group = self._groups.get(message.id)
        found = await group.drawn(message) if group is not None else None
        return found if found is not None else await self._alone(notice, message)

    async def _alone(self, notice: Notice, message: Claimed) -> Outcome:
        (one,) = await _addressed(self._services, [message])
        if isinstance(one, Undeliverable):
            return one
        return _drawn(notice, one, await notice.draw(self._services, one.t, one.to, message))


class _Group:
    """Messages of one kind that are drawn together; those in ``left`` are still wanted."""

    def __init__(
        self, services: Services, notice: Notice, many: DrawMany, messages: Sequence[Claimed]
    ) -> None:
        self.left = {one.id: one for one in messages}
        self._services = services
        self._notice = notice
        self._many = many
        self._found: dict[int, Outcome] = {}
        self._stale_from: float | None = None
        self._broken = False
        self._alone = asyncio.Lock()

    async def drawn(self, message: Claimed) -> Outcome | None:
        """Return the message, or ``None`` where it must be drawn by itself."""
        async with self._alone:
            if not self._broken and self._is_stale():
                await self._draw()
        return None if self._broken else self._found.get(message.id)

    def _is_stale(self) -> bool:
        now = asyncio.get_running_loop().time()
        return self._stale_from is None or now >= self._stale_from

    async def _draw(self) -> None:
        began = asyncio.get_running_loop().time()
        try:
            self._found = await self._together(list(self.left.values()))
        except StorageUnavailableError:
            raise
        except Exception:  # each by itself shows which of them it was
            log.exception("drawing_together_failed", kind=self._notice.kind)
            self._broken = True
        self._stale_from = began + FRESH

    async def _together(self, messages: Sequence[Claimed]) -> dict[int, Outcome]:
        found: dict[int, Outcome] = {}
        ready: list[Addressed] = []
        for message, one in zip(messages, await _addressed(self._services, messages), strict=True):
            if isinstance(one, Undeliverable):
                found[message.id] = one
            else:
                ready.append(one)
        screens = await self._many(self._services, ready)
        for one in ready:
            found[one.message.id] = _drawn(self._notice, one, screens[one.message.id])
        return found


def _drawn(notice: Notice, one: Addressed, screen: Screen | None) -> Outcome:
    if one.to.telegram_id is None:
        return NOBODY
    return Drawn(notice, one.to, one.to.telegram_id, screen)


async def _addressed(
    services: Services, messages: Sequence[Claimed]
) -> list[Addressed | Undeliverable]:
    """Return each message with its recipient as they are now, or why nobody can be told."""
    async with services.db.reading() as tx:
        known = await people.by_ids(tx, {one.recipient_id for one in messages})
        speechless = [one for one in known.values() if one.language is None]
        belonging = {team for one in speechless for team in (*one.teams, *one.supervises)}
        theirs = await teams.by_ids(tx, belonging) if belonging else []
    addressed: list[Addressed | Undeliverable] = []
    for message in messages:
        person = known.get(message.recipient_id)
        if person is None or person.telegram_id is None or not person.active:
            addressed.append(NOBODY)
        else:
            addressed.append(Addressed(_words(services, person, theirs), person, message))
    return addressed


def _words(services: Services, person: Person, known: Sequence[Team]) -> Words:
    """Return the recipient's language, else that of their first team."""
    own = {*person.teams, *person.supervises}
    default = next((team.language for team in known if team.id in own), services.language)
    return words(known_language(person.language, default))
