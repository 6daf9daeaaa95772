"""Logs: one line an event, and no secrets in any."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import configure
from bot.settings import LogFormat, LogLevel

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"  # noqa: S105  nobody's


@pytest.fixture(autouse=True)
def logging_restored() -> Iterator[None]:
    """Put logging back as the test found it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    before = structlog.get_config()
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)


@pytest.mark.parametrize("style", LogFormat)
def test_a_token_is_masked_whoever_logs_it(
    style: LogFormat, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(LogLevel.INFO, style)
    structlog.get_logger("bot").info("called", url=f"https://api.telegram.org/bot{TOKEN}/getMe")
    logging.getLogger("some.library").error("failed with %s", TOKEN, exc_info=ValueError(TOKEN))
    said = capsys.readouterr().err
    assert "called" in said
    assert "failed with" in said
    assert "ValueError" in said
    assert TOKEN not in said


def test_json_lines_can_be_read_by_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    configure(LogLevel.INFO, LogFormat.JSON)
    structlog.get_logger("bot").warning("полезно", update=5)
    logging.getLogger("uvicorn.error").error("plain %s", "text")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [one["event"] for one in lines] == ["полезно", "plain text"]
    assert lines[0]["update"] == 5
    assert lines[1]["level"] == "error"


def test_below_the_level_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    configure(LogLevel.WARNING, LogFormat.TEXT)
    structlog.get_logger("bot").info("chatter")
    logging.getLogger("anything").info("chatter")
    assert capsys.readouterr().err == ""


WRITTEN = "I hate my boss"


def parsed(text: str) -> int:
    return int(text)


@pytest.mark.parametrize("style", LogFormat)
def test_an_error_is_told_without_what_it_quotes(
    style: LogFormat, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(LogLevel.DEBUG, style)
    try:
        parsed(WRITTEN)
    except ValueError as error:
        structlog.get_logger("bot").error("failed", exc_info=error)
        structlog.get_logger("bot").exception("again")
        logging.getLogger("some.library").exception("and again")
        cause = RuntimeError(WRITTEN)
        cause.__cause__ = error
        logging.getLogger("some.library").exception("with a cause", exc_info=cause)
        several = ExceptionGroup(WRITTEN, [error])
        logging.getLogger("some.library").exception("several", exc_info=several)
    said = capsys.readouterr().err
    assert said.count("ValueError") == 5
    assert said.count("RuntimeError") == 1
    assert "return int(text)" in said
    assert "boss" not in said


def test_a_forgotten_tasks_error_is_told_by_its_first_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure(LogLevel.DEBUG, LogFormat.TEXT)
    words = "Task exception was never retrieved\nfuture: <Task exception=ValueError('my boss')>"
    logging.getLogger("asyncio").error(words)
    said = capsys.readouterr().err
    assert "never retrieved" in said
    assert "boss" not in said


def test_libraries_do_not_tell_what_they_read_and_send(capsys: pytest.CaptureFixture[str]) -> None:
    configure(LogLevel.DEBUG, LogFormat.TEXT)
    for name in ("sqlalchemy.engine.Engine", "httpcore.http11", "httpx", "aiosqlite"):
        logging.getLogger(name).info("Row ('my boss',)")
    assert capsys.readouterr().err == ""
