"""The news that targets were missed two months in a row."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.kpi.misses import TEAM, Missed
from handlers.taps import ReportAct, ReportKind, ReportTap
from handlers.views import kpi_words, period_words
from handlers.views.kpi import rests_on
from handlers.views.kpi_words import name
from handlers.views.report_text import TITLE
from handlers.views.screen import Button, Screen, bold, fit, shorten
from handlers.words import Words
from scoring.kpi import Measure
from scoring.periods import Period, previous, token
from storage.teams import Team


def missed_screen(t: Words, team: Team, month: Period, found: Sequence[Missed]) -> Screen:
    """Return what was missed, with a button to the team's KPI of the month."""
    told: list[str | Markup] = [
        bold(f"{shorten(team.name, TITLE)} · {t.month(month.first, year=False)}"),
        t("Targets missed two months in a row"),
    ]
    for one in found:
        told += ["", *_missed(t, month, one)]
    tap = ReportTap(ReportKind.TEAM, team.id, token(month), ReportAct.KPI)
    return Screen(fit(told), [[Button(t("KPI"), tap)]])


def _missed(t: Words, month: Period, one: Missed) -> list[str | Markup]:
    metric = name(t, one.aim.metric)
    who = t("Whole team") if one.agent == TEAM else shorten(one.name, TITLE)
    return [
        bold(f"{who} · {metric}"),
        _figure(t, previous(month), one, one.before),
        _figure(t, month, one, one.last),
        t("target {target}", target=kpi_words.target(t, one.aim)),
    ]


def _figure(t: Words, month: Period, one: Missed, found: Measure) -> str:
    """Return a month's mean with what it rests on, such as Oct 341.0 s (20 days)."""
    metric = one.aim.metric
    basis = rests_on(t, metric, found, of_team=one.agent == TEAM)
    return f"{period_words.short(t, month)} {kpi_words.mean(t, metric, found.mean)} ({basis})"
