"""The same limits for files that the command line is given."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot import tasks
from bot.settings import Settings
from bot.tasks import TaskError
from handlers.tables.limits import LARGE
from tests.files.catalogue import SCORECARDS, TABLES, WORKBOOKS
from tests.kept import Kept

Import = Callable[[Settings, Path], Awaitable[tasks.Report]]


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings of a machine without a token, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return Settings(database_url=sqlite_url)


@pytest.mark.parametrize("command", [tasks.import_people, tasks.import_contacts, tasks.import_kpi])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", TABLES["half a letter of UTF-16"]),
        ("a.csv", TABLES["millions of cells in a line"]),
        ("a.csv", TABLES["a hundred unknown columns"]),
        ("a.xlsx", WORKBOOKS["a billion laughs"]),
        ("a.xlsx", WORKBOOKS["a part of zeros"]),
    ],
)
async def test_a_broken_table_is_told_in_a_sentence(
    settings: Settings,
    tmp_path: Path,
    command: Import,
    name: str,
    content: Callable[[], bytes],
) -> None:
    file = tmp_path / name
    file.write_bytes(content())
    kept = Kept(str(tmp_path / "etalon.db"))
    with pytest.raises(TaskError) as refused:
        await command(settings, file)
    assert "\n" not in str(refused.value)
    assert not kept.changed()
    kept.close()


@pytest.mark.parametrize("name", ["a billion laughs", "tens of thousands of keys"])
async def test_a_broken_scorecard_is_told_too(
    settings: Settings, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "card.yaml"
    file.write_bytes(SCORECARDS[name]())
    report = await tasks.import_scorecard(settings, file)
    assert not report.good
    assert all("\n" not in line for line in report.lines)


async def test_a_scorecard_in_another_encoding_is_told_too(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "card.yaml"
    file.write_bytes(SCORECARDS["UTF-16"]())
    with pytest.raises(TaskError, match="only as UTF-8"):
        await tasks.import_scorecard(settings, file)


async def test_a_folder_and_what_never_ends_are_no_files(
    settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(TaskError, match="cannot be read"):
        await tasks.import_people(settings, tmp_path)
    with pytest.raises(TaskError, match="too big: at most 20 MB"):
        await tasks.import_people(settings, Path("/dev/zero"))
    (tmp_path / "big.csv").write_bytes(b"x" * (LARGE.size + 1))
    with pytest.raises(TaskError, match="too big"):
        await tasks.import_contacts(settings, tmp_path / "big.csv")
