"""What the nights do for privacy: data whose time is over is erased, late data is masked."""

from handlers.privacy.erasing import RETENTION, erase_customer, erase_person
from handlers.turn import Services
from storage import (
    ahead,
    audit,
    customer_keys,
    erasure_customers,
    erasure_people,
    masking_past,
    settings,
)
from storage.audit import Action, Subject, Thing
from storage.database import Transaction
from storage.retention import months_before

CUSTOMERS_A_NIGHT = 5000
PEOPLE_A_NIGHT = 20
"""The most that one run erases: whoever else writes waits meanwhile. The rest goes next time."""


async def tidy(services: Services, tx: Transaction) -> None:
    """Erase and mask what the organisation's settings say; doing it again changes nothing."""
    now = services.clock()
    wanted = await settings.organisation(tx)
    actor = audit.program(now)
    await erasure_people.note_leavers(tx, now)
    if wanted.former_months:
        before = months_before(now, wanted.former_months)
        for person in await erasure_people.to_forget(tx, before, limit=PEOPLE_A_NIGHT):
            await erase_person(tx, services, actor, person, RETENTION)
    if wanted.customer_months:
        before = months_before(now, wanted.customer_months)
        await erasure_customers.drop_left_over(tx, before)
        old = await erasure_customers.outdated(tx, before, limit=CUSTOMERS_A_NIGHT)
        if old:
            await erase_customer(tx, actor, old, RETENTION)
    await customer_keys.go_on(tx, services.timezone, now)
    await ahead.put_right(tx, now)
    masked = await masking_past.go_on(tx, now, services.timezone)
    if masked:
        about = Subject(Thing.CONTACTS)
        await audit.note(tx, actor, Action.MASKED, about, {"rows": masked})
