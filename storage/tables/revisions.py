"""Tables of what evaluations were before they were revised, and what disputes came to.

The version that counts stands in the evaluations' own tables; these hold the ones before it.
"""

import datetime as dt
from fractions import Fraction

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text

from storage.tables.base import Base, Mapped, mapped_column


class CorrectionRow(Base):
    """An act on a submitted evaluation: a correction, another agent, or a withdrawal.

    It begins as a draft of whoever acts. With everything said it is carried out at once or waits
    for consent. ``agent_id`` is the right agent, ``became_id`` the evaluation of theirs, and
    ``number`` the version that it put an end to.
    """

    __tablename__ = "corrections"
    __table_args__ = (Index("ix_corrections_status", "status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(
        ForeignKey("evaluations.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None] = mapped_column(Text)
    begun_at: Mapped[dt.datetime]
    asked_at: Mapped[dt.datetime | None]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decision: Mapped[str | None] = mapped_column(Text)
    number: Mapped[int | None]
    became_id: Mapped[int | None] = mapped_column(
        ForeignKey("evaluations.id", ondelete="SET NULL"), index=True
    )


class RevisionRow(Base):
    """A superseded version, numbered from 1: its scores, and when, by whom and why it ended.

    ``kind`` is what ended it; ``reason`` why, in the words of whoever did; ``overall``, ``advice``
    and ``acknowledged_at`` are those of that version.
    """

    __tablename__ = "revisions"

    evaluation_id: Mapped[int] = mapped_column(
        ForeignKey("evaluations.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    raw: Mapped[Fraction | None]
    final: Mapped[Fraction | None]
    fired: Mapped[str] = mapped_column(Text, default="")
    revised_at: Mapped[dt.datetime]
    revised_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    dispute_id: Mapped[int | None] = mapped_column(ForeignKey("disputes.id"))
    kind: Mapped[str] = mapped_column(String(16), default="dispute", server_default="dispute")
    reason: Mapped[str | None] = mapped_column(Text)
    overall: Mapped[str | None] = mapped_column(Text)
    advice: Mapped[str | None] = mapped_column(Text)
    acknowledged_at: Mapped[dt.datetime | None]


class RevisionAnswerRow(Base):
    """One answer of a superseded version."""

    __tablename__ = "revision_answers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["evaluation_id", "number"],
            ["revisions.evaluation_id", "revisions.number"],
            ondelete="CASCADE",
        ),
    )

    evaluation_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    criterion: Mapped[str] = mapped_column(String(40), primary_key=True)
    state: Mapped[str] = mapped_column(String(12))
    option: Mapped[int | None]
    reasons: Mapped[str] = mapped_column(String(40), default="", server_default="")
    why: Mapped[str | None] = mapped_column(Text)
    comment: Mapped[str | None] = mapped_column(Text)
    passed: Mapped[bool | None]
    lost: Mapped[float]


class DisputeOutcomeRow(Base):
    """One disputed criterion of a decided dispute: its options before and after."""

    __tablename__ = "dispute_outcomes"
    __table_args__ = (Index("ix_dispute_outcomes_criterion", "criterion"),)

    dispute_id: Mapped[int] = mapped_column(
        ForeignKey("disputes.id", ondelete="CASCADE"), primary_key=True
    )
    criterion: Mapped[str] = mapped_column(String(40), primary_key=True)
    before: Mapped[int | None]
    after: Mapped[int | None]
    changed: Mapped[bool]
