"""Drafts: evaluations being filled in, stored with every answer, guarded by their version."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import RowMapping, bindparam, delete, insert, select, update

from scoring.draft import Stage
from scoring.scorecard import Answer, Channel
from storage.answers import answer_of, columns_of
from storage.database import Transaction
from storage.tables import DraftAnswerRow, DraftRow, ScorecardVersionRow
from storage.tables.base import table_of

OPEN = "open"
SUBMITTED = "submitted"
DISCARDED = "discarded"

# What every press needs is built once: building takes longer than executing.
DRAFTS, ANSWERS = table_of(DraftRow), table_of(DraftAnswerRow)
BY_ID = select(DRAFTS).where(DRAFTS.c.id == bindparam("wanted"))
ANSWERS_OF = select(ANSWERS).where(ANSWERS.c.draft_id == bindparam("wanted"))
ADD_ANSWERS = insert(ANSWERS)
DROP_ANSWERS = delete(ANSWERS).where(
    ANSWERS.c.draft_id == bindparam("of_draft"),
    ANSWERS.c.criterion.in_(bindparam("dropped", expanding=True)),
)
SAVE = update(DRAFTS).where(
    DRAFTS.c.id == bindparam("saved"),
    DRAFTS.c.version == bindparam("known"),
    DRAFTS.c.status == OPEN,
)
PLACE = update(DRAFTS).where(DRAFTS.c.id == bindparam("placed"))


class StaleDraftError(Exception):
    """The draft has moved on since it was read."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as stored; ``notes`` are comments on criteria, ``filter`` narrows the agents.

    With ``dispute_id`` it scores the disputed criteria of an evaluation afresh, with
    ``correction_id`` it corrects a submitted evaluation.
    ``contact_id`` is the journal's contact that it was begun from. With ``calibration_id`` it
    becomes no evaluation: it scores that contact in the calibration, or, without one, adds one.
    With ``assignment_id`` scoring the contact was handed to the evaluator. ``heard`` is the last
    typed message that it took. ``beside_id`` is the draft that was open when its material came.
    """

    id: int
    evaluator_id: int
    version: int
    stage: Stage
    created_at: dt.datetime
    updated_at: dt.datetime
    status: str = OPEN
    criterion: str | None = None
    returning: bool = False
    agent_id: int | None = None
    dispute_id: int | None = None
    correction_id: int | None = None
    channel: Channel | None = None
    reference: str | None = None
    contact_id: int | None = None
    scorecard_version_id: int | None = None
    overall: str | None = None
    advice: str | None = None
    filter: str = ""
    calibration_id: int | None = None
    assignment_id: int | None = None
    chat_id: int | None = None
    message_id: int | None = None
    heard: int | None = None
    beside_id: int | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether it can still be worked on."""
        return self.status == OPEN


async def start(
    tx: Transaction,
    evaluator_id: int,
    stage: Stage,
    now: dt.datetime,
    *,
    calibration_id: int | None = None,
    dispute_id: int | None = None,
    correction_id: int | None = None,
    begun_by: int | None = None,
) -> Draft:
    """Begin an empty draft and return it; the message ``begun_by`` asked for it."""
    row = insert(DraftRow).values(
        evaluator_id=evaluator_id,
        dispute_id=dispute_id,
        correction_id=correction_id,
        status=OPEN,
        version=0,
        stage=stage,
        comes_back=False,
        filter="",
        calibration_id=calibration_id,
        begun_by=begun_by,
        heard=begun_by,
        created_at=now,
        updated_at=now,
    )
    draft_id = (await tx.execute(row.returning(DraftRow.id))).scalar_one()
    return Draft(
        draft_id,
        evaluator_id,
        0,
        stage,
        now,
        now,
        calibration_id=calibration_id,
        dispute_id=dispute_id,
        correction_id=correction_id,
        heard=begun_by,
    )


