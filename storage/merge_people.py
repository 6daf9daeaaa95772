"""Merging somebody who was entered twice, and taking that back by the record of it."""

import datetime as dt
from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, func, select, update

from scoring.names import name_key
from scoring.scorecard import Channel
from storage import aliases, contacts, evaluations, invitations, merging, people
from storage.audit import Detail
from storage.database import Transaction
from storage.merge_rules import PEOPLE
from storage.merging import Record
from storage.people import Person
from storage.tables import (
    ContactRow,
    DisputeRow,
    EvaluationRow,
    InvitationRow,
    KpiFigureRow,
    PersonAliasRow,
    PersonRow,
)

PASSED_ON = "disputes.passed_on"
FIGURES = "kpi_figures.aside"
ALIAS, KEY, ACCOUNT, LANGUAGE, ZONE = "alias", "key", "account", "language", "zone"
ACTIVE = "active"
INTO = "into"


async def preview(tx: Transaction, kept: int, dropped: int) -> dict[str, int]:
    """Return how many rows of each column would move, by table and column."""
    return await merging.count(tx, PEOPLE, kept, dropped)


async def merge(
    tx: Transaction, kept: Person, dropped: Person, now: dt.datetime
) -> dict[str, Detail]:
    """Make *dropped* a second entry of *kept* and return the record by which ``undo`` works.

    Whoever may not be merged has to be refused before. The dropped name becomes an alias, and what
    the kept one lacks is taken over: key, Telegram account, language, time zone.
    """
    await invitations.revoke(tx, dropped.id, now)
    record = await merging.move(tx, PEOPLE, kept.id, dropped.id)
    record |= await _leave_figures(tx, dropped.id)
    record |= await _passed_on(tx, kept.id, dropped.id)
    await _identify(tx, record, kept.id)
    await _recount(tx, record, kept.id)
    record |= await _take_over(tx, kept, dropped)
    if ACCOUNT in record:
        # They come in by the account that is there.
        await invitations.revoke(tx, kept.id, now)
    return record | {INTO: kept.id, ACTIVE: dropped.active}


async def undo(
    tx: Transaction, record: Record, kept: Person, dropped: Person, merged_at: dt.datetime
) -> None:
    """Make *dropped* an entry of its own again, with what *record* says was theirs.

    Whatever speaks against it has to be refused before (``merging.contradicted``). What came after
    the merging stays with *kept*.
    """
    await merging.move_back(tx, PEOPLE, record, kept.id, dropped.id)
    await _back_to_figures(tx, record, dropped.id)
    await _pass_back(tx, record, kept.id, dropped.id)
    await _identify(tx, record, dropped.id)
    await _recount(tx, record, kept.id)
    await _recount(tx, record, dropped.id)
    await _give_back(tx, record, kept, dropped, merged_at)


async def _take_over(tx: Transaction, kept: Person, dropped: Person) -> dict[str, Detail]:
    record: dict[str, Detail] = {}
    known = {name_key(kept.name)}
    known |= {name_key(one.alias) for one in await aliases.of_person(tx, kept.id)}
    if name_key(dropped.name) not in known:
        await aliases.add(tx, kept.id, dropped.name)
        record[ALIAS] = await _alias(tx, kept.id, dropped.name)
    values: dict[str, object] = {}
    left: dict[str, object] = {"active": False, "merged_into": kept.id}
    # The key as it was written stays with the dropped row, so that it can be given back.
    left["external_key_folded"] = None
    if dropped.external_key is not None and kept.external_key is None:
        values |= people.external_keys(dropped.external_key)
        record[KEY] = True
    elif dropped.external_key is not None:
        await aliases.add(tx, kept.id, dropped.external_key)
        record[f"{ALIAS}.{KEY}"] = await _alias(tx, kept.id, dropped.external_key)
    if dropped.telegram_id is not None and kept.telegram_id is None:
        left["telegram_id"] = None
        values |= {"telegram_id": dropped.telegram_id, "unreachable_since": None}
        record[ACCOUNT] = True
    for field, name in (("language", LANGUAGE), ("timezone", ZONE)):
        value = getattr(dropped, field)
        if value is not None and getattr(kept, field) is None:
            values[field] = value
            record[name] = True
    await _set(tx, dropped.id, left)
    if values:
        await _set(tx, kept.id, values)
    return record


async def _give_back(
    tx: Transaction, record: Record, kept: Person, dropped: Person, merged_at: dt.datetime
) -> None:
    values: dict[str, object] = {"active": record.get(ACTIVE) is not False, "merged_into": None}
    taken: dict[str, object] = {}
    free = dropped.external_key is not None
    if record.get(KEY) and kept.external_key == dropped.external_key:
        taken |= people.external_keys(None)
    elif free and dropped.external_key is not None:
        holder = await people.by_external_key(tx, dropped.external_key)
        free = holder is None
    # Whoever has opened a link since has brought an account of their own.
    links = (InvitationRow.person_id == kept.id, InvitationRow.used_at > merged_at)
    opened = (await tx.execute(select(InvitationRow.id).where(*links).limit(1))).first()
    if record.get(ACCOUNT) and kept.telegram_id is not None and opened is None:
        taken["telegram_id"] = None
        values["telegram_id"] = kept.telegram_id
    for field, name in (("language", LANGUAGE), ("timezone", ZONE)):
        if record.get(name) and getattr(kept, field) == getattr(dropped, field):
            taken[field] = None
    for name in (ALIAS, f"{ALIAS}.{KEY}"):
        number = record.get(name)
        if isinstance(number, int):
            await aliases.remove(tx, kept.id, number)
    if taken:
        await _set(tx, kept.id, taken)
    values |= people.external_keys(dropped.external_key if free else None)
    if not free:
        values["external_key"] = None
    await _set(tx, dropped.id, values)


