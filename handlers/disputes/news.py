"""Who hears of a dispute: when it is opened, handed over, and decided."""

import datetime as dt
from collections.abc import Iterable

from handlers.evaluating.casefile import CaseFile, deciding
from handlers.evaluating.submission import allowed_at
from storage import outbox, people
from storage.database import Transaction
from storage.disputes import Dispute
from storage.outbox import Message
from storage.people import Person

DISPUTE_OPENED = "dispute_opened"
DISPUTE_REVIEW = "dispute_review"
DISPUTE_ESCALATED = "dispute_escalated"
DISPUTE_DECIDED = "dispute_decided"
DISPUTE_REOPENED = "dispute_reopened"


async def tell_opened(
    tx: Transaction, file: CaseFile, dispute: Dispute, now: dt.datetime
) -> list[Person]:
    """Tell whoever decides, the evaluator, and who scores it afresh; return those who decide."""
    asked = await deciding(tx, file)
    await _tell(tx, DISPUTE_OPENED, file, dispute, [*asked, file.evaluator], now)
    if dispute.reviewer_id is not None:
        reviewer = await people.by_ids(tx, [dispute.reviewer_id])
        await _tell(tx, DISPUTE_REVIEW, file, dispute, reviewer.values(), now)
    return asked


async def tell_review(
    tx: Transaction, file: CaseFile, dispute: Dispute, reviewer: Person, now: dt.datetime
) -> None:
    """Tell *reviewer* that they are asked to score it afresh, after somebody passed it on."""
    await _tell(tx, DISPUTE_REVIEW, file, dispute, [reviewer], now)


async def tell_escalated(
    tx: Transaction, file: CaseFile, dispute: Dispute, now: dt.datetime
) -> None:
    """Tell whoever decides that nobody has scored it afresh in time, or is there to do so."""
    await _tell(tx, DISPUTE_ESCALATED, file, dispute, await deciding(tx, file), now)


async def tell_decided(
    tx: Transaction, file: CaseFile, dispute: Dispute, by: int, now: dt.datetime
) -> None:
    """Tell agent, both evaluators and supervisors the outcome, except who brought it about."""
    heard = [file.agent, file.evaluator, *await deciding(tx, file)]
    if dispute.reviewer_id is not None:
        heard += (await people.by_ids(tx, [dispute.reviewer_id])).values()
    others = [one for one in heard if one.id != by and one.active]
    await _tell(tx, DISPUTE_DECIDED, file, dispute, others, now)


async def tell_reopened(
    tx: Transaction, file: CaseFile, before: Dispute, dispute: Dispute, by: int, now: dt.datetime
) -> None:
    """Tell all whom the first decision was told of, except who took it back."""
    heard = [file.agent, file.evaluator, *await deciding(tx, file)]
    first = {before.decided_by} - {None}
    heard += (await people.by_ids(tx, {one for one in first if one is not None})).values()
    others = [one for one in heard if one.id != by and one.active]
    await _tell(tx, DISPUTE_REOPENED, file, dispute, others, now)


async def _tell(
    tx: Transaction,
    kind: str,
    file: CaseFile,
    dispute: Dispute,
    heard: Iterable[Person],
    now: dt.datetime,
) -> None:
    # What is told of a dispute for the second time, after it was reopened, is news once more.
    again = ":again" if dispute.reopened_at is not None else ""
    messages = [
        Message(
            kind,
            one.id,
            dispute.id,
            f"{kind}:{dispute.id}:{one.id}{again}",
            allowed_at(file.team, one, now),
        )
        for one in {one.id: one for one in heard}.values()
    ]
    await outbox.put(tx, messages, now)
