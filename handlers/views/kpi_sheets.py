"""KPI and discipline as sheets of a workbook."""

from handlers.kpi.kpi_data import Sheet as Kpi
from handlers.views import period_words
from handlers.views.kpi_words import name, verdict
from handlers.views.sheets import ONE_DECIMAL, Cell, Figure, Sheet
from handlers.words import Words
from scoring.kpi import DisciplineLine, Line, Measure
from scoring.metrics import Metric, Unit


def kpi_sheets(t: Words, kpi: Kpi | None) -> list[Sheet]:
    """Return the KPI as a sheet, and discipline as another; nothing without any figures."""
    if kpi is None:
        return []
    found = [_kpi(t, kpi)]
    return [*found, _discipline(t, kpi)] if kpi.discipline else found


def unit(t: Words, metric: Metric) -> str:
    """Return the metric's unit, a day's where it is summed up; empty for a bare number."""
    units = {
        Unit.PERCENT: "%",
        Unit.SECONDS: t("seconds"),
        Unit.MINUTES: t("minutes"),
        Unit.COUNT: "",
        Unit.POINTS: t("points"),
    }
    found = units[metric.unit]
    return t("{unit} a day", unit=found).strip() if metric.is_daily else found


def _kpi(t: Words, kpi: Kpi) -> Sheet:
    columns = [
        (t("Metric"), 28),
        (t("Unit"), 14),
        (t("Mean"), 10),
        (t("From"), 10),
        (t("To"), 10),
        (t("Count"), 10),
        (t("Target"), 10),
        (t("Verdict"), 16),
        *((period_words.short(t, month, year=True), 12) for month in kpi.months),
    ]
    return Sheet(t("KPI"), columns, [_line(t, line) for line in (kpi.quality, *kpi.lines)])


def _line(t: Words, line: Line) -> list[Cell]:
    target = line.aim.target
    return [
        name(t, line.aim.metric),
        unit(t, line.aim.metric),
        *_measure(line.now),
        None if target is None else Figure(target, ONE_DECIMAL),
        verdict(t, line),
        *(None if month is None else Figure(month.mean) for month in line.months),
    ]


def _measure(now: Measure | None) -> list[Cell]:
    if now is None:
        return [None, None, None, 0]
    limits = [None if one is None else Figure(one) for one in (now.low, now.high)]
    return [Figure(now.mean), *limits, now.count]


def _discipline(t: Words, kpi: Kpi) -> Sheet:
    columns = [
        (t("Metric"), 28),
        (t("Events"), 10),
        (t("Days"), 10),
        (t("In all"), 12),
        (t("Unit"), 14),
        *((period_words.short(t, month, year=True), 12) for month in kpi.months),
    ]
    return Sheet(t("Discipline"), columns, [_events(t, line) for line in kpi.discipline])


def _events(t: Words, line: DisciplineLine) -> list[Cell]:
    return [
        name(t, line.metric),
        line.now.events,
        line.now.days,
        Figure(line.now.total),
        t("minutes") if line.metric.unit is Unit.MINUTES else "",
        *(month.events if month.days else None for month in line.months),
    ]
