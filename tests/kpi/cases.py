"""Figures of days, as files bring them and as they are added up."""

import datetime as dt
from collections.abc import Iterable, Sequence

from scoring.kpi import Tally
from scoring.metrics import BUILT_IN, Aim, Metric
from tests.story import Centre, Person

METRICS = {metric.key: metric for metric in BUILT_IN}
HEADER = "agent,date,metric,value\n"


def metric(key: str) -> Metric:
    """Return a built-in metric."""
    return METRICS[key]


def aim(key: str, target: float | None = None, weight: int = 0) -> Aim:
    """Return what a team wants of a built-in metric."""
    return Aim(metric(key), target, weight)


def tally(values: Iterable[float]) -> Tally:
    """Return the tally of daily figures, added up one by one."""
    every = list(values)
    squares = sum(value * value for value in every)
    return Tally(len(every), sum(every), squares, len([one for one in every if one > 0]))


def rows(agent: str, key: str, month: str, values: Sequence[float | str]) -> str:
    """Return a file's rows: the values on the month's first days, one a day."""
    return "".join(
        f"{agent},{month}-{number:02},{key},{value}\n" for number, value in enumerate(values, 1)
    )


def days(month: str, count: int) -> list[dt.date]:
    """Return the month's first days."""
    first = dt.date.fromisoformat(f"{month}-01")
    return [first + dt.timedelta(days=number) for number in range(count)]


class Floor:
    """A centre with two teams, a supervisor each, and an agent or two in them."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self.olena = centre.hire("Olena Koval", "supervisor", supervises="Support")
        self.pavlo = centre.hire("Pavlo Boyko", "supervisor", supervises="Sales")
        self.ivan = centre.hire("Ivan Petrov", "agent", team="Support")
        self.daria = centre.hire("Daria Lysenko", "agent", team="Support")
        self.maria = centre.hire("Maria Sydorenko", "agent", team="Sales")

    def bring(self, by: Person, *parts: str) -> None:
        """Let somebody send a file with those rows."""
        by.upload("kpi.csv", HEADER + "".join(parts))

    def aim(self, by: Person, metric: str, target: str) -> None:
        """Let a supervisor of one team set a target."""
        by.send("/targets")
        by.tap(metric)
        by.send(target)
