"""`etalon import kpi FILE`: figures of anybody, a line per rejected row."""

from pathlib import Path

import pytest

from bot import tasks
from bot.settings import Settings, load_settings
from tests.kpi.cases import HEADER, rows

PEOPLE = "name,roles,team\nIvan Petrov,agent,Support\nMaria Sydorenko,agent,Sales\n"


@pytest.fixture
async def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_url: str) -> Settings:
    """The settings of a sandbox with two agents, in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    settings = load_settings()
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE)
    await tasks.import_people(settings, people)
    return settings


async def test_figures_of_any_team_are_imported_once(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "kpi.csv"
    content = rows("Ivan Petrov", "csat", "2025-10", [90, 91])
    file.write_text(HEADER + content + rows("Maria Sydorenko", "csat", "2025-10", [92]))
    report = await tasks.import_kpi(settings, file)
    assert report == tasks.Report(("3 added, 0 changed, 0 the same, 0 rejected.",))
    again = await tasks.import_kpi(settings, file)
    assert again.lines == ("0 added, 0 changed, 3 the same, 0 rejected.",)


async def test_rejected_rows_are_told_by_number_and_make_it_fail(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "kpi.csv"
    bad = "Nobody There,2025-10-01,csat,90\nIvan Petrov,2199-10-01,csat,90\n"
    file.write_text(HEADER + bad + rows("Ivan Petrov", "csat", "2025-10", [90]))
    report = await tasks.import_kpi(settings, file)
    assert report.lines == (
        "row 2: I know no agent “Nobody There”.",
        "row 3: 2199-10-01 has not come yet.",
        "1 added, 0 changed, 0 the same, 2 rejected.",
    )
    assert not report.good


async def test_another_table_is_refused_with_the_columns_there_are(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "kpi.csv"
    file.write_text("name,roles\nIvan Petrov,agent\n")
    with pytest.raises(tasks.TaskError, match="agent, date, metric, value"):
        await tasks.import_kpi(settings, file)