async def by_id(tx: Transaction, draft_id: int) -> Draft | None:
    """Return the draft with its answers, or ``None``."""
    row = (await tx.execute(BY_ID, {"wanted": draft_id})).mappings().first()
    if row is None:
        return None
    given = (await tx.execute(ANSWERS_OF, {"wanted": draft_id})).mappings().all()
    return replace(
        _draft(row),
        answers={one["criterion"]: answer_of(one) for one in given if one["answered"]},
        notes={one["criterion"]: one["note"] for one in given if one["note"]},
    )


async def shown_in(tx: Transaction, evaluator_id: int, message_id: int) -> int | None:
    """Return the id of the evaluator's draft that the message shows, ended or not, if any."""
    mine = (DraftRow.evaluator_id == evaluator_id, DraftRow.message_id == message_id)
    wanted = select(DraftRow.id).where(*mine).order_by(DraftRow.updated_at.desc()).limit(1)
    return (await tx.execute(wanted)).scalar()


async def beside(tx: Transaction, draft_id: int) -> Draft | None:
    """Return the open draft whose material came while that draft was filled in, if any."""
    mine = (DraftRow.beside_id == draft_id, DraftRow.status == OPEN)
    ident = (await tx.execute(select(DraftRow.id).where(*mine).order_by(DraftRow.id))).scalar()
    return await by_id(tx, ident) if ident is not None else None


async def last_scorecard(tx: Transaction, evaluator_id: int, channel: Channel) -> str | None:
    """Return the key of the scorecard by which the evaluator submitted last on that channel."""
    wanted = (
        select(ScorecardVersionRow.key)
        .join(DraftRow, DraftRow.scorecard_version_id == ScorecardVersionRow.id)
        .where(
            DraftRow.evaluator_id == evaluator_id,
            DraftRow.channel == channel,
            DraftRow.status == SUBMITTED,
            DraftRow.dispute_id.is_(None),
            DraftRow.calibration_id.is_(None),
        )
        .order_by(DraftRow.updated_at.desc(), DraftRow.id.desc())
    )
    return (await tx.execute(wanted.limit(1))).scalar()


async def open_of(tx: Transaction, evaluator_id: int) -> list[Draft]:
    """Return the evaluator's open drafts, last touched first, without their answers."""
    wanted = select(DraftRow.__table__).where(
        DraftRow.evaluator_id == evaluator_id, DraftRow.status == OPEN
    )
    rows = await tx.execute(wanted.order_by(DraftRow.updated_at.desc(), DraftRow.id.desc()))
    return [_draft(row) for row in rows.mappings()]


async def in_calibration(
    tx: Transaction, calibration_id: int, evaluator_id: int, contact_id: int | None
) -> Draft | None:
    """Return the person's open draft on that contact of a calibration, ``None`` if none is open.

    Without a contact it is the one by which they are adding a contact to the session.
    """
    mine = (
        DraftRow.calibration_id == calibration_id,
        DraftRow.evaluator_id == evaluator_id,
        DraftRow.contact_id == contact_id,
        DraftRow.status == OPEN,
    )
    ident = (await tx.execute(select(DraftRow.id).where(*mine).order_by(DraftRow.id))).scalar()
    return await by_id(tx, ident) if ident is not None else None


async def untouched_since(tx: Transaction, moment: dt.datetime) -> list[Draft]:
    """Return the open drafts that nobody touched after *moment*, oldest first."""
    wanted = select(DraftRow.__table__).where(DraftRow.status == OPEN, DraftRow.updated_at < moment)
    rows = await tx.execute(wanted.order_by(DraftRow.updated_at))
    return [_draft(row) for row in rows.mappings()]


async def of_dispute(tx: Transaction, dispute_id: int) -> list[Draft]:
    """Return the open drafts that score the dispute afresh, oldest first, without answers."""
    wanted = select(DraftRow.__table__).where(
        DraftRow.dispute_id == dispute_id, DraftRow.status == OPEN
    )
    rows = await tx.execute(wanted.order_by(DraftRow.id))
    return [_draft(row) for row in rows.mappings()]


