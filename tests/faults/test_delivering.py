"""News fails on its way: it arrives in the end, once, or as its kind would rather have it."""

import pytest
from sqlalchemy import select

from storage import outbox
from storage.database import Transaction
from storage.outbox import SENT, Message
from storage.tables import OutboxRow
from tests.faults.conftest import Stage
from tests.faults.kinds import DONE, KINDS

NEWS = {
    "sendMessage": ("feedback_copy", ""),
    "sendPhoto": ("monthly-chart", "2026-11"),
    "sendDocument": ("monthly-workbook", "2026-11"),
}
"""What is sent by which method, and about which period of the team, or about the evaluation."""


@pytest.mark.parametrize("method", NEWS)
def test_news_that_fails_in_every_way_arrives_in_the_end(stage: Stage, method: str) -> None:
    for kind in KINDS:
        made = len(stage.olga.messages)
        stage.failing(method, kind, times=1)
        queue(stage, method, kind)
        stage.centre.delivered()
        stage.centre.clock.advance(minutes=6)
        stage.centre.delivered()
        assert states(stage) == {SENT}, kind
        # All these kinds would rather repeat than miss, so what had its effect comes twice.
        assert len(stage.olga.messages) - made == (2 if kind in DONE else 1), kind


def queue(stage: Stage, method: str, tail: str) -> None:
    """Queue such news for Olga, whatever was queued before."""
    kind, period = NEWS[method]
    about = stage.desk.team("Support") if period else stage.evaluation

    async def put(tx: Transaction) -> None:
        now = stage.centre.clock()
        news = Message(kind, stage.olga.person_id, about, f"{kind}:{tail}", now, data=period)
        await outbox.put(tx, [news], now)

    stage.centre.write(put)
    stage.centre.services.wake()


def states(stage: Stage) -> set[str]:
    """Return what became of everything that was queued."""

    async def reading(tx: Transaction) -> set[str]:
        return set((await tx.execute(select(OutboxRow.state).distinct())).scalars())

    return stage.centre.read(reading)
