"""Training needs as people read them: the screen, a few lines in the month's message, a sheet."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from handlers.reports.report_data import TeamReport
from handlers.taps import ReportAct, ReportKind, ReportTap
from handlers.views import period_words
from handlers.views.report_text import figure, share_words
from handlers.views.screen import Button, Screen, bold, fit, in_rows, lines, shorten
from handlers.views.sheets import PERCENT, Cell, Figure, Sheet
from handlers.words import MINUS, Words
from scoring.periods import token
from scoring.statistics import Proportion
from scoring.training import WANTED, Gain, Need

Line = str | Markup

TITLE = 80
NAME = 40
ADVICE = 200
NAMED = 6
"""How many agents are named under a criterion."""
IN_BRIEF = 3
GOALS = 4
"""How many of those who would gain have a button that sets them a goal."""


def training_screen(t: Words, seen: TeamReport, needs: Sequence[Need]) -> Screen:
    """Return what the report's team should train, and who would gain."""
    team = seen.team.id
    period = period_words.title(t, seen.period, seen.today)
    told: list[Line] = [bold(t("Training · {team} · {period}", team=seen.team.name, period=period))]
    for need in needs:
        told += ["", _need(t, need, seen)]
    if not needs:
        told.append(t("No criterion falls short by more than chance or costs anything."))
    goals = [
        Button(
            t("Goal: {name}", name=shorten(seen.names.get(agent, "…"), NAME)),
            ReportTap(ReportKind.AGENT, agent, token(seen.period), ReportAct.GOAL),
        )
        for agent in _first(needs)
    ]
    back = Button(t("Back"), ReportTap(ReportKind.TEAM, team, token(seen.period)))
    return Screen(fit(told), [*in_rows(goals, 2), [back]])


def brief_lines(t: Words, seen: TeamReport, needs: Sequence[Need]) -> list[Line]:
    """Return the first needs with who would gain, and a blank line; nothing where none is."""
    if not needs:
        return []
    told: list[Line] = [bold(t("Worth training"))]
    for need in needs[:IN_BRIEF]:
        title = shorten(need.tally.title.say(t.language), 40)
        told.append(t("{title}: {share}", title=title, share=_share(t, need.pass_rate)))
        if need.gains:
            names = [shorten(seen.names.get(one.agent_id, "…"), 20) for one in need.gains[:3]]
            told.append(f"→ {', '.join(names)}")
    return [*told, ""]


def sheet(t: Words, seen: TeamReport, needs: Sequence[Need]) -> Sheet:
    """Return the needs as a sheet: a row for everybody who would gain, or one for the criterion."""
    columns = [
        (t("Criterion"), 40),
        (t("Why"), 20),
        (t("Points lost per contact"), 24),
        (t("At its best"), 12),
        (t("From"), 10),
        (t("To"), 10),
        (t("Assessed"), 10),
        (t("Would gain"), 28),
        (t("Own: at its best"), 16),
        (t("From"), 10),
        (t("To"), 10),
        (t("Assessed"), 10),
        (t("Advice"), 60),
    ]
    rows: list[list[Cell]] = []
    for need in needs:
        advice = need.tally.advice
        said = advice.say(t.language) if advice is not None else ""
        own = [_gain_cells(one, seen) for one in need.gains] or [["", *_share_cells(None)]]
        rows += [[*_need_cells(t, need), *cells, said] for cells in own]
    return Sheet(t("Training needs"), columns, rows)


def why(t: Words, need: Need) -> str:
    """Return why the criterion is named."""
    if need.short:
        return t("below {share}", share=t.percent(WANTED))
    return t("costs most")


def _need(t: Words, need: Need, seen: TeamReport) -> Markup:
    title = shorten(need.tally.title.say(t.language), TITLE)
    cost = f"{MINUS}{figure(t, need.cost)}"
    advice = need.tally.advice
    gains = [_gain(t, one, seen) for one in need.gains[:NAMED]]
    more = len(need.gains) - NAMED
    if more > 0:
        gains.append(t.plural("… and {count} more", "… and {count} more", more))
    return lines(
        bold(title),
        t(
            "At its best {share}, {cost} a contact: {why}",
            share=_share(t, need.pass_rate),
            cost=cost,
            why=why(t, need),
        ),
        f"→ {shorten(advice.say(t.language), ADVICE)}" if advice is not None else None,
        t("Would gain:") if gains else t("Nobody by themself falls short in it."),
        *gains,
    )


def _gain(t: Words, gain: Gain, seen: TeamReport) -> str:
    name = shorten(seen.names.get(gain.agent_id, "…"), NAME)
    return t("• {name}: {share}", name=name, share=_share(t, gain.pass_rate))


def _share(t: Words, rate: Proportion) -> str:
    """Return how often, with the interval where there is one, and in how many contacts."""
    if rate.too_few:
        return share_words(t, rate)
    share, times, total = share_words(t, rate), rate.successes, rate.total
    return t("{share}, {times} of {total}", share=share, times=times, total=total)


def _first(needs: Iterable[Need]) -> list[int]:
    """Return those who would gain from the first needs, each once."""
    every = {one.agent_id: None for need in needs for one in need.gains}
    return list(every)[:GOALS]


def _need_cells(t: Words, need: Need) -> list[Cell]:
    title = need.tally.title.say(t.language)
    return [title, why(t, need), Figure(need.cost, "0.00"), *_share_cells(need.pass_rate)]


def _gain_cells(gain: Gain, seen: TeamReport) -> list[Cell]:
    return [seen.names.get(gain.agent_id, ""), *_share_cells(gain.pass_rate)]


def _share_cells(share: Proportion | None) -> list[Cell]:
    """Return a share with its limits and count, as four cells."""
    if share is None:
        return [None, None, None, None]
    return [*(Figure(part, PERCENT) for part in (share.share, share.low, share.high)), share.total]
