"""What is told of proposals: a new one, a decision, an owner, an outcome."""

import datetime as dt
from collections.abc import Iterable

from handlers.evaluating.submission import allowed_at
from handlers.notice import Notice
from handlers.proposals.proposal_data import PROPOSERS, opened, own_team
from handlers.refusals import NotFound
from handlers.turn import Services
from handlers.views import proposals as views
from handlers.views.screen import Screen
from handlers.words import Words
from storage import outbox
from storage.database import Transaction
from storage.outbox import Claimed, Message
from storage.people import Person

NEW = "proposal-new"
DECIDED = "proposal-decided"
OWNED = "proposal-owned"
FINISHED = "proposal-finished"


async def tell(
    tx: Transaction,
    kind: str,
    proposal_id: int,
    told: Iterable[Person | None],
    now: dt.datetime,
    *,
    without: int,
) -> None:
    """Queue the news, once per person, but not for the person *without*."""
    reached = {one.id: one for one in told if one is not None and one.active}
    reached.pop(without, None)
    messages = [
        Message(
            kind=kind,
            recipient_id=one.id,
            subject=proposal_id,
            key=f"{kind}:{proposal_id}:{one.id}",
            not_before=allowed_at(await own_team(tx, one), one, now),
        )
        for one in reached.values()
    ]
    if messages:
        await outbox.put(tx, messages, now)


async def _draw(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    """Return the proposal as it stands; who decides hears of a new one only while it is new."""
    async with services.db.reading() as tx:
        try:
            file = await opened(tx, services, to, message.subject)
        except NotFound:
            return None
    if to.id != file.proposal.author_id and not to.is_a(*PROPOSERS):
        return None
    if message.kind == NEW and not file.may_decide(to):
        return None
    if message.kind == OWNED and file.proposal.owner_id != to.id:
        return None
    return views.news_screen(t, file, HEADS[message.kind])


HEADS = {
    NEW: views.A_NEW_ONE,
    DECIDED: views.DECIDED,
    OWNED: views.YOURS,
    FINISHED: views.FINISHED,
}

NOTICES = tuple(Notice(kind, _draw) for kind in HEADS)
