"""Who hears that an evaluation was put right: as news, or in the message that they have already."""

import datetime as dt
from collections.abc import Iterable

from handlers.evaluating.casefile import CaseFile
from handlers.evaluating.submission import COMPLIANCE_ALERT, FEEDBACK, FEEDBACK_COPY, allowed_at
from scoring.roles import Role
from storage import outbox, people
from storage.corrections import Correction
from storage.database import Transaction
from storage.outbox import Message, Sent
from storage.people import Person
from storage.revisions import Kind

CORRECTION_ASKED = "correction_asked"
CORRECTION_DONE = "correction_done"
CORRECTION_DECLINED = "correction_declined"
CORRECTION_OVERTAKEN = "correction_overtaken"
FEEDBACK_EDIT = "feedback_edit"

FRESH = dt.timedelta(minutes=10)
"""A message that arrived no longer ago is edited; afterwards a change is news of its own."""


async def tell_asked(
    tx: Transaction,
    file: CaseFile,
    correction: Correction,
    asked: Iterable[Person],
    now: dt.datetime,
) -> None:
    """Ask those who may consent."""
    await _tell(tx, CORRECTION_ASKED, file, correction, asked, now)


async def tell_declined(
    tx: Transaction, file: CaseFile, correction: Correction, now: dt.datetime
) -> None:
    """Tell whoever asked that consent was refused."""
    made_by = (await people.by_ids(tx, [correction.made_by])).values()
    await _tell(tx, CORRECTION_DECLINED, file, correction, made_by, now)


async def tell_overtaken(
    tx: Transaction, file: CaseFile, correction: Correction, now: dt.datetime
) -> None:
    """Tell whoever asked for consent that the evaluation has changed since."""
    made_by = (await people.by_ids(tx, [correction.made_by])).values()
    await _tell(tx, CORRECTION_OVERTAKEN, file, correction, made_by, now)


async def tell_done(
    tx: Transaction, file: CaseFile, correction: Correction, by: int, now: dt.datetime
) -> None:
    """Tell the agent, supervisors who had the copy, the evaluator and whoever asked; not *by*.

    *file* is as it was before. Whoever has not got the feedback yet finds the new version in it,
    or nothing where it was taken away; who got it just now sees that message change.
    """
    others: dict[int, Person] = {}
    sent = await delivered(tx, file.evaluation.id)
    told = await people.by_ids(tx, {*sent, file.agent.id})
    for person in told.values():
        if person.id == by or not person.active:
            continue
        first = sent.get(person.id)
        if first is not None and _in_place(file, first, now):
            if correction.kind is Kind.CORRECTION or not first.waits:
                await _edit(tx, file, correction, person, first, now)
        else:
            others[person.id] = person
    concerned = await people.by_ids(tx, {file.evaluator.id, correction.made_by} - {by})
    others |= {one.id: one for one in concerned.values() if one.active}
    await _tell(tx, CORRECTION_DONE, file, correction, others.values(), now)


async def delivered(tx: Transaction, evaluation_id: int) -> dict[int, Sent]:
    """Return what became of the evaluation's feedback and its copies, by who got them."""
    supervisors = await people.with_role(tx, Role.SUPERVISOR)
    copies = [f"{FEEDBACK_COPY}:{evaluation_id}:{one.id}" for one in supervisors]
    return await outbox.became(tx, [f"{FEEDBACK}:{evaluation_id}", *copies])


async def tell_alarm(tx: Transaction, file: CaseFile, number: int, now: dt.datetime) -> None:
    """Tell supervisors of a compliance-critical error that a correction brought in."""
    messages = [
        Message(
            COMPLIANCE_ALERT,
            one.id,
            file.evaluation.id,
            f"{COMPLIANCE_ALERT}:{file.evaluation.id}:{one.id}:{number}",
            now,
            priority=outbox.URGENT,
        )
        for one in await people.supervisors_of(tx, file.agent)
    ]
    await outbox.put(tx, messages, now)


def _in_place(file: CaseFile, first: Sent, now: dt.datetime) -> bool:
    """Return whether that message can take the change: still to come, or fresh and unanswered."""
    if first.waits:
        return True
    fresh = first.sent_at is not None and now - first.sent_at <= FRESH
    return fresh and first.message_id is not None and file.evaluation.acknowledged_at is None


async def _edit(
    tx: Transaction,
    file: CaseFile,
    correction: Correction,
    person: Person,
    first: Sent,
    now: dt.datetime,
) -> None:
    """Queue the new version for the place of *first*; a waiting one is drawn anew anyway.

    Of a waiting one that is just on its way the edit comes right after it.
    """
    message = Message(
        FEEDBACK_EDIT,
        person.id,
        file.evaluation.id,
        f"{FEEDBACK_EDIT}:{correction.id}:{person.id}",
        max(now, first.not_before),
    )
    await outbox.put(tx, [message], now)


async def _tell(
    tx: Transaction,
    kind: str,
    file: CaseFile,
    correction: Correction,
    heard: Iterable[Person],
    now: dt.datetime,
) -> None:
    messages = [
        Message(
            kind,
            one.id,
            correction.id,
            f"{kind}:{correction.id}:{one.id}",
            allowed_at(file.team, one, now),
        )
        for one in {one.id: one for one in heard}.values()
    ]
    await outbox.put(tx, messages, now)
