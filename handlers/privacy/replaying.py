"""Doing again, in a copy that was brought back, what must stay done: erasures and closed doors."""

import html
import json
import re
from collections.abc import Iterable

from handlers.privacy.erasing import erase_customer, erase_person
from handlers.turn import Services
from storage import audit, erasure_customers, people
from storage.audit import Action, Entry, hash_of
from storage.database import Transaction

EMBEDDED = re.compile(r'<meta name="etalon-erasure" content="([^"]*)">')


class NoActError(ValueError):
    """The document is no act of erasure of ours, or somebody has changed it."""


def read_act(document: str) -> Entry:
    """Return the audit entry that the act of erasure *document* was made from.

    Raises ``NoActError``; an entry that was changed does not match its own hash.
    """
    found = EMBEDDED.search(document)
    try:
        told = json.loads(html.unescape(found[1])) if found is not None else None
        entry = audit.entry_from(told) if isinstance(told, dict) else None
    except (ValueError, TypeError, KeyError) as error:
        raise NoActError from error
    if entry is None or entry.hash != hash_of(entry):
        raise NoActError
    return entry


async def do_again(tx: Transaction, services: Services, acts: Iterable[Entry]) -> list[int]:
    """Do the acts again, in their order; return the numbers of those that named nothing to do.

    Customers whose contacts an act does not name have to be erased anew with /forget.
    """
    actor = audit.program(services.clock())
    unnamed = []
    for act in acts:
        told = act.told()
        if act.action == Action.CUSTOMER_ERASED:
            ids = told.get("ids")
            wanted = [int(one) for one in ids] if isinstance(ids, list) else [act.subject_id]
            if not any(wanted):
                unnamed.append(act.id)
                continue
            contacts = await erasure_customers.still_told(tx, wanted)
            if contacts:
                await erase_customer(tx, actor, contacts, str(told.get("basis", "")))
            continue
        person = await people.by_id(tx, act.subject_id)
        if person is None or person.erased:
            continue
        if act.action == Action.ERASED:
            await erase_person(tx, services, actor, person, str(told.get("basis", "")))
        elif act.action in {Action.SHUT_OUT, Action.LET_IN}:
            await people.set_active(tx, person.id, active=act.action == Action.LET_IN)
    return unnamed
