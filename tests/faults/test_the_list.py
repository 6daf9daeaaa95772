"""The list of calls that are made to fail is the list of calls that the bot makes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from telegram import Bot

from tests.faults.conftest import Stage
from tests.faults.kinds import METHODS, TALKING
from tests.faults.test_talking import CASES

ROOT = Path(__file__).parents[2]
OF_THE_LIBRARY = {"initialize": "getMe", "answer": "answerCallbackQuery"}
"""Helpers of the library that call a method of another name."""
IN_AN_ADDRESS = re.compile(r"^/(get\w+)\?$")
"""A method whose answer is read without the library's help."""
NO_METHODS = {"close", "initialize", "shutdown"}


def test_every_call_in_the_source_is_in_the_list() -> None:
    assert set(calls_in_the_source()) == METHODS


def test_every_call_that_is_a_reply_has_a_case() -> None:
    assert set(CASES) == set(TALKING)


def test_a_bot_at_work_calls_nothing_else(stage: Stage) -> None:
    stage.anna.send("/score petrov")
    stage.olga.send("/team")
    for label in ("Quarter", "Export"):
        stage.olga.tap(label)
    found = stage.centre.far.get("calls")
    assert isinstance(found, list)
    assert {str(one["method"]) for one in found} <= METHODS


def calls_in_the_source() -> Iterator[str]:
    """Yield the Bot API's name of each method that our own modules name."""
    ours = [*(ROOT / "bot").glob("*.py"), *(ROOT / "handlers").rglob("*.py")]
    for file in ours:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant):
                yield from IN_AN_ADDRESS.findall(str(node.value))
            if not isinstance(node, ast.Attribute):
                continue
            if node.attr in OF_THE_LIBRARY and _owner(node) in {"bot", "sender", "query"}:
                yield OF_THE_LIBRARY[node.attr]
            elif node.attr not in NO_METHODS and _is_method(node.attr) and _owner(node) != "":
                yield _camel(node.attr)


def _owner(node: ast.Attribute) -> str:
    """Return the name to which the attribute belongs, such as ``bot`` in ``turn.bot.send``."""
    value = node.value
    name = value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")
    return str(name).lstrip("_")


def _is_method(name: str) -> bool:
    return name.startswith(
        ("send_", "edit_", "answer_", "delete_", "get_", "set_", "copy_", "forward_", "pin_")
    ) and hasattr(Bot, name)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(one.capitalize() for one in rest)
