"""``etalon restore``: bringing back a copy without bringing back what was erased or given away."""

import asyncio
import contextlib
import os
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from bot.running import prepare, utc_now
from bot.settings import Settings, managed_database_url
from bot.tasks import Report, TaskError
from handlers.privacy import replaying
from handlers.turn import Services
from storage import backup, diagnosis, restoring
from storage.audit import Entry
from storage.backup import BackupError
from storage.database import Database
from storage.restoring import Lost
from storage.scorecards import Shelf
from storage.trouble import StorageUnavailableError

AROUND = ("", "-wal", "-shm")
NEW, OLD = ".restoring", ".replaced"


async def restore(
    settings: Settings, copy: Path, *, before: str = "", acts: Sequence[Path] = ()
) -> Report:
    """Put *copy* in the database's place and close what it would open again.

    *before* is the URL of the database that a PostgreSQL copy replaces; SQLite's is the file whose
    place it takes. *acts* are documents of erasures for the case that it cannot be read.
    """
    documents = [_act(file) for file in acts]
    url = managed_database_url(settings)
    file = _file_of(url)
    try:
        if file is None:
            await backup.load_dump(url, copy)
            return await _settled(settings, url, await _lost(before, url), documents)
        return await _restore_file(settings, copy, file, documents)
    except (BackupError, StorageUnavailableError) as error:
        raise TaskError(f"Nothing was restored: {error}") from error
    except OSError as error:
        raise TaskError(f"Nothing was restored: {error.filename}: {error.strerror}.") from error


def _file_of(url: str) -> Path | None:
    database = Database(url)
    return database.file.file


def _act(file: Path) -> Entry:
    try:
        return replaying.read_act(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise TaskError(f"{file} cannot be read: {error.strerror}.") from error
    except ValueError:
        raise TaskError(f"{file} is no act of erasure as Etalon made it.") from None


async def _restore_file(
    settings: Settings, copy: Path, file: Path, documents: Sequence[Entry]
) -> Report:
    await asyncio.to_thread(_expect_good, copy)
    await asyncio.to_thread(_expect_alone, file)
    new = file.with_name(file.name + NEW)
    await asyncio.to_thread(_copied, copy, new)
    try:
        url = f"sqlite+aiosqlite:///{new}"
        found = await diagnosis.diagnose(url)
        if found.trouble is not None:
            raise TaskError(f"Nothing was restored: {found.trouble}")
        lost = await _lost(f"sqlite+aiosqlite:///{file}", url)
        report = await _settled(settings, url, lost, documents)
        await asyncio.to_thread(_closed, new)
        put_aside = await asyncio.to_thread(_swap, new, file)
    finally:
        for ending in AROUND:
            with contextlib.suppress(OSError):
                new.with_name(new.name + ending).unlink(missing_ok=True)
    kept = (
        (f"What it replaced is {put_aside}; delete it once nobody needs it.",) if put_aside else ()
    )
    return Report((*report.lines, *kept), good=report.good)


async def _settled(
    settings: Settings, url: str, lost: Lost | None, documents: Sequence[Entry]
) -> Report:
    """Close in the database at *url* what the copy has opened again, and tell what was done."""
    database = Database(url)
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
        async with database.writing() as tx:
            known = (lost or Lost()).joined(documents)
            head = await restoring.head(tx)
            acts = [one for one in known.acts if one.id > head]
            voided = await restoring.close_the_past(tx, services.clock())
            entry = await restoring.note_gap(tx, Lost(known.last, tuple(acts)), voided, utc_now())
            unnamed = await replaying.do_again(tx, services, acts)
    finally:
        await database.close()
    told = entry.told()
    lines = ["Restored. Start Etalon again."]
    if lost is not None and known.last is None:
        lines.append("Nothing in the audit log came after the copy.")
    elif told["lost_hash"] == "unknown":
        lines.append("How many entries of the audit log came after the copy is not known.")
    else:
        lines.append(
            f"Entries {told['from']} to {told['to']} of the audit log are lost; it says so."
        )
    lines.append(f"Erasures and closed doors done again: {len(acts) - len(unnamed)}.")
    lines.append(f"Invitations that no longer work: {voided}; /people makes new ones.")
    lines += [
        f"Act {one} names no contacts: erase that customer anew with /forget." for one in unnamed
    ]
    if lost is None:
        lines.append(
            "The replaced database could not be read. Erasures after the copy come back "
            "unless their acts are given: etalon restore FILE --act erasure-12.html"
        )
    return Report(tuple(lines), good=lost is not None and not unnamed)


async def _lost(replaced: str, copy: str) -> Lost | None:
    """Return what came after the copy; ``None`` where the replaced database cannot be read."""
    if not replaced:
        return None
    found = await diagnosis.diagnose(replaced)
    if found.trouble is not None or not found.exists:
        return None
    new, old = Database(copy), Database(replaced)
    try:
        async with new.reading() as tx:
            head = await restoring.head(tx)
        return await restoring.lost_since(old, head)
    except StorageUnavailableError:
        return None
    finally:
        await new.close()
        await old.close()


def _expect_good(copy: Path) -> None:
    if not copy.is_file():
        raise BackupError(f"there is no file {copy}.")
    with contextlib.closing(
        sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)
    ) as opened:
        complaint = backup.complaint_about(opened)
    if complaint is not None:
        raise BackupError(f"{copy} is no good copy ({complaint}).")


def _expect_alone(file: Path) -> None:
    """Refuse while anybody has the file open: they would go on in what was replaced."""
    if not file.exists():
        return
    with contextlib.closing(sqlite3.connect(file, timeout=0.5)) as opened:
        try:
            opened.execute("PRAGMA journal_mode=DELETE").fetchone()
        except sqlite3.OperationalError as error:
            raise BackupError("Etalon is running; stop it first.") from error
        except sqlite3.DatabaseError:
            return  # it is damaged, which is why a copy is wanted


def _copied(copy: Path, new: Path) -> None:
    for ending in AROUND:
        new.with_name(new.name + ending).unlink(missing_ok=True)
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, backup.ONLY_OWNER))
    shutil.copyfile(copy, new)


def _closed(new: Path) -> None:
    """Bring all that was written into the file itself."""
    with contextlib.closing(sqlite3.connect(new)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE").fetchone()
        complaint = backup.complaint_about(opened)
    if complaint is not None:
        raise BackupError(f"the copy did not survive ({complaint}).")


def _swap(new: Path, file: Path) -> Path | None:
    """Put *new* in the place of *file* and return where that went."""
    aside = None
    if file.exists():
        stamp = utc_now().strftime("%Y-%m-%dT%H%M%S")
        aside = file.with_name(f"{file.name}{OLD}-{stamp}")
        for ending in AROUND:
            beside = file.with_name(file.name + ending)
            if beside.exists():
                beside.rename(aside.with_name(aside.name + ending))
    new.replace(file)
    return aside
