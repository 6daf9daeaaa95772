"""Listens to everything that is logged while tests run, and fails where it hears people's words.

Every text that anybody types, forwards or sends as a file in a story, and every token, must stay
out of the log; nothing has to be marked for that.
"""

import logging
import re
from collections.abc import Iterable, Iterator

import pytest
import structlog

from bot.logs import configure
from bot.settings import LogFormat, LogLevel

SHORTEST = 8
"""Shorter texts stand in a log by chance."""

PIECES = re.compile(r"""[\n\r\t"'\\]+""")
CELLS = re.compile(r"""[\n\r\t"'\\,;|]+""")
LETTERS = re.compile(r"[^\W\d_]{2}")


class Ear(logging.Handler):
    """Hears what is logged, as it is written, and knows what must not be in it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.said: set[str] = set()
        self.secrets: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.lines.append(self.format(record))

    def note(self, text: str, pieces: re.Pattern[str] = PIECES) -> None:
        """Remember what somebody wrote; commands are no secret."""
        if not text.startswith("/"):
            found = (one.strip() for one in pieces.split(text))
            self.said.update(one for one in found if len(one) >= SHORTEST and LETTERS.search(one))

    def note_file(self, content: bytes) -> None:
        """Remember the cells of a table that somebody sent."""
        cells = content[:20_000].decode("utf-8", "ignore")
        self.note(f" {cells}", CELLS)

    def keep_secret(self, secret: str) -> None:
        """Remember what must not be in any line, in this test or a later one."""
        self.secrets.add(secret)

    def overheard(self) -> list[str]:
        """Return the lines that give something away, and forget all lines."""
        lines, self.lines = self.lines, []
        return [line for line in lines if gives_away(line, (*self.said, *self.secrets))]


def gives_away(line: str, words: Iterable[str]) -> bool:
    """Return whether the line holds any of the words, escaped or not."""
    return any(one in line for one in words)


EAR = Ear()
"""The one that listens."""


def attach() -> None:
    """Let everything be logged, at every level, into the ear, as the program writes it."""
    configure(LogLevel.DEBUG, LogFormat.JSON)
    root = logging.getLogger()
    EAR.setFormatter(root.handlers[0].formatter)
    root.handlers[:] = [EAR]


@pytest.fixture(autouse=True)
def log_watch() -> Iterator[None]:
    """Fail the test in which the log gives away what somebody wrote."""
    if EAR not in logging.getLogger().handlers or not structlog.is_configured():
        attach()
    EAR.said.clear()
    yield
    found = EAR.overheard()
    assert not found, "the log gives away what people wrote:\n" + "\n".join(found[:5])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run for what was logged after its last test."""
    if EAR.overheard():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
