"""Who may read a contact of the journal, and who may move it."""

from handlers.evaluating.casefile import oversees
from handlers.refusals import NotFound, NotYours
from scoring.roles import Role
from storage import contacts, people
from storage.contacts import Contact, Teams
from storage.database import Transaction
from storage.people import Person

READERS = frozenset({Role.EVALUATOR, Role.SUPERVISOR, Role.ADMIN})


def reach(reader: Person) -> Teams:
    """Return whose contacts *reader* sees: everybody's, or those of the teams they supervise."""
    return None if reader.is_a(Role.EVALUATOR, Role.ADMIN) else reader.supervises


async def opened(tx: Transaction, reader: Person, contact_id: int) -> tuple[Contact, Person]:
    """Return the contact and its agent; raise ``NotFound`` or ``NotYours``."""
    contact = await contacts.by_id(tx, contact_id)
    agent = await people.by_id(tx, contact.agent_id) if contact is not None else None
    if contact is None or agent is None:
        raise NotFound
    if not may_read(reader, agent):
        raise NotYours
    return contact, agent


def may_read(reader: Person, agent: Person) -> bool:
    """Return whether *reader* sees the contacts of *agent*."""
    return reader.is_a(Role.EVALUATOR) or oversees(reader, frozenset(agent.teams))


def may_handle(person: Person, agent: Person) -> bool:
    """Return whether *person* may score the agent's contacts and move them: not one's own."""
    return person.id != agent.id


def may_approve(person: Person, agent: Person) -> bool:
    """Return whether *person* decides about what of the agent's is under review."""
    return person.id != agent.id and oversees(person, frozenset(agent.teams))
