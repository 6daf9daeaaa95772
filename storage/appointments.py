"""Admins whom the configuration appointed, and who among them it names no more."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from scoring.roles import Role
from storage import audit, people
from storage.audit import Action, Actor, Subject, Thing
from storage.database import Transaction
from storage.people import Person
from storage.tables import AuditEntryRow

BY = {"by": "ADMIN_IDS"}


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Admins that ``ADMIN_IDS`` once named and names no more; ``others`` are admins besides."""

    people: tuple[Person, ...]
    others: int


async def unnamed(tx: Transaction, named: Collection[int]) -> Unnamed:
    """Return the admins whose role came from the configuration, which names only *named* now.

    Whose roles an admin has set by hand since is an admin by that.
    """
    admins = await people.by_ids(tx, await people.admins(tx))
    gone = [
        one
        for one in admins.values()
        if one.telegram_id not in named and await _was_appointed(tx, one.id)
    ]
    return Unnamed(tuple(gone), len(admins) - len(gone))


async def withdraw(tx: Transaction, named: Collection[int], actor: Actor) -> int:
    """Take the role from those whom the configuration names no more; return from how many.

    Where nobody else is an admin they keep it: somebody has to be able to invite.
    """
    found = await unnamed(tx, named)
    if not found.others:
        return 0
    for one in found.people:
        await people.set_roles(tx, one.id, one.roles - {Role.ADMIN})
        about = Subject(Thing.PERSON, one.id)
        details = {**BY, "after": ",".join(sorted(one.roles - {Role.ADMIN}))}
        await audit.note(tx, actor, Action.ROLES_CHANGED, about, details)
    return len(found.people)


async def _was_appointed(tx: Transaction, person_id: int) -> bool:
    """Return whether the configuration was the last to set the person's roles."""
    mine = (
        AuditEntryRow.action == Action.ROLES_CHANGED,
        AuditEntryRow.subject == Thing.PERSON,
        AuditEntryRow.subject_id == person_id,
    )
    newest = select(AuditEntryRow.details).where(*mine).order_by(AuditEntryRow.id.desc()).limit(1)
    return (await tx.execute(newest)).scalar_one_or_none() == audit.canonical(BY)
