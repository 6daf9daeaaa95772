"""The command line: ``etalon`` and ``python -m bot``.

Each command loads what it needs itself: what was mistyped is answered at once, and a bot does not
carry what only other commands use.
"""

import asyncio
import datetime as dt
import os
import sys
from collections.abc import Callable, Coroutine
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from bot.console import complain, say
from bot.misspelt import TOKEN_VARIABLE
from bot.settings import Settings, SettingsError, load_settings, sandbox_folder, unread

if TYPE_CHECKING:
    from bot.tasks import Report

UNUSABLE = 2
"""The exit code for a configuration that cannot be read."""

OWN_EYES = 0o077
"""The permission bits that no file or folder gets."""

MOST_ID = 2**31 - 1
"""The largest number that a database gives to a row."""


YEARS = range(2000, 2101)
"""The years of which jobs can be run; beyond them no calendar's week or month need exist."""


class Importable(StrEnum):
    """What can be imported from a file."""

    PEOPLE = "people"
    CONTACTS = "contacts"
    KPI = "kpi"
    SCORECARD = "scorecard"


class Exportable(StrEnum):
    """What can be exported to a file."""

    EVALUATIONS = "evaluations"


FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))


class Commands(click.Group):
    """Commands that are listed as they stand here, each with its whole sentence."""

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.help or "") for name, one in self.commands.items()])


@click.group(cls=Commands, no_args_is_help=True)
def app() -> None:
    """Etalon: quality control for contact centres inside Telegram."""


@app.command()
def run() -> None:
    """Migrate the schema, then run the bot (the sandbox when there is no token)."""
    settings = _settings()
    _tell_unread(settings)
    if settings.is_sandbox:
        _run_sandbox(settings, empty=False)
    from bot.launch import launch, telegram_launch

    sys.exit(asyncio.run(launch(telegram_launch(settings))))


@app.command()
@click.option("--empty", is_flag=True, help="Without the demo centre.")
def sandbox(*, empty: bool) -> None:
    """Run the sandbox, whatever the environment says."""
    _run_sandbox(_settings(), empty=empty)


@app.command()
def check() -> None:
    """Say what is wrong with the configuration, the database or the token, and how to mend it."""
    from bot import check as checking

    findings = asyncio.run(checking.check(_settings()))
    for finding in findings:
        say(str(finding))
    sys.exit(0 if all(finding.good for finding in findings) else 1)


@app.command()
def migrate() -> None:
    """Bring the schema up to date."""
    from bot import tasks

    _report(tasks.migrate)


@app.command("import")
@click.argument("what", type=click.Choice([one.value for one in Importable]))
@FILE
def import_(what: str, file: Path) -> None:
    """Import FILE: people, contacts or kpi (.csv or .xlsx), or a scorecard (.yaml)."""
    from bot import tasks

    imports = {
        Importable.PEOPLE: tasks.import_people,
        Importable.CONTACTS: tasks.import_contacts,
        Importable.KPI: tasks.import_kpi,
        Importable.SCORECARD: tasks.import_scorecard,
    }
    _report(lambda settings: imports[Importable(what)](settings, file))


@app.command()
@click.argument("what", type=click.Choice([one.value for one in Exportable]))
@FILE
def export(what: str, file: Path) -> None:  # noqa: ARG001  there is one kind so far
    """Export evaluations to FILE, as .csv or .xlsx by its ending."""
    from bot import tasks

    _report(lambda settings: tasks.export_evaluations(settings, file))


@app.command()
@FILE
def backup(file: Path) -> None:
    """Write a consistent copy of the database to FILE while the bot runs."""
    from bot import tasks

    _report(lambda settings: tasks.back_up(settings, file))


@app.command()
@FILE
@click.option(
    "--before",
    metavar="URL",
    default="",
    help="PostgreSQL: the database that the copy replaces, to learn from what must stay done.",
)
@click.option(
    "--act",
    "acts",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A document of an erasure after the copy; any number of them.",
)
def restore(file: Path, before: str, acts: tuple[Path, ...]) -> None:
    """Bring FILE, a copy, back; erasures stay done, old links and buttons stop working."""
    from bot import restoring

    _report(lambda settings: restoring.restore(settings, file, before=before, acts=acts))


