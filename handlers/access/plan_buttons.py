"""Who may press a button of a plan or a draw: supervisors look, admins change."""

from collections.abc import Mapping
from enum import StrEnum

from handlers.access.rules import ADMINS, ALL, FILE_COST, OVERSEERS, TEAMS, Rule, may
from handlers.taps import PlanAct

LOOKING = (PlanAct.LIST, PlanAct.CARD, PlanAct.DRAWS, PlanAct.DRAW)
CHANGING = (
    *(PlanAct.TEAMS, PlanAct.NEW, PlanAct.ASK, PlanAct.SET, PlanAct.RUNS),
    *(PlanAct.DROP, PlanAct.DROP_SURE, PlanAct.NOW),
)

PLAN_BUTTONS: Mapping[tuple[StrEnum, ...], Rule] = {
    **{(act,): OVERSEERS for act in LOOKING},
    **{(act,): ADMINS for act in CHANGING},
    (PlanAct.FILE,): may(supervisor=TEAMS, admin=ALL, cost=FILE_COST),
}
"""By what the button says."""
