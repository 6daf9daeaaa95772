"""Hidden double scoring: the month's pairs by team, and where they are too few."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.taps import CalibrationAct, CalibrationTap, DoubleAct, DoubleTap
from handlers.views.casefile import Line
from handlers.views.pager import listed
from handlers.views.screen import Button, Screen, bold, fit, shorten
from handlers.words import Words
from scoring.statistics import TOO_FEW
from storage.scorecards import Published
from storage.teams import Team

NAME = 18


@dataclass(frozen=True, slots=True)
class Heap:
    """How many pairs a team has by one version of a scorecard."""

    team: Team
    published: Published
    pairs: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month's double scoring; ``first`` is its first day.

    ``apart`` counts pairs made by different versions, which cannot be compared. ``later`` says
    that the next month has begun, ``calibrates`` that the reader has a list of sessions.
    """

    first: dt.date
    heaps: Sequence[Heap]
    apart: int
    later: bool
    calibrates: bool


def entry_button(t: Words, first: dt.date) -> Button:
    """Return the button that leads to the double scoring of a month."""
    label = t("Double scoring · {month}", month=t.month(first, year=False))
    return Button(label, list_tap(first))


def list_tap(first: dt.date) -> DoubleTap:
    """Return the press that shows a month's double scoring."""
    return DoubleTap(DoubleAct.LIST, f"{first:%Y-%m}")


def month_screen(t: Words, month: Month) -> Screen:
    """Return how many pairs there are, and a button for each team and scorecard."""
    total = sum(one.pairs for one in month.heaps)
    told: list[Line] = [
        bold(t("Double scoring · {month}", month=t.month(month.first))),
        t.plural("{count} contact scored twice", "{count} contacts scored twice", total)
        if total
        else t("No contact was scored twice."),
        t("The second evaluator does not know that there is a first."),
        *apart_lines(t, month.apart),
    ]
    heaps = [_heap(t, month, one) for one in month.heaps]
    below = [_months(t, month), _back(t, month)]
    return listed(told, heaps, below, list_tap(month.first))


def apart_lines(t: Words, apart: int) -> list[Line]:
    """Return how many pairs cannot be compared, if any."""
    if not apart:
        return []
    return [
        t.plural(
            "{count} more, scored by different versions, is left out",
            "{count} more, scored by different versions, are left out",
            apart,
        )
    ]


def _heap(t: Words, month: Month, one: Heap) -> Button:
    title = shorten(one.published.scorecard.title.say(t.language), NAME)
    label = f"{shorten(one.team.name, NAME)} · {title} · {one.pairs}"
    tap = DoubleTap(DoubleAct.RESULTS, f"{month.first:%Y-%m}", one.team.id, one.published.id)
    return Button(label, tap)


def _months(t: Words, month: Month) -> list[Button]:
    before = (month.first - dt.timedelta(days=1)).replace(day=1)
    row = [Button("‹ " + t.month(before, year=False), list_tap(before))]
    if month.later:
        after = (month.first + dt.timedelta(days=31)).replace(day=1)
        row.append(Button(t.month(after, year=False) + " ›", list_tap(after)))
    return row


def _back(t: Words, month: Month) -> list[Button]:
    if not month.calibrates:
        return []
    return [Button(t("Back"), CalibrationTap(CalibrationAct.LIST))]


def few_screen(t: Words, heap: Heap, first: dt.date) -> Screen:
    """Return that there are too few pairs for any figure to mean something."""
    told: list[Line] = [
        bold(
            t.plural(
                "{count} contact scored twice: too few to compare",
                "{count} contacts scored twice: too few to compare",
                heap.pairs,
            )
        ),
        basis_line(t, heap, first),
        t("Figures are shown from {count} on.", count=TOO_FEW),
    ]
    return Screen(fit(told), [[Button(t("Back"), list_tap(first))]])


def basis_line(t: Words, heap: Heap, first: dt.date) -> str:
    """Return whose contacts were scored twice, by what and when."""
    scorecard = t(
        "{scorecard}, version {version}",
        scorecard=heap.published.scorecard.title.say(t.language),
        version=heap.published.version,
    )
    return f"{shorten(heap.team.name, 60)} · {scorecard} · {t.month(first)}"
