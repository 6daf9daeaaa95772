"""The command line: ``etalon`` and ``python -m bot``."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot import draw_tasks, tasks
from bot.check import check as checked
from bot.demo import ensure_demo
from bot.launch import complain, launch, sandbox_launch, say, telegram_launch
from bot.logs import configure
from bot.settings import Settings, SettingsError, load_settings
from bot.tasks import TaskError

Result = TypeVar("Result")

UNUSABLE = 2
"""The exit code for a configuration that cannot be read."""

MOST_ID = 2**31 - 1
"""The largest number that a database gives to a row."""

app = typer.Typer(
    help="Etalon: quality control for contact centres inside Telegram.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
jobs_app = typer.Typer(help="What runs on a schedule.", no_args_is_help=True)
app.add_typer(jobs_app, name="jobs")
audit_app = typer.Typer(help="The log of who did what.", no_args_is_help=True)
app.add_typer(audit_app, name="audit")
draws_app = typer.Typer(help="What was drawn for scoring.", no_args_is_help=True)
app.add_typer(draws_app, name="draws")


class Importable(StrEnum):
    """What can be imported from a file."""

    PEOPLE = "people"
    CONTACTS = "contacts"
    KPI = "kpi"
    SCORECARD = "scorecard"


class Exportable(StrEnum):
    """What can be exported to a file."""

    EVALUATIONS = "evaluations"


File = Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]


@app.command()
def run() -> None:
    """Migrate the schema, then run the bot (the sandbox when there is no token)."""
    settings = _settings()
    if settings.is_sandbox:
        raise typer.Exit(_async(launch(sandbox_launch(settings, ensure_demo))))
    raise typer.Exit(_async(launch(telegram_launch(settings))))


@app.command()
def sandbox(
    *, empty: Annotated[bool, typer.Option("--empty", help="Without the demo centre.")] = False
) -> None:
    """Run the sandbox, whatever the environment says."""
    raise typer.Exit(_async(launch(sandbox_launch(_settings(), None if empty else ensure_demo))))


@app.command()
def check() -> None:
    """Say what is wrong with the configuration, the database or the token, and how to mend it."""
    findings = _async(checked(_settings()))
    for finding in findings:
        say(str(finding))
    raise typer.Exit(0 if all(finding.good for finding in findings) else 1)


@app.command()
def migrate() -> None:
    """Bring the schema up to date."""
    _report(tasks.migrate)


@app.command("import")
def import_(what: Importable, file: File) -> None:
    """Import FILE: people, contacts or kpi (.csv or .xlsx), or a scorecard (.yaml)."""
    imports = {
        Importable.PEOPLE: tasks.import_people,
        Importable.CONTACTS: tasks.import_contacts,
        Importable.KPI: tasks.import_kpi,
        Importable.SCORECARD: tasks.import_scorecard,
    }
    _report(lambda settings: imports[what](settings, file))


@app.command()
def export(what: Exportable, file: File) -> None:  # noqa: ARG001  there is one kind so far
    """Export evaluations to FILE, as .csv or .xlsx by its ending."""
    _report(lambda settings: tasks.export_evaluations(settings, file))


@jobs_app.command("list")
def list_jobs() -> None:
    """List what runs on a schedule and when it is due next."""
    _report(tasks.list_jobs)


@jobs_app.command("run")
def run_job(
    name: str,
    at: Annotated[
        str, typer.Option(metavar="TIME", help="ISO 8601, UTC without an offset; default: now.")
    ] = "",
) -> None:
    """Run what is due at that time, once."""
    moment = _moment(at)
    _report(lambda settings: tasks.run_job(settings, name, moment))


@draws_app.command("list")
def list_draws() -> None:
    """List the newest draws, with what replays them."""
    _report(draw_tasks.list_draws)


@draws_app.command("verify")
def verify_draw(
    number: Annotated[int, typer.Argument(metavar="ID", min=1, max=MOST_ID, show_default=False)],
) -> None:
    """Draw again from the stored seed and population; exit 1 where it differs."""
    _report(lambda settings: draw_tasks.verify_draw(settings, number))


@audit_app.callback()
def audit_() -> None:
    """Keep the commands about the audit log together."""


@audit_app.command("verify")
def verify_audit() -> None:
    """Say whether the audit log is whole, or which entry is the first that is not."""
    _report(tasks.verify_audit)


@app.command()
def backup(file: File) -> None:
    """Write a consistent copy of the database to FILE while the bot runs."""
    _report(lambda settings: tasks.back_up(settings, file))


def main() -> None:
    """Run the command that was typed."""
    app()


def _settings() -> Settings:
    """Return the settings, or end with a sentence for each mistake in them."""
    try:
        settings = load_settings()
    except SettingsError as error:
        for problem in error.problems:
            complain(problem)
        raise typer.Exit(UNUSABLE) from None
    configure(settings.log_level, settings.log_format)
    return settings


def _report(task: Callable[[Settings], Awaitable[tasks.Report]]) -> None:
    """Run the task, print what it reports, and end with its exit code."""
    settings = _settings()
    try:
        report = _async(task(settings))
    except TaskError as error:
        complain(str(error))
        raise typer.Exit(1) from None
    for line in report.lines:
        say(line)
    raise typer.Exit(0 if report.good else 1)


def _async(work: Awaitable[Result]) -> Result:
    async def running() -> Result:
        return await work

    return asyncio.run(running())


def _moment(text: str) -> dt.datetime | None:
    if not text:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        complain(f"{text!r} is no time in ISO 8601, such as 2026-11-23T09:00+02:00")
        raise typer.Exit(UNUSABLE) from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=dt.UTC)
