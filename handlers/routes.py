"""The table of everything that can be asked of Etalon, and who may ask it.

Each conversation lists its own commands, buttons and awaited texts; here they come together, and
nowhere else: what is not in this table cannot be done. Commands stand in the order of the menu.
"""

from collections.abc import Mapping

from handlers import (
    fallback,
    help,  # noqa: A004  it is the command's name
    housekeeping,
    language,
    menu_taps,
    start,
)
from handlers.assignments import doubles, tasks
from handlers.calibration import calibrate
from handlers.contacts import contacts
from handlers.corrections import corrections
from handlers.disputes import disputes, disputing
from handlers.evaluating import drafts, score
from handlers.feedback import feedback
from handlers.goals import goals
from handlers.jobs import Job
from handlers.kpi import targets
from handlers.notice import Notice
from handlers.people import invite, merging, people, people_files, reachability, teams, undelivered
from handlers.plans import plans
from handlers.privacy import forget, log, organisation
from handlers.proposals import propose
from handlers.reports import digest, monthly, praise, reminders, reports
from handlers.routing import Command, Press, Routes, Typed
from handlers.scorecards import scorecards
from handlers.turn import Turn

WORK: tuple[Command, ...] = (
    *score.COMMANDS,
    *tasks.COMMANDS,
    *drafts.COMMANDS,
    *calibrate.COMMANDS,
    *contacts.COMMANDS,
    *feedback.COMMANDS,
    *goals.COMMANDS,
    *reports.COMMANDS,
    *disputes.COMMANDS,
    *propose.COMMANDS,
    *targets.COMMANDS,
    *people.COMMANDS,
    *invite.COMMANDS,
    *teams.COMMANDS,
    *scorecards.COMMANDS,
    *plans.COMMANDS,
    *organisation.COMMANDS,
    *log.COMMANDS,
    *forget.COMMANDS,
    *language.COMMANDS,
    *help.COMMANDS,
)

COMMANDS: tuple[Command, ...] = (*WORK, help.help_command(WORK), *start.COMMANDS)

PRESSES: tuple[Press, ...] = (
    *score.PRESSES,
    *tasks.PRESSES,
    *doubles.PRESSES,
    *calibrate.PRESSES,
    *contacts.PRESSES,
    *feedback.PRESSES,
    *goals.PRESSES,
    *corrections.PRESSES,
    *disputes.PRESSES,
    *propose.PRESSES,
    *targets.PRESSES,
    *reports.PRESSES,
    *praise.PRESSES,
    *people.PRESSES,
    *people_files.PRESSES,
    *teams.PRESSES,
    *undelivered.PRESSES,
    *scorecards.PRESSES,
    *plans.PRESSES,
    *organisation.PRESSES,
    *log.PRESSES,
    *forget.PRESSES,
    *language.PRESSES,
    menu_taps.press_of(COMMANDS),
)

TYPED: tuple[Typed, ...] = (
    *score.TYPED,
    *tasks.TYPED,
    *contacts.TYPED,
    *corrections.TYPED,
    *disputes.TYPED,
    *goals.TYPED,
    *propose.TYPED,
    *targets.TYPED,
    *people.TYPED,
    *invite.TYPED,
    *teams.TYPED,
    *log.TYPED,
    *forget.TYPED,
)

NOTICES: tuple[Notice, ...] = (
    *feedback.NOTICES,
    *corrections.NOTICES,
    *disputes.NOTICES,
    *contacts.NOTICES,
    *goals.NOTICES,
    *propose.NOTICES,
    *reminders.NOTICES,
    *reachability.NOTICES,
    *merging.NOTICES,
    *calibrate.NOTICES,
    *tasks.NOTICES,
    *digest.NOTICES,
    *monthly.NOTICES,
    *plans.NOTICES,
)

JOBS: tuple[Job, ...] = (
    *reminders.JOBS,
    *digest.JOBS,
    *monthly.JOBS,
    *plans.JOBS,
    *housekeeping.JOBS,
)


async def _edited(turn: Turn) -> bool:
    """Let a text that was edited change what was made of it, whichever conversation that is."""
    return await score.on_edit(turn) or await disputing.on_edit(turn)


def routes() -> Routes:
    """Return the table, looked up by command, kind of button and awaited text."""
    return Routes(
        commands={command.name: command for command in COMMANDS},
        presses={press.kind: press for press in PRESSES},
        typed={typed.what: typed for typed in TYPED},
        material=fallback.receive,
        edited=_edited,
        unknown=fallback.unknown,
        stranger=fallback.unknown,
    )


def notices() -> Mapping[str, Notice]:
    """Return how each kind of queued message is drawn."""
    return {notice.kind: notice for notice in NOTICES}


def jobs() -> Mapping[str, Job]:
    """Return what runs on a schedule, by name."""
    return {job.name: job for job in JOBS}
