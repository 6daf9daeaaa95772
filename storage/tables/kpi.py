"""Tables of KPI: metrics that admins defined, what teams want of metrics, daily figures."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, String

from storage.tables.base import Base, Mapped, mapped_column


class KpiMetricRow(Base):
    """A metric that an admin defined; the built-in ones are in the code."""

    __tablename__ = "kpi_metrics"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    unit: Mapped[str] = mapped_column(String(16))
    direction: Mapped[str] = mapped_column(String(16))
    aggregation: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[dt.datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))


class KpiGoalRow(Base):
    """What a team wants of a metric; the quality score's target is the team's own."""

    __tablename__ = "kpi_goals"

    team_id: Mapped[int] = mapped_column(
        ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True
    )
    metric: Mapped[str] = mapped_column(String(32), primary_key=True)
    used: Mapped[bool] = mapped_column(default=True)
    target: Mapped[float | None]
    weight: Mapped[int] = mapped_column(default=0)


class KpiFigureRow(Base):
    """One agent's day in one metric; the team is the agent's when the figure came."""

    __tablename__ = "kpi_figures"
    __table_args__ = (Index("ix_kpi_figures_team_day", "team_id", "day"),)

    agent_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    metric: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[float]
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id", ondelete="SET NULL"))
    imported_at: Mapped[dt.datetime]
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
