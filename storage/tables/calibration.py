"""Tables of calibration: sessions, what is scored in them by whom, and the answers given."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint

from storage.tables.base import Base, Mapped, mapped_column


class CalibrationRow(Base):
    """A session in which several people score the same contacts; ``seed`` replays its intervals."""

    __tablename__ = "calibrations"
    __table_args__ = (Index("ix_calibrations_opener_status", "opener_id", "status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    opener_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reference_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    scorecard_version_id: Mapped[int | None] = mapped_column(ForeignKey("scorecard_versions.id"))
    status: Mapped[str] = mapped_column(String(16))
    days: Mapped[int]
    seed: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[dt.datetime]
    opened_at: Mapped[dt.datetime | None]
    due_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]


class CalibrationContactRow(Base):
    """A contact that is scored in a session."""

    __tablename__ = "calibration_contacts"

    calibration_id: Mapped[int] = mapped_column(
        ForeignKey("calibrations.id", ondelete="CASCADE"), primary_key=True
    )
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), primary_key=True)


class CalibrationPersonRow(Base):
    """Somebody who scores in a session."""

    __tablename__ = "calibration_people"

    calibration_id: Mapped[int] = mapped_column(
        ForeignKey("calibrations.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)


class CalibrationScoringRow(Base):
    """A contact as one person scored it in a session; it counts in no other figures."""

    __tablename__ = "calibration_scorings"
    __table_args__ = (UniqueConstraint("calibration_id", "contact_id", "evaluator_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    calibration_id: Mapped[int] = mapped_column(ForeignKey("calibrations.id", ondelete="CASCADE"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    evaluator_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    draft_id: Mapped[int] = mapped_column(unique=True)
    overall: Mapped[str | None] = mapped_column(Text)
    submitted_at: Mapped[dt.datetime]


class CalibrationAnswerRow(Base):
    """One answer of such a scoring; what was not asked has no row."""

    __tablename__ = "calibration_answers"

    scoring_id: Mapped[int] = mapped_column(
        ForeignKey("calibration_scorings.id", ondelete="CASCADE"), primary_key=True
    )
    criterion: Mapped[str] = mapped_column(String(40), primary_key=True)
    option: Mapped[int | None]
    reasons: Mapped[str] = mapped_column(String(40), default="", server_default="")
    why: Mapped[str | None] = mapped_column(Text)
    comment: Mapped[str | None] = mapped_column(Text)
