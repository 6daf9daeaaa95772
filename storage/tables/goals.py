"""Tables of what agents work towards and of who may be praised for what came of it."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text

from storage.tables.base import Base, Mapped, mapped_column


class GoalRow(Base):
    """A criterion that an agent works on until a date; texts are wordings as JSON.

    The counts are those that the outcome was told with, and so is the share that was to be expected
    without the goal; ``among`` is of how many criteria this one may have been the worst.
    """

    __tablename__ = "goals"
    __table_args__ = (
        Index("ix_goals_agent_state", "agent_id", "state"),
        Index("ix_goals_state_due", "state", "due"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    scorecard: Mapped[str] = mapped_column(String(40))
    criterion: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(Text)
    advice: Mapped[str | None] = mapped_column(Text)
    started_at: Mapped[dt.datetime]
    due: Mapped[dt.date]
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    state: Mapped[str] = mapped_column(String(16))
    closed_at: Mapped[dt.datetime | None]
    before_passed: Mapped[int | None]
    before_asked: Mapped[int | None]
    after_passed: Mapped[int | None]
    after_asked: Mapped[int | None]
    expected: Mapped[float | None]
    among: Mapped[int | None]


class PraiseConsentRow(Base):
    """An agent who agreed to be praised in their team's group; nobody has by default."""

    __tablename__ = "praise_consents"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    agreed_at: Mapped[dt.datetime]


class PraiseRow(Base):
    """A praise that was posted: one for a team, a group and a period's days."""

    __tablename__ = "praises"

    team_id: Mapped[int] = mapped_column(
        ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True
    )
    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    first_day: Mapped[dt.date] = mapped_column(primary_key=True)
    last_day: Mapped[dt.date] = mapped_column(primary_key=True)
    posted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    posted_at: Mapped[dt.datetime]
