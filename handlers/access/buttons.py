"""Who may press a button, for every act of every kind; what is not here is refused.

Callback data can be forged, so a button's being shown to somebody proves nothing. The roles are
checked at the reception; the reach where the press is handled, against what it names.
"""

from collections.abc import Iterable, Mapping
from itertools import product

from handlers.access.admin_buttons import ADMIN_BUTTONS
from handlers.access.plan_buttons import PLAN_BUTTONS
from handlers.access.rules import (
    ADMINS,
    ALL,
    EVERYBODY,
    FILE_COST,
    NOBODY,
    OVERSEERS,
    OWN,
    READERS,
    REPORT_COST,
    TEAMS,
    Rule,
    Said,
    each,
    may,
)
from handlers.taps import (
    CalibrationAct,
    CalibrationTap,
    ContactAct,
    ContactTap,
    CorrectionAct,
    CorrectionTap,
    DisputeAct,
    DisputeTap,
    DoubleAct,
    DoubleTap,
    DraftAct,
    DraftTap,
    FeedbackAct,
    FeedbackTap,
    GoalAct,
    GoalTap,
    LanguageTap,
    MenuTap,
    PageTap,
    PlanTap,
    PraiseAct,
    PraiseTap,
    ProposalAct,
    ProposalTap,
    ReportAct,
    ReportKind,
    ReportTap,
    RevisionTap,
    Tap,
    TargetAct,
    TargetTap,
    TaskAct,
    TaskTap,
)

PROPOSERS = may(evaluator=ALL, supervisor=ALL, admin=ALL)
AUTHORS = may(evaluator=OWN, supervisor=OWN, admin=OWN)
JOURNAL = may(evaluator=ALL, supervisor=TEAMS, admin=ALL)
SEARCHERS = may(evaluator=ALL, supervisor=TEAMS, admin=ALL, cost=REPORT_COST)
CALIBRATORS = may(evaluator=OWN, supervisor=OWN)


def _reports(kind: ReportKind, acts: Iterable[ReportAct], rule: Rule) -> dict[Said, Rule]:
    return dict.fromkeys(product((kind,), acts), rule)


