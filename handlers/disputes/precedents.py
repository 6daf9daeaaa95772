"""Precedents: how earlier disputes about the criterion that somebody stands on were decided."""

from collections.abc import Mapping

from handlers.evaluating.choosing_scorecard import scorecard_of
from handlers.evaluating.steps import Act, NotHere, Result
from handlers.taps import DraftAct
from handlers.turn import Turn
from handlers.views.precedents import Case, precedents_view
from scoring.anonymity import without_names
from scoring.draft import Stage
from storage import outcomes, people
from storage.database import Transaction
from storage.drafts import Draft
from storage.outcomes import Precedent

SHOWN = 5


async def show(tx: Transaction, turn: Turn, draft: Draft, _value: int) -> Result:
    """Show the last decisions about the draft's criterion, without anybody's name."""
    # A calibration asks for everybody's own judgement.
    standing = draft.stage is Stage.CRITERION and draft.calibration_id is None
    if draft.criterion is None or not standing:
        raise NotHere
    scorecard = await scorecard_of(tx, turn.services.shelf, draft)
    found = await outcomes.precedents(tx, scorecard.key, draft.criterion, limit=SHOWN)
    known = await people.by_ids(tx, {one for each in found for one in each.people})
    names = {one.id: one.name for one in known.values()}
    cases = [await _case(tx, turn, draft.criterion, one, names) for one in found]
    return draft, precedents_view(turn.t, draft, scorecard.criterion(draft.criterion), cases)


async def _case(
    tx: Transaction, turn: Turn, key: str, found: Precedent, names: dict[int, str]
) -> Case:
    published = await turn.services.shelf.get(tx, found.scorecard_version_id)
    hidden = [names[one] for one in found.people if one in names]
    return Case(
        criterion=published.scorecard.criterion(key),
        before=found.before,
        after=found.after,
        changed=found.changed,
        reason=without_names(found.reason, hidden),
        decision=without_names(found.decision, hidden),
    )


ACTS: Mapping[DraftAct, Act] = {DraftAct.PRECEDENTS: show}
