"""Drafts that score a dispute afresh: who may fill them, and how much of the case they show."""

from dataclasses import replace

from handlers.corrections import correction_drafts
from handlers.disputes.reviewers import may_review
from handlers.disputes.rights import answerable, late
from handlers.evaluating.casefile import CaseFile, load
from handlers.evaluating.draft_view import view_of
from handlers.refusals import NotFound, OutOfDate, Sorry
from handlers.turn import Services, Turn
from handlers.views.draft_parts import DraftView, Rescoring
from storage import disputes
from storage.database import Transaction
from storage.disputes import Dispute
from storage.drafts import Draft
from storage.people import Person


async def require(tx: Transaction, services: Services, person: Person, draft: Draft) -> None:
    """Raise what stands against *person* filling their own draft of a dispute now.

    It takes the right to answer the dispute, as long as there is anything to answer.
    """
    if draft.dispute_id is not None and draft.is_open:
        await answerable(tx, services, person, draft.dispute_id)


async def ended(tx: Transaction, draft: Draft) -> Sorry:
    """Return why a draft takes nothing any more: its dispute was decided, or it is gone."""
    if draft.correction_id is not None:
        return OutOfDate()
    dispute = await disputes.by_id(tx, draft.dispute_id) if draft.dispute_id is not None else None
    if dispute is None or dispute.is_open:
        return NotFound()
    return await late(tx, dispute.id)


async def viewed(tx: Transaction, turn: Turn, draft: Draft, skip: int = 0) -> DraftView:
    """Return what the draft's screens name; of a dispute, as much as the person may see.

    Of a correction it is all that it corrects.
    """
    view = await view_of(tx, turn.services.shelf, draft, turn.person, skip)
    if draft.correction_id is not None:
        return await correction_drafts.with_case(tx, turn.services, turn.person, view)
    return await _with_case(tx, turn.services, turn.person, view)


async def _with_case(
    tx: Transaction, services: Services, person: Person, view: DraftView
) -> DraftView:
    dispute_id = view.draft.dispute_id
    dispute = await disputes.by_id(tx, dispute_id) if dispute_id is not None else None
    file = await load(tx, services, dispute.evaluation_id) if dispute is not None else None
    if dispute is None or file is None:
        return view
    seen = _may_see(person, file, dispute)
    shown = Rescoring(
        dispute_id=dispute.id,
        whole=not dispute.criteria,
        is_open=dispute.is_open,
        case=file if seen else None,
    )
    return replace(view, rescoring=shown, materials=len(file.material))


def _may_see(person: Person, file: CaseFile, dispute: Dispute) -> bool:
    """Return whether *person* may see the first answers: not while they score afresh."""
    blind = dispute.is_open and dispute.reviewer_id == person.id and may_review(person, file)
    return not blind and file.may_be_read_by(person)