async def of_correction(tx: Transaction, correction_id: int) -> Draft | None:
    """Return the draft of the correction, whatever became of it, or ``None``."""
    mine = select(DraftRow.id).where(DraftRow.correction_id == correction_id)
    ident = (await tx.execute(mine.order_by(DraftRow.id.desc()).limit(1))).scalar()
    return await by_id(tx, ident) if ident is not None else None


async def save(tx: Transaction, before: Draft, after: Draft, now: dt.datetime) -> Draft:
    """Store what changed from *before* to *after* and return the draft with its new version.

    Raises ``StaleDraftError`` when somebody, or an earlier press, moved the draft meanwhile; the
    transaction must then be left by that exception, so that nothing half is kept.
    """
    values = {
        "version": before.version + 1,
        "status": after.status,
        "stage": after.stage,
        "criterion": after.criterion,
        "comes_back": after.returning,
        "agent_id": after.agent_id,
        "channel": after.channel,
        "reference": after.reference,
        "contact_id": after.contact_id,
        "assignment_id": after.assignment_id,
        "scorecard_version_id": after.scorecard_version_id,
        "overall": after.overall,
        "advice": after.advice,
        "filter": after.filter,
        "heard": after.heard,
        "beside_id": after.beside_id,
        "updated_at": now,
    }
    which = {"saved": before.id, "known": before.version}
    changed = await tx.execute(SAVE, {**values, **which})
    if changed.rowcount != 1:
        raise StaleDraftError
    await _save_answers(tx, before, after)
    return replace(after, version=before.version + 1, updated_at=now)


async def hand_over(tx: Transaction, draft_id: int, assignment_id: int | None) -> None:
    """Note which assignment the draft belongs to, if any."""
    values = {"assignment_id": assignment_id}
    await tx.execute(update(DraftRow).where(DraftRow.id == draft_id).values(values))


async def place(tx: Transaction, draft_id: int, chat_id: int, message_id: int) -> None:
    """Remember which message shows the draft."""
    values = {"chat_id": chat_id, "message_id": message_id}
    await tx.execute(PLACE, {"placed": draft_id, **values})


async def _save_answers(tx: Transaction, before: Draft, after: Draft) -> None:
    keys = {*before.answers, *after.answers, *before.notes, *after.notes}
    changed = [key for key in sorted(keys) if _row(before, key) != _row(after, key)]
    if not changed:
        return
    stored = [key for key in changed if _row(before, key) is not None]
    if stored:
        await tx.execute(DROP_ANSWERS, {"of_draft": before.id, "dropped": stored})
    rows = [row for key in changed if (row := _row(after, key)) is not None]
    if rows:
        await tx.execute(ADD_ANSWERS, rows if len(rows) > 1 else rows[0])


def _row(draft: Draft, key: str) -> dict[str, object] | None:
    answer, note = draft.answers.get(key), draft.notes.get(key)
    if answer is None and note is None:
        return None
    return {
        "draft_id": draft.id,
        "criterion": key,
        "answered": answer is not None,
        **columns_of(answer or Answer(None)),
        "note": note,
    }


def _draft(row: RowMapping) -> Draft:
    return Draft(
        id=row["id"],
        evaluator_id=row["evaluator_id"],
        version=row["version"],
        stage=Stage(row["stage"]),
        status=row["status"],
        criterion=row["criterion"],
        returning=row["comes_back"],
        agent_id=row["agent_id"],
        dispute_id=row["dispute_id"],
        correction_id=row["correction_id"],
        channel=Channel(row["channel"]) if row["channel"] else None,
        reference=row["reference"],
        contact_id=row["contact_id"],
        scorecard_version_id=row["scorecard_version_id"],
        overall=row["overall"],
        advice=row["advice"],
        filter=row["filter"],
        calibration_id=row["calibration_id"],
        assignment_id=row["assignment_id"],
        chat_id=row["chat_id"],
        message_id=row["message_id"],
        heard=row["heard"],
        beside_id=row["beside_id"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )
