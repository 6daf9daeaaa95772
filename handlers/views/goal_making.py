"""The questions that lead to a goal: whose, on what, until when, and who helps."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from handlers.taps import GoalAct, GoalTap, ReportAct, ReportKind, ReportTap
from handlers.views import period_words
from handlers.views.report_text import figure
from handlers.views.screen import Button, Screen, bold, fit, in_rows, lines, shorten
from handlers.words import MINUS, Words
from scoring.feedback import LOOK_BACK
from scoring.goals import Recommendation, month_after
from scoring.periods import Period
from scoring.scorecard import Criterion
from storage.people import Person

Line = str | Markup
Offered = Sequence[tuple[Recommendation, tuple[int, int]]]
"""Recommendations, each with a scorecard's version and the criterion's place in it."""

MOST_AGENTS = 60
PAGE = 16
TITLE = 120
ADVICE = 300
WEEKS = dt.timedelta(weeks=2)


def agents_screen(t: Words, found: Sequence[Person], page: int, period: str) -> Screen:
    """Return the question whose goal it is, with a page of the agents."""
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 0), pages - 1)
    shown = found[page * PAGE :][:PAGE]
    text = lines(bold(t("Whose goal?"))) if found else lines(t("You have no agents yet."))
    rows = in_rows(
        (
            Button(one.name, ReportTap(ReportKind.AGENT, one.id, period, ReportAct.GOAL))
            for one in shown
        ),
        2,
    )
    turning = [
        Button(label, GoalTap(GoalAct.AGENTS, turned))
        for label, turned in (("‹", page - 1), ("›", page + 1))
        if 0 <= turned < pages
    ]
    return Screen(text, [*rows, turning, [Button(t("All goals"), GoalTap(GoalAct.LIST))]])


def offer_screen(
    t: Words, agent: Person, period: Period, today: dt.date, offered: Offered
) -> Screen:
    """Return the criteria that are worth a goal, each a button."""
    head = t.html("<b>A goal for {name}</b>", name=shorten(agent.name, 60))
    when = period_words.title(t, period, today)
    back = [Button(t("All goals"), GoalTap(GoalAct.LIST))]
    if not offered:
        told = t("{period}: nothing that costs points or repeats is without a goal.", period=when)
        return Screen(lines(head, told), [back])
    text = fit(
        [
            head,
            t("{period}: on what? These cost most, in points per contact.", period=when),
            "",
            *(_recommendation(t, one) for one, _ in offered),
        ]
    )
    rows = [
        [
            Button(
                one.tally.title.say(t.language),
                GoalTap(GoalAct.SET, agent.id, version, number),
            )
        ]
        for one, (version, number) in offered
    ]
    return Screen(text, [*rows, back])


def date_screen(
    t: Words, agent: Person, criterion: Criterion, tap: GoalTap, today: dt.date
) -> Screen:
    """Return the question until when, with the usual answers."""
    weeks, month = today + WEEKS, month_after(today)
    rows = [
        [
            Button(t("2 weeks: {day}", day=t.day(weeks)), _until(tap, weeks)),
            Button(t("1 month: {day}", day=t.day(month)), _until(tap, month)),
        ],
        [Button(t("Another date"), replace(tap, act=GoalAct.WRITE, due=0, mentor=0))],
    ]
    told = [
        *_head(t, agent, criterion),
        "",
        t("Until when? As many days before today are what it is compared with."),
    ]
    return Screen(fit(told), rows)


def typed_date_screen(t: Words, agent: Person, criterion: Criterion, tap: GoalTap) -> Screen:
    """Return the request to type a date."""
    text = fit([*_head(t, agent, criterion), "", t("Write the date, like 2026-12-15 or 15.12.")])
    back = Button(t("Back"), replace(tap, act=GoalAct.SET, due=0, mentor=0))
    return Screen(text, [[back]])


def mentor_screen(
    t: Words,
    agent: Person,
    criterion: Criterion,
    tap: GoalTap,
    due: dt.date,
    mentors: Sequence[Person],
) -> Screen:
    """Return the question who helps; a press on an answer sets the goal."""
    made = replace(tap, act=GoalAct.MAKE, due=due.toordinal(), mentor=0)
    buttons = [Button(one.name, replace(made, mentor=one.id)) for one in mentors]
    told = [
        *_head(t, agent, criterion),
        t("By {day}", day=t.day(due, year=True)),
        "",
        t("Who helps? Those who are best at it stand first."),
    ]
    back = Button(t("Back"), replace(tap, act=GoalAct.SET, due=0, mentor=0))
    return Screen(fit(told), [*in_rows(buttons, 2), [Button(t("No mentor"), made), back]])


def _until(tap: GoalTap, day: dt.date) -> GoalTap:
    return replace(tap, act=GoalAct.BY, due=day.toordinal(), mentor=0)


def _head(t: Words, agent: Person, criterion: Criterion) -> list[Line]:
    title = shorten(criterion.title.say(t.language), TITLE)
    told: list[Line] = [bold(title), shorten(agent.name, 60)]
    if criterion.advice is not None:
        told.append(f"→ {shorten(criterion.advice.say(t.language), ADVICE)}")
    return told


def _recommendation(t: Words, one: Recommendation) -> str:
    tally = one.tally
    values: dict[str, object] = {
        "title": shorten(tally.title.say(t.language), 60),
        "cost": f"{MINUS}{figure(t, one.cost)}",
        "times": tally.failed,
        "asked": tally.asked,
    }
    if not one.times:
        return t("• {title} {cost}, missed in {times} of {asked}", **values)
    return t(
        "• {title} {cost}, missed in {times} of {asked}, and in {lately} of the last {contacts}",
        **values,
        lately=one.times,
        contacts=LOOK_BACK,
    )
