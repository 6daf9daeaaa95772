"""The overturn rate as a supervisor reads it: each share with its interval and its counts."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.taps import ReportKind, ReportTap
from handlers.views import period_words
from handlers.views.screen import Button, Screen, bold, fit, shorten
from handlers.words import Words
from scoring.overturn import Rate
from scoring.periods import Period, token
from scoring.scorecard import Wording
from scoring.statistics import Proportion
from storage.teams import Team

TITLE = 60
SHOWN = 20
"""How many criteria, and how many evaluators, are listed: those overturned most."""


@dataclass(frozen=True, slots=True)
class Disputed:
    """A team's disputes; ``total`` is the one rate of them all, or nothing yet.

    ``titles`` word the criteria by their scorecard's key and their own, ``names`` the evaluators.
    """

    team: Team
    period: Period
    today: dt.date
    every: int
    still_open: int
    total: Sequence[Rate[str]]
    criteria: Sequence[Rate[tuple[str, str]]]
    evaluators: Sequence[Rate[int]]
    titles: Mapping[tuple[str, str], Wording]
    names: Mapping[int, str]


def overturn_screen(t: Words, seen: Disputed) -> Screen:
    """Return how many disputes there were and how many of their criteria got another answer."""
    period = period_words.title(t, seen.period, seen.today)
    told = [
        bold(t("Disputes · {team} · {period}", team=shorten(seen.team.name, TITLE), period=period)),
        _counts(t, seen),
    ]
    if not seen.total:
        told.append(t("No disputed criterion has been decided yet."))
    for whole in seen.total:
        told += ["", t("Answers changed: {share}", share=share_words(t, whole.share))]
        told += ["", bold(t("By criterion"))]
        told += _rows(t, ((_title(t, seen, one.subject), one.share) for one in seen.criteria))
        told += ["", bold(t("By evaluator"))]
        told += _rows(t, ((seen.names[one.subject], one.share) for one in seen.evaluators))
    back = ReportTap(ReportKind.TEAM, seen.team.id, token(seen.period))
    return Screen(fit(told), [[Button(t("Back"), back)]])


def share_words(t: Words, share: Proportion) -> str:
    """Return the counts and, where they are enough to compare, the share with its interval."""
    counts = t("{times} of {total}", times=share.successes, total=share.total)
    if share.too_few:
        return counts
    low, high = t.number(share.low * 100, 0), t.number(share.high * 100, 0)
    return f"{counts}: {t.percent(share.share)} ({low}–{high})"


def _counts(t: Words, seen: Disputed) -> str:
    every = t.plural("{count} dispute", "{count} disputes", seen.every)
    if not seen.still_open:
        return every
    return f"{every} · {t('{count} still open', count=seen.still_open)}"


def _rows(t: Words, shares: Iterable[tuple[str, Proportion]]) -> list[str]:
    rows = [f"• {shorten(title, TITLE)}: {share_words(t, share)}" for title, share in shares]
    return rows if len(rows) <= SHOWN else [*rows[:SHOWN], "…"]


def _title(t: Words, seen: Disputed, key: tuple[str, str]) -> str:
    return seen.titles[key].say(t.language)
