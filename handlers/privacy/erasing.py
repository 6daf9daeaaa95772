"""Erasing a person or a customer in a transaction, with its entry in the audit log and its act."""

from collections.abc import Collection
from zoneinfo import ZoneInfo

from handlers.turn import Services
from handlers.views.erasure_act import ERASED, KEPT, Act, act_file
from handlers.views.screen import File
from handlers.words import Words, known_language, words
from storage import audit, erasure_customers, erasure_people, people, teams
from storage.audit import Action, Actor, Detail, Entry, Subject, Thing
from storage.database import Transaction
from storage.erasure import Counts
from storage.people import Person

REQUEST, OWN, RETENTION = "request", "own", "retention"
"""Why somebody is erased."""


async def erase_person(
    tx: Transaction, services: Services, actor: Actor, person: Person, basis: str
) -> Entry:
    """Make the person anonymous and return the entry that says so.

    They are called by a number from now on, in the language of their team: the name stands in
    its reports.
    """
    kept = await erasure_people.kept(tx, person.id)
    name = pseudonym(await _language(tx, services, person), person.id)
    done = await erasure_people.erase(tx, person, name, actor.at)
    details = _details(basis, done, kept)
    return await audit.note(tx, actor, Action.ERASED, Subject(Thing.PERSON, person.id), details)


def pseudonym(t: Words, person_id: int) -> str:
    """Return what somebody is called of whom nothing but figures is left."""
    return t("Former employee {number}", number=person_id)


async def erase_customer(
    tx: Transaction, actor: Actor, contacts: Collection[int], basis: str
) -> Entry:
    """Empty the contacts of their customer and return the entry that says so."""
    done = await erasure_customers.erase(tx, contacts, actor.at)
    details = _details(basis, done, {"contacts": len(contacts)})
    if basis != RETENTION:  # which comes by itself again, whatever copy is brought back
        details["ids"] = sorted(contacts)
    one = next(iter(contacts), 0) if len(contacts) == 1 else 0
    about = Subject(Thing.CONTACTS, one)
    return await audit.note(tx, actor, Action.CUSTOMER_ERASED, about, details)


async def act_of(tx: Transaction, t: Words, entry: Entry, zone: ZoneInfo) -> File:
    """Return the act of erasure that *entry* notes, as a document in the language of *t*."""
    doer = await people.by_id(tx, entry.actor_id) if entry.actor_id is not None else None
    if entry.action == Action.ERASED:
        subject = pseudonym(t, entry.subject_id)
    else:
        count = entry.told().get(f"{ERASED}contacts")
        subject = t.plural(
            "Customer data, {count} contact",
            "Customer data, {count} contacts",
            count if isinstance(count, int) else 0,
        )
    return act_file(t, Act(entry, subject, doer.name if doer is not None else "", zone))


def _details(basis: str, done: Counts, kept: Counts) -> dict[str, Detail]:
    return {
        "basis": basis,
        **{f"{ERASED}{table}": count for table, count in done.items()},
        **{f"{KEPT}{table}": count for table, count in kept.items()},
    }


async def _language(tx: Transaction, services: Services, person: Person) -> Words:
    first = next(iter(await teams.by_ids(tx, [*person.teams, *person.supervises])), None)
    return words(known_language(first.language if first else None, services.language))
