"""Metrics, amounts and targets in words."""

from fractions import Fraction

from handlers.views.report_text import figure
from handlers.words import N_, Words
from scoring.kpi import Line, Verdict
from scoring.metrics import Aim, Direction, Metric, Unit

NAMES = {
    "quality": N_("Quality"),
    "csat": N_("Customer satisfaction"),
    "frt_s": N_("First response"),
    "aht_s": N_("Handling time"),
    "repeat_contacts": N_("Repeat contacts"),
    "missed_calls": N_("Missed calls"),
    "late_minutes": N_("Lateness"),
    "break_overrun_minutes": N_("Break overrun"),
}
"""The names of the built-in metrics, by key."""

MARKS = {Verdict.MET: "✓", Verdict.MISSED: "✗", Verdict.UNSURE: "?"}
VERDICTS = {
    Verdict.MET: N_("met"),
    Verdict.MISSED: N_("missed"),
    Verdict.UNSURE: N_("cannot tell yet"),
}
MOST_DIGITS = 2


def name(t: Words, metric: Metric) -> str:
    """Return what the metric is called."""
    return t(NAMES[metric.key]) if metric.key in NAMES else metric.name


def amount(t: Words, metric: Metric, value: float, digits: int = 1) -> str:
    """Return a value in the metric's unit, such as 341.0 s or 91.2 %."""
    number = figure(t, value, digits)
    if metric.unit is Unit.PERCENT:
        return f"{number}\N{NO-BREAK SPACE}%"
    if metric.unit is Unit.SECONDS:
        return t("{value} s", value=number)
    if metric.unit is Unit.MINUTES:
        return t("{value} min", value=number)
    return number


def mean(t: Words, metric: Metric, value: float, digits: int = 1) -> str:
    """Return a mean in words; of a metric that is summed up, what it is a day."""
    told = amount(t, metric, value, digits)
    return t("{amount} a day", amount=told) if metric.is_daily else told


def brief(t: Words, metric: Metric, value: float) -> str:
    """Return an amount with as many digits as it has, two at most."""
    return amount(t, metric, value, _digits(value))


def target(t: Words, aim: Aim) -> str:
    """Return the target in words, such as at most 300 s; there must be one."""
    if aim.target is None:
        raise ValueError(f"{aim.metric.key} has no target")
    value = mean(t, aim.metric, aim.target, _digits(aim.target))
    if aim.metric.direction is Direction.HIGHER:
        return t("at least {value}", value=value)
    return t("at most {value}", value=value)


def mark(line: Line) -> str:
    """Return the sign of a target that is met, missed, or neither yet; empty without one."""
    return "" if line.verdict is None else MARKS[line.verdict]


def verdict(t: Words, line: Line) -> str:
    """Return whether the target is met, missed, or neither yet; empty without one."""
    return "" if line.verdict is None else t(VERDICTS[line.verdict])


def _digits(value: float) -> int:
    """Return how many decimals the value needs to be told exactly, two at most."""
    exact = Fraction(str(value))
    return next(
        (digits for digits in range(MOST_DIGITS) if (exact * 10**digits).denominator == 1),
        MOST_DIGITS,
    )
