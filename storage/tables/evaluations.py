"""Tables of scorecards, drafts, evaluations and disputes."""

import datetime as dt
from fractions import Fraction

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, false

from storage.tables.base import Base, Mapped, mapped_column

SCORED = ("counts", "selection", "final")
"""Whether an evaluation counts, how its contact was picked, and what it came to."""

REPORTED = (
    "agent_id",
    "scorecard_version_id",
    *("customer_ok", "business_ok", "compliance_ok"),
    "acknowledged_at",
)
"""What else a team's report tells of it."""


class ScorecardRow(Base):
    """A scorecard's key; retired ones are not offered any more."""

    __tablename__ = "scorecards"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    retired_at: Mapped[dt.datetime | None]


class ScorecardVersionRow(Base):
    """One publication, never changed afterwards."""

    __tablename__ = "scorecard_versions"
    __table_args__ = (UniqueConstraint("key", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(ForeignKey("scorecards.key"))
    version: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[dt.datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))


class ScorecardUploadRow(Base):
    """A valid scorecard file that waits for its Publish button."""

    __tablename__ = "scorecard_uploads"

    id: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[str] = mapped_column(Text)
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    uploaded_at: Mapped[dt.datetime]
    version_id: Mapped[int | None] = mapped_column(ForeignKey("scorecard_versions.id"))


class DraftRow(Base):
    """An evaluation being filled in; ``version`` grows with each change.

    With ``calibration_id`` it belongs to a calibration instead: its answers on ``contact_id``, or,
    without that, a contact that is being added to the session. ``assignment_id`` says that
    scoring its contact was handed to the evaluator; it refers to ``assignments``. ``begun_by``
    and ``heard`` are the messages that began it and that it took last. ``beside_id`` is the draft
    that was open when material came for this one, which may belong to that one.
    """

    __tablename__ = "drafts"
    __table_args__ = (Index("ix_drafts_evaluator_status", "evaluator_id", "status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    evaluator_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    status: Mapped[str] = mapped_column(String(16), default="open")
    version: Mapped[int] = mapped_column(default=0)
    stage: Mapped[str] = mapped_column(String(16))
    criterion: Mapped[str | None] = mapped_column(String(40))
    comes_back: Mapped[bool] = mapped_column(default=False)
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    dispute_id: Mapped[int | None] = mapped_column(ForeignKey("disputes.id"), index=True)
    correction_id: Mapped[int | None] = mapped_column(ForeignKey("corrections.id"), index=True)
    channel: Mapped[str | None] = mapped_column(String(16))
    reference: Mapped[str | None] = mapped_column(String(80))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"))
    scorecard_version_id: Mapped[int | None] = mapped_column(ForeignKey("scorecard_versions.id"))
    overall: Mapped[str | None] = mapped_column(Text)
    advice: Mapped[str | None] = mapped_column(Text)
    filter: Mapped[str] = mapped_column(String(64), default="")
    calibration_id: Mapped[int | None] = mapped_column(ForeignKey("calibrations.id"), index=True)
    assignment_id: Mapped[int | None]
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    begun_by: Mapped[int | None] = mapped_column(BigInteger)
    heard: Mapped[int | None] = mapped_column(BigInteger)
    beside_id: Mapped[int | None]
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]


class DraftAnswerRow(Base):
    """One answer of a draft: an option, N/A, or only a note so far."""

    __tablename__ = "draft_answers"

    draft_id: Mapped[int] = mapped_column(
        ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True
    )
    criterion: Mapped[str] = mapped_column(String(40), primary_key=True)
    answered: Mapped[bool]
    option: Mapped[int | None]
    reasons: Mapped[str] = mapped_column(String(40), default="", server_default="")
    why: Mapped[str | None] = mapped_column(Text)
    comment: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)


class DraftTextRow(Base):
    """A typed message that a draft took: which text of it came from where, until the draft ends.

    ``slot`` says what the text is, ``criterion`` of which one; message 0 stands for a text that
    was there before.
    """

    __tablename__ = "draft_texts"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[int] = mapped_column(BigInteger)
    slot: Mapped[str] = mapped_column(String(12))
    criterion: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)


