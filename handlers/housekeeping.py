"""The nightly job that removes what has been kept for long enough."""

from handlers.jobs import Job, Occurrence
from handlers.privacy import retaining
from handlers.turn import Services
from handlers.words import N_
from storage import retention
from storage.database import Transaction
from storage.teams import Team


async def tidy(services: Services, tx: Transaction, _team: Team, _occurrence: Occurrence) -> None:
    """Remove what is old, whichever team's night it is: doing it again changes nothing."""
    await retention.tidy(tx, services.clock())
    await retaining.tidy(services, tx)


JOBS = (Job("housekeeping", "daily 03:30", tidy, N_("Removes what was kept for long enough")),)
