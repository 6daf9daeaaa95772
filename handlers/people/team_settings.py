"""A team's settings as they are typed: each text understood, or the sentence that helps."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from handlers.people.names import team_name
from handlers.people.zone_names import zone_named
from handlers.refusals import Sorry
from handlers.words import LANGUAGE_NAMES, LANGUAGES, N_, Words
from storage.teams import Team

TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?")
DASH = re.compile(r"\s*[-–—−]\s*")
NUMBER = re.compile(r"([0-9]{1,3})\s*%?")
MOST_TARGET = 100
MOST_DAYS = 30
MOST_DISPUTES = 100
LANGUAGE_CODES = {code: code for code in LANGUAGES} | {
    name.casefold(): code for code, name in LANGUAGE_NAMES.items()
}
NOTHING = "none"
"""What a button says to take a setting away."""


class Setting(StrEnum):
    """What can be set for a team."""

    NAME = "name"
    TIMEZONE = "zone"
    LANGUAGE = "lang"
    DIGEST = "digest"
    QUIET = "quiet"
    TARGET = "target"
    DISPUTES = "days"
    DISPUTE_COUNT = "most"


class NotALanguage(Sorry):
    """Something else than our languages."""

    sentence = N_("I speak {known}. Please choose one of them.")


class NotATime(Sorry):
    """Something else than a time of day."""

    sentence = N_("Please write a time such as 9:00 or 18:30.")


class NotQuietHours(Sorry):
    """Something else than two times of day."""

    sentence = N_("Please write two different times such as 22:00-08:00.")


class NotATarget(Sorry):
    """Something else than a whole number up to 100."""

    sentence = N_("Please write a whole number from 0 to 100.")


class NotDays(Sorry):
    """Something else than a number of days within the limits."""

    sentence = N_("Please write a number of working days from 1 to 30.")


class NotACount(Sorry):
    """Something else than a number of disputes within the limits."""

    sentence = N_("Please write a whole number from 0 to 100; 0 means no limit.")


def changed(t: Words, team: Team, setting: Setting, text: str) -> Team:
    """Return *team* with the setting that *text* says; raise the ``Sorry`` that helps.

    ``none``, or the button's word for it in the language of *t*, takes a setting away.
    """
    text = text.strip()
    if setting in OPTIONAL and text.casefold() in _words_for_nothing(t):
        return OPTIONAL[setting](team)
    return READERS[setting](team, text)


def told_of(before: Team, after: Team, setting: Setting) -> dict[str, str | int | None]:
    """Return the setting before and after as the audit log tells it; of a name, nothing."""
    fields = AUDITED.get(setting, ())
    values = {"before": before, "after": after}
    return {
        f"{when}_{field}": _plain(getattr(team, field))
        for when, team in values.items()
        for field in fields
    }


def _plain(value: str | int | dt.time | None) -> str | int | None:
    return f"{value:%H:%M}" if isinstance(value, dt.time) else value


AUDITED: dict[Setting, tuple[str, ...]] = {
    Setting.TIMEZONE: ("timezone",),
    Setting.LANGUAGE: ("language",),
    Setting.DIGEST: ("digest_time",),
    Setting.QUIET: ("quiet_from", "quiet_to"),
    Setting.TARGET: ("target",),
    Setting.DISPUTES: ("dispute_days",),
    Setting.DISPUTE_COUNT: ("dispute_count",),
}
"""What a team's settings are called in the audit log."""

OPTIONAL: dict[Setting, Callable[[Team], Team]] = {
    Setting.QUIET: lambda team: replace(team, quiet_from=None, quiet_to=None),
    Setting.TARGET: lambda team: replace(team, target=None),
    Setting.DISPUTE_COUNT: lambda team: replace(team, dispute_count=0),
}
"""The settings that may be absent, and how a team is without them."""


def _words_for_nothing(t: Words) -> set[str]:
    buttons = (t("Off"), t("No target"), t("No limit"))
    return {NOTHING, "off", "-", *(label.casefold() for label in buttons)}


def _language(team: Team, text: str) -> Team:
    code = LANGUAGE_CODES.get(text.casefold())
    if code is None:
        raise NotALanguage(known=", ".join(LANGUAGE_NAMES.values()))
    return replace(team, language=code)


def _quiet(team: Team, text: str) -> Team:
    parts = DASH.split(text)
    try:
        begin, end = (_time(part) for part in parts)
    except (ValueError, NotATime) as error:
        raise NotQuietHours from error
    if begin == end:
        raise NotQuietHours
    return replace(team, quiet_from=begin, quiet_to=end)


def _target(team: Team, text: str) -> Team:
    return replace(team, target=_number(text, 0, MOST_TARGET, NotATarget))


def _days(team: Team, text: str) -> Team:
    return replace(team, dispute_days=_number(text, 1, MOST_DAYS, NotDays))


def _count(text: str) -> int:
    return _number(text, 0, MOST_DISPUTES, NotACount)


def _time(text: str) -> dt.time:
    """Return the time of day that *text* names, such as 9, 9:00 or 18.30."""
    found = TIME.fullmatch(text.strip())
    if found is None:
        raise NotATime
    try:
        return dt.time(int(found[1]), int(found[2] or 0))
    except ValueError as error:
        raise NotATime from error


def _number(text: str, least: int, most: int, refusal: type[Sorry]) -> int:
    found = NUMBER.fullmatch(text)
    if found is None or not least <= int(found[1]) <= most:
        raise refusal
    return int(found[1])


READERS: dict[Setting, Callable[[Team, str], Team]] = {
    Setting.NAME: lambda team, text: replace(team, name=team_name(text)),
    Setting.TIMEZONE: lambda team, text: replace(team, timezone=zone_named(text)),
    Setting.LANGUAGE: _language,
    Setting.DIGEST: lambda team, text: replace(team, digest_time=_time(text)),
    Setting.QUIET: _quiet,
    Setting.TARGET: _target,
    Setting.DISPUTES: _days,
    Setting.DISPUTE_COUNT: lambda team, text: replace(team, dispute_count=_count(text)),
}
