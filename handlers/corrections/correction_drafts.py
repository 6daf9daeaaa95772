"""Drafts that correct a submitted evaluation: who may fill them in, and what they show beside."""

from dataclasses import replace

from handlers.corrections.rights import actable, consenting, needs_consent
from handlers.evaluating.casefile import load
from handlers.refusals import NotFound
from handlers.turn import Services
from handlers.views.draft_parts import Correcting, DraftView
from storage import corrections
from storage.database import Transaction
from storage.drafts import Draft
from storage.people import Person
from storage.revisions import Kind


async def require(tx: Transaction, services: Services, person: Person, draft: Draft) -> None:
    """Raise what stands against *person* correcting with their own open draft now."""
    correction = await _of(tx, draft)
    if draft.is_open:
        await actable(tx, services, person, correction.evaluation_id, Kind.CORRECTION)


async def with_case(
    tx: Transaction, services: Services, person: Person, view: DraftView
) -> DraftView:
    """Return the view with the evaluation that its draft corrects."""
    correction = await _of(tx, view.draft)
    file = await load(tx, services, correction.evaluation_id)
    if file is None:
        raise NotFound
    asked: list[str] = []
    if view.draft.is_open and await needs_consent(tx, person, file, services.clock()):
        asked = [one.name for one in await consenting(tx, file, person.id)]
    shown = Correcting(correction, file, tuple(asked))
    return replace(view, correcting=shown, materials=len(file.material))


async def _of(tx: Transaction, draft: Draft) -> corrections.Correction:
    ident = draft.correction_id
    correction = await corrections.by_id(tx, ident) if ident is not None else None
    if correction is None:
        raise NotFound
    return correction
