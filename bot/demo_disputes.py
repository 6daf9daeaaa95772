"""The demo's disputes before today: one that changed its evaluation, one declined, one still open.

The one that waits for a re-scorer is opened in the chat, see ``bot.demo_acts``.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.disputes import limits, news, reviewers
from handlers.evaluating.casefile import CaseFile, deciding, load
from handlers.turn import Services
from scoring import rescoring
from scoring.answers import class_outcomes
from scoring.score import score
from scoring.scorecard import Answer
from storage import disputes, evaluations, outcomes, people, revisions
from storage.database import Transaction
from storage.disputes import Dispute, NewDispute, Status
from storage.people import Person
from storage.revisions import NewRevision

LOOKED_THROUGH = 12
ANSWERED = dt.timedelta(hours=7)


@dataclass(frozen=True, slots=True)
class Case:
    """Whose newest evaluation with an error is disputed how long ago, why, and what came of it.

    ``answers`` are by language, of whoever gives one; where nobody has answered in time, it went
    to the supervisor.
    """

    agent: str
    ago: dt.timedelta
    reason: str
    status: Status = Status.OPEN
    answers: Mapping[str, str] = field(default_factory=dict)


CASES = (
    Case(
        "Alina Moroz",
        dt.timedelta(days=17),
        "I did do it, at the very beginning. Please look once more.",
        Status.ACCEPTED,
        {
            "en": "It is there: brief, but complete. It counts.",
            "ru": "Это есть: коротко, но полностью. Засчитано.",
        },
    ),
    Case(
        "Роман Гончар",
        dt.timedelta(days=15),
        "Клієнт сам попросив пропустити цю частину, бо поспішав.",
        Status.ACCEPTED,
        {
            "en": "The customer does ask to skip it. No error here.",
            "ru": "Клиент и правда просит это пропустить. Ошибки здесь нет.",
        },
    ),
    Case(
        "Petro Hnatiuk",
        dt.timedelta(days=11),
        "The customer was in a hurry, so I left it out on purpose.",
        Status.DECLINED,
        {"en": "A hurry is when it helps most: one short sentence would have been enough."},
    ),
    Case(
        "Nina Orlova",
        dt.timedelta(days=5),
        "I disagree: this is how the briefing of last week told us to do it.",
    ),
)


async def look_back(
    tx: Transaction, services: Services, known: Mapping[str, Person], now: dt.datetime
) -> None:
    """Let each case take its course."""
    for case in CASES:
        opened_at = now - case.ago
        file = await _disputable(tx, services, known[case.agent], opened_at)
        if file is not None:
            dispute = await _opened(tx, file, case, opened_at)
            if dispute is not None:
                await _answered(tx, services, file, dispute, case)


async def _disputable(
    tx: Transaction, services: Services, agent: Person, before: dt.datetime
) -> CaseFile | None:
    """Return the agent's newest evaluation before that moment that has an error, if any."""
    for one in await evaluations.of_agent(tx, agent.id, limit=LOOKED_THROUGH):
        file = await load(tx, services, one.id) if one.submitted_at < before else None
        if file is not None and file.dispute is None and file.feedback.errors:
            return file
    return None


async def _opened(
    tx: Transaction, file: CaseFile, case: Case, opened_at: dt.datetime
) -> Dispute | None:
    """Dispute the costliest ordinary error, offered to another evaluator as any dispute is."""
    errors = [one.criterion for one in file.feedback.errors]
    disputed = next((one for one in errors if one.critical is None), errors[0])
    reviewer = await reviewers.choose(tx, file)
    new = NewDispute(
        file.evaluation.id,
        (disputed.key,),
        case.reason,
        limits.due_at(file, opened_at),
        reviewer.id if reviewer is not None else None,
        limits.escalates_at(file, opened_at),
    )
    dispute_id = await disputes.add(tx, new, opened_at)
    return await disputes.by_id(tx, dispute_id) if dispute_id is not None else None


async def _answered(
    tx: Transaction, services: Services, file: CaseFile, dispute: Dispute, case: Case
) -> None:
    """Let the reviewer accept it, the supervisor decline it, or nobody answer in time."""
    at = dispute.opened_at + ANSWERED
    supervisors = await deciding(tx, file)
    if case.status is Status.OPEN:
        escalated_at = min(dispute.escalates_at or at, services.clock())
        await disputes.escalate(tx, dispute.id, escalated_at)
        await news.tell_escalated(tx, file, dispute, escalated_at)
        return
    accepted = case.status is Status.ACCEPTED
    reviewers_found = await people.by_ids(tx, [dispute.reviewer_id or 0])
    who = next(iter(reviewers_found.values()), supervisors[0]) if accepted else supervisors[0]
    comment = case.answers[who.language or "en"]
    await disputes.decide(tx, dispute.id, case.status, at, by=who.id, comment=comment)
    first = file.evaluation.answers
    now = _afresh(file, dispute) if accepted else first
    if accepted:
        await revisions.revise(tx, _revision(file, dispute, who, now), at)
    found = rescoring.outcomes(file.published.scorecard, first, now, dispute.criteria)
    await outcomes.add(tx, dispute.id, found)
    await news.tell_decided(tx, file, dispute, who.id, at)


def _afresh(file: CaseFile, dispute: Dispute) -> dict[str, Answer]:
    """Return the answers once the disputed criteria are met after all."""
    scorecard = file.published.scorecard
    met = {key: Answer(scorecard.criterion(key).best) for key in dispute.criteria}
    return rescoring.revised(scorecard, file.evaluation.answers, met, dispute.criteria)


def _revision(
    file: CaseFile, dispute: Dispute, by: Person, answers: Mapping[str, Answer]
) -> NewRevision:
    scorecard = file.published.scorecard
    return NewRevision(
        evaluation_id=file.evaluation.id,
        dispute_id=dispute.id,
        by=by.id,
        answers=answers,
        score=score(scorecard, answers),
        outcomes=class_outcomes(scorecard, answers),
    )
