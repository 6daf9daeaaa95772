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
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


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
