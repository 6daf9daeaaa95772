"""Discarding drafts whose reason is gone."""

import datetime as dt

from sqlalchemy import ColumnElement, select, update

from storage.database import Transaction
from storage.drafts import DISCARDED, OPEN
from storage.tables import AttachmentRow, DraftRow


async def of_calibration(tx: Transaction, calibration_id: int, now: dt.datetime) -> None:
    """Discard what is still open of a calibration that is over."""
    await _discard(tx, now, DraftRow.calibration_id == calibration_id)


async def of_dispute(
    tx: Transaction, dispute_id: int, now: dt.datetime, *, of: int | None = None
) -> None:
    """Discard the drafts that still score the dispute afresh, or only those *of* one person."""
    theirs = [] if of is None else [DraftRow.evaluator_id == of]
    await _discard(tx, now, DraftRow.dispute_id == dispute_id, *theirs)


async def of_correction(tx: Transaction, correction_id: int, now: dt.datetime) -> None:
    """Discard the draft of a correction that is not wanted any more."""
    await _discard(tx, now, DraftRow.correction_id == correction_id)


async def of_assignment(tx: Transaction, assignment_id: int, now: dt.datetime) -> None:
    """Discard what was begun on the assignment: nobody asks for it any more."""
    await _discard(tx, now, DraftRow.assignment_id == assignment_id)


async def blank(tx: Transaction, evaluator_id: int, now: dt.datetime) -> None:
    """Discard the evaluator's drafts that hold nothing: no agent chosen and no material."""
    material = select(AttachmentRow.draft_id).where(AttachmentRow.draft_id.is_not(None))
    blank = (DraftRow.agent_id.is_(None), DraftRow.id.not_in(material))
    await _discard(tx, now, DraftRow.evaluator_id == evaluator_id, *blank)


async def _discard(tx: Transaction, now: dt.datetime, *mine: ColumnElement[bool]) -> None:
    values = {"status": DISCARDED, "version": DraftRow.version + 1, "updated_at": now}
    await tx.execute(update(DraftRow).where(*mine, DraftRow.status == OPEN).values(values))
