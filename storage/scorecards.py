"""Scorecards: publications that never change, and files that wait to be published."""

import datetime as dt
import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, RowMapping, delete, func, insert, select, update

from scoring.scorecard import Channel, Scorecard
from scoring.scorecard_data import canonical_json, from_data
from storage import locks
from storage.database import Transaction
from storage.tables import ScorecardRow, ScorecardUploadRow, ScorecardVersionRow


@dataclass(frozen=True, slots=True)
class Published:
    """One immutable version of a scorecard."""

    id: int
    key: str
    version: int
    scorecard: Scorecard
    published_at: dt.datetime


class Shelf:
    """Published versions by id, read once: they never change, so nothing here goes stale."""

    def __init__(self) -> None:
        self._versions: dict[int, Published] = {}

    async def get(self, tx: Transaction, version_id: int) -> Published:
        """Return that version; raise ``KeyError`` where there is none."""
        if version_id not in self._versions:
            wanted = select(ScorecardVersionRow.__table__).where(
                ScorecardVersionRow.id == version_id
            )
            row = (await tx.execute(wanted)).mappings().first()
            if row is None:
                raise KeyError(version_id)
            self._versions[version_id] = _published(row)
        return self._versions[version_id]


async def current(tx: Transaction, shelf: Shelf) -> list[Published]:
    """Return the newest version of every scorecard that is not retired, by key."""
    return await _newest(tx, shelf, ScorecardRow.retired_at.is_(None))


async def retired(tx: Transaction, shelf: Shelf) -> list[Published]:
    """Return the newest version of every scorecard that is offered no more, by key."""
    return await _newest(tx, shelf, ScorecardRow.retired_at.is_not(None))


async def _newest(tx: Transaction, shelf: Shelf, condition: ColumnElement[bool]) -> list[Published]:
    newest = (
        select(func.max(ScorecardVersionRow.id))
        .join(ScorecardRow, ScorecardRow.key == ScorecardVersionRow.key)
        .where(condition)
        .group_by(ScorecardVersionRow.key)
        .order_by(ScorecardVersionRow.key)
    )
    ids = (await tx.execute(newest)).scalars().all()
    return [await shelf.get(tx, version_id) for version_id in ids]


async def for_channel(tx: Transaction, shelf: Shelf, channel: Channel) -> list[Published]:
    """Return the current versions that contacts of *channel* are scored by."""
    return [one for one in await current(tx, shelf) if channel in one.scorecard.channels]


async def latest(tx: Transaction, shelf: Shelf, key: str) -> Published | None:
    """Return the newest version of scorecard *key*, retired or not, or ``None``."""
    version_id = await _newest_id(tx, key)
    return await shelf.get(tx, version_id) if version_id else None


async def are_there(tx: Transaction, keys: Collection[str]) -> bool:
    """Return whether something was published under every one of *keys*."""
    wanted = select(ScorecardVersionRow.key).where(ScorecardVersionRow.key.in_(keys)).distinct()
    return set((await tx.execute(wanted)).scalars()) == set(keys)


async def publish(
    tx: Transaction, scorecard: Scorecard, now: dt.datetime, *, by: int | None = None
) -> tuple[int, bool]:
    """Publish *scorecard* and return its version's id and whether that is a new one.

    The same content as the newest version is not published twice; publishing brings a retired
    scorecard back.
    """
    content = canonical_json(scorecard)
    digest = hashlib.sha256(content.encode()).hexdigest()
    await locks.alone(tx, _lock(scorecard.key))
    await _ensure_key(tx, scorecard.key)
    rows = select(
        ScorecardVersionRow.id, ScorecardVersionRow.version, ScorecardVersionRow.content_hash
    ).where(ScorecardVersionRow.key == scorecard.key)
    newest = (await tx.execute(rows.order_by(ScorecardVersionRow.version.desc()))).first()
    if newest is not None and newest.content_hash == digest:
        return newest.id, False
    row = insert(ScorecardVersionRow).values(
        key=scorecard.key,
        version=1 if newest is None else newest.version + 1,
        content=content,
        content_hash=digest,
        published_at=now,
        published_by=by,
    )
    return (await tx.execute(row.returning(ScorecardVersionRow.id))).scalar_one(), True


async def retire(tx: Transaction, key: str, now: dt.datetime) -> None:
    """Offer the scorecard no more; what was scored by it stays."""
    await tx.execute(update(ScorecardRow).where(ScorecardRow.key == key).values(retired_at=now))


async def bring_back(tx: Transaction, key: str) -> None:
    """Offer a retired scorecard again."""
    await tx.execute(update(ScorecardRow).where(ScorecardRow.key == key).values(retired_at=None))


async def is_retired(tx: Transaction, key: str) -> bool:
    """Return whether scorecard *key* is offered no more; one that never was is not retired."""
    wanted = select(ScorecardRow.retired_at).where(ScorecardRow.key == key)
    return (await tx.execute(wanted)).scalar_one_or_none() is not None


async def keep_upload(
    tx: Transaction, scorecard: Scorecard, now: dt.datetime, *, by: int | None
) -> int:
    """Keep a valid file until its Publish button is pressed; return the upload's id."""
    row = insert(ScorecardUploadRow).values(
        content=canonical_json(scorecard), uploaded_by=by, uploaded_at=now
    )
    return (await tx.execute(row.returning(ScorecardUploadRow.id))).scalar_one()


async def upload(tx: Transaction, upload_id: int) -> tuple[Scorecard, int | None] | None:
    """Return the kept scorecard and the version it was published as, if it was; or ``None``."""
    wanted = select(ScorecardUploadRow.content, ScorecardUploadRow.version_id)
    found = (await tx.execute(wanted.where(ScorecardUploadRow.id == upload_id))).first()
    if found is None:
        return None
    return from_data(json.loads(found.content)), found.version_id


async def drop_upload(tx: Transaction, upload_id: int) -> None:
    """Forget a kept file; one that was published stays."""
    waiting = (ScorecardUploadRow.id == upload_id, ScorecardUploadRow.version_id.is_(None))
    await tx.execute(delete(ScorecardUploadRow).where(*waiting))


async def publish_upload(
    tx: Transaction, upload_id: int, now: dt.datetime, *, by: int, base: int
) -> Published | None:
    """Publish a kept file and return its version.

    ``None``, changing nothing, where there is no such file, or where the newest version is not the
    one with the id *base* (0: there is none yet) that the file was compared with.
    """
    kept = await upload(tx, upload_id)
    if kept is None:
        return None
    await locks.alone(tx, _lock(kept[0].key))
    if (await _newest_id(tx, kept[0].key) or 0) != base:
        return None
    version_id, _ = await publish(tx, kept[0], now, by=by)
    values = {"version_id": version_id}
    await tx.execute(
        update(ScorecardUploadRow).where(ScorecardUploadRow.id == upload_id).values(values)
    )
    return await Shelf().get(tx, version_id)


def _lock(key: str) -> str:
    """Return the name under which publications of one scorecard wait for each other."""
    return f"scorecard:{key}"


async def _newest_id(tx: Transaction, key: str) -> int | None:
    newest = select(func.max(ScorecardVersionRow.id)).where(ScorecardVersionRow.key == key)
    return (await tx.execute(newest)).scalar()


async def _ensure_key(tx: Transaction, key: str) -> None:
    known = (await tx.execute(select(ScorecardRow.key).where(ScorecardRow.key == key))).first()
    if known is None:
        await tx.execute(insert(ScorecardRow).values(key=key))
    else:
        values = {"retired_at": None}
        await tx.execute(update(ScorecardRow).where(ScorecardRow.key == key).values(values))


def _published(row: RowMapping) -> Published:
    return Published(
        id=row["id"],
        key=row["key"],
        version=row["version"],
        scorecard=from_data(json.loads(row["content"])),
        published_at=row["published_at"],
    )
