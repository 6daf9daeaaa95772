"""Every table, so that one import fills the metadata."""

from storage.tables.base import Base
from storage.tables.evaluations import (
    AttachmentRow,
    ContactRow,
    DisputeRow,
    DraftAnswerRow,
    DraftRow,
    EvaluationAnswerRow,
    EvaluationRow,
    ScorecardRow,
    ScorecardUploadRow,
    ScorecardVersionRow,
)
from storage.tables.kpi import KpiFigureRow, KpiGoalRow, KpiMetricRow
from storage.tables.operations import OutboxRow, PictureRow, ScheduleRow, ScheduleRunRow
from storage.tables.people import (
    AwaitingRow,
    InvitationRow,
    MembershipRow,
    PersonRoleRow,
    PersonRow,
    TeamRow,
)

__all__ = [
    "AttachmentRow",
    "AwaitingRow",
    "Base",
    "ContactRow",
    "DisputeRow",
    "DraftAnswerRow",
    "DraftRow",
    "EvaluationAnswerRow",
    "EvaluationRow",
    "InvitationRow",
    "KpiFigureRow",
    "KpiGoalRow",
    "KpiMetricRow",
    "MembershipRow",
    "OutboxRow",
    "PersonRoleRow",
    "PersonRow",
    "PictureRow",
    "ScheduleRow",
    "ScheduleRunRow",
    "ScorecardRow",
    "ScorecardUploadRow",
    "ScorecardVersionRow",
    "TeamRow",
]
