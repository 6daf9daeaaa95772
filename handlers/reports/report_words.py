"""What is typed after /team, /agent, /me and /export: part of a name, then a period."""

import datetime as dt

from handlers.refusals import Sorry
from handlers.turn import Turn
from handlers.views.screen import shorten
from handlers.words import N_
from scoring.periods import (
    DistantYear,
    FuturePeriod,
    Period,
    ReversedPeriod,
    UnknownPeriod,
    parse_period,
)

SHOWN = 60


class NoSuchPeriod(Sorry):
    """The words name neither anybody nor a period."""

    sentence = N_(
        "I do not understand “{text}”. Periods are week, month, quarter and year, each also after "
        "“last”, and dates such as 2026-10 or 2026-10-01..2026-10-15."
    )


class NotBegunPeriod(Sorry):
    """The period lies ahead."""

    sentence = N_("“{text}” has not begun yet.")


class BackwardPeriod(Sorry):
    """The period's end stands before its beginning."""

    sentence = N_("“{text}” ends before it begins.")


def typed(turn: Turn) -> str:
    """Return what stands after the command."""
    return " ".join(turn.text.split()[1:])


def split(text: str, now: dt.datetime) -> tuple[str, str]:
    """Return the name and the period that *text* is made of; either may be empty.

    The period is as long an end of the text as names one.
    """
    words = text.split()
    # Somewhere it is tomorrow already, and a period of that day has begun there.
    today = (now + dt.timedelta(days=1)).date()
    for start in range(len(words)):
        ending = " ".join(words[start:])
        if _is_period(ending, today):
            return " ".join(words[:start]), ending
    return text, ""


def period_of(text: str, today: dt.date) -> Period:
    """Return the period that *text* names; raise the sentence that says why it is none."""
    try:
        return parse_period(text, today)
    except FuturePeriod as error:
        raise NotBegunPeriod(text=shorten(text, SHOWN)) from error
    except ReversedPeriod as error:
        raise BackwardPeriod(text=shorten(text, SHOWN)) from error
    except UnknownPeriod as error:
        raise unknown(text) from error


def unknown(text: str) -> NoSuchPeriod:
    """Return the refusal that lists the periods there are."""
    return NoSuchPeriod(text=shorten(text, SHOWN))


def _is_period(text: str, today: dt.date) -> bool:
    try:
        parse_period(text, today)
    except (FuturePeriod, ReversedPeriod, DistantYear):
        return True
    except UnknownPeriod:
        return False
    return True
