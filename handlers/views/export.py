"""The question in which format evaluations are wanted, and the words under the file."""

import datetime as dt
from collections.abc import Sequence

from markupsafe import Markup

from handlers.taps import ReportAct, ReportKind, ReportTap
from handlers.views import period_words
from handlers.views.screen import Button, File, Screen, lines, shorten
from handlers.words import Words
from scoring.periods import Period, token
from storage.teams import Team

TEAMS_SHOWN = 200
"""The most letters that the names of the teams take."""


def choose_format(
    t: Words, found: Sequence[Team], subject: int, period: Period, today: dt.date
) -> Screen:
    """Return the question in which format the evaluations of *subject* are wanted."""
    text = t.html(
        "<b>{teams} · {period}</b>\nEvaluations, a row per answer. Which format?",
        teams=shorten(", ".join(team.name for team in found), TEAMS_SHOWN),
        period=period_words.title(t, period, today),
    )
    tap = ReportTap(ReportKind.TEAM, subject, token(period), ReportAct.ROWS_CSV)
    workbook = ReportTap(ReportKind.TEAM, subject, token(period), ReportAct.ROWS_XLSX)
    return Screen(text, [[Button("CSV", tap), Button("XLSX", workbook)]])


def making_screen(t: Words, tap: ReportTap) -> Screen:
    """Return that a file is being made, which takes some seconds."""
    told = {
        ReportAct.PDF: t("Making the PDF…"),
        ReportAct.ROWS_CSV: t("Making the CSV file…"),
    }
    return Screen(lines(told.get(tap.act, t("Making the workbook…"))))


def file_screen(t: Words, file: File, tap: ReportTap) -> Screen:
    """Return a file that *tap* asked for; a report's workbook offers the same as a PDF."""
    paper = ReportTap(tap.kind, tap.subject, tap.period, ReportAct.PDF, tap.value)
    offered = tap.act is ReportAct.EXPORT
    return Screen(caption(t), [[Button("PDF", paper)]] if offered else (), file=file)


def caption(t: Words) -> Markup:
    """Return the words under a file of evaluations."""
    return lines(t("Personal data: please keep this file to yourself."))
