"""The archive of an agent's feedback: a page of evaluations, newest first, each a button."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers import labels
from handlers.taps import CorrectionAct, CorrectionTap, FeedbackAct, FeedbackTap
from handlers.views.casefile import Line, score_words
from handlers.views.screen import Button, Screen, lines
from handlers.words import Words
from scoring.zones import local_day
from storage.disputes import Dispute
from storage.evaluations import Evaluation

NEW, DISPUTED, WITHDRAWN = "●", "⚖", "✕"


@dataclass(frozen=True, slots=True)
class Archive:
    """A page of the archive of ``agent`` (an id; 0 where the reader is the agent).

    ``name`` is the agent's where somebody else reads; ``skipped`` are on the pages before.
    ``evaluates`` says that the reader submits evaluations too.
    """

    agent: int
    name: str | None
    entries: Sequence[Evaluation]
    disputes: Mapping[int, Dispute]
    skipped: int
    total: int
    page: int
    zone: ZoneInfo
    today: dt.date
    evaluates: bool = False


def archive_screen(t: Words, archive: Archive) -> Screen:
    """Return the page; an empty archive says so."""
    if not archive.total:
        return Screen(lines(_heading(t, archive), t("Nothing yet.")), _own(t, archive))
    rows = [[_entry(t, archive, one)] for one in archive.entries]
    below = [*_turning(t, archive), *_own(t, archive)]
    return Screen(lines(*_text(t, archive)), [*rows, *below])


def _own(t: Words, archive: Archive) -> list[list[Button]]:
    """Return the way to what an agent who is an evaluator too submitted themself."""
    if not archive.evaluates:
        return []
    return [[Button(t("My evaluations"), CorrectionTap(0, CorrectionAct.MINE))]]


def _heading(t: Words, archive: Archive) -> Markup:
    if archive.name is not None:
        return t.html("<b>Feedback for {name}</b>", name=archive.name)
    return t.html("<b>Your feedback</b>")


def _text(t: Words, archive: Archive) -> list[Line]:
    told: list[Line] = [_heading(t, archive)]
    first, last = archive.skipped + 1, archive.skipped + len(archive.entries)
    if last - first + 1 < archive.total:
        told.append(t("{first}–{last} of {total}", first=first, last=last, total=archive.total))
    marks = {mark for one in archive.entries for mark in _marks(archive, one)}
    legend = (
        (NEW, t("not acknowledged yet")),
        (DISPUTED, t("disputed")),
        (WITHDRAWN, t("no longer counts")),
    )
    return told + [f"{mark} {meaning}" for mark, meaning in legend if mark in marks]


def _marks(archive: Archive, one: Evaluation) -> str:
    """Return what is to be seen about the evaluation at a glance."""
    disputed = DISPUTED if one.id in archive.disputes else ""
    if not one.counts:
        return disputed + WITHDRAWN
    return disputed + (NEW if one.acknowledged_at is None else "")


def _entry(t: Words, archive: Archive, one: Evaluation) -> Button:
    day = local_day(one.submitted_at, archive.zone)
    told = (
        score_words(t, one),
        labels.channel(t, one.channel),
        t.day(day, year=day.year != archive.today.year),
        one.reference,
    )
    marks = _marks(archive, one)
    label = " · ".join(part for part in told if part)
    opening = FeedbackTap(one.id, FeedbackAct.SHOW, back=archive.skipped + 1)
    return Button(f"{marks} {label}" if marks else label, opening)


def _turning(t: Words, archive: Archive) -> list[list[Button]]:
    def tap(skip: int) -> FeedbackTap:
        return FeedbackTap(archive.agent, FeedbackAct.LIST, skip)

    row: list[Button] = []
    if archive.skipped:
        row.append(Button(t("‹ Newer"), tap(max(0, archive.skipped - archive.page))))
    following = archive.skipped + len(archive.entries)
    if following < archive.total:
        row.append(Button(t("Older ›"), tap(following)))
    return [row] if row else []
