"""Evaluators compared over the whole centre, as supervisors read it: the list and a page each."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers.taps import ReportAct, ReportKind, ReportTap
from handlers.views import period_words
from handlers.views.screen import Button, Screen, bold, fit, in_rows, shorten
from handlers.words import Words
from scoring.criterion_habits import CriterionHabit
from scoring.line_keepers import Habit, Standing
from scoring.periods import Period, token
from storage.corrections import Tally
from storage.teams import Team

Line = str | Markup

PER_PAGE = 10
NAME = 40
TITLE = 60
SHOWN = 6
"""How many criteria are listed on a page."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Those who scored in the team, each with two standings, the clearest differences first."""

    team: Team
    period: Period
    today: dt.date
    standings: Sequence[Standing]
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Page:
    """All of one evaluator's period over the whole centre.

    Of ``decided`` disputed criteria ``changed`` were overturned.
    """

    team: Team
    period: Period
    today: dt.date
    name: str
    evaluations: int
    standings: Sequence[Standing]
    habits: Sequence[CriterionHabit]
    put_right: Tally | None
    decided: int
    changed: int


def list_screen(t: Words, seen: Listed, page: int) -> Screen:
    """Return a page of the evaluators with a button to each."""
    people = list(dict.fromkeys(one.evaluator_id for one in seen.standings))
    pages = max(1, -(-len(people) // PER_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = people[page * PER_PAGE :][:PER_PAGE]
    period = period_words.title(t, seen.period, seen.today)
    title = t("Evaluators · {team} · {period}", team=shorten(seen.team.name, TITLE), period=period)
    about = t(
        "Compared over all teams, with the same agents. The clearest differences stand first."
    )
    told: list[Line] = [bold(title), about, ""]
    severity = {one.evaluator_id: one for one in seen.standings if one.habit is Habit.SEVERITY}
    for one in shown:
        said = _standing(t, severity[one]) if one in severity else t("too few to compare")
        told.append(t("{name}: {why}", name=shorten(seen.names.get(one, "…"), NAME), why=said))
    if not shown:
        told.append(t("No evaluations in this period."))
    tap = ReportTap(ReportKind.TEAM, seen.team.id, token(seen.period))
    buttons = [
        Button(shorten(seen.names.get(one, "…"), NAME), _to(tap, ReportAct.EVALUATOR, one))
        for one in shown
    ]
    turning = [
        Button(label, _to(tap, ReportAct.EVALUATORS, turned))
        for label, turned in (("‹", page - 1), ("›", page + 1))
        if 0 <= turned < pages
    ]
    back = Button(t("Back"), _to(tap, ReportAct.WORTH_A_LOOK))
    return Screen(fit(told), [*in_rows(buttons, 2), [*turning, back]])


def page_screen(t: Words, page: Page) -> Screen:
    """Return one evaluator's page: how they differ, in which criteria, and what was put right."""
    period = period_words.title(t, page.period, page.today)
    told: list[Line] = [bold(f"{shorten(page.name, NAME)} · {period}")]
    told.append(t.plural("{count} evaluation", "{count} evaluations", page.evaluations))
    headings = {
        Habit.SEVERITY: t("Scores, in points"),
        Habit.NA: t("N/A, in 100 answers"),
    }
    for one in page.standings:
        told += ["", bold(headings[one.habit]), _standing(t, one)]
        if one.difference is not None:
            told.append(
                t(
                    "{count} evaluations against {others} of colleagues",
                    count=one.difference.count,
                    others=one.difference.others_count,
                )
            )
    told += ["", bold(t("At its best more or less often than by colleagues"))]
    sure = [one for one in page.habits if one.sure]
    told += [_habit(t, one) for one in sure[:SHOWN]]
    if not sure:
        told.append(
            t("In no criterion by more than chance.") if page.habits else t("too few to compare")
        )
    done = page.put_right
    told += [
        "",
        t(
            "Corrected {corrected}, moved {moved}, withdrawn {withdrawn}",
            corrected=done.corrected if done else 0,
            moved=done.moved if done else 0,
            withdrawn=done.withdrawn if done else 0,
        ),
        t(
            "Disputed criteria overturned: {changed} of {decided}",
            changed=page.changed,
            decided=page.decided,
        ),
    ]
    tap = ReportTap(ReportKind.TEAM, page.team.id, token(page.period), ReportAct.EVALUATORS)
    return Screen(fit(told), [[Button(t("Back"), tap)]])


def _standing(t: Words, one: Standing) -> str:
    found = one.difference
    if found is None:
        return t("too few to compare")
    scale = 1 if one.habit is Habit.SEVERITY else 100
    return t(
        "{difference} ({low} to {high}) against colleagues, {verdict}",
        difference=t.signed(found.estimate * scale),
        low=t.signed(found.low * scale),
        high=t.signed(found.high * scale),
        verdict=t("more than chance") if one.departs else t("may be chance"),
    )


def _habit(t: Words, one: CriterionHabit) -> str:
    return t(
        "{difference} ({low} to {high}) % · {title}, {count} against {others}",
        difference=t.signed(one.difference * 100),
        low=t.signed(one.low * 100),
        high=t.signed(one.high * 100),
        title=shorten(one.title.say(t.language), TITLE),
        count=one.count,
        others=one.others_count,
    )


def _to(tap: ReportTap, act: ReportAct, value: int = 0) -> ReportTap:
    return ReportTap(tap.kind, tap.subject, tap.period, act, value)
