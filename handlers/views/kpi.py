"""KPI as a person sees it: each figure with its count, its interval, its target and its months."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.kpi.kpi_data import Behind, Sheet
from handlers.taps import ReportAct, ReportKind, ReportTap
from handlers.views import kpi_words, period_words
from handlers.views.kpi_words import amount, brief, mark, mean, name
from handlers.views.report_text import TITLE, figure
from handlers.views.screen import Button, Screen, bold, fit, shorten
from handlers.words import Words
from scoring.kpi import Composite, DisciplineLine, Line, Measure, Part, Verdict
from scoring.metrics import QUALITY, Metric

Told = list[str | Markup]

NAMED = 5
"""How many agents are named under a target that they miss."""

NOTHING = "–"


def caption_line(t: Words, sheet: Sheet | None) -> str:
    """Return one line about the targets for a report's caption; empty without any to judge."""
    judged = [line for line in sheet.lines if line.verdict is not None] if sheet else []
    if all(line.verdict is Verdict.UNSURE for line in judged):
        return ""
    told = t.plural(
        "KPI: {met} of {count} target met",
        "KPI: {met} of {count} targets met",
        len(judged),
        met=sum(line.verdict is Verdict.MET for line in judged),
    )
    missed, unsure = (_names(t, judged, one) for one in (Verdict.MISSED, Verdict.UNSURE))
    if missed:
        told = t("{met}; missed: {names}", met=told, names=missed)
    return t("{met}; cannot tell yet: {names}", met=told, names=unsure) if unsure else told


def _names(t: Words, judged: Sequence[Line], verdict: Verdict) -> str:
    return ", ".join(name(t, line.aim.metric) for line in judged if line.verdict is verdict)


def sheet_screen(t: Words, whose: str, sheet: Sheet | None, tap: ReportTap) -> Screen:
    """Return the KPI of *whose* report *tap* stands under, with the buttons to go on."""
    return Screen(fit(_text(t, whose, sheet, tap)), _buttons(t, sheet, tap))


def _text(t: Words, whose: str, sheet: Sheet | None, tap: ReportTap) -> Told:
    title = shorten(whose, TITLE)
    if sheet is None:
        return [bold(f"{title} · {t('KPI')}"), t("No KPI figures have been imported yet.")]
    period = period_words.title(t, sheet.period, sheet.today)
    of_team = tap.kind is ReportKind.TEAM
    told: Told = [bold(f"{title} · {t('KPI')} · {period}")]
    for line in (sheet.quality, *sheet.lines):
        told += ["", *_line(t, sheet, line, of_team=of_team)]
    if sheet.composite is not None:
        told += ["", *_composite(t, sheet.composite)]
    if sheet.discipline:
        told += ["", bold(t("Discipline, counted apart"))]
        for events in sheet.discipline:
            told += _discipline(t, sheet, events, of_team=of_team)
    return told


def _line(t: Words, sheet: Sheet, line: Line, *, of_team: bool) -> Told:
    """Return a metric: its mean and interval, what it rests on, its months, who is behind."""
    metric = line.aim.metric
    told: Told = [_head(t, line), _basis(t, line, of_team=of_team)]
    if any(month is not None for month in line.months):
        told.append(_months(t, sheet, [_month(t, month) for month in line.months]))
    behind = sheet.behind.get(metric.key, ())
    if behind:
        told.append(t("Behind: {names}", names=_behind(t, metric, behind)))
    return told


def _head(t: Words, line: Line) -> Markup:
    metric, now = line.aim.metric, line.now
    if now is None:
        return bold(t("{metric}: no figures", metric=name(t, metric)))
    told = bold(f"{name(t, metric)} {mean(t, metric, now.mean)}")
    sign = "" if now.too_few else mark(line)
    return Markup(" ").join(part for part in (told, limits(t, metric, now), sign) if part)


def limits(t: Words, metric: Metric, found: Measure) -> str:
    """Return the interval in the metric's unit; empty where there is none."""
    if found.low is None or found.high is None:
        return ""
    low, high = figure(t, found.low), amount(t, metric, found.high)
    return f"({low}–{high})"


