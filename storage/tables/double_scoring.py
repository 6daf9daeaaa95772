"""Tables of hidden double scoring: what a second evaluator made of a contact."""

import datetime as dt
from fractions import Fraction

from sqlalchemy import ForeignKey, Index, String, Text

from storage.tables.base import Base, Mapped, mapped_column


class SecondScoringRow(Base):
    """A contact as a second evaluator scored it; it is nobody's evaluation."""

    __tablename__ = "second_scorings"
    __table_args__ = (
        Index("ix_second_scorings_team_submitted", "team_id", "submitted_at"),  # a month's pairs
        Index("ix_second_scorings_evaluator_submitted", "evaluator_id", "submitted_at"),  # workload
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(unique=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), index=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    evaluator_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    scorecard_version_id: Mapped[int] = mapped_column(ForeignKey("scorecard_versions.id"))
    final: Mapped[Fraction | None]
    overall: Mapped[str | None] = mapped_column(Text)
    submitted_at: Mapped[dt.datetime]


class SecondScoringAnswerRow(Base):
    """One answer of such a scoring; what was not asked has no row."""

    __tablename__ = "second_scoring_answers"

    scoring_id: Mapped[int] = mapped_column(
        ForeignKey("second_scorings.id", ondelete="CASCADE"), primary_key=True
    )
    criterion: Mapped[str] = mapped_column(String(40), primary_key=True)
    option: Mapped[int | None]
    reasons: Mapped[str] = mapped_column(String(40), default="", server_default="")
    why: Mapped[str | None] = mapped_column(Text)
    comment: Mapped[str | None] = mapped_column(Text)
