"""The weekly job that runs the plans."""

from handlers.jobs import Job, Occurrence
from handlers.plans import draw_news
from handlers.plans.drawing import draw, ended_period, note
from handlers.turn import Services
from handlers.words import N_
from scoring.zones import local_day
from storage import audit, plans
from storage.database import Transaction
from storage.teams import Team


async def run(services: Services, tx: Transaction, team: Team, occurrence: Occurrence) -> None:
    """Draw each of the team's plans for the week or month that ended last, unless it was drawn.

    So a monthly plan draws on the first Monday of a month, or on the next one that there is.
    """
    now, day = services.clock(), local_day(occurrence.due, occurrence.zone)
    tried = [
        await draw(tx, team, plan, ended_period(plan, day), now, again=False)
        for plan in await plans.active_of(tx, team.id)
    ]
    made = [one for one in tried if one is not None]
    await draw_news.queue(tx, team, made, now)
    await note(tx, audit.program(now), made)


JOBS = (Job("draw-samples", "weekly mon 06:00", run, N_("Draws the contacts to score, by plan")),)
