"""Every broken file, through the chat: one plain sentence, and nothing stored."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access.sentences import is_refusal
from tests.files.catalogue import SCORECARDS, TABLES, WORKBOOKS, Broken, everything
from tests.files.measure import TAKEN
from tests.kept import Kept
from tests.story import Centre, Person

MOST_GROWTH = 200
"""Megabytes, for all of the files together."""

LONGEST = 300.0
"""Seconds for all of them in a process of its own: it only keeps a test from hanging."""


@pytest.fixture(scope="module")
def story(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Person, Kept]]:
    """An admin, and what is stored."""
    file = tmp_path_factory.mktemp("files") / "etalon.db"
    shutil.copyfile(sqlite_template, file)
    centre = Centre(f"sqlite+aiosqlite:///{file}")
    admin = centre.admin
    kept = Kept(str(file))
    yield admin, kept
    kept.close()
    centre.close()


def sendable() -> list[Broken]:
    """Return all that can be sent: Telegram itself takes no file without a byte in it."""
    return [one for one in everything() if not one.kind.endswith(": nothing at all")]


def test_there_are_very_many_kinds() -> None:
    assert min(len(TABLES), len(WORKBOOKS)) >= 40
    assert len(SCORECARDS) >= 20


@pytest.mark.parametrize("broken", sendable(), ids=lambda broken: broken.kind)
def test_a_broken_file_is_told_in_a_sentence_and_nothing_is_stored(
    story: tuple[Person, Kept], broken: Broken
) -> None:
    admin, kept = story
    before = len(admin.messages)
    admin.upload(broken.name, broken.make())
    told = admin.messages[before:]
    assert len(told) == 1
    assert is_refusal(told[0].text) or is_about_a_scorecard(told[0].text), told[0].text
    assert not kept.changed()


def is_about_a_scorecard(text: str) -> bool:
    """Return whether it says how many mistakes a scorecard has, and which."""
    head, _, mistakes = text.partition("\n\n")
    return head.endswith("Nothing was stored.") and mistakes.startswith("Line ")


def test_all_of_them_take_little_memory(tmp_path: Path) -> None:
    for number, broken in enumerate(everything()):
        (tmp_path / f"{number:03}-{broken.name}").write_bytes(broken.make())
    done = subprocess.run(  # noqa: S603  a program of our own
        [sys.executable, "-m", "tests.files.measure", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert len(lines) == len(list(everything()))
    assert not [line for line in lines if line.endswith(TAKEN)]
    assert int(lines[-1].split()[2]) < MOST_GROWTH