def _basis(t: Words, line: Line, *, of_team: bool) -> str:
    aim, now = line.aim, line.now
    has_target = aim.target is not None
    told = [kpi_words.target(t, aim) if has_target else t("no target")]
    if now is not None:
        told.append(rests_on(t, aim.metric, now, of_team=of_team))
        if now.too_few:
            told.append(t("too few to compare"))
        elif line.verdict is Verdict.UNSURE:
            told.append(kpi_words.verdict(t, line))
    return " · ".join(told)


def rests_on(t: Words, metric: Metric, found: Measure, *, of_team: bool = False) -> str:
    """Return how many days (a team's: agents' days) or evaluations a mean was made of."""
    if metric == QUALITY:
        return t.plural("{count} evaluation", "{count} evaluations", found.count)
    if of_team:
        days = t.plural("{count} agent's day", "{count} agents' days", found.count)
    else:
        days = t.plural("{count} day", "{count} days", found.count)
    if not metric.is_daily:
        return days
    return t("{total} in {days}", total=brief(t, metric, found.total), days=days)


def _month(t: Words, month: Measure | None) -> str:
    return NOTHING if month is None or month.too_few else figure(t, month.mean)


def _months(t: Words, sheet: Sheet, told: Sequence[str]) -> str:
    names = (period_words.short(t, month) for month in sheet.months)
    return " · ".join(f"{month} {figures}" for month, figures in zip(names, told, strict=True))


def _behind(t: Words, metric: Metric, behind: Sequence[Behind]) -> str:
    told = [
        f"{shorten(one.name, TITLE)} {amount(t, metric, one.measure.mean)}"
        f" ({rests_on(t, metric, one.measure)})"
        for one in behind[:NAMED]
    ]
    return ", ".join([*told, "…"] if len(behind) > NAMED else told)


def _composite(t: Words, found: Composite) -> Told:
    if found.score is None:
        head = bold(t("Composite: no part has a target and figures"))
    else:
        head = bold(t("Composite {score} of 100", score=figure(t, found.score)))
    told: Told = [head, *(_part(t, part) for part in found.parts)]
    if found.too_few:
        told.append(t("A part rests on too few figures to compare."))
    told.append(t("Each part is the share of its target that was reached, at most 100."))
    return told


def _part(t: Words, part: Part) -> str:
    aim = part.aim
    told = {"metric": name(t, aim.metric), "weight": aim.weight}
    if part.attainment is not None:
        return t("{metric} {share}, weight {weight}", share=figure(t, part.attainment), **told)
    if aim.target is None:
        return t("{metric} is left out: no target, weight {weight}", **told)
    return t("{metric} is left out: no figures, weight {weight}", **told)


def _discipline(t: Words, sheet: Sheet, line: DisciplineLine, *, of_team: bool) -> Told:
    """Return a kind of events: how many, out of what, how much in all, and its months."""
    if not line.now.days:
        told: Told = [t("{metric}: no figures", metric=name(t, line.metric))]
    else:
        told = [_events(t, line, of_team=of_team)]
    if any(month.events for month in line.months):
        shown = [str(month.events) if month.days else NOTHING for month in line.months]
        told.append(_months(t, sheet, shown))
    return told


def _events(t: Words, line: DisciplineLine, *, of_team: bool) -> str:
    told = {
        "metric": name(t, line.metric),
        "days": line.now.days,
        "amount": brief(t, line.metric, line.now.total),
    }
    if of_team:
        return t.plural(
            "{metric}: {count} event in {days} agents' days, {amount} in all",
            "{metric}: {count} events in {days} agents' days, {amount} in all",
            line.now.events,
            **told,
        )
    return t.plural(
        "{metric}: {count} event in {days} days, {amount} in all",
        "{metric}: {count} events in {days} days, {amount} in all",
        line.now.events,
        **told,
    )


def _buttons(t: Words, sheet: Sheet | None, tap: ReportTap) -> list[list[Button]]:
    back = Button(t("Back"), ReportTap(tap.kind, tap.subject, tap.period, value=tap.value))
    if sheet is None:
        return [[back]]
    others = [
        Button(t(label), ReportTap(tap.kind, tap.subject, period, ReportAct.KPI, tap.value))
        for period, label in period_words.switches(sheet.period).items()
    ]
    return [others, [back]]


def kpi_button(t: Words, tap: ReportTap) -> Button:
    """Return the button that leads from the report of *tap* to its KPI."""
    period = tap.period
    return Button(t("KPI"), ReportTap(tap.kind, tap.subject, period, ReportAct.KPI, tap.value))
