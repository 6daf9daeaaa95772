"""Scoring disputed criteria afresh: the request, and the small walk over nothing but them.

Whoever was asked walks blind. A supervisor who accepts a dispute walks the same way, but sees it.
"""

from dataclasses import replace

from handlers.disputes.rights import decidable, reviewable
from handlers.evaluating.casefile import CaseFile, clock_of
from handlers.evaluating.steps import opened
from handlers.evaluating.submission import with_walk
from handlers.feedback.listening import send_pieces
from handlers.refusals import Sorry
from handlers.taps import DisputeAct, DisputeTap
from handlers.turn import Services, Turn
from handlers.views.rescoring import lapsed_screen, request_screen
from handlers.views.screen import Screen
from handlers.words import Words
from scoring import draft as walking
from scoring.draft import Stage, Walk
from scoring.rescoring import part
from storage import disputes, drafts, locks
from storage.database import Transaction
from storage.disputes import Dispute
from storage.drafts import Draft
from storage.outbox import Claimed
from storage.people import Person


async def show_request(turn: Turn, tap: DisputeTap) -> None:
    """Show again what somebody is asked to score afresh."""
    async with turn.db.reading() as tx:
        file, dispute = await reviewable(tx, turn.services, turn.person, tap.subject)
    reading = clock_of(turn.services, turn.person, file.team)
    await turn.show(request_screen(turn.t, file, dispute, reading))


async def take(turn: Turn, tap: DisputeTap) -> None:
    """Begin the blind walk, or go on with it where it was left."""
    async with turn.db.writing() as tx:
        file, dispute = await reviewable(tx, turn.services, turn.person, tap.subject)
        draft = await _draft(tx, turn, file, dispute, _blind(file, dispute))
        screen = await opened(tx, turn, draft)
    await _show(turn, draft, screen)


async def accept(turn: Turn, tap: DisputeTap) -> None:
    """Let whoever decides give the disputed criteria their answers."""
    async with turn.db.writing() as tx:
        file, dispute = await decidable(tx, turn.services, turn.person, tap.subject)
        draft = await _draft(tx, turn, file, dispute, _deciding(file, dispute))
        screen = await opened(tx, turn, draft)
    await _show(turn, draft, screen)


async def send_material(turn: Turn, tap: DisputeTap) -> None:
    """Send the contact's material to whoever scores it afresh."""
    async with turn.db.reading() as tx:
        file, _ = await reviewable(tx, turn.services, turn.person, tap.subject)

    def following(sent: int) -> DisputeTap:
        return DisputeTap(tap.subject, DisputeAct.MATERIAL, sent)

    await send_pieces(turn, file.material, tap.value, following)


async def draw_request(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    """Return the request as news; one that is answered meanwhile is none."""
    async with services.db.reading() as tx:
        try:
            file, dispute = await reviewable(tx, services, to, message.subject)
        except Sorry:
            return None
    return request_screen(t, file, dispute, clock_of(services, to, file.team))


async def draw_lapsed(tx: Transaction, t: Words, to: Person, dispute_id: int) -> Screen | None:
    """Return that a request needs no answer any more, for whoever was asked in vain."""
    dispute = await disputes.by_id(tx, dispute_id)
    asked = dispute is not None and dispute.reviewer_id == to.id
    return lapsed_screen(t) if asked else None


def _blind(file: CaseFile, dispute: Dispute) -> Walk:
    return walking.begin(part(file.published.scorecard, dispute.criteria))


def _deciding(file: CaseFile, dispute: Dispute) -> Walk:
    """Return where a decision begins: of a whole evaluation, with its answers to change some."""
    if dispute.criteria:
        return _blind(file, dispute)
    scorecard, answers = file.published.scorecard, file.evaluation.answers
    return Walk(scorecard, stage=Stage.CHANGE, answers=answers)


async def _draft(
    tx: Transaction, turn: Turn, file: CaseFile, dispute: Dispute, walk: Walk
) -> Draft:
    """Return the person's open draft of the dispute, or a new one that stands where *walk* does."""
    await locks.alone(tx, f"dispute:{dispute.id}")
    for one in await drafts.of_dispute(tx, dispute.id):
        if one.evaluator_id == turn.person.id:
            return await drafts.by_id(tx, one.id) or one
    blank = await drafts.start(
        tx,
        turn.person.id,
        walk.stage,
        turn.now,
        dispute_id=dispute.id,
        begun_by=turn.asked_by,
    )
    about = replace(
        blank,
        agent_id=file.agent.id,
        channel=file.evaluation.channel,
        reference=file.evaluation.reference,
        scorecard_version_id=file.published.id,
    )
    return await drafts.save(tx, blank, with_walk(about, walk), turn.now)


async def _show(turn: Turn, draft: Draft, screen: Screen) -> None:
    shown = await turn.show(screen)
    if shown != draft.message_id:
        async with turn.db.writing() as tx:
            await drafts.place(tx, draft.id, turn.chat.id, shown)
