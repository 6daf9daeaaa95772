"""Customers' keys: under which ones somebody may be in the journal, and making old ones new.

Before, a number was known by its digits as they were written, so that one customer had several
keys. Rows that still tell the number get their new key at night. Of others only a hash is left:
they get it when the number comes again, in a file or in a search.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select, update

from scoring.customers import country_of, customer_key, older_keys, words_of
from scoring.roles import Relation
from storage import masking, settings
from storage.database import Transaction
from storage.settings import HASHED_BEFORE, hashed_key
from storage.tables import ContactRow, MembershipRow, TeamRow

REACHED = "keyed_contacts"
PORTION = 5000
"""Rows looked at in one go; whoever else writes waits meanwhile."""

MANY = 500
"""Keys in one statement."""


@dataclass(frozen=True, slots=True)
class _Old:
    """A key from before: what was written then, and the key that it is to have."""

    written: str
    known: str


async def countries(tx: Transaction, agents: Collection[int], usual: str) -> dict[int, str | None]:
    """Return the country of each agent's team; *usual* is the zone of those without a team."""
    first = (
        select(MembershipRow.person_id, func.min(MembershipRow.team_id).label("team_id"))
        .where(MembershipRow.relation == Relation.MEMBER, MembershipRow.person_id.in_(agents))
        .group_by(MembershipRow.person_id)
        .subquery()
    )
    wanted = select(first.c.person_id, TeamRow.timezone).join(
        TeamRow, TeamRow.id == first.c.team_id
    )
    zones = {row.person_id: row.timezone for row in await tx.execute(wanted)}
    return {agent: country_of(zones.get(agent, usual)) for agent in agents}


async def of_typed(tx: Transaction, typed: str, usual: str) -> list[str]:
    """Return every key that the customer whom *typed* names may have, in any team's country."""
    every = await _known(tx, typed, usual)
    old = [one for known in every for one in (*older_keys(known), words_of(typed))]
    secret = await settings.secret_so_far(tx)
    keys = [*every, *old]
    if secret is not None:
        keys += [hashed_key(secret, one) for one in every]
        keys += [hashed_key(secret, one, HASHED_BEFORE) for one in old]
    return list(dict.fromkeys(keys))


async def unify_typed(tx: Transaction, typed: str, usual: str) -> None:
    """Give the contacts of the customer whom *typed* names their new key, where they lack it."""
    for known in await _known(tx, typed, usual):
        await unify(tx, [known], usual)


async def _known(tx: Transaction, typed: str, usual: str) -> list[str]:
    zones = (await tx.execute(select(TeamRow.timezone).distinct())).scalars()
    every = {country_of(zone) for zone in (*zones, usual)}
    ordered = sorted(one for one in every if one is not None)
    return list(dict.fromkeys(customer_key(typed, one) for one in (*ordered, None)))


async def hashed_before(tx: Transaction) -> bool:
    """Return whether any contact has a hash of digits as they were written."""
    wanted = select(ContactRow.id).where(ContactRow.customer_key.startswith(HASHED_BEFORE))
    return (await tx.execute(wanted.limit(1))).first() is not None


async def unify(tx: Transaction, known: Iterable[str], usual: str) -> int:
    """Give these customers' contacts from before their new key; return how many there were.

    *known* are plain keys. A number without its country's code is that customer's only where the
    agent's country makes it so.
    """
    secret = await settings.secret_so_far(tx)
    wanted: dict[str, _Old] = {}
    for one in known:
        for written in older_keys(one):
            wanted[written] = _Old(written, one)
            if secret is not None:
                wanted[hashed_key(secret, written, HASHED_BEFORE)] = _Old(written, one)
    keys = list(wanted)
    portions = [keys[start : start + MANY] for start in range(0, len(keys), MANY)]
    return sum([await _unify(tx, {key: wanted[key] for key in one}, usual) for one in portions])


async def _unify(tx: Transaction, wanted: Mapping[str, _Old], usual: str) -> int:
    columns = (ContactRow.id, ContactRow.agent_id, ContactRow.customer_key)
    found = (
        await tx.execute(select(*columns).where(ContactRow.customer_key.in_(list(wanted))))
    ).all()
    where = await countries(tx, {row.agent_id for row in found}, usual) if found else {}
    secret = await settings.secret_so_far(tx)
    changed = 0
    for row in found:
        old = wanted[row.customer_key]
        if customer_key(old.written, where[row.agent_id]) != old.known:
            continue
        new = old.known
        if secret is not None and masking.is_hashed(row.customer_key):
            new = hashed_key(secret, new)
        if new != row.customer_key:
            values = update(ContactRow).where(ContactRow.id == row.id).values(customer_key=new)
            await tx.execute(values)
            changed += 1
    return changed


async def go_on(tx: Transaction, usual: str, now: dt.datetime) -> int:
    """Give the next portion of contacts that tell their customer's number the key it makes.

    Returns how many got another one; doing it again changes nothing.
    """
    reached = await settings.number(tx, REACHED)
    columns = (ContactRow.id, ContactRow.agent_id, ContactRow.customer, ContactRow.customer_key)
    rows = (
        await tx.execute(
            select(*columns).where(ContactRow.id > reached).order_by(ContactRow.id).limit(PORTION)
        )
    ).all()
    if not rows:
        return 0
    where = await countries(tx, {row.agent_id for row in rows}, usual)
    changed = 0
    for row in rows:
        if row.customer is None or masking.is_hashed(row.customer_key):
            continue
        key = customer_key(row.customer, where[row.agent_id])
        if key != row.customer_key:
            values = update(ContactRow).where(ContactRow.id == row.id).values(customer_key=key)
            await tx.execute(values)
            changed += 1
    await settings.put_number(tx, REACHED, rows[-1].id, now)
    return changed
