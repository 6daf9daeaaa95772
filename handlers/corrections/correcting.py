"""Correct: the submitted answers as a draft, walked as any other, and saved with a reason."""

from dataclasses import replace

from handlers.corrections import applying
from handlers.corrections.rights import actable
from handlers.evaluating.casefile import CaseFile
from handlers.evaluating.steps import opened
from handlers.evaluating.submission import with_walk
from handlers.refusals import NotFound, Sorry
from handlers.taps import CorrectionTap
from handlers.turn import Turn
from handlers.words import N_
from scoring.draft import Stage, Walk
from storage import corrections, draft_discards, drafts, evaluations
from storage.corrections import Correction
from storage.database import Transaction
from storage.drafts import Draft
from storage.revisions import Kind


class ForGood(Sorry):
    """Not everything that was submitted can be corrected."""

    sentence = N_("What you submitted here can no longer be corrected.")


async def begin(turn: Turn, tap: CorrectionTap) -> None:
    """Open the answers to change some of them, or go on with what was begun."""
    await _begin(turn, tap.subject)


async def begin_submitted(turn: Turn, tap: CorrectionTap) -> None:
    """Do so for the evaluation that a draft became."""
    async with turn.db.reading() as tx:
        draft = await drafts.by_id(tx, tap.subject)
        evaluation_id = await evaluations.by_draft(tx, tap.subject)
    if draft is None or draft.evaluator_id != turn.person.id:
        raise NotFound
    if evaluation_id is None:
        raise ForGood
    await _begin(turn, evaluation_id)


async def _begin(turn: Turn, evaluation_id: int) -> None:
    async with turn.db.writing() as tx:
        await applying.alone(tx, evaluation_id)
        file = await actable(tx, turn.services, turn.person, evaluation_id, Kind.CORRECTION)
        draft = await _begun(tx, turn, evaluation_id) or await _new(tx, turn, file)
        screen = await opened(tx, turn, draft)
    shown = await turn.show(screen)
    if shown != draft.message_id:
        async with turn.db.writing() as tx:
            await drafts.place(tx, draft.id, turn.chat.id, shown)


async def _begun(tx: Transaction, turn: Turn, evaluation_id: int) -> Draft | None:
    found = await corrections.begun(tx, evaluation_id, Kind.CORRECTION, turn.person.id)
    draft = await drafts.of_correction(tx, found.id) if found is not None else None
    return draft if draft is not None and draft.is_open else None


async def _new(tx: Transaction, turn: Turn, file: CaseFile) -> Draft:
    """Return a draft with the answers that count, standing at the list of them."""
    correction = await start(tx, turn, file, Kind.CORRECTION)
    evaluation = file.evaluation
    walk = Walk(
        file.published.scorecard,
        stage=Stage.CHANGE,
        answers=evaluation.answers,
        overall=evaluation.overall,
    )
    blank = await drafts.start(
        tx,
        turn.person.id,
        walk.stage,
        turn.now,
        correction_id=correction.id,
        begun_by=turn.asked_by,
    )
    about = replace(
        blank,
        agent_id=file.agent.id,
        channel=evaluation.channel,
        reference=evaluation.reference,
        scorecard_version_id=file.published.id,
        advice=evaluation.advice,
    )
    return await drafts.save(tx, blank, with_walk(about, walk), turn.now)


async def start(tx: Transaction, turn: Turn, file: CaseFile, kind: Kind) -> Correction:
    """Begin an act of that kind; what the person began before on the evaluation is given up."""
    for one in await corrections.standing(tx, file.evaluation.id):
        if one.made_by == turn.person.id:
            await draft_discards.of_correction(tx, one.id, turn.now)
    return await corrections.begin(tx, file.evaluation.id, kind, turn.person.id, turn.now)
