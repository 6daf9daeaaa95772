"""Logging: one line an event, as text or JSON, never with a token or anybody's words in it."""

import logging
import re
import sys
import traceback
import warnings
from collections.abc import MutableMapping
from types import TracebackType

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger
from telegram.error import TelegramError
from telegram.warnings import PTBDeprecationWarning

from bot.settings import LogFormat, LogLevel
from bot.sparing import OnceAMinute

TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{10,}")
MASKED = "<token>"

OFF = logging.CRITICAL + 1

QUIET = {
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
    "asyncio": logging.WARNING,
    # At a lower level they log parameters, rows and requests.
    "aiosqlite": logging.WARNING,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "matplotlib": logging.WARNING,
    "telegram": logging.WARNING,
    # They log answers that they cannot read, and those hold names and what people wrote.
    "telegram.Bot": OFF,
    "telegram.ext.ExtBot": OFF,
    "telegram.request": OFF,
    "uvicorn": logging.WARNING,
}


def configure(level: LogLevel, style: LogFormat) -> None:
    """Send everything that is logged, by whichever library, to the standard error."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        without_words,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _renderer(style),
                mask,
            ],
        )
    )
    warnings.filterwarnings("ignore", category=PTBDeprecationWarning)  # of the library to itself
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.value)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(max(least, root.level))
    for name in ("asyncio", "uvicorn.error"):
        logging.getLogger(name).filters[:] = [OnceAMinute()]


def without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Return the event with an error told by its places and kinds alone.

    What an error says may quote a text that somebody wrote: ``invalid literal for int()`` does, and
    so do a database's details and a parser's complaints. Telegram's own sentences are kept.
    """
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given
    if given is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["exception"] = told(error)
    if event.get("logger") == "asyncio":
        event["event"] = str(event["event"]).partition("\n")[0]
    return event


def told(error: BaseException) -> str:
    """Return the error's traceback and those of its causes, without their words."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = f"{told(cause)}\nand then\n" if cause is not None else ""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    said = f": {_own_words(error)}" if isinstance(error, TelegramError) else ""
    several = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    within = "".join(f"\nand within\n{told(one)}" for one in several)
    return f"{before}{_frames(error.__traceback__)}{kind}{said}{within}"


def _own_words(error: TelegramError) -> str:
    """Return Telegram's sentence, without an answer that the library could not read."""
    return str(error).partition(". Parsing the server response")[0]


def _frames(trace: TracebackType | None) -> str:
    return "".join(traceback.format_tb(trace))


def mask(_logger: WrappedLogger, _method: str, line: object) -> str:
    """Return the line with everything that looks like a bot's token made unreadable."""
    return TOKEN.sub(MASKED, str(line))


def _renderer(style: LogFormat) -> Processor:
    if style is LogFormat.JSON:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return _text


def _text(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    """Return the event as a line such as ``12:00:00 info  started  port=8080``."""
    rest: MutableMapping[str, object] = dict(event)
    time, level = str(rest.pop("timestamp", "")), str(rest.pop("level", ""))
    name, trace = rest.pop("logger", ""), rest.pop("exception", None)
    said = str(rest.pop("event", ""))
    facts = " ".join(f"{key}={value!r}" for key, value in rest.items())
    line = f"{time[:19]} {level:<7} {said}  {facts}".rstrip()
    line = f"{line}  [{name}]" if name else line
    return f"{line}\n{trace}" if trace else line
