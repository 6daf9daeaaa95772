"""What the command line does besides running the bot: one function a command, and its report."""

import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from telegram.error import TelegramError

from bot.application import Connection
from bot.running import prepare, utc_now
from bot.schedules import UnknownJobError, synchronise
from bot.schedules import run_job as run_due_job
from bot.settings import Settings, managed_database_url
from handlers.contacts import contacts_import
from handlers.kpi import kpi_import
from handlers.people import people_import
from handlers.refusals import Sorry, wording
from handlers.reports import export
from handlers.routes import jobs
from handlers.scorecards import scorecard_import
from handlers.tables.import_outcome import ImportOutcome
from handlers.tables.limits import LARGE, MEGABYTE
from handlers.turn import Services
from handlers.words import Words, words
from storage import audit, audit_reading, backup, schedules, teams
from storage.audit import Action, Subject, Thing
from storage.database import Database
from storage.diagnosis import diagnose
from storage.scorecards import Shelf
from storage.trouble import StorageUnavailableError

INVITES = "invites.csv"
ENDINGS = (".csv", ".xlsx")
ONLY_OWNER = 0o600


class TaskError(Exception):
    """The command could not be done; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Report:
    """Lines to print; ``good`` says whether everything was as asked."""

    lines: tuple[str, ...] = ()
    good: bool = True


async def migrate(settings: Settings) -> Report:
    """Bring the schema up to date."""
    async with opened_services(settings):
        return Report(("The schema is up to date.",))


async def import_people(settings: Settings, file: Path) -> Report:
    """Import people and write the links of those who have not joined to ``invites.csv``."""
    content = _read(file)
    link = await _link(settings)
    async with opened_services(settings) as services:
        t = _words()
        outcome = await people_import.import_people(
            services, file.name, content, by=None, link=link, t=t
        )
    lines = _told(outcome)
    invites = next((one for one in outcome.files if one.name == INVITES), None)
    if invites is not None:
        lines.append(f"Invitation links: {_write_new(Path(INVITES), invites.content)}")
    return Report(tuple(lines), good=not outcome.rejected)


async def import_contacts(settings: Settings, file: Path) -> Report:
    """Import contacts into the journal."""
    content = _read(file)
    async with opened_services(settings) as services:
        outcome = await contacts_import.import_contacts(services, file.name, content, t=_words())
    return Report(tuple(_told(outcome)), good=not outcome.rejected)


async def import_kpi(settings: Settings, file: Path) -> Report:
    """Import daily figures of any agents."""
    content = _read(file)
    async with opened_services(settings) as services:
        outcome = await kpi_import.import_kpi(services, file.name, content, by=None, t=_words())
    return Report(tuple(_told(outcome)), good=not outcome.rejected)


async def import_scorecard(settings: Settings, file: Path) -> Report:
    """Publish the scorecard in the file, unless it is the newest version already."""
    content = _read(file)
    async with opened_services(settings) as services:
        outcome = await scorecard_import.import_scorecard(services, content, _words())
    if outcome.problems:
        return Report(outcome.problems, good=False)
    said = "published" if outcome.fresh else "published before; nothing has changed"
    return Report((f"{outcome.key}, version {outcome.version}: {said}.",))


async def export_evaluations(settings: Settings, file: Path) -> Report:
    """Write every evaluation, a row per answer, to a new file."""
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        raise TaskError(f"{file} must end in .csv or .xlsx.")
    async with opened_services(settings) as services:
        content = await export.export_evaluations(
            services, teams=None, window=None, ending=ending, t=_words()
        )
        actor, about = audit.program(services.clock()), Subject(Thing.FILE)
        async with services.db.writing() as tx:
            await audit.note(tx, actor, Action.EXPORTED, about, {"what": "evaluations"})
    _write(file, content)
    return Report((f"Written: {file}",))


async def verify_audit(settings: Settings) -> Report:
    """Say whether the audit log is as it was written, or which entry is the first that is not."""
    async with opened_services(settings) as services, services.db.reading() as tx:
        found = await audit_reading.verify(tx)
    lost = tuple(
        f"Entries {first} to {last} were lost when a copy was brought back."
        for first, last in found.gaps
    )
    if found.broken is None:
        holds = f"The audit log holds. Entries: {found.count}; last hash: {found.last}"
        return Report((holds, *lost))
    broken = f"The audit log is broken at entry {found.broken}; {found.count} before it hold."
    return Report((broken,), good=False)


async def list_jobs(settings: Settings) -> Report:
    """Return a line a job, and one for each team with when it is due next."""
    async with opened_services(settings) as services:
        await synchronise(services, jobs(), services.clock())
        async with services.db.reading() as tx:
            rows = await schedules.everything(tx)
            names = {team.id: team.name for team in await teams.everything(tx)}
    lines = []
    for job in jobs().values():
        lines.append(f"{job.name:<16} {job.about or job.rule}")
        lines += [
            f"{'':<16} {names[row.team_id]}: {row.rule}, next {row.next_due:%Y-%m-%d %H:%M} UTC"
            for row in rows
            if row.name == job.name
        ]
    return Report(tuple(lines))


async def run_job(settings: Settings, name: str, at: dt.datetime | None) -> Report:
    """Run a job's occurrence that is due at that moment, for every team, once."""
    async with opened_services(settings) as services:
        try:
            ran = await run_due_job(services, jobs(), name, at or services.clock())
        except UnknownJobError:
            known = ", ".join(jobs())
            raise TaskError(f"There is no job {name!r}; there are: {known}.") from None
    if not ran:
        return Report(("There is no team yet, so nothing is due.",))
    return Report(
        tuple(
            f"{one.job} {one.occurrence} {one.team}: {'run' if one.new else 'already run'}"
            for one in ran
        )
    )


