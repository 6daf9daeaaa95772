"""Logging: one line an event, as text or JSON, never with a token in it."""

import logging
import re
import sys
import warnings
from collections.abc import MutableMapping

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger
from telegram.warnings import PTBDeprecationWarning

from bot.settings import LogFormat, LogLevel

TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{10,}")
MASKED = "<token>"

QUIET = {
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
    "asyncio": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "matplotlib": logging.WARNING,
    "telegram": logging.WARNING,
    # It logs answers that are no JSON, and they may hold what people wrote.
    "telegram.request": logging.CRITICAL,
    "uvicorn": logging.WARNING,
}


def configure(level: LogLevel, style: LogFormat) -> None:
    """Send everything that is logged, by whichever library, to the standard error."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
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
