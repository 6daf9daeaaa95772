"""Gathering what a draft's screen names."""

from collections.abc import Sequence

from handlers.evaluating.choosing_scorecard import scorecard_of
from handlers.evaluating.submission import walk_of
from handlers.views.draft_parts import Beside, DraftView
from scoring.draft import FORM_STAGES, Stage, Walk
from scoring.roles import Role
from scoring.scorecard import FALLBACK_LANGUAGE, Channel
from storage import (
    assignments,
    attachments,
    drafts,
    evaluations,
    people,
    people_search,
    scorecards,
)
from storage.attachments import Attachment
from storage.database import Transaction
from storage.draft_names import Named, named
from storage.drafts import SUBMITTED, Draft
from storage.people import Person
from storage.scorecards import Published, Shelf


async def view_of(
    tx: Transaction, shelf: Shelf, draft: Draft, evaluator: Person, skip: int = 0
) -> DraftView:
    """Return the draft with its agent, its walk and, for a choice, what can be chosen.

    The agents offered to *evaluator* leave themself out; *skip* is where their page begins.
    """
    submitted = draft.status == SUBMITTED
    known = await named(tx, draft, await _precedents_of(tx, shelf, draft))
    return DraftView(
        draft,
        agent=known.agent,
        walk=await _walk(tx, shelf, draft),
        materials=await _materials(tx, draft, known),
        agents=await _agents(tx, draft, evaluator) if draft.stage is Stage.AGENT else (),
        scorecards=await _scorecards(tx, shelf, draft),
        skip=skip,
        evaluation_id=await evaluations.by_draft(tx, draft.id) if submitted else None,
        precedents=known.precedents,
        left=await _left(tx, draft),
        beside=await _beside(tx, draft),
        guessed=await _is_guessed(tx, draft, known),
        scorecard=await _scorecard_title(tx, shelf, draft, evaluator),
    )


async def _beside(tx: Transaction, draft: Draft) -> Beside | None:
    """Return the contact of the evaluation that was open when the material came, if it still is."""
    if draft.stage is not Stage.MATERIAL or draft.beside_id is None:
        return None
    other = await drafts.by_id(tx, draft.beside_id)
    agent = await people.by_id(tx, other.agent_id or 0) if other is not None else None
    if other is None or not other.is_open or agent is None:
        return None
    return Beside(agent.name, other.reference, other.channel)


async def _is_guessed(tx: Transaction, draft: Draft, known: Named) -> bool:
    if draft.stage is not Stage.REFERENCE or not known.materials:
        return False
    return guess(await attachments.of_draft(tx, draft.id)) is draft.channel


async def _scorecard_title(
    tx: Transaction, shelf: Shelf, draft: Draft, evaluator: Person
) -> str | None:
    """Return the title of the scorecard that may still be exchanged for another one."""
    if draft.stage is not Stage.REFERENCE or draft.scorecard_version_id is None:
        return None
    published = await shelf.get(tx, draft.scorecard_version_id)
    return published.scorecard.title.say(evaluator.language or FALLBACK_LANGUAGE)


def guess(pieces: Sequence[Attachment]) -> Channel | None:
    """Return the channel that the material speaks for: a recording a call, texts a chat."""
    kinds = {piece.kind for piece in pieces}
    if kinds & {"voice", "audio"}:
        return Channel.CALL
    return Channel.CHAT if "text" in kinds else None


async def _left(tx: Transaction, draft: Draft) -> int:
    """Return how many assignments are open, where that is told: once this one is closed."""
    if draft.assignment_id is None or draft.is_open:
        return 0
    return (await assignments.load(tx, [draft.evaluator_id]))[draft.evaluator_id]


async def _walk(tx: Transaction, shelf: Shelf, draft: Draft) -> Walk | None:
    if draft.scorecard_version_id is None or draft.stage in FORM_STAGES:
        return None
    return walk_of(draft, await scorecard_of(tx, shelf, draft))


async def _precedents_of(tx: Transaction, shelf: Shelf, draft: Draft) -> str | None:
    """Return the scorecard whose precedents are shown with the criterion the draft stands on.

    A calibration asks for everybody's own judgement: it has none.
    """
    if draft.calibration_id is not None or draft.stage is not Stage.CRITERION:
        return None
    return (await scorecard_of(tx, shelf, draft)).key


async def _agents(tx: Transaction, draft: Draft, evaluator: Person) -> list[Person]:
    return await scorable(tx, evaluator, draft.filter)


async def scorable(tx: Transaction, evaluator: Person, words: str) -> list[Person]:
    """Return the agents whose name holds every word and whose contacts *evaluator* may score."""
    found = await people_search.matching(tx, Role.AGENT, words)
    return [agent for agent in found if may_score(evaluator, agent)]


def may_score(evaluator: Person, agent: Person) -> bool:
    """Return whether it is neither themself nor, for a supervisor alone, outside their teams."""
    if agent.id == evaluator.id:
        return False
    return evaluator.is_a(Role.EVALUATOR) or not set(agent.teams).isdisjoint(evaluator.supervises)


async def _materials(tx: Transaction, draft: Draft, known: Named) -> int:
    """Return how many pieces there are; in a calibration the contact had them before the draft."""
    if draft.calibration_id is not None and draft.contact_id is not None:
        return len(await attachments.of_contact(tx, draft.contact_id))
    return known.materials


async def _scorecards(tx: Transaction, shelf: Shelf, draft: Draft) -> list[Published]:
    choosing = draft.stage is Stage.SCORECARD or (
        draft.stage is Stage.REFERENCE and not draft.answers and draft.calibration_id is None
    )
    if not choosing or draft.channel is None:
        return []
    return await scorecards.for_channel(tx, shelf, draft.channel)
