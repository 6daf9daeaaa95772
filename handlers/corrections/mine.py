"""My evaluations: what an evaluator submitted, newest first, each to be opened and put right."""

from handlers.evaluating.casefile import clock_of
from handlers.taps import CorrectionTap
from handlers.turn import Turn
from handlers.views.my_evaluations import Mine, mine_screen
from handlers.views.screen import Screen
from scoring.zones import local_day
from storage import disputes, evaluations, people
from storage.database import Transaction

PAGE = 8


async def show(turn: Turn, tap: CorrectionTap) -> None:
    """Show a page of them in place of the message."""
    async with turn.db.reading() as tx:
        screen = await listed(tx, turn, max(tap.value, 0))
    await turn.show(screen)


async def listed(tx: Transaction, turn: Turn, skip: int) -> Screen:
    """Return the page that begins after *skip* evaluations."""
    person = turn.person
    total = await evaluations.count_by_evaluator(tx, person.id)
    skip = min(skip, max(total - 1, 0))
    entries = await evaluations.by_evaluator(tx, person.id, limit=PAGE, offset=skip)
    agents = await people.by_ids(tx, {one.agent_id for one in entries})
    zone = clock_of(turn.services, person, None)
    seen = Mine(
        entries=entries,
        names={one.id: one.name for one in agents.values()},
        disputes=await disputes.of_evaluations(tx, [one.id for one in entries]),
        skipped=skip,
        total=total,
        page=PAGE,
        zone=zone,
        today=local_day(turn.now, zone),
    )
    return mine_screen(turn.t, seen)