@app.group(cls=Commands, no_args_is_help=True)
def jobs() -> None:
    """What runs on a schedule."""


@jobs.command("list")
def list_jobs() -> None:
    """List what runs on a schedule and when it is due next."""
    from bot import tasks

    _report(tasks.list_jobs)


@jobs.command("run")
@click.argument("name")
@click.option(
    "--at", metavar="TIME", default="", help="ISO 8601, UTC without an offset; default: now."
)
def run_job(name: str, at: str) -> None:
    """Run what is due at that time, once."""
    from bot import tasks

    moment = _moment(at)
    _report(lambda settings: tasks.run_job(settings, name, moment))


@app.group(cls=Commands, no_args_is_help=True)
def audit() -> None:
    """The log of who did what."""


@audit.command("verify")
def verify_audit() -> None:
    """Say whether the audit log is whole, or which entry is the first that is not."""
    from bot import tasks

    _report(tasks.verify_audit)


@app.group(cls=Commands, no_args_is_help=True)
def draws() -> None:
    """What was drawn for scoring."""


@draws.command("list")
def list_draws() -> None:
    """List the newest draws, with what replays them."""
    from bot import draw_tasks

    _report(draw_tasks.list_draws)


@draws.command("verify")
@click.argument("number", metavar="ID", type=click.IntRange(1, MOST_ID))
def verify_draw(number: int) -> None:
    """Draw again from the stored seed and population; exit 1 where it differs."""
    from bot import draw_tasks

    _report(lambda settings: draw_tasks.verify_draw(settings, number))


def main() -> None:
    """Run the command that was typed; whatever it writes is for this user's eyes only."""
    os.umask(OWN_EYES)
    app()


def _run_sandbox(settings: Settings, *, empty: bool) -> NoReturn:
    """Run the sandbox to its end, with the demo centre unless it should be empty."""
    if settings.database_url:
        say(
            "The sandbox leaves DATABASE_URL alone: it keeps a database of its own in "
            f"{sandbox_folder()}."
        )
    from bot.demo import ensure_demo
    from bot.launch import launch, sandbox_launch

    sys.exit(asyncio.run(launch(sandbox_launch(settings, None if empty else ensure_demo))))


def _settings() -> Settings:
    """Return the settings, or end with a sentence for each mistake in them."""
    try:
        settings = load_settings()
    except SettingsError as error:
        for problem in error.problems:
            complain(problem)
        sys.exit(UNUSABLE)
    from bot.logs import configure

    configure(settings.log_level, settings.log_format)
    return settings


def _tell_unread(settings: Settings) -> None:
    """Name the variables that nothing reads; end where one of them is the token, misspelt."""
    found = unread()
    for one in found:
        complain(str(one))
    if settings.is_sandbox and any(one.meant == TOKEN_VARIABLE for one in found):
        complain(
            f"So there is no token. Set {TOKEN_VARIABLE}, or start the sandbox on purpose: "
            "etalon sandbox"
        )
        sys.exit(UNUSABLE)


def _report(task: "Callable[[Settings], Coroutine[object, object, Report]]") -> None:
    """Run the task, print what it reports, and end with its exit code."""
    from bot.tasks import TaskError

    settings = _settings()
    try:
        report = asyncio.run(task(settings))
    except TaskError as error:
        complain(str(error))
        sys.exit(1)
    for line in report.lines:
        say(line)
    sys.exit(0 if report.good else 1)


def _moment(text: str) -> dt.datetime | None:
    if not text:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        complain(f"{text!r} is no time in ISO 8601, such as 2026-11-23T09:00+02:00")
        sys.exit(UNUSABLE)
    if moment.year not in YEARS:
        complain(f"{text!r} lies too far away: from {YEARS[0]} to {YEARS[-1]}.")
        sys.exit(UNUSABLE)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=dt.UTC)