BUTTONS: Mapping[type[Tap], Mapping[Said, Rule]] = {
    DraftTap: each(
        # A supervisor fills one in for a calibration, they and admins to decide a dispute.
        (
            *(DraftAct.AGENT, DraftAct.MORE, DraftAct.CHANNEL, DraftAct.SCORECARD, DraftAct.SKIP),
            *(DraftAct.OPTION, DraftAct.NA, DraftAct.REASON, DraftAct.COMMENT, DraftAct.ERASE),
            *(DraftAct.BACK, DraftAct.CLOSE, DraftAct.ALL_MET, DraftAct.CHANGE),
            *(DraftAct.CRITERION, DraftAct.OVERALL, DraftAct.MEND, DraftAct.SUBMIT),
            *(DraftAct.DISCARD, DraftAct.DISCARD_SURE, DraftAct.OPEN, DraftAct.PRECEDENTS),
            *(DraftAct.ADVICE, DraftAct.RESTORE, DraftAct.REASONS, DraftAct.GO_ON),
            *(DraftAct.REST_MET, DraftAct.REPLACE, DraftAct.TAKE_BACK, DraftAct.ADD_HERE),
            *(DraftAct.NEW_CONTACT, DraftAct.OTHER_SCORECARD),
            *(DraftAct.ADVICE, DraftAct.RESTORE, DraftAct.CONTACT, DraftAct.AGAIN),
            *(DraftAct.LEARNING, DraftAct.UNLEARN),
        ),
        may(evaluator=OWN, supervisor=OWN, admin=OWN),
    ),
    TaskTap: {
        **each((TaskAct.NEXT, TaskAct.SCORE), may(evaluator=OWN)),
        **each(
            # Evaluators their own, the others what their teams' plans handed out.
            (TaskAct.SKIP, TaskAct.WHY, TaskAct.HAND_ON, TaskAct.TO),
            may(evaluator=OWN, supervisor=TEAMS, admin=ALL),
        ),
        **each((TaskAct.TEAM, TaskAct.PERSON, TaskAct.TASK), OVERSEERS),
    },
    DoubleTap: each(
        (DoubleAct.LIST, DoubleAct.RESULTS, DoubleAct.CRITERION, DoubleAct.LENIENCY),
        may(supervisor=TEAMS, admin=ALL, cost=REPORT_COST),
    ),
    FeedbackTap: {
        **each((FeedbackAct.OPEN, FeedbackAct.SHOW, FeedbackAct.LIST), READERS),
        **each((FeedbackAct.RECEIPT, FeedbackAct.MATERIAL), READERS),
        **each((FeedbackAct.ACKNOWLEDGE, FeedbackAct.DISPUTE), may(agent=OWN)),
    },
    RevisionTap: {(): READERS},
    DisputeTap: {
        **each(
            (
                *(DisputeAct.CRITERION, DisputeAct.ALL, DisputeAct.WRITE, DisputeAct.CANCEL),
                *(DisputeAct.SEND, DisputeAct.CHANGE),
            ),
            may(agent=OWN),
        ),
        **each((DisputeAct.OPEN, DisputeAct.SHOW), READERS),
        **each((DisputeAct.LIST, DisputeAct.ACCEPT, DisputeAct.DECLINE), OVERSEERS),
        **each((DisputeAct.REOPEN,), OVERSEERS),
        **each((DisputeAct.WITHDRAW,), ADMINS),
        **each(
            # Whoever is asked to score afresh.
            (
                *(DisputeAct.OFFER, DisputeAct.TAKE, DisputeAct.MATERIAL),
                *(DisputeAct.HAND_ON, DisputeAct.HAND_ON_SURE),
            ),
            may(evaluator=OWN),
        ),
    },
    CorrectionTap: {
        **each((CorrectionAct.MINE, CorrectionAct.SUBMITTED), may(evaluator=OWN)),
        **each(
            # Its evaluator, and admins at any time.
            (CorrectionAct.CORRECT, CorrectionAct.MOVE, CorrectionAct.WITHDRAW),
            may(evaluator=OWN, admin=ALL),
        ),
        **each(
            # Whoever began it.
            (
                *(CorrectionAct.AGENT, CorrectionAct.MORE, CorrectionAct.WRITE),
                *(CorrectionAct.SURE, CorrectionAct.DROP, CorrectionAct.TAKE_BACK),
            ),
            may(evaluator=OWN, admin=OWN),
        ),
        **each((CorrectionAct.OPEN, CorrectionAct.SHOW), READERS),
        **each((CorrectionAct.CONSENT, CorrectionAct.DECLINE), OVERSEERS),
    },
    CalibrationTap: {
        **each((CalibrationAct.LIST, CalibrationAct.FINISHED), CALIBRATORS),
        **each(
            # Who opened the session; supervisors choose from their own teams' contacts.
            (
                *(CalibrationAct.NEW, CalibrationAct.PLAN, CalibrationAct.CONTACTS),
                *(CalibrationAct.PICK, CalibrationAct.ATTACH, CalibrationAct.PEOPLE),
                *(CalibrationAct.INVITE, CalibrationAct.REFERENCES, CalibrationAct.REFERENCE),
                *(CalibrationAct.DEADLINES, CalibrationAct.DAYS, CalibrationAct.OPEN),
                *(CalibrationAct.DROP, CalibrationAct.CLOSE, CalibrationAct.CLOSE_SURE),
            ),
            CALIBRATORS,
        ),
        **each(
            # Who was invited.
            (
                *(CalibrationAct.CARD, CalibrationAct.CONTACT, CalibrationAct.MATERIAL),
                *(CalibrationAct.SCORE, CalibrationAct.NEXT, CalibrationAct.RESULTS),
                *(CalibrationAct.CRITERION, CalibrationAct.LENIENCY),
            ),
            CALIBRATORS,
        ),
    },
    ReportTap: {
        **_reports(
            ReportKind.TEAM,
            (ReportAct.SHOW,),
            may(supervisor=TEAMS, admin=ALL, groups=True, cost=REPORT_COST),
        ),
        **_reports(
            ReportKind.TEAM,
            (
                *(ReportAct.AGENTS, ReportAct.KPI, ReportAct.DISPUTES),
                *(ReportAct.TRAINING, ReportAct.PRAISE, ReportAct.WORTH_A_LOOK),
                *(ReportAct.EVALUATORS, ReportAct.EVALUATOR),
            ),
            may(supervisor=TEAMS, admin=ALL, cost=REPORT_COST),
        ),
        **_reports(
            ReportKind.TEAM,
            (ReportAct.EXPORT, ReportAct.PDF, ReportAct.ROWS_CSV, ReportAct.ROWS_XLSX),
            may(supervisor=TEAMS, admin=ALL, cost=FILE_COST),
        ),
        **_reports(ReportKind.TEAM, (ReportAct.GOAL, ReportAct.CONSENT), NOBODY),
        **_reports(
            ReportKind.AGENT,
            (ReportAct.SHOW, ReportAct.KPI),
            may(agent=OWN, supervisor=TEAMS, admin=ALL, cost=REPORT_COST),
        ),
        **_reports(ReportKind.AGENT, (ReportAct.CONSENT,), may(agent=OWN, cost=REPORT_COST)),
        **_reports(
            ReportKind.AGENT, (ReportAct.GOAL,), may(supervisor=TEAMS, admin=ALL, cost=REPORT_COST)
        ),
        **_reports(
            ReportKind.AGENT,
            (ReportAct.EXPORT, ReportAct.PDF),
            may(supervisor=TEAMS, admin=ALL, cost=FILE_COST),
        ),
        **_reports(
            ReportKind.AGENT,
            (
                *(ReportAct.AGENTS, ReportAct.DISPUTES, ReportAct.TRAINING, ReportAct.PRAISE),
                *(ReportAct.ROWS_CSV, ReportAct.ROWS_XLSX, ReportAct.WORTH_A_LOOK),
                *(ReportAct.EVALUATORS, ReportAct.EVALUATOR),
            ),
            NOBODY,
        ),
    },
    TargetTap: {
        **each(
            (
                *(TargetAct.LIST, TargetAct.TEAM, TargetAct.METRIC, TargetAct.USE),
                *(TargetAct.CLEAR, TargetAct.COMPOSITE, TargetAct.WEIGHT, TargetAct.SET_WEIGHT),
                TargetAct.OFF,
            ),
            OVERSEERS,
        ),
        # Metrics themselves are the same for every team.
        **each((TargetAct.NEW, TargetAct.TRAIT, TargetAct.REMOVE), ADMINS),
    },
    GoalTap: {
        **each((GoalAct.LIST, GoalAct.CARD), READERS),
        **each(
            (
                *(GoalAct.AGENTS, GoalAct.SET, GoalAct.WRITE, GoalAct.BY),
                *(GoalAct.MAKE, GoalAct.DROP, GoalAct.DROP_SURE, GoalAct.AGAIN),
            ),
            OVERSEERS,
        ),
    },
    PlanTap: PLAN_BUTTONS,
    PraiseTap: each((PraiseAct.PREVIEW, PraiseAct.POST), OVERSEERS),
    ContactTap: {
        **each((ContactAct.LIST, ContactAct.EVERYTHING), SEARCHERS),
        **each((ContactAct.FILTER, ContactAct.CARD, ContactAct.MATERIAL), JOURNAL),
        **each((ContactAct.MOVE, ContactAct.SEND_BACK), JOURNAL),
        **each((ContactAct.SCORE,), may(evaluator=ALL)),
    },
    ProposalTap: {
        # The register is open to all who propose; the evidence is not opened by it.
        **each((ProposalAct.LIST, ProposalAct.CARD, ProposalAct.NEW, ProposalAct.KIND), PROPOSERS),
        **each(
            (ProposalAct.CSV, ProposalAct.XLSX),
            may(evaluator=ALL, supervisor=ALL, admin=ALL, cost=FILE_COST),
        ),
        **each(
            (
                *(ProposalAct.EVIDENCE, ProposalAct.EVALUATIONS, ProposalAct.EVALUATION),
                *(ProposalAct.SCORECARDS, ProposalAct.CRITERIA, ProposalAct.CRITERION),
                ProposalAct.NOTHING,
            ),
            AUTHORS,
        ),
        **each((ProposalAct.TEAMS, ProposalAct.REPORT), may(supervisor=OWN, admin=OWN)),
        **each((ProposalAct.ACCEPT, ProposalAct.DECLINE), may(supervisor=ALL, admin=ALL)),
        **each((ProposalAct.OWNERS, ProposalAct.OWNER), may(supervisor=ALL, admin=ALL)),
        # The owner is one of those who may propose.
        **each((ProposalAct.OUTCOME,), may(evaluator=OWN, supervisor=ALL, admin=ALL)),
    },
    **ADMIN_BUTTONS,
    LanguageTap: {(): EVERYBODY},
    MenuTap: {(): EVERYBODY},
    # Whose pages are turned is looked at, see ``handlers.reception``.
    PageTap: {(): NOBODY},
}
"""Buttons by kind and what they say."""
