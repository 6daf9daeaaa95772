"""Assigned contacts: /next and every press about them."""

from collections.abc import Awaitable, Callable, Mapping

from handlers.assignments import handing, outstanding, upcoming
from handlers.assignments.access import SKIP
from handlers.refusals import OutOfDate
from handlers.routing import Command, Typed, press
from handlers.taps import TaskAct, TaskTap
from handlers.turn import Turn
from handlers.words import N_
from scoring.roles import Role

EVALUATORS = frozenset({Role.EVALUATOR})
TASKERS = EVALUATORS | {Role.SUPERVISOR, Role.ADMIN}
"""Evaluators act on their own, supervisors and admins on what their teams' plans handed out."""

ACTS: Mapping[TaskAct, Callable[[Turn, TaskTap], Awaitable[None]]] = {
    TaskAct.NEXT: upcoming.show,
    TaskAct.SCORE: upcoming.score,
    TaskAct.SKIP: handing.ask_why,
    TaskAct.WHY: handing.skip_for,
    TaskAct.HAND_ON: handing.ask_whom,
    TaskAct.TO: handing.hand_on,
    TaskAct.TEAM: outstanding.show_team,
    TaskAct.PERSON: outstanding.show_person,
    TaskAct.TASK: outstanding.show_task,
}


async def pressed(turn: Turn, tap: TaskTap) -> None:
    """Handle a press about assignments; what it names is looked at anew each time."""
    act = ACTS.get(tap.act)
    if act is None:
        raise OutOfDate
    await act(turn, tap)


COMMANDS = (Command("next", upcoming.start, N_("The next assigned contact"), EVALUATORS),)
PRESSES = (press(TaskTap, pressed, TASKERS),)
TYPED = (Typed(SKIP, handing.skip_typed, TASKERS),)
NOTICES = handing.NOTICES
