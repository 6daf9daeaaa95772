"""An evaluator's own evaluations: a page of them, newest first, each a button."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from handlers.taps import CorrectionAct, CorrectionTap, FeedbackAct, FeedbackTap, MenuTap
from handlers.views.archive import DISPUTED, NEW, WITHDRAWN
from handlers.views.casefile import Line, score_words
from handlers.views.names import short_names
from handlers.views.screen import Button, Screen, bold, lines, shorten
from handlers.words import Words
from scoring.zones import local_day
from storage.disputes import Dispute
from storage.evaluations import Evaluation

NAME = 18


@dataclass(frozen=True, slots=True)
class Mine:
    """A page of somebody's evaluations; ``names`` are the agents'."""

    entries: Sequence[Evaluation]
    names: Mapping[int, str]
    disputes: Mapping[int, Dispute]
    skipped: int
    total: int
    page: int
    zone: ZoneInfo
    today: dt.date


def mine_button(t: Words) -> Button:
    """Return the button to the first page."""
    return Button(t("My evaluations"), CorrectionTap(0, CorrectionAct.MINE))


def mine_screen(t: Words, mine: Mine) -> Screen:
    """Return the page; without any evaluation it says so."""
    if not mine.total:
        scoring = Button(t("Score a contact"), MenuTap("score"))
        return Screen(lines(bold(t("My evaluations")), t("Nothing yet.")), [[scoring]])
    agents = sorted({one.agent_id for one in mine.entries})
    short = short_names([mine.names.get(agent, "…") for agent in agents])
    names = dict(zip(agents, short, strict=True))
    rows = [[_entry(t, mine, one, names[one.agent_id])] for one in mine.entries]
    return Screen(lines(*_text(t, mine)), [*rows, *_turning(t, mine)])


def _text(t: Words, mine: Mine) -> list[Line]:
    told: list[Line] = [bold(t("My evaluations"))]
    first, last = mine.skipped + 1, mine.skipped + len(mine.entries)
    if last - first + 1 < mine.total:
        told.append(t("{first}–{last} of {total}", first=first, last=last, total=mine.total))
    marks = {mark for one in mine.entries for mark in _marks(mine, one)}
    legend = (
        (NEW, t("not acknowledged yet")),
        (DISPUTED, t("disputed")),
        (WITHDRAWN, t("no longer counts")),
    )
    return told + [f"{mark} {meaning}" for mark, meaning in legend if mark in marks]


def _marks(mine: Mine, one: Evaluation) -> str:
    disputed = DISPUTED if one.id in mine.disputes else ""
    if one.withdrawn_at is not None:
        return disputed + WITHDRAWN
    return disputed + (NEW if one.acknowledged_at is None else "")


def _entry(t: Words, mine: Mine, one: Evaluation, name: str) -> Button:
    day = local_day(one.submitted_at, mine.zone)
    told = (
        score_words(t, one),
        shorten(name, NAME),
        t.day(day, year=day.year != mine.today.year),
        one.reference,
    )
    marks = _marks(mine, one)
    label = " · ".join(part for part in told if part)
    opening = FeedbackTap(one.id, FeedbackAct.SHOW, back=-(mine.skipped + 1))
    return Button(f"{marks} {label}" if marks else label, opening)


def _turning(t: Words, mine: Mine) -> list[list[Button]]:
    def tap(skip: int) -> CorrectionTap:
        return CorrectionTap(0, CorrectionAct.MINE, skip)

    row: list[Button] = []
    if mine.skipped:
        row.append(Button(t("‹ Newer"), tap(max(0, mine.skipped - mine.page))))
    following = mine.skipped + len(mine.entries)
    if following < mine.total:
        row.append(Button(t("Older ›"), tap(following)))
    return [row] if row else []
