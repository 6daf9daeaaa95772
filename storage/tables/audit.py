"""The audit log's table: who did what to what, each entry bound to the one before by its hash."""

import datetime as dt

from sqlalchemy import Index, String, Text

from storage.tables.base import Base, Mapped, mapped_column


class AuditEntryRow(Base):
    """One entry; the database refuses to change or remove it.

    ``actor_id`` is a person's id without a foreign key, so that nothing else reaches in here;
    ``roles`` are what they were at that moment. No entry holds a name or what somebody wrote.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_actor_id", "actor_id"),
        Index("ix_audit_entries_action", "action"),
        Index("ix_audit_entries_subject", "subject", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime]
    actor_id: Mapped[int | None]
    roles: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int]
    details: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
