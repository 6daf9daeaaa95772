"""People who were taken in and have not joined yet, and links for all of them at once."""

import datetime as dt

from sqlalchemy import ColumnElement, exists, func, select, update

from storage import invitations, people
from storage.database import Transaction
from storage.people import Person
from storage.tables import InvitationRow, PersonRoleRow, PersonRow


async def count(tx: Transaction) -> int:
    """Return how many active people with a role have not joined."""
    found = await tx.execute(select(func.count(PersonRow.id)).where(*_outside()))
    return found.scalar_one()


async def everybody(tx: Transaction) -> list[Person]:
    """Return the active people with a role who have not joined, by name."""
    ids = (await tx.execute(select(PersonRow.id).where(*_outside()))).scalars().all()
    return list((await people.by_ids(tx, ids)).values())


async def issue(
    tx: Transaction, now: dt.datetime, *, by: int | None, all_anew: bool
) -> dict[int, tuple[Person, str]]:
    """Return a new token for each of them by id, with whom it is for, by name.

    Without *all_anew* only for those who hold no working link; else earlier links stop working.
    """
    wanted = {person.id: person for person in await everybody(tx)}
    if all_anew:
        unused = (InvitationRow.person_id.in_(list(wanted)), InvitationRow.used_at.is_(None))
        await tx.execute(update(InvitationRow).where(*unused).values(used_at=now))
    else:
        held = await invitations.holders(tx, now)
        wanted = {one: person for one, person in wanted.items() if one not in held}
    tokens = await invitations.issue_first(tx, list(wanted), now, by=by)
    return {one: (person, tokens[one]) for one, person in wanted.items()}


def _outside() -> tuple[ColumnElement[bool], ...]:
    return (
        PersonRow.active.is_(True),
        PersonRow.telegram_id.is_(None),
        exists().where(PersonRoleRow.person_id == PersonRow.id),
    )
