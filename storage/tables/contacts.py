"""Tables of the journal: contacts and how their status moved."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text

from storage.tables.base import Base, Mapped, mapped_column


class ContactRow(Base):
    """A customer's call, chat, e-mail or message that an agent handled.

    ``identity`` tells it from every other one, ``at`` is when it was (or, unknown, when it came
    here), and the keys are what is searched: the same words with letter case folded.
    ``customer_key`` is a keyed hash where journals are masked. Of ``erased_at`` on nothing of the
    customer is left.
    """

    __tablename__ = "contacts"
    __table_args__ = (
        Index("ix_contacts_at", "at"),  # the list, newest first, and how many this week
        Index("ix_contacts_status_at", "status", "at"),  # the few under review among all closed
        Index("ix_contacts_agent_at", "agent_id", "at"),  # one agent's or team's contacts
        Index("ix_contacts_reference_key", "reference_key"),  # /score 48213
        Index("ix_contacts_customer_key_at", "customer_key", "at"),  # earlier ones of a customer
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str | None] = mapped_column(String(64), unique=True)
    reference: Mapped[str | None] = mapped_column(String(80))
    reference_key: Mapped[str | None] = mapped_column(String(240))
    agent_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    channel: Mapped[str] = mapped_column(String(16))
    type: Mapped[str | None] = mapped_column(String(16))
    topic: Mapped[str | None] = mapped_column(String(200))
    topic_key: Mapped[str | None] = mapped_column(String(600))
    status: Mapped[str] = mapped_column(String(16), default="closed")
    started_at: Mapped[dt.datetime | None]
    at: Mapped[dt.datetime]
    duration_s: Mapped[int | None]
    customer: Mapped[str | None] = mapped_column(String(120))
    customer_key: Mapped[str | None] = mapped_column(String(360))
    link: Mapped[str | None] = mapped_column(String(500))
    text: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(16), default="score")
    erased_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]


class ContactMoveRow(Base):
    """One change of a contact's status that a person made."""

    __tablename__ = "contact_moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(
        ForeignKey("contacts.id", ondelete="CASCADE"), index=True
    )
    before: Mapped[str] = mapped_column(String(16))
    after: Mapped[str] = mapped_column(String(16))
    comment: Mapped[str | None] = mapped_column(Text)
    moved_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    moved_at: Mapped[dt.datetime]
