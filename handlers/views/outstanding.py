"""What is left of a team's plans: the count first, then with whom, then each contact."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from handlers import labels
from handlers.taps import DoubleAct, DoubleTap, TaskAct, TaskTap
from handlers.views.casefile import Line
from handlers.views.pager import listed
from handlers.views.screen import Button, Screen, bold, lines, shorten
from handlers.words import Words
from scoring.zones import local_day
from storage.assignments import Assignment
from storage.contacts import Contact
from storage.people import Person
from storage.plan_progress import Progress, Share, Skipped
from storage.teams import Team

PAGE = 8
SKIPPED = 5
"""How many of the contacts skipped last are named with their reasons."""

NAME = 22


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What is left of a team's plans; ``month`` is the first day of the one ``progress`` is of.

    ``doubled`` says that something was scored a second time, unannounced.
    """

    team: Team
    month: dt.date
    progress: Progress | None
    shares: Sequence[Share]
    skipped: Sequence[Skipped]
    names: Mapping[int, str]
    doubled: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An outstanding contact with its agent's name."""

    assignment: Assignment
    contact: Contact
    agent: str


@dataclass(frozen=True, slots=True)
class PersonsList:
    """A page of what is left with one evaluator (``None``: nobody) of ``total``."""

    team: Team
    evaluator: Person | None
    entries: Sequence[Entry]
    total: int
    page: int
    now: dt.datetime
    zone: ZoneInfo


def team_screen(t: Words, left: Outstanding) -> Screen:
    """Return how far the plans are, and a button for each evaluator with something left."""
    twice = sum(one.seconds for one in left.shares)
    overdue = sum(one.overdue for one in left.shares)
    count = sum(one.left for one in left.shares) - twice
    told: list[Line] = [
        bold(
            t.plural(
                "{count} contact to score · {team}",
                "{count} contacts to score · {team}",
                count,
                team=shorten(left.team.name, 60),
            )
        )
    ]
    if left.progress is None:
        told.append(t("Nothing was drawn for this team yet."))
    else:
        told.append(progress_line(t, left.progress, t.month(left.month)))
    if twice:
        told.append(
            t.plural(
                "and {count} to be scored a second time, unannounced",
                "and {count} to be scored a second time, unannounced",
                twice,
            )
        )
    if overdue:
        told.append(t.plural("{count} contact is overdue", "{count} contacts are overdue", overdue))
    told += _skipped(t, left)
    doubled = DoubleTap(DoubleAct.LIST, f"{left.month:%Y-%m}")
    below = [[Button(t("Double scoring"), doubled)]] if left.doubled else []
    shares = [_share(t, left, one) for one in left.shares]
    return listed(told, shares, below, TaskTap(TaskAct.TEAM, left.team.id))


def progress_line(t: Words, progress: Progress, period: str) -> str:
    """Return plan against done of a period."""
    done = t(
        "{period}: {done} of {drawn} done",
        period=period,
        done=progress.done,
        drawn=progress.drawn,
    )
    if not progress.skipped:
        return done
    skipped = t.plural("{count} skipped", "{count} skipped", progress.skipped)
    return f"{done}, {skipped}"


def _skipped(t: Words, left: Outstanding) -> list[Line]:
    if not left.skipped:
        return []
    told: list[Line] = ["", t("Skipped last")]
    for one in left.skipped:
        name = left.names.get(one.evaluator_id or 0, "–")
        what = shorten(one.reference or t("no reference"), NAME)
        told.append(f"• {what}, {name}: {_reason(t, one)}")
    return told


def _reason(t: Words, one: Skipped) -> str:
    """Return why: a ready reason in the reader's language, or what somebody wrote."""
    return t(one.reason) if one.reason else "–"


def _share(t: Words, left: Outstanding, one: Share) -> Button:
    name = left.names.get(one.evaluator_id or 0) if one.evaluator_id else t("Not assigned")
    label = f"{shorten(name or '…', NAME)} · {one.left}"
    if one.overdue:
        label += " · " + t.plural("{count} overdue", "{count} overdue", one.overdue)
    tap = TaskTap(TaskAct.PERSON, left.team.id, one.evaluator_id or 0, left.team.id)
    return Button(label, tap)


def person_screen(t: Words, left: PersonsList) -> Screen:
    """Return the contacts left with one evaluator, the soonest date first."""
    name = left.evaluator.name if left.evaluator is not None else t("Not assigned")
    text = lines(
        bold(t("{name} · {team}", name=shorten(name, 60), team=shorten(left.team.name, 60))),
        t.plural("{count} contact to score", "{count} contacts to score", left.total),
    )
    rows = [[_entry(t, left, one)] for one in left.entries]
    turning = [
        Button(label, _page(left, page))
        for label, page in (("‹", left.page - 1), ("›", left.page + 1))
        if page >= 0 and page * PAGE < left.total
    ]
    back = Button(t("Back"), TaskTap(TaskAct.TEAM, left.team.id))
    return Screen(text, [*rows, [*turning, back]])


def _page(left: PersonsList, page: int) -> TaskTap:
    who = left.evaluator.id if left.evaluator is not None else 0
    return TaskTap(TaskAct.PERSON, left.team.id, who, left.team.id, page)


def _entry(t: Words, left: PersonsList, one: Entry) -> Button:
    due = one.assignment.due_at
    parts = (
        t.day(local_day(due, left.zone)) + ("!" if due < left.now else ""),
        shorten(one.contact.reference or labels.channel(t, one.contact.channel), 14),
        shorten(one.agent, NAME - 6),
    )
    tap = TaskTap(TaskAct.TASK, one.assignment.id, 0, left.team.id, left.page)
    return Button(" · ".join(parts), tap)
