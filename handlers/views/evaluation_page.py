"""A page of a list of evaluations, newest first, each a button: what all such lists share."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.taps import FeedbackTap, Tap
from handlers.views.casefile import Line, score_words
from handlers.views.screen import Button
from handlers.words import Words
from scoring.zones import local_day
from storage.disputes import Dispute
from storage.evaluations import Evaluation

NEW, DISPUTED, UNCOUNTED = "●", "⚖", "✕"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationPage:
    """Some of ``total`` evaluations; ``skipped`` are on the pages before, ``page`` is its size."""

    entries: Sequence[Evaluation]
    disputes: Mapping[int, Dispute]
    skipped: int
    total: int
    page: int
    zone: ZoneInfo
    today: dt.date


def page_lines(t: Words, heading: Markup, page: EvaluationPage) -> list[Line]:
    """Return the heading, which of them these are, and what the marks on the buttons mean."""
    texts: list[Line] = [heading]
    first, last = page.skipped + 1, page.skipped + len(page.entries)
    if last - first + 1 < page.total:
        texts.append(t("{first}–{last} of {total}", first=first, last=last, total=page.total))
    marks = {mark for entry in page.entries for mark in _marks(page, entry)}
    legend = (
        (NEW, t("not acknowledged yet")),
        (DISPUTED, t("disputed")),
        (UNCOUNTED, t("no longer counts")),
    )
    return texts + [f"{mark} {meaning}" for mark, meaning in legend if mark in marks]


def entry_button(
    t: Words, page: EvaluationPage, evaluation: Evaluation, about: str, opening: FeedbackTap
) -> Button:
    """Return the button of an evaluation: its marks, score, *about*, day and reference."""
    day = local_day(evaluation.submitted_at, page.zone)
    parts = (
        score_words(t, evaluation),
        about,
        t.day(day, year=day.year != page.today.year),
        evaluation.reference,
    )
    label = " · ".join(part for part in parts if part)
    marks = _marks(page, evaluation)
    return Button(f"{marks} {label}" if marks else label, opening)


def turning(t: Words, page: EvaluationPage, tap: Callable[[int], Tap]) -> list[list[Button]]:
    """Return the row that turns the page; *tap* is told how many evaluations to skip."""
    row: list[Button] = []
    if page.skipped:
        row.append(Button(t("‹ Newer"), tap(max(0, page.skipped - page.page))))
    following = page.skipped + len(page.entries)
    if following < page.total:
        row.append(Button(t("Older ›"), tap(following)))
    return [row] if row else []


def _marks(page: EvaluationPage, evaluation: Evaluation) -> str:
    disputed = DISPUTED if evaluation.id in page.disputes else ""
    if not evaluation.counts:
        return disputed + UNCOUNTED
    return disputed + (NEW if evaluation.acknowledged_at is None else "")
