"""Making somebody who left anonymous: who they were goes, what was counted stays."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, func, or_, select, update

from scoring.goals import GoalState
from scoring.names import fold
from storage import aliases, drafts, erasure, people, people_uploads
from storage.database import Transaction
from storage.erasure import Counts
from storage.erasure_rules import ABOUT_THEM, BY_THEM, RULES, THEIRS
from storage.people import Person, external_keys, keys_of
from storage.tables import (
    AwaitingRow,
    ContactRow,
    DraftRow,
    EvaluationRow,
    GoalRow,
    KpiFigureRow,
    PeopleUploadRow,
    PersonRow,
    PictureRow,
    QuestionRow,
)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What erasing somebody would do, in rows by table.

    ``erased`` are emptied or removed, ``unnamed`` stay without the person's name where it stands
    in them, ``kept`` stay as they are.
    """

    erased: Counts
    unnamed: Counts
    kept: Counts


async def forecast(tx: Transaction, person_id: int) -> Forecast:
    """Return what erasing the person would do."""
    return Forecast(
        await erasure.count(tx, (*THEIRS, *ABOUT_THEM), person_id),
        await erasure.count(tx, BY_THEM, person_id),
        await kept(tx, person_id),
    )


async def kept(tx: Transaction, person_id: int) -> Counts:
    """Return what stays, in rows by table."""
    conditions = {
        EvaluationRow: or_(
            EvaluationRow.agent_id == person_id, EvaluationRow.evaluator_id == person_id
        ),
        ContactRow: ContactRow.agent_id == person_id,
        KpiFigureRow: KpiFigureRow.agent_id == person_id,
        GoalRow: GoalRow.agent_id == person_id,
    }
    counts = {}
    for table, mine in conditions.items():
        wanted = select(func.count()).select_from(table).where(mine)
        counts[table.__tablename__] = (await tx.execute(wanted)).scalar_one()
    return {name: number for name, number in counts.items() if number}


async def erase(tx: Transaction, person: Person, pseudonym: str, now: dt.datetime) -> Counts:
    """Make the person anonymous under *pseudonym* and return the rows changed, by table.

    Whoever may not be erased has to be refused before. Doing it again finds nothing more.
    """
    await _end_what_is_open(tx, person.id, now)
    twins = select(PersonRow.name).where(PersonRow.merged_into == person.id)
    names = [person.name, *(one.alias for one in await aliases.of_person(tx, person.id))]
    names += (await tx.execute(twins)).scalars()
    done = await erasure.apply(tx, RULES, person.id, names)
    elsewhere = {
        AwaitingRow: await _typed_elsewhere(tx, AwaitingRow, names),
        QuestionRow: await _typed_elsewhere(tx, QuestionRow, names),
        PeopleUploadRow: await people_uploads.drop_mentioning(
            tx, [*names, *([person.external_key] if person.external_key else [])]
        ),
    }
    for row, number in elsewhere.items():
        if number:
            done[row.__tablename__] = done.get(row.__tablename__, 0) + number
    # A chart may show their name; it is drawn again when somebody asks for it.
    await tx.execute(delete(PictureRow))
    values = {
        "name": pseudonym,
        **keys_of(pseudonym),
        **external_keys(None),
        "telegram_id": None,
        "language": None,
        "timezone": None,
        "unreachable_since": None,
        "active": False,
        "erased_at": now,
    }
    # What they were entered as a second time goes along.
    whole = or_(PersonRow.id == person.id, PersonRow.merged_into == person.id)
    await tx.execute(update(PersonRow).where(whole).values(values))
    done[PersonRow.__tablename__] = 1
    return done


async def _end_what_is_open(tx: Transaction, person_id: int, now: dt.datetime) -> None:
    mine = or_(DraftRow.agent_id == person_id, DraftRow.evaluator_id == person_id)
    ended = {"status": drafts.DISCARDED, "version": DraftRow.version + 1, "updated_at": now}
    await tx.execute(update(DraftRow).where(mine, DraftRow.status == drafts.OPEN).values(ended))
    goals = (GoalRow.agent_id == person_id, GoalRow.state == GoalState.OPEN)
    dropped = {"state": GoalState.DROPPED, "closed_at": now}
    await tx.execute(update(GoalRow).where(*goals).values(dropped))


async def _typed_elsewhere(
    tx: Transaction, table: type[AwaitingRow] | type[QuestionRow], names: Collection[str]
) -> int:
    """Forget what others are just typing with a name in it, such as a search for it."""
    wanted = select(table.person_id, table.detail).where(table.detail != "")
    rows = (await tx.execute(wanted)).all()
    holding = [row.person_id for row in rows if _speaks_of(row.detail, names)]
    await tx.execute(delete(table).where(table.person_id.in_(holding)))
    return len(holding)


def _speaks_of(text: str, names: Collection[str]) -> bool:
    words = fold(text).split()
    return any(part in words for name in names for part in fold(name).split())


async def to_forget(tx: Transaction, before: dt.datetime, *, limit: int) -> list[Person]:
    """Return people who left before then and are not anonymous yet, the longest gone first."""
    gone = (
        PersonRow.active.is_(False),
        PersonRow.erased_at.is_(None),
        PersonRow.merged_into.is_(None),
        PersonRow.left_at < before,
    )
    ids = select(PersonRow.id).where(*gone).order_by(PersonRow.left_at, PersonRow.id).limit(limit)
    found = await people.by_ids(tx, (await tx.execute(ids)).scalars())
    return list(found.values())


async def note_leavers(tx: Transaction, now: dt.datetime) -> None:
    """Note since when people are shut out, as far as that was not noted, and who is back."""
    left = (PersonRow.active.is_(False), PersonRow.left_at.is_(None))
    await tx.execute(update(PersonRow).where(*left).values(left_at=now))
    back = (PersonRow.active.is_(True), PersonRow.left_at.is_not(None))
    await tx.execute(update(PersonRow).where(*back).values(left_at=None))
