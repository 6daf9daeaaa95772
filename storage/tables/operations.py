"""Tables of what has to happen: messages to deliver, schedules and their runs, drawn pictures."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint

from storage.tables.base import Base, Mapped, mapped_column


class OutboxRow(Base):
    """A message that nobody is waiting for, written in the transaction that caused it.

    Once delivered it is ``message_id`` in ``chat_id``.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_state_due", "state", "not_before"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    recipient_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    subject: Mapped[int]
    data: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(16), default="queued")
    priority: Mapped[int] = mapped_column(default=5)
    not_before: Mapped[dt.datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[dt.datetime | None]
    lease_number: Mapped[int] = mapped_column(default=0, server_default="0")
    last_error: Mapped[str | None] = mapped_column(String(200))
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[dt.datetime]
    sent_at: Mapped[dt.datetime | None]


class ScheduleRow(Base):
    """What runs for a team (or for everybody, without one), when, and when next.

    ``occurrence`` names the day, week or month that ``next_due`` belongs to.
    """

    __tablename__ = "schedules"
    __table_args__ = (
        UniqueConstraint("name", "team_id"),
        Index("ix_schedules_next_due", "next_due"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"))
    rule: Mapped[str] = mapped_column(String(40))
    next_due: Mapped[dt.datetime]
    occurrence: Mapped[str | None] = mapped_column(String(40))


class ScheduleRunRow(Base):
    """One occurrence of a schedule; its uniqueness is what makes it run once."""

    __tablename__ = "schedule_runs"
    __table_args__ = (UniqueConstraint("schedule_id", "occurrence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[int] = mapped_column(ForeignKey("schedules.id", ondelete="CASCADE"))
    occurrence: Mapped[str] = mapped_column(String(20))
    ran_at: Mapped[dt.datetime]


class PictureRow(Base):
    """A picture that Telegram has already, by the hash of what it shows."""

    __tablename__ = "pictures"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    file_id: Mapped[str] = mapped_column(String(200))
    sent_at: Mapped[dt.datetime]
