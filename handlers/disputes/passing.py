"""Passing a request to score afresh on to somebody else, while nothing was submitted."""

from handlers.disputes import reviewers
from handlers.disputes.news import tell_escalated, tell_review
from handlers.disputes.rights import late, reviewable
from handlers.evaluating.casefile import CaseFile
from handlers.taps import DisputeTap
from handlers.turn import Turn
from handlers.views.rescoring import pass_on_screen, passed_on_screen
from storage import disputes, draft_discards, drafts, locks
from storage.database import Transaction
from storage.disputes import Dispute
from storage.people import Person


async def ask(turn: Turn, tap: DisputeTap) -> None:
    """Ask whoever was asked whether they mean it: the request does not come back."""
    async with turn.db.reading() as tx:
        _, dispute = await reviewable(tx, turn.services, turn.person, tap.subject)
        begun = await drafts.of_dispute(tx, dispute.id)
    own = any(one.evaluator_id == turn.person.id for one in begun)
    await turn.show(pass_on_screen(turn.t, dispute, begun=own))


async def pass_on(turn: Turn, tap: DisputeTap) -> None:
    """Ask the next evaluator who may, or hand over to the supervisors where there is none."""
    async with turn.db.writing() as tx:
        await locks.alone(tx, f"dispute:{tap.subject}")
        file, dispute = await reviewable(tx, turn.services, turn.person, tap.subject)
        following = await reviewers.choose(tx, file, {*dispute.passed_on, turn.person.id})
        await _hand_over(tx, turn, file, dispute, following)
    turn.services.wake()
    await turn.show(passed_on_screen(turn.t, afresh=following is not None))


async def _hand_over(
    tx: Transaction, turn: Turn, file: CaseFile, dispute: Dispute, following: Person | None
) -> None:
    """Let *following* be asked instead; what was begun of it goes, and the limit stays."""
    to = following.id if following is not None else None
    if not await disputes.pass_on(tx, dispute, to):
        raise await late(tx, dispute.id)
    await draft_discards.of_dispute(tx, dispute.id, turn.now, of=turn.person.id)
    if following is not None:
        await tell_review(tx, file, dispute, following, turn.now)
    elif await disputes.escalate(tx, dispute.id, turn.now):
        await tell_escalated(tx, file, dispute, turn.now)
