"""What a former configuration, a wrong clock or a stop in the middle must not leave behind."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.check import check
from bot.settings import load_settings
from handlers.contacts import contacts_import
from handlers.contacts.contact_refusals import CutShort
from handlers.privacy import retaining
from handlers.turn import Services
from handlers.words import words
from scoring.roles import Role
from storage import ahead, appointments, audit, contacts_bulk, people
from storage.audit import Action
from storage.database import Transaction
from storage.tables import AuditEntryRow, EvaluationRow
from tests.contacts.files import csv_of, row
from tests.reports.cases import Desk
from tests.story import ADMIN_ID, MONDAY, Centre


async def is_admin(tx: Transaction) -> bool:
    person = await people.by_telegram_id(tx, ADMIN_ID)
    return person is not None and person.is_a(Role.ADMIN)


async def withdrawn(tx: Transaction) -> int:
    return await appointments.withdraw(tx, [], audit.program(MONDAY))


def test_whom_the_configuration_names_no_more_is_no_admin_any_more(centre: Centre) -> None:
    centre.admin.send("/people")
    centre.hire("Olha Second", "admin")
    assert centre.write(withdrawn) == 1
    assert not centre.read(is_admin)


def test_the_last_admin_stays_one(centre: Centre) -> None:
    centre.admin.send("/people")
    assert centre.write(withdrawn) == 0
    assert centre.read(is_admin)


def test_check_says_so_of_the_last_admin(
    centre: Centre, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    centre.admin.send("/people")
    centre.stop()
    monkeypatch.chdir(tmp_path)
    url = centre.db.url.render_as_string()
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", centre.sandbox.token)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:1")

    async def look(_services: Services) -> list[str]:
        return [one.text for one in await check(load_settings())]

    assert any(f"ADMIN_IDS names {ADMIN_ID} no more" in one for one in centre.run(look))
    centre.start()


def test_an_evaluation_dated_a_year_ahead_comes_back_into_the_reports(centre: Centre) -> None:
    ivan = centre.hire("Ivan Petrov", "agent", team="Support")
    Desk(centre).evaluate(ivan, "yyy", at=MONDAY)

    async def later(tx: Transaction) -> None:
        late = MONDAY + dt.timedelta(days=365)
        await tx.execute(update(EvaluationRow).values(submitted_at=late))

    async def submitted(tx: Transaction) -> dt.datetime:
        found: dt.datetime = (await tx.execute(select(EvaluationRow.submitted_at))).scalar_one()
        return found

    async def tidied(services: Services) -> None:
        async with services.db.writing() as tx:
            assert await ahead.count(tx, services.clock()) == 1
            await retaining.tidy(services, tx)
            assert await ahead.count(tx, services.clock()) == 0

    centre.write(later)
    centre.run(tidied)
    assert centre.read(submitted) <= centre.clock()


def test_an_import_that_is_cut_short_says_how_far_it_came_and_is_audited(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre.hire("Ivan Petrov", "agent", team="Support")
    monkeypatch.setattr(contacts_bulk, "CHUNK", 2)
    content = csv_of(*(row(reference=f"R{number}") for number in range(5)))

    async def import_until(services: Services) -> str:
        done = 0

        async def progress(stored: int, _total: int) -> None:
            nonlocal done
            done = stored
            Path(services.db.url.database or "").unlink()  # noqa: ASYNC240

        with pytest.raises(CutShort) as cut:
            await contacts_import.import_contacts(
                services, "contacts.csv", content, t=words("en"), progress=progress
            )
        assert done == 2
        return words("en")(cut.value.sentence, **cut.value.values)

    async def imports(tx: Transaction) -> list[str]:
        wanted = select(AuditEntryRow.details).where(AuditEntryRow.action == Action.IMPORTED)
        return list((await tx.execute(wanted)).scalars())

    said = centre.run(import_until)
    assert said.startswith("I could save the first 2 of 5 rows")
    assert [one for one in centre.read(imports) if '"added":2' in one]
