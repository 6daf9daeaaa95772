"""Every table, so that one import fills the metadata."""

from storage.tables.audit import AuditEntryRow
from storage.tables.base import Base
from storage.tables.calibration import (
    CalibrationAnswerRow,
    CalibrationContactRow,
    CalibrationPersonRow,
    CalibrationRow,
    CalibrationScoringRow,
)
from storage.tables.contacts import ContactMoveRow, ContactRow
from storage.tables.double_scoring import SecondScoringAnswerRow, SecondScoringRow
from storage.tables.evaluations import (
    AttachmentRow,
    DisputeReasonRow,
    DisputeRow,
    DraftAnswerRow,
    DraftRow,
    DraftTextRow,
    EvaluationAnswerRow,
    EvaluationRow,
    ScorecardRow,
    ScorecardUploadRow,
    ScorecardVersionRow,
)
from storage.tables.goals import GoalRow, PraiseConsentRow, PraiseRow
from storage.tables.groups import GroupRow
from storage.tables.kpi import KpiFigureRow, KpiGoalRow, KpiMetricRow
from storage.tables.operations import OutboxRow, PictureRow, ScheduleRow, ScheduleRunRow
from storage.tables.people import (
    AwaitingRow,
    InvitationRow,
    MembershipRow,
    PeopleUploadRow,
    PersonAliasRow,
    PersonRoleRow,
    PersonRow,
    QuestionRow,
    TeamRow,
)
from storage.tables.plans import AssignmentRow, DrawContactRow, DrawRow, PlanRow
from storage.tables.proposals import ProposalRow
from storage.tables.revisions import (
    CorrectionRow,
    DisputeOutcomeRow,
    RevisionAnswerRow,
    RevisionRow,
)
from storage.tables.settings import SettingRow

__all__ = [
    "AssignmentRow",
    "AttachmentRow",
    "AuditEntryRow",
    "AwaitingRow",
    "Base",
    "CalibrationAnswerRow",
    "CalibrationContactRow",
    "CalibrationPersonRow",
    "CalibrationRow",
    "CalibrationScoringRow",
    "ContactMoveRow",
    "ContactRow",
    "CorrectionRow",
    "DisputeOutcomeRow",
    "DisputeReasonRow",
    "DisputeRow",
    "DraftAnswerRow",
    "DraftRow",
    "DraftTextRow",
    "DrawContactRow",
    "DrawRow",
    "EvaluationAnswerRow",
    "EvaluationRow",
    "GoalRow",
    "GroupRow",
    "InvitationRow",
    "KpiFigureRow",
    "KpiGoalRow",
    "KpiMetricRow",
    "MembershipRow",
    "OutboxRow",
    "PeopleUploadRow",
    "PersonAliasRow",
    "PersonRoleRow",
    "PersonRow",
    "PictureRow",
    "PlanRow",
    "PraiseConsentRow",
    "PraiseRow",
    "ProposalRow",
    "QuestionRow",
    "RevisionAnswerRow",
    "RevisionRow",
    "ScheduleRow",
    "ScheduleRunRow",
    "ScorecardRow",
    "ScorecardUploadRow",
    "ScorecardVersionRow",
    "SecondScoringAnswerRow",
    "SecondScoringRow",
    "SettingRow",
    "TeamRow",
]