async def _alias(tx: Transaction, person_id: int, alias: str) -> int:
    wanted = select(func.max(PersonAliasRow.id)).where(
        PersonAliasRow.person_id == person_id, PersonAliasRow.name_key == name_key(alias)
    )
    return (await tx.execute(wanted)).scalar_one()


async def _set(tx: Transaction, person_id: int, values: Mapping[str, object]) -> None:
    await tx.execute(update(PersonRow).where(PersonRow.id == person_id).values(dict(values)))


async def _leave_figures(tx: Transaction, dropped: int) -> dict[str, Detail]:
    """Take the figures of days that the kept one has figures of out of the team's."""
    theirs = (KpiFigureRow.agent_id == dropped, KpiFigureRow.team_id.is_not(None))
    kept = (KpiFigureRow.day, KpiFigureRow.metric, KpiFigureRow.team_id)
    rows = (await tx.execute(select(*kept).where(*theirs))).all()
    await tx.execute(update(KpiFigureRow).where(*theirs).values(team_id=None))
    return {FIGURES: merging.written(rows)} if rows else {}


async def _back_to_figures(tx: Transaction, record: Record, dropped: int) -> None:
    for word in merging.words_in(record.get(FIGURES)):
        day, metric, team = word.split(",")
        mine = (
            KpiFigureRow.agent_id == dropped,
            KpiFigureRow.day == dt.date.fromisoformat(day),
            KpiFigureRow.metric == metric,
        )
        await tx.execute(update(KpiFigureRow).where(*mine).values(team_id=int(team)))


async def _passed_on(tx: Transaction, kept: int, dropped: int) -> dict[str, Detail]:
    wanted = select(DisputeRow.id, DisputeRow.passed_on)
    rows = await tx.execute(wanted.where(DisputeRow.passed_on.contains(str(dropped))))
    changed = [row for row in rows if str(dropped) in row.passed_on.split()]
    for row in changed:
        await _rewrite(tx, row.id, row.passed_on, dropped, kept)
    return {PASSED_ON: merging.written([(row.id,) for row in changed])} if changed else {}


async def _pass_back(tx: Transaction, record: Record, kept: int, dropped: int) -> None:
    ids = numbers(record.get(PASSED_ON))
    wanted = select(DisputeRow.id, DisputeRow.passed_on).where(DisputeRow.id.in_(ids))
    for row in (await tx.execute(wanted)).all():
        await _rewrite(tx, row.id, row.passed_on or "", kept, dropped)


async def _rewrite(tx: Transaction, dispute: int, text: str, before: int, after: int) -> None:
    ids = [after if int(one) == before else int(one) for one in text.split()]
    values = {"passed_on": " ".join(str(one) for one in dict.fromkeys(ids)) or None}
    await tx.execute(update(DisputeRow).where(DisputeRow.id == dispute).values(values))


async def _identify(tx: Transaction, record: Record, agent: int) -> None:
    """Let the moved contacts be known again as *agent*'s, where *agent* has no such one."""
    columns = (ContactRow.id, ContactRow.channel, ContactRow.reference, ContactRow.started_at)
    for ids in _some(numbers(record.get("contacts.agent_id"))):
        mine = (ContactRow.id.in_(ids), ContactRow.agent_id == agent)
        rows = (await tx.execute(select(*columns).where(*mine).order_by(ContactRow.id))).all()
        for row in rows:
            key = contacts.identity(agent, Channel(row.channel), row.reference, row.started_at)
            if key is not None:
                taken = select(ContactRow.id).where(
                    ContactRow.identity == key, ContactRow.id != row.id
                )
                if (await tx.execute(taken)).first() is not None:
                    key = None
            await tx.execute(update(ContactRow).where(ContactRow.id == row.id).values(identity=key))


async def _recount(tx: Transaction, record: Record, agent: int) -> None:
    """Let each contact of the moved evaluations count once with *agent*."""
    for ids in _some(numbers(record.get("evaluations.agent_id"))):
        mine: ColumnElement[bool] = EvaluationRow.id.in_(ids)
        theirs = select(EvaluationRow.contact_id).where(mine)
        parts = (
            select(EvaluationRow.contact_id)
            .where(EvaluationRow.contact_id.in_(theirs), EvaluationRow.agent_id == agent)
            .distinct()
        )
        for contact in (await tx.execute(parts)).scalars().all():
            await evaluations.recount(tx, contact, agent)


def numbers(detail: Detail) -> list[int]:
    """Return the numbers that an entry of a record stands for."""
    found: list[int] = []
    for word in merging.words_in(detail):
        first, _, last = word.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def _some(ids: Collection[int]) -> list[list[int]]:
    every = list(ids)
    return [every[at : at + 500] for at in range(0, len(every), 500)]
