"""Tables of monitoring plans: what to draw, each draw with its population, and who scores what."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint

from storage.tables.base import Base, Mapped, mapped_column


class PlanRow(Base):
    """How many contacts of each of a team's agents are scored in a week or month, and which.

    ``channels``, ``types`` and ``strata`` are comma-separated names, empty for all of them or for
    none; ``bands`` are the bounds of the duration bands in seconds, comma-separated.
    """

    __tablename__ = "plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), index=True)
    per_agent: Mapped[int]
    period: Mapped[str] = mapped_column(String(8))
    channels: Mapped[str] = mapped_column(String(80), default="")
    types: Mapped[str] = mapped_column(String(120), default="")
    strata: Mapped[str] = mapped_column(String(40), default="")
    bands: Mapped[str] = mapped_column(String(80), default="")
    min_duration_s: Mapped[int] = mapped_column(default=0)
    min_age_h: Mapped[int] = mapped_column(default=0)
    double_percent: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    created_at: Mapped[dt.datetime]


class DrawRow(Base):
    """One draw of a plan: everything that is needed to replay it.

    ``settings`` are the plan's as JSON at that moment; ``population_hash`` covers the population
    as it stands in ``draw_contacts``.
    """

    __tablename__ = "draws"
    __table_args__ = (UniqueConstraint("plan_id", "occurrence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"))
    occurrence: Mapped[str] = mapped_column(String(20))
    settings: Mapped[str] = mapped_column(Text)
    seed: Mapped[int] = mapped_column(BigInteger)
    population_size: Mapped[int]
    population_hash: Mapped[str] = mapped_column(String(64))
    drawn_at: Mapped[dt.datetime]


class DrawContactRow(Base):
    """A contact of a draw's population: its stratum, why it was excluded, whether it was chosen."""

    __tablename__ = "draw_contacts"

    draw_id: Mapped[int] = mapped_column(
        ForeignKey("draws.id", ondelete="CASCADE"), primary_key=True
    )
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    stratum: Mapped[str] = mapped_column(String(80), default="")
    excluded: Mapped[str | None] = mapped_column(String(16))
    chosen: Mapped[bool] = mapped_column(default=False)


class AssignmentRow(Base):
    """A drawn contact that an evaluator is to score; ``second`` ones are scored unannounced."""

    __tablename__ = "assignments"
    __table_args__ = (
        UniqueConstraint("draw_id", "contact_id", "second"),
        Index("ix_assignments_evaluator_state", "evaluator_id", "state"),  # /next
        Index("ix_assignments_state_due_at", "state", "due_at"),  # what is left among all done
        Index("ix_assignments_contact_id", "contact_id"),  # done when that contact is scored
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draws.id", ondelete="CASCADE"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    agent_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    evaluator_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    second: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(12), default="open")
    reason: Mapped[str | None] = mapped_column(Text)
    evaluation_id: Mapped[int | None] = mapped_column(ForeignKey("evaluations.id"))
    assigned_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]
