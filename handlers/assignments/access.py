"""Whose an assignment is: its evaluator's, and that of those who oversee its plan's team."""

from handlers.contacts.card import pieces_of
from handlers.disputes.reviewers import is_reached
from handlers.evaluating.casefile import clock_of, oversees
from handlers.refusals import NotFound, NotYours, Sorry
from handlers.taps import ContactAct, ContactTap, TaskTap
from handlers.turn import Services, Turn
from handlers.views.assignments import Taker, Task
from handlers.views.contact_card import Card
from handlers.words import N_
from scoring.assigning import Scorer, may_score
from scoring.names import fold
from scoring.roles import Role
from storage import (
    assignments,
    awaiting,
    contacts,
    drafts,
    people,
    plan_progress,
    second_scorings,
    teams,
)
from storage.assignments import Assignment
from storage.database import Transaction
from storage.people import Person


class MovedOn(Sorry):
    """The assignment is not open any more, or not with the same person."""

    sentence = N_("This contact was scored, skipped or passed on meanwhile.")


class NobodyElse(Sorry):
    """There is no other evaluator who may score the contact."""

    sentence = N_("Nobody else may score this contact.")


SKIP = "task.skip"
"""What is awaited while somebody is asked why they skip a contact."""


async def put_aside(turn: Turn) -> None:
    """Wait no longer for the reason of a skipping that the person has turned away from."""
    async with turn.db.reading() as tx:
        awaited = await awaiting.current(tx, turn.person.id)
    if awaited is not None and awaited.what == SKIP:
        async with turn.db.writing() as tx:
            await awaiting.forget(tx, turn.person.id)


async def named(tx: Transaction, turn: Turn, tap: TaskTap) -> Assignment:
    """Return the open assignment of a press or text, as its evaluator or an overseer may act on it.

    Raises ``NotFound``, ``NotYours`` or ``MovedOn``.
    """
    one = await assignments.by_id(tx, tap.subject)
    if one is None:
        raise NotFound
    person = turn.person
    if tap.team:
        allowed = one.team_id == tap.team and oversees(person, frozenset({one.team_id}))
    else:
        allowed = one.evaluator_id == person.id and person.is_a(Role.EVALUATOR)
    if not allowed:
        raise NotYours
    if not one.is_open:
        raise MovedOn
    return one


async def task_of(
    tx: Transaction, services: Services, reader: Person, one: Assignment, tap: TaskTap
) -> Task:
    """Return the assignment with all that its screens say, as *tap* leads to it."""
    contact = await contacts.by_id(tx, one.contact_id)
    agent = await people.by_id(tx, one.agent_id)
    if contact is None or agent is None:
        raise NotFound
    team = await teams.by_id(tx, one.team_id)
    evaluator = await people.by_id(tx, one.evaluator_id) if one.evaluator_id is not None else None
    now = services.clock()
    card = Card(
        contact=contact,
        agent=agent,
        zone=clock_of(services, reader, team),
        evaluations=(),
        readable=frozenset(),
        earlier=(),
        earlier_total=0,
        names={},
        pieces=await pieces_of(tx, contact),
        move=None,
        may_score=agent.active and agent.is_a(Role.AGENT),
        may_move=False,
        may_approve=False,
        back=ContactTap(ContactAct.LIST),
    )
    return Task(
        assignment=one,
        card=card,
        now=now,
        begun=await _is_begun(tx, one),
        queue=await plan_progress.queue(tx, reader.id, now) if not tap.team else None,
        evaluator=evaluator.name if evaluator is not None else None,
        tap=tap,
    )


async def _is_begun(tx: Transaction, one: Assignment) -> bool:
    if one.evaluator_id is None:
        return False
    theirs = await drafts.open_of(tx, one.evaluator_id)
    return any(draft.assignment_id == one.id for draft in theirs)


async def takers(tx: Transaction, one: Assignment) -> list[Taker]:
    """Return who else may score the contact, whoever has least to do first.

    Not its agent, nobody who leads the agent's team, and nobody who has it as their own already
    or has scored it: nobody is to meet both scorings of a contact.
    """
    agent = await people.by_id(tx, one.agent_id)
    if agent is None:
        return []
    known = {other.evaluator_id for other in await assignments.of_contact(tx, one.contact_id)}
    known |= await second_scorings.scorers(tx, one.contact_id)
    found = [
        person
        for person in await people.with_role(tx, Role.EVALUATOR)
        if person.id not in known and is_reached(person)
    ]
    loads = await assignments.load(tx, [person.id for person in found])
    able = [
        Taker(person.id, person.name, loads[person.id])
        for person in found
        if may_score(Scorer(person.id, frozenset(person.supervises)), agent.id, _teams(agent))
    ]
    return sorted(able, key=lambda taker: (taker.load, fold(taker.name), taker.id))


def _teams(agent: Person) -> frozenset[int]:
    return frozenset(agent.teams)
