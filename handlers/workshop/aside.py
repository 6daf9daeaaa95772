"""Reading and writing a whole file in a helper, on a connection of its own to the database."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar, TypeVarTuple

from handlers.turn import Services
from handlers.words import Words, words
from handlers.workshop.process import FILES
from storage.database import Database
from storage.scorecards import Shelf

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")


@dataclass(frozen=True, slots=True)
class _Place:
    """What a helper needs to have the bot's services: they themselves cannot be handed over."""

    database: str
    timezone: str
    language: str
    now: dt.datetime
    spoken: str


async def aside(
    services: Services,
    t: Words,
    work: Callable[[Services, Words, *Arguments], Awaitable[Result]],
    *arguments: *Arguments,
) -> Result:
    """Return what *work* makes in a helper: a module's coroutine function that only reads.

    Raises what it raises, or ``HelperLostError``.
    """
    place = _Place(
        services.db.url.render_as_string(hide_password=False),
        services.timezone,
        services.language,
        services.clock(),
        t.language,
    )
    return await FILES.do(_done, place, work, arguments)


def _done(
    place: _Place,
    work: Callable[[Services, Words, *Arguments], Awaitable[Result]],
    arguments: tuple[*Arguments],
) -> Result:
    return asyncio.run(_with_services(place, work, arguments))


async def _with_services(
    place: _Place,
    work: Callable[[Services, Words, *Arguments], Awaitable[Result]],
    arguments: tuple[*Arguments],
) -> Result:
    database = Database(place.database)
    services = Services(
        database,
        Shelf(),
        lambda: place.now,
        timezone=place.timezone,
        language=place.language,
    )
    try:
        return await work(services, words(place.spoken), *arguments)
    finally:
        await database.close()
