"""Group chats that belong to teams, and what was posted there."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from scoring.periods import Period
from storage import upserts
from storage.database import Transaction
from storage.tables import GroupRow, PraiseConsentRow, PraiseRow


@dataclass(frozen=True, slots=True)
class Group:
    """A group chat by its Telegram id; ``thread`` is the topic in which a report was shown."""

    chat_id: int
    title: str
    thread: int | None = None


async def remember(
    tx: Transaction, group: Group, team_id: int, person_id: int, now: dt.datetime
) -> None:
    """Note that the person showed the team's report in the group."""
    mine = {"chat_id": group.chat_id, "team_id": team_id, "person_id": person_id}
    shown = {"title": group.title, "thread_id": group.thread, "seen_at": now}
    row = upserts.into(tx, GroupRow).values(**mine, **shown)
    await tx.execute(row.on_conflict_do_update(index_elements=list(mine), set_=shown))


async def of(tx: Transaction, person_id: int, team_id: int) -> list[Group]:
    """Return the groups in which the person showed the team's report, the latest first."""
    wanted = (
        select(GroupRow.chat_id, GroupRow.title, GroupRow.thread_id)
        .where(GroupRow.person_id == person_id, GroupRow.team_id == team_id)
        .order_by(GroupRow.seen_at.desc(), GroupRow.chat_id)
    )
    return [Group(*row) for row in await tx.execute(wanted)]


async def forget(tx: Transaction, chat_id: int) -> None:
    """Forget a group that the bot cannot write to any more."""
    await tx.execute(delete(GroupRow).where(GroupRow.chat_id == chat_id))


async def agree(tx: Transaction, person_id: int, now: dt.datetime, *, agreed: bool) -> None:
    """Note that the person may be praised in the group, or may not."""
    await tx.execute(delete(PraiseConsentRow).where(PraiseConsentRow.person_id == person_id))
    if agreed:
        await tx.execute(insert(PraiseConsentRow).values(person_id=person_id, agreed_at=now))


async def agreed(tx: Transaction) -> set[int]:
    """Return the ids of those who agreed to be praised."""
    return set((await tx.execute(select(PraiseConsentRow.person_id))).scalars())


async def claim_praise(
    tx: Transaction, team_id: int, chat_id: int, period: Period, now: dt.datetime, *, by: int
) -> bool:
    """Note that the team's best of the period are praised in the group; False where they were."""
    row = upserts.into(tx, PraiseRow).values(
        team_id=team_id,
        chat_id=chat_id,
        first_day=period.first,
        last_day=period.last,
        posted_by=by,
        posted_at=now,
    )
    return (await tx.execute(row.on_conflict_do_nothing())).rowcount == 1


async def drop_praise(tx: Transaction, team_id: int, chat_id: int, period: Period) -> None:
    """Take that note back: the post did not arrive."""
    mine = (
        PraiseRow.team_id == team_id,
        PraiseRow.chat_id == chat_id,
        PraiseRow.first_day == period.first,
        PraiseRow.last_day == period.last,
    )
    await tx.execute(delete(PraiseRow).where(*mine))


async def moved(tx: Transaction, chat_id: int, to: int) -> None:
    """Follow a group that has become a supergroup, which gives it another id."""
    await tx.execute(delete(GroupRow).where(GroupRow.chat_id == to))
    await tx.execute(update(GroupRow).where(GroupRow.chat_id == chat_id).values(chat_id=to))
