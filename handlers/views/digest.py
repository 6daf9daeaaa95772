"""The weekly digest in words: the number first, then what it rests on, then what to do."""

from babel.lists import format_list

from handlers.taps import FeedbackAct, FeedbackTap, MenuTap
from handlers.views.report_text import ADVICE, LEAST_COST, TITLE, Line, figure
from handlers.views.screen import Button, Screen, bold, fit, shorten
from handlers.words import Words
from scoring.week import Week
from storage.reports import Workload

NO_WEEK = "–"


def agents_week(t: Words, week: Week) -> Screen:
    """Return an agent's digest."""
    parts = [
        *(_week(t, week) if week.many else _few(t, week)),
        *_best(t, week),
        *_worth_an_hour(t, week),
        *_waiting(t, week),
    ]
    return Screen(fit(parts), [_buttons(t, week)])


def evaluators_week(t: Words, done: Workload) -> Screen:
    """Return an evaluator's digest: what they did, and what lies open."""
    submitted = t.plural(
        "Your week: {count} evaluation", "Your week: {count} evaluations", done.evaluations
    )
    parts: list[Line] = [bold(submitted)]
    row = []
    if done.assigned:
        parts.append(
            t.plural("{count} contact to score", "{count} contacts to score", done.assigned)
        )
        row.append(Button(t("Next"), MenuTap("next")))
    if done.drafts:
        parts.append(t.plural("{count} open draft", "{count} open drafts", done.drafts))
        row.append(Button(t("Drafts"), MenuTap("drafts")))
    return Screen(fit(parts), [row] if row else ())


def _week(t: Words, week: Week) -> list[Line]:
    """Return the week's mean with its interval and count, and the means of the last weeks."""
    mean = week.means[-1]
    if mean is None or mean.limits is None:
        return []
    low, high = mean.limits
    told: list[Line] = [
        bold(
            t.plural(
                "Your week · {score} from {count} contact ({low}–{high})",
                "Your week · {score} from {count} contacts ({low}–{high})",
                mean.count,
                score=figure(t, mean.estimate),
                low=figure(t, low),
                high=figure(t, high),
            )
        )
    ]
    weeks = [figure(t, one.estimate, 0) if one else NO_WEEK for one in week.means]
    if any(one is not None for one in week.means[:-1]):
        told.append(t("Last four weeks: {scores}", scores=" ".join(weeks)))
    return told


def _few(t: Words, week: Week) -> list[Line]:
    """Return each score by itself where they are too few for a mean to say anything."""
    if not week.scores:
        return [t("No new scores this week.")]
    return [
        t.plural(
            "{count} contact this week: {scores}. Too few for a trend.",
            "{count} contacts this week: {scores}. Too few for a trend.",
            len(week.scores),
            scores=format_list([figure(t, score) for score in week.scores], locale=t.language),
        )
    ]


def _best(t: Words, week: Week) -> list[Line]:
    """Return the section that went best, where the sections differ at all."""
    lines = week.sections
    if len(lines) < 2 or lines[0].pass_rate.share == lines[-1].pass_rate.share:
        return []
    best = lines[0]
    title = shorten(best.title.say(t.language), TITLE)
    share = t.percent(best.pass_rate.share)
    return ["", t("Best: {section}, {share} of its criteria met", section=title, share=share)]


def _worth_an_hour(t: Words, week: Week) -> list[Line]:
    """Return the criterion that cost most, and the advice that goes with it."""
    tally = week.worst
    if tally is None or week.cost < LEAST_COST:
        return []
    told: list[Line] = [
        "",
        t.html(
            "Worth practising: <b>{title}</b>, missed in {times} of {asked}",
            title=shorten(tally.title.say(t.language), TITLE),
            times=tally.failed,
            asked=tally.asked,
        ),
    ]
    if tally.advice is not None:
        told.append(f"→ {shorten(tally.advice.say(t.language), ADVICE)}")
    return told


def _waiting(t: Words, week: Week) -> list[Line]:
    if not week.waiting:
        return []
    return [
        "",
        t.plural(
            "Waiting for you: {count} evaluation to acknowledge",
            "Waiting for you: {count} evaluations to acknowledge",
            len(week.waiting),
        ),
    ]


def _buttons(t: Words, week: Week) -> list[Button]:
    # As a command, so that the report does not take the digest's place.
    month = Button(t("My month"), MenuTap("me"))
    if not week.waiting:
        return [month]
    if len(week.waiting) == 1:
        return [Button(t("Open it"), FeedbackTap(week.waiting[0], FeedbackAct.OPEN)), month]
    return [Button(t("Open them"), MenuTap("feedback")), month]
