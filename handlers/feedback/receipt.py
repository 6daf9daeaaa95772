"""Receipt: how an evaluation's number came about, in the message that the feedback was in."""

from handlers.evaluating.casefile import clock_of, opened
from handlers.refusals import NotFound
from handlers.taps import FeedbackTap, RevisionTap
from handlers.turn import Turn
from handlers.views.receipt import receipt_screen


async def show_receipt(turn: Turn, tap: FeedbackTap) -> None:
    """Show a page of the receipt; its ``Back`` leads to the feedback again."""
    async with turn.db.reading() as tx:
        file = await opened(tx, turn.services, turn.person, tap.evaluation)
    reading = clock_of(turn.services, turn.person, file.team)
    await turn.show(receipt_screen(turn.t, file, reading, tap.value, tap.back))


async def show_earlier(turn: Turn, tap: RevisionTap) -> None:
    """Show a page of the receipt of a version that counts no more."""
    async with turn.db.reading() as tx:
        file = await opened(tx, turn.services, turn.person, tap.evaluation)
    earlier = next((one for one in file.revisions if one.number == tap.number), None)
    if earlier is None:
        raise NotFound
    reading = clock_of(turn.services, turn.person, file.team)
    await turn.show(receipt_screen(turn.t, file, reading, tap.page, tap.back, earlier))