class AttachmentRow(Base):
    """A recording, a file or a forwarded text that belongs to a draft and later to its contact."""

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int | None] = mapped_column(
        ForeignKey("drafts.id", ondelete="SET NULL"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    file_id: Mapped[str | None] = mapped_column(String(200))
    file_unique_id: Mapped[str | None] = mapped_column(String(64))
    text: Mapped[str | None] = mapped_column(Text)
    sender: Mapped[str | None] = mapped_column(String(120))
    source_message: Mapped[int] = mapped_column(BigInteger)
    added_at: Mapped[dt.datetime]


class EvaluationRow(Base):
    """A submitted evaluation with its scores; answers stand in their own table.

    Of the evaluations of one contact and agent at most one ``counts``: the latest valid one.
    ``selection`` says how its contact was picked.
    """

    __tablename__ = "evaluations"
    __table_args__ = (
        # All that reports on a team read, and the trend of an agent or a digest: evaluations lie
        # scattered among other teams', one to a page.
        Index("ix_evaluations_team_report", "team_id", "submitted_at", "id", *SCORED, *REPORTED),
        Index("ix_evaluations_agent_scores", "agent_id", "submitted_at", "id", *SCORED),
        Index("ix_evaluations_evaluator_submitted", "evaluator_id", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(unique=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), index=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    evaluator_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    scorecard_version_id: Mapped[int] = mapped_column(ForeignKey("scorecard_versions.id"))
    raw: Mapped[Fraction | None]
    final: Mapped[Fraction | None]
    fired: Mapped[str] = mapped_column(Text, default="")
    customer_ok: Mapped[bool | None]
    business_ok: Mapped[bool | None]
    compliance_ok: Mapped[bool | None]
    overall: Mapped[str | None] = mapped_column(Text)
    advice: Mapped[str | None] = mapped_column(Text)
    submitted_at: Mapped[dt.datetime]
    acknowledged_at: Mapped[dt.datetime | None]
    withdrawn_at: Mapped[dt.datetime | None]
    counts: Mapped[bool] = mapped_column(default=False, server_default=false())
    selection: Mapped[str] = mapped_column(String(8), default="chosen", server_default="chosen")


class EvaluationAnswerRow(Base):
    """One answer of an evaluation with what it earned and what it cost.

    On SQLite the answers of one evaluation lie together, in the order of the key.
    """

    __tablename__ = "evaluation_answers"
    __table_args__ = ({"sqlite_with_rowid": False},)

    evaluation_id: Mapped[int] = mapped_column(
        ForeignKey("evaluations.id", ondelete="CASCADE"), primary_key=True
    )
    criterion: Mapped[str] = mapped_column(String(40), primary_key=True)
    state: Mapped[str] = mapped_column(String(12))
    option: Mapped[int | None]
    reasons: Mapped[str] = mapped_column(String(40), default="", server_default="")
    why: Mapped[str | None] = mapped_column(Text)
    comment: Mapped[str | None] = mapped_column(Text)
    passed: Mapped[bool | None]
    lost: Mapped[float] = mapped_column(default=0.0)


class DisputeReasonRow(Base):
    """A message that an agent typed against an evaluation, until the dispute is filed."""

    __tablename__ = "dispute_reasons"
    __table_args__ = (UniqueConstraint("agent_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(
        ForeignKey("evaluations.id", ondelete="CASCADE"), index=True
    )
    agent_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    message_id: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[dt.datetime]


class DisputeRow(Base):
    """An agent's objection to an evaluation, who scores it afresh, and how it was decided.

    ``passed_on`` holds the ids of those who were asked to score it afresh and passed it on.
    ``learning`` is what whoever scored it afresh noted outside the disputed criteria. A decision
    that was taken back stays as ``first_decision``, by ``first_decided_by``.
    """

    __tablename__ = "disputes"
    __table_args__ = (
        Index("ix_disputes_status", "status"),
        Index("ix_disputes_reviewer_status", "reviewer_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluations.id"), unique=True)
    criteria: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16))
    opened_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    passed_on: Mapped[str | None] = mapped_column(Text)
    escalates_at: Mapped[dt.datetime | None]
    escalated_at: Mapped[dt.datetime | None]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decision: Mapped[str | None] = mapped_column(Text)
    learning: Mapped[str | None] = mapped_column(Text)
    reopened_at: Mapped[dt.datetime | None]
    reopened_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reopening: Mapped[str | None] = mapped_column(Text)
    first_status: Mapped[str | None] = mapped_column(String(16))
    first_decision: Mapped[str | None] = mapped_column(Text)
    first_decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    first_decided_at: Mapped[dt.datetime | None]
