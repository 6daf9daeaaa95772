"""The rules by which a person who left is erased.

What was written about them goes. What they wrote about others is the others' record: it stays
without their name. Scores, counts and dates stay, so that reports of the past add up.
"""

from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import ColumnElement, or_, select

from storage.erasure import How, Rule, Whose
from storage.tables import (
    AssignmentRow,
    AwaitingRow,
    CalibrationAnswerRow,
    CalibrationScoringRow,
    ContactMoveRow,
    ContactRow,
    CorrectionRow,
    DisputeReasonRow,
    DisputeRow,
    DraftAnswerRow,
    DraftRow,
    DraftTextRow,
    EvaluationAnswerRow,
    EvaluationRow,
    GoalRow,
    GroupRow,
    InvitationRow,
    OutboxRow,
    PeopleUploadRow,
    PersonAliasRow,
    PraiseConsentRow,
    ProposalRow,
    QuestionRow,
    RevisionAnswerRow,
    RevisionRow,
    SecondScoringAnswerRow,
    SecondScoringRow,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute

Column: TypeAlias = "InstrumentedAttribute[int] | InstrumentedAttribute[int | None]"


def _is(*columns: Column) -> Whose:
    """Return the condition that one of *columns* is the person."""
    return lambda person: or_(*(column == person for column in columns))


def _through(link: Column, target: Column, *columns: Column) -> Whose:
    """Return the condition that *link* leads to a row of which one of *columns* is the person."""

    def whose(person: int) -> ColumnElement[bool]:
        mine = select(target).where(or_(*(column == person for column in columns)))
        return link.in_(mine)

    return whose


DISPUTED = ("reason", "decision", "learning", "reopening", "first_decision")
_ABOUT_EVALUATED = (EvaluationRow.id, EvaluationRow.agent_id)
_BY_EVALUATOR = (EvaluationRow.id, EvaluationRow.evaluator_id)
_DRAFTED = (DraftRow.agent_id, DraftRow.evaluator_id)
_ABOUT_CALLER = (ContactRow.id, ContactRow.agent_id)


def _calibrated(person: int) -> ColumnElement[bool]:
    """Return the condition that a calibration's answer is about a contact of the person."""
    contacts = select(ContactRow.id).where(ContactRow.agent_id == person)
    scorings = select(CalibrationScoringRow.id).where(
        CalibrationScoringRow.contact_id.in_(contacts)
    )
    return CalibrationAnswerRow.scoring_id.in_(scorings)


THEIRS = (
    Rule(InvitationRow, (), How.REMOVED, _is(InvitationRow.person_id)),
    Rule(DisputeReasonRow, (), How.REMOVED, _is(DisputeReasonRow.agent_id)),
    Rule(AwaitingRow, (), How.REMOVED, _is(AwaitingRow.person_id)),
    Rule(QuestionRow, (), How.REMOVED, _is(QuestionRow.person_id)),
    Rule(PersonAliasRow, (), How.REMOVED, _is(PersonAliasRow.person_id)),
    Rule(PeopleUploadRow, (), How.REMOVED, _is(PeopleUploadRow.uploaded_by)),
    Rule(OutboxRow, (), How.REMOVED, _is(OutboxRow.recipient_id)),
    Rule(PraiseConsentRow, (), How.REMOVED, _is(PraiseConsentRow.person_id)),
    Rule(GroupRow, (), How.REMOVED, _is(GroupRow.person_id)),
    Rule(
        DraftAnswerRow,
        ("why", "comment", "note"),
        How.CLEARED,
        _through(DraftAnswerRow.draft_id, DraftRow.id, *_DRAFTED),
    ),
    Rule(
        DraftTextRow,
        (),
        How.REMOVED,
        _through(DraftTextRow.draft_id, DraftRow.id, *_DRAFTED),
    ),
    Rule(
        DraftRow,
        ("overall", "advice", "filter", "chat_id", "message_id"),
        How.CLEARED,
        _is(*_DRAFTED),
    ),
)
"""What was theirs alone, or only on its way."""

ABOUT_THEM = (
    Rule(
        EvaluationAnswerRow,
        ("why", "comment"),
        How.CLEARED,
        _through(EvaluationAnswerRow.evaluation_id, *_ABOUT_EVALUATED),
    ),
    Rule(EvaluationRow, ("overall", "advice"), How.CLEARED, _is(EvaluationRow.agent_id)),
    Rule(
        RevisionAnswerRow,
        ("why", "comment"),
        How.CLEARED,
        _through(RevisionAnswerRow.evaluation_id, *_ABOUT_EVALUATED),
    ),
    Rule(
        RevisionRow,
        ("overall", "advice", "reason"),
        How.CLEARED,
        _through(RevisionRow.evaluation_id, *_ABOUT_EVALUATED),
    ),
    Rule(
        CorrectionRow,
        ("reason", "decision"),
        How.CLEARED,
        lambda person: or_(
            CorrectionRow.agent_id == person,
            CorrectionRow.evaluation_id.in_(
                select(EvaluationRow.id).where(EvaluationRow.agent_id == person)
            ),
        ),
    ),
    Rule(
        DisputeRow,
        DISPUTED,
        How.CLEARED,
        _through(DisputeRow.evaluation_id, *_ABOUT_EVALUATED),
    ),
    Rule(GoalRow, ("advice",), How.CLEARED, _is(GoalRow.agent_id)),
    Rule(
        ContactMoveRow,
        ("comment",),
        How.CLEARED,
        _through(ContactMoveRow.contact_id, *_ABOUT_CALLER),
    ),
    Rule(AssignmentRow, ("reason",), How.CLEARED, _is(AssignmentRow.agent_id)),
    Rule(
        CalibrationScoringRow,
        ("overall",),
        How.CLEARED,
        _through(CalibrationScoringRow.contact_id, *_ABOUT_CALLER),
    ),
    Rule(CalibrationAnswerRow, ("why", "comment"), How.CLEARED, _calibrated),
    Rule(SecondScoringRow, ("overall",), How.CLEARED, _is(SecondScoringRow.agent_id)),
    Rule(
        SecondScoringAnswerRow,
        ("why", "comment"),
        How.CLEARED,
        _through(SecondScoringAnswerRow.scoring_id, SecondScoringRow.id, SecondScoringRow.agent_id),
    ),
)
"""What others wrote about them, and what they wrote about their own results."""

BY_THEM = (
    Rule(
        EvaluationAnswerRow,
        ("why", "comment"),
        How.UNNAMED,
        _through(EvaluationAnswerRow.evaluation_id, *_BY_EVALUATOR),
    ),
    Rule(EvaluationRow, ("overall", "advice"), How.UNNAMED, _is(EvaluationRow.evaluator_id)),
    Rule(
        RevisionAnswerRow,
        ("why", "comment"),
        How.UNNAMED,
        _through(RevisionAnswerRow.evaluation_id, *_BY_EVALUATOR),
    ),
    Rule(
        RevisionRow,
        ("overall", "advice", "reason"),
        How.UNNAMED,
        lambda person: or_(
            RevisionRow.revised_by == person,
            RevisionRow.evaluation_id.in_(
                select(EvaluationRow.id).where(EvaluationRow.evaluator_id == person)
            ),
        ),
    ),
    Rule(
        CorrectionRow,
        ("reason", "decision"),
        How.UNNAMED,
        lambda person: or_(
            CorrectionRow.made_by == person,
            CorrectionRow.decided_by == person,
            CorrectionRow.evaluation_id.in_(
                select(EvaluationRow.id).where(EvaluationRow.evaluator_id == person)
            ),
        ),
    ),
    Rule(
        DisputeRow,
        DISPUTED,
        How.UNNAMED,
        lambda person: or_(
            DisputeRow.decided_by == person,
            DisputeRow.first_decided_by == person,
            DisputeRow.reopened_by == person,
            DisputeRow.reviewer_id == person,
            DisputeRow.evaluation_id.in_(
                select(EvaluationRow.id).where(EvaluationRow.evaluator_id == person)
            ),
        ),
    ),
    Rule(GoalRow, ("advice",), How.UNNAMED, _is(GoalRow.made_by, GoalRow.mentor_id)),
    Rule(ContactMoveRow, ("comment",), How.UNNAMED, _is(ContactMoveRow.moved_by)),
    Rule(
        ProposalRow,
        ("text", "decision", "outcome"),
        How.UNNAMED,
        _is(ProposalRow.author_id, ProposalRow.owner_id, ProposalRow.decided_by),
    ),
    Rule(AssignmentRow, ("reason",), How.UNNAMED, _is(AssignmentRow.evaluator_id)),
    Rule(CalibrationScoringRow, ("overall",), How.UNNAMED, _is(CalibrationScoringRow.evaluator_id)),
    Rule(
        CalibrationAnswerRow,
        ("why", "comment"),
        How.UNNAMED,
        _through(
            CalibrationAnswerRow.scoring_id,
            CalibrationScoringRow.id,
            CalibrationScoringRow.evaluator_id,
        ),
    ),
    Rule(SecondScoringRow, ("overall",), How.UNNAMED, _is(SecondScoringRow.evaluator_id)),
    Rule(
        SecondScoringAnswerRow,
        ("why", "comment"),
        How.UNNAMED,
        _through(
            SecondScoringAnswerRow.scoring_id, SecondScoringRow.id, SecondScoringRow.evaluator_id
        ),
    ),
)
"""What they wrote about others, or took part in."""

RULES = (*THEIRS, *ABOUT_THEM, *BY_THEM)
