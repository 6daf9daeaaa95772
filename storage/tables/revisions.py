"""Tables of what evaluations were before they were revised, and what disputes came to.

The version that counts stands in the evaluations' own tables; these hold the ones before it.
"""

import datetime as dt
from fractions import Fraction

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text

from storage.tables.base import Base, Mapped, mapped_column


class RevisionRow(Base):
    """A superseded version, numbered from 1: its scores, and when, by whom and why it ended."""

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
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))


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