async def back_up(settings: Settings, file: Path) -> Report:
    """Write a consistent copy of the database."""
    try:
        rows = await backup.backup(_url(settings), file)
    except backup.BackupError as error:
        raise TaskError(str(error)) from error
    except OSError as error:
        raise TaskError(f"{file} cannot be written: {error.strerror}.") from error
    return Report((f"Written: {file}", f"It was read through and holds every row: {rows}."))


@asynccontextmanager
async def opened_services(settings: Settings) -> AsyncIterator[Services]:
    """Open the database, brought up to date, for one task."""
    diagnosis = await diagnose(_url(settings))
    if diagnosis.trouble is not None:
        raise TaskError(diagnosis.trouble)
    database = Database(_url(settings))
    services = Services(
        db=database,
        shelf=Shelf(),
        clock=utc_now,
        admin_ids=settings.admin_ids,
        timezone=settings.timezone,
        language=settings.language,
    )
    try:
        await prepare(services)
        yield services
    except Sorry as sorry:
        raise TaskError(wording(_words(), sorry)) from sorry
    except StorageUnavailableError as error:
        raise TaskError(f"The database cannot be used just now ({error}).") from error
    finally:
        await database.close()


async def _link(settings: Settings) -> Callable[[str], str]:
    """Return what makes a token into a link; the bot's user name is asked of Telegram."""
    if settings.is_sandbox:
        from bot.sandbox import Sandbox  # noqa: PLC0415  only here is it needed

        name = str(Sandbox().world.bot["username"])
    else:
        bot = Connection(settings.token, settings.telegram_api_url).bot()
        try:
            await bot.initialize()
            name = bot.username
        except TelegramError as error:
            raise TaskError(
                f"The links need the bot's name, and Telegram did not tell it "
                f"({type(error).__name__}). Nothing was imported; run: etalon check"
            ) from error
        finally:
            await bot.shutdown()
    return lambda token: f"https://t.me/{name}?start={token}"


def _told(outcome: ImportOutcome) -> list[str]:
    """Return a line per rejected row, and how many rows did what."""
    lines = [f"row {one.row.number}: {one.reason}" for one in outcome.rejected]
    lines.append(
        f"{outcome.added} added, {outcome.changed} changed, {outcome.same} the same, "
        f"{len(outcome.rejected)} rejected."
    )
    return lines


def _url(settings: Settings) -> str:
    return managed_database_url(settings)


def _words() -> Words:
    """Return the language of the command line."""
    return words("en")


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGE.size + 1)
    except OSError as error:
        raise TaskError(f"{file} cannot be read: {error.strerror}.") from error
    if len(content) > LARGE.size:
        raise TaskError(f"{file} is too big: at most {LARGE.size // MEGABYTE} MB.")
    return content


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise TaskError(f"{file} cannot be written: {error.strerror}.") from error


def _write_new(wanted: Path, content: bytes) -> Path:
    """Write a file that only its owner can read, beside others of the name, not over them."""
    target, number = wanted, 2
    while target.exists():
        target = wanted.with_stem(f"{wanted.stem}-{number}")
        number += 1
    target.touch(mode=ONLY_OWNER)
    target.write_bytes(content)
    return target
