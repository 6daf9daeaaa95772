"""What was stored while the machine's clock ran ahead: it would stay out of every report."""

import datetime as dt

from sqlalchemy import func, select, update

from storage import audit
from storage.audit import Action, Subject, Thing
from storage.database import Transaction
from storage.tables import EvaluationRow, SecondScoringRow

MARGIN = dt.timedelta(days=1)
"""What is dated later than that from now was stored by a clock that ran ahead."""

TABLES = (EvaluationRow, SecondScoringRow)


async def count(tx: Transaction, now: dt.datetime) -> int:
    """Return how many evaluations are dated in the future."""
    total = 0
    for table in TABLES:
        wanted = select(func.count(table.id)).where(table.submitted_at > now + MARGIN)
        total += (await tx.execute(wanted)).scalar_one()
    return total


async def put_right(tx: Transaction, now: dt.datetime) -> int:
    """Date them now, when it was noticed; return how many. When it really was nobody knows."""
    found = await count(tx, now)
    if not found:
        return 0
    for table in TABLES:
        late = table.submitted_at > now + MARGIN
        await tx.execute(update(table).where(late).values(submitted_at=now))
    details: audit.Details = {"evaluations": found}
    await audit.note(tx, audit.program(now), Action.DATED_ANEW, Subject(Thing.SYSTEM), details)
    return found
