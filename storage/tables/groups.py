"""The table of group chats."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, String

from storage.tables.base import Base, Mapped, mapped_column


class GroupRow(Base):
    """A group chat in which somebody asked for a team's report, which makes it that team's."""

    __tablename__ = "groups"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    team_id: Mapped[int] = mapped_column(
        ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    title: Mapped[str] = mapped_column(String(255))
    thread_id: Mapped[int | None] = mapped_column(BigInteger)
    seen_at: Mapped[dt.datetime]
