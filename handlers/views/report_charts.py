"""From a report to what its chart shows."""

from dataclasses import replace

from handlers.reports.report_data import PersonReport, TeamReport
from handlers.views import period_words
from handlers.views.chart_data import AgentChart, Mark, Row, Rule, TeamChart, Trend
from handlers.views.report_text import figure
from handlers.words import Words
from scoring.periods import Period, trend
from scoring.report import AgentLine, Report
from scoring.statistics import Interval


def team_chart(t: Words, seen: TeamReport, *, named: bool) -> TeamChart | None:
    """Return the team's chart; unless *named*, only its trend. ``None`` without any score."""
    mean = seen.report.mean
    if mean is None:
        return None
    period = period_words.title(t, seen.period, seen.today)
    return TeamChart(
        title=seen.team.name,
        period=period,
        columns=t("score · evaluations"),
        rows=_rows(t, seen) if named else (),
        few=t("too few to compare"),
        mean=Rule(mean.estimate, _mean_label(t, figure(t, mean.estimate), seen)),
        target=_target(t, seen.team.target),
        trend=_team_trend(t, seen),
    )


def agent_chart(t: Words, seen: PersonReport) -> AgentChart | None:
    """Return one person's chart, or ``None`` where no period of it has a score."""
    if not any(seen.report.trend):
        return None
    target = _target(t, seen.target)
    rules = [target] if target is not None else []
    if seen.team_mean is not None:
        score = seen.team_mean.estimate
        rules.append(Rule(score, t("team {score}", score=figure(t, score))))
    return AgentChart(
        title=seen.person.name,
        period=period_words.title(t, seen.period, seen.today),
        trend=_trend(t, seen.period, seen.report),
        rules=tuple(rules),
    )


def _mean_label(t: Words, score: str, seen: TeamReport) -> str:
    if seen.basis is not None and seen.basis.on_drawn:
        return t("mean of drawn {score}", score=score)
    return t("mean {score}", score=score)


def _team_trend(t: Words, seen: TeamReport) -> Trend:
    """Return the team's line; where only some periods rest on drawn contacts, others are hollow."""
    whole = _trend(t, seen.period, seen.report)
    if seen.basis is None:
        return whole
    drawn = seen.basis.line[-len(whole.marks) :]
    known = [one for one, mark in zip(drawn, whole.marks, strict=True) if mark is not None]
    if all(known):
        return replace(whole, note=t("drawn contacts"))
    if not any(known):
        return replace(whole, note=t("picked by hand"))
    marks = tuple(
        replace(mark, hollow=mark.hollow or not one) if mark is not None else None
        for one, mark in zip(drawn, whole.marks, strict=True)
    )
    return replace(whole, marks=marks, note=t("hollow: not drawn"))


def _rows(t: Words, seen: TeamReport) -> tuple[Row, ...]:
    return tuple(
        _row(t, seen.names.get(line.agent_id, ""), line, line.mean)
        for line in seen.report.agents
        if line.mean is not None
    )


def _row(t: Words, name: str, line: AgentLine, mean: Interval) -> Row:
    return Row(name, _mark(mean), figure(t, mean.estimate), str(line.count))


def _mark(mean: Interval) -> Mark:
    low, high = mean.limits or (None, None)
    return Mark(mean.estimate, low, high, hollow=mean.too_few)


def _target(t: Words, target: int | None) -> Rule | None:
    if target is None:
        return None
    return Rule(float(target), t("target {score}", score=target), dashed=True)


def _trend(t: Words, period: Period, report: Report) -> Trend:
    """Return the line from the first period with a score on, so that a new team's is no void."""
    known = [number for number, mean in enumerate(report.trend) if mean is not None]
    means = report.trend[known[0] if known else -1 :]
    periods = trend(period, len(means))
    first, last = periods[0], means[-1]
    elsewhere = first.first.year != period.first.year
    return Trend(
        marks=tuple(None if mean is None else _mark(mean) for mean in means),
        label=period_words.line_label(t, period.kind, len(means)),
        first=period_words.short(t, first, year=elsewhere) if len(means) > 1 else "",
        last=period_words.short(t, period),
        value=figure(t, last.estimate) if last is not None else "",
    )
