"""/export and the button Export: evaluations answer by answer, and reports as workbooks."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import structlog
from telegram.error import TelegramError

from handlers.refusals import NotAllowed, OnlyInPrivate, Sorry
from handlers.reports.books import file_name, person_book, person_paper, team_book, team_paper
from handlers.reports.export_rows import CSV, XLSX, answer_lines, rows_file, written
from handlers.reports.report_data import person_report, team_of, team_report, today_of, zone_of
from handlers.reports.report_words import period_of, split, typed, unknown
from handlers.reports.scope import OVERSEERS, agent_for, named, team_for, teams_of
from handlers.routing import Command
from handlers.taps import ReportAct, ReportKind, ReportTap
from handlers.turn import Services, Turn
from handlers.views import export as views
from handlers.views.screen import File
from handlers.words import N_, Words
from handlers.workshop.aside import aside
from scoring.periods import Period
from storage import audit
from storage.audit import Action, Subject, Thing
from storage.exports import Slice
from storage.reports import Scope, Window
from storage.teams import Team

log = structlog.get_logger(__name__)

ENDINGS = {ReportAct.ROWS_CSV: CSV, ReportAct.ROWS_XLSX: XLSX}
FILES = frozenset({ReportAct.EXPORT, ReportAct.PDF, *ENDINGS})
"""What leads to a file instead of a screen."""

ALL_TEAMS = 0
MEGABYTES = 50
"""The most that Telegram takes from a bot."""

BYTES = MEGABYTES * 1024 * 1024
EVERYTHING = "etalon"
"""How the file of several teams is called."""


class SeveralTeams(Sorry):
    """More than one team's name holds what was typed."""

    sentence = N_("Several teams are called like that: {teams}. Please write more of the name.")


class NothingToExport(Sorry):
    """The period holds no evaluations."""

    sentence = N_("No evaluations in this period.")


class TooMuchToExport(Sorry):
    """The file would be larger than Telegram takes."""

    sentence = N_("That file would be over {limit} MB. Choose a shorter period.")


async def export(turn: Turn) -> None:
    """Answer /export: ask for the format."""
    text = typed(turn)
    name, period = split(text, turn.now)
    async with turn.db.reading() as tx:
        every = await teams_of(tx, turn.person)
    found = named(every, name) if name else every
    if not found:
        raise unknown(text)
    if name and len(found) > 1:
        raise SeveralTeams(teams=", ".join(team.name for team in found))
    today = today_of(turn.services, found[0])
    subject = found[0].id if len(found) == 1 else ALL_TEAMS
    await turn.say(views.choose_format(turn.t, found, subject, period_of(period, today), today))


async def pressed(turn: Turn, tap: ReportTap) -> None:
    """Handle a press that asks for a file."""
    if not turn.private:
        raise OnlyInPrivate
    if not turn.person.roles & OVERSEERS:
        raise NotAllowed
    await _may(turn, tap)
    async with _told(turn, tap):
        file = await _file(turn, tap)
        if len(file.content) > BYTES:
            raise TooMuchToExport(limit=MEGABYTES)
        await _note(turn, tap)
        await turn.say(views.file_screen(turn.t, file, tap))


async def _may(turn: Turn, tap: ReportTap) -> None:
    """Raise ``NotYours`` or ``NotFound`` where the file is about whom the person oversees not."""
    async with turn.db.reading() as tx:
        if tap.kind is ReportKind.AGENT and tap.act not in ENDINGS:
            await agent_for(tx, turn, tap.subject)
        elif tap.subject != ALL_TEAMS:
            await team_for(tx, turn, tap.subject)


@asynccontextmanager
async def _told(turn: Turn, tap: ReportTap) -> AsyncIterator[None]:
    """Say at once that a file is being made; that message goes when the file, or a no, is there."""
    told = await turn.say(views.making_screen(turn.t, tap))
    try:
        yield
    finally:
        try:
            await turn.bot.delete_message(turn.chat.id, told)
        except TelegramError as error:
            log.info("progress_stays", cause=type(error).__name__)


async def _note(turn: Turn, tap: ReportTap) -> None:
    thing = Thing.TEAM if tap.kind is ReportKind.TEAM else Thing.PERSON
    action = Action.EXPORTED if tap.act in ENDINGS else Action.REPORT_TAKEN
    details: audit.Details = {"what": tap.act.name.lower(), "period": audit.word(tap.period)}
    async with turn.db.writing() as tx:
        await audit.note(tx, turn.actor, action, Subject(thing, tap.subject), details)


async def export_evaluations(
    services: Services,
    *,
    teams: Sequence[int] | None,
    window: Window | None,
    ending: str,
    t: Words,
) -> bytes:
    """Return a file with the evaluations of *teams* submitted in *window*, a row per answer.

    ``None`` stands for everybody's and for all time. *ending* is ``.csv`` or ``.xlsx``; another
    one raises ``ValueError``.
    """
    if ending not in ENDINGS.values():
        raise ValueError(f"evaluations are written as .csv or .xlsx, not {ending}")
    scopes = [Scope()] if teams is None else [Scope(team=one) for one in teams]
    answers = await answer_lines(services, [(scope, window) for scope in scopes], t)
    return written(answers, ending)


async def _file(turn: Turn, tap: ReportTap) -> File:
    if tap.act in ENDINGS:
        return await _rows(turn, tap, ENDINGS[tap.act])
    return await (_team if tap.kind is ReportKind.TEAM else _person)(turn, tap)


async def _rows(turn: Turn, tap: ReportTap, ending: str) -> File:
    """Return the rows of one team, or of all the teams the person oversees, each on its clock."""
    async with turn.db.reading() as tx:
        found = (
            await teams_of(tx, turn.person)
            if tap.subject == ALL_TEAMS
            else [await team_for(tx, turn, tap.subject)]
        )
    asked = {team.id: _asked(turn, tap, team) for team in found}
    slices: list[Slice] = [
        (Scope(team=team.id), asked[team.id].bounds(zone_of(turn.services, team))) for team in found
    ]
    content = await aside(turn.services, turn.t, rows_file, slices, ending)
    if not content:
        raise NothingToExport
    name = found[0].name if len(found) == 1 else EVERYTHING
    return File(file_name(name, asked[found[0].id], ending), content)


async def _team(turn: Turn, tap: ReportTap) -> File:
    async with turn.db.reading() as tx:
        team = await team_for(tx, turn, tap.subject)
        seen = await team_report(tx, turn.services, team, _asked(turn, tap, team))
    if not seen.report.count:
        raise NothingToExport
    made = team_paper if tap.act is ReportAct.PDF else team_book
    return await made(turn.services, turn.t, seen)


async def _person(turn: Turn, tap: ReportTap) -> File:
    async with turn.db.reading() as tx:
        agent = await agent_for(tx, turn, tap.subject)
        team = await team_of(tx, agent)
        seen = await person_report(tx, turn.services, agent, team, _asked(turn, tap, team))
    if not seen.report.count:
        raise NothingToExport
    made = person_paper if tap.act is ReportAct.PDF else person_book
    return await made(turn.services, turn.t, seen)


def _asked(turn: Turn, tap: ReportTap, team: Team | None) -> Period:
    return period_of(tap.period, today_of(turn.services, team))


COMMANDS = (Command("export", export, N_("Evaluations as a file"), OVERSEERS),)
