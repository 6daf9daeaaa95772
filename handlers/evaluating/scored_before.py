"""What an evaluator is told before they score a contact that has been scored."""

from dataclasses import dataclass

from handlers.evaluating.casefile import clock_of, oversees
from handlers.taps import Tap
from handlers.turn import Turn
from handlers.views.scored_before import Before, Ways, mine_screen
from handlers.views.scored_before import before_screen as drawn
from handlers.views.screen import Screen
from scoring.roles import Role
from storage import assignments, calibrations, disputes, evaluations, people
from storage.contacts import Contact
from storage.database import Transaction
from storage.disputes import Dispute
from storage.evaluations import Evaluation
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Known:
    """The evaluation that a contact has with its agent, as far as somebody may know of it.

    ``blind`` says that they are asked for a judgement of their own: they learn that there is one,
    and nothing of it. ``readable`` says that they may open it.
    """

    evaluation: Evaluation
    dispute: Dispute | None
    blind: bool
    readable: bool


async def known(tx: Transaction, person: Person, contact: Contact) -> Known | None:
    """Return what the contact has that *person* would replace by scoring it; ``None``: nothing.

    Whoever scores it second, unannounced, or blind in a calibration learns of no other scoring.
    """
    every = await assignments.of_contact(tx, contact.id)
    if any(one.second and one.evaluator_id == person.id for one in every):
        return None
    evaluation = await evaluations.counting(tx, contact.id, contact.agent_id)
    if evaluation is None or await _calibrates(tx, person, contact):
        return None
    dispute = await disputes.of_evaluation(tx, evaluation.id)
    blind = _scores_afresh(person, dispute)
    return Known(
        evaluation, dispute, blind, readable=not blind and await _may_read(tx, person, evaluation)
    )


def _scores_afresh(person: Person, dispute: Dispute | None) -> bool:
    """Return whether *person* is asked to score the evaluation's disputed criteria, or passed."""
    if dispute is None or not dispute.is_open or person.is_a(Role.ADMIN):
        return False
    return person.id == dispute.reviewer_id or person.id in dispute.passed_on


async def _calibrates(tx: Transaction, person: Person, contact: Contact) -> bool:
    """Return whether *person* scores the contact blind in a calibration that is not closed."""
    sessions = await calibrations.of_person(tx, person.id)
    return any(
        one.status is calibrations.Status.OPEN
        and person.id in one.people
        and contact.id in {other.id for other in one.contacts}
        for one in sessions
    )


async def _may_read(tx: Transaction, person: Person, evaluation: Evaluation) -> bool:
    if person.id in {evaluation.agent_id, evaluation.evaluator_id}:
        return True
    agent = await people.by_id(tx, evaluation.agent_id)
    theirs = frozenset(agent.teams) if agent is not None else frozenset()
    return oversees(person, theirs | {evaluation.team_id or 0})


async def scored_by_me(
    tx: Transaction, turn: Turn, contact: Contact, other: Tap | None = None
) -> Screen | None:
    """Return the way to the evaluation that counts, if it is the reader's own; else ``None``.

    It stands in place of a refusal, so that what is wrong there can be put right. A scoring that
    was the second of two shows nothing of the first.
    """
    evaluation = await evaluations.counting(tx, contact.id, contact.agent_id)
    if evaluation is None or evaluation.evaluator_id != turn.person.id:
        return None
    return mine_screen(turn.t, evaluation.id, other)


async def before_screen(
    tx: Transaction, turn: Turn, contact: Contact, before: Known, ways: Ways
) -> Screen:
    """Return what the contact has, with the ways on."""
    who = await people.by_ids(tx, {contact.agent_id, before.evaluation.evaluator_id})
    shown = Before(
        contact=contact,
        agent=who[contact.agent_id].name,
        evaluator=who[before.evaluation.evaluator_id].name,
        evaluation=before.evaluation,
        dispute=before.dispute,
        blind=before.blind,
        readable=before.readable,
        zone=clock_of(turn.services, turn.person, None),
    )
    return drawn(turn.t, shown, ways)
