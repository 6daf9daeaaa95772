"""What a draft is walked through: its scorecard, or the disputed part of it."""

from handlers.refusals import NotFound
from scoring.rescoring import part
from scoring.scorecard import Scorecard
from storage import disputes
from storage.database import Transaction
from storage.drafts import Draft
from storage.scorecards import Shelf


async def scorecard_of(tx: Transaction, shelf: Shelf, draft: Draft) -> Scorecard:
    """Return the scorecard; of a draft that scores a dispute afresh, what has to be asked again."""
    if draft.scorecard_version_id is None:
        raise NotFound
    whole = (await shelf.get(tx, draft.scorecard_version_id)).scorecard
    if draft.dispute_id is None:
        return whole
    dispute = await disputes.by_id(tx, draft.dispute_id)
    return part(whole, dispute.criteria if dispute is not None else ())
