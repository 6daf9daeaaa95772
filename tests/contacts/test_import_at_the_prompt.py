"""``etalon import contacts FILE``: the same import, without a chat."""

from pathlib import Path

import pytest

from bot import tasks
from bot.settings import Settings
from tests.contacts.files import csv_of, row


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings of a machine without a token, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return Settings(database_url=sqlite_url)


async def test_contacts_come_in_and_rejected_rows_are_told(
    settings: Settings, tmp_path: Path
) -> None:
    people, contacts = tmp_path / "people.csv", tmp_path / "contacts.csv"
    people.write_text("name,roles\nIvan Petrov,agent\n")
    contacts.write_bytes(csv_of(row(), row(reference="2", channel="fax")))
    await tasks.import_people(settings, people)
    report = await tasks.import_contacts(settings, contacts)
    assert not report.good
    assert report.lines == (
        "row 3: I know no channel “fax”: it is one of call, chat, email, social.",
        "1 added, 0 changed, 0 the same, 1 rejected.",
    )
    contacts.write_bytes(csv_of(row()))
    again = await tasks.import_contacts(settings, contacts)
    assert again == tasks.Report(("0 added, 0 changed, 1 the same, 0 rejected.",))
