"""Words, plurals, numbers and dates in a person's language."""

import datetime as dt
import gettext
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from markupsafe import Markup

from scoring.score import shown

LANGUAGES = ("en", "ru", "uk")
LANGUAGE_NAMES = {"en": "English", "ru": "Русский", "uk": "Українська"}
DEFAULT_LANGUAGE = "en"
DOMAIN = "etalon"
FOLDER = Path(__file__).parent / "locales"

MINUS = "−"
GROUPED_FROM = 1000


def N_(message: str) -> str:  # noqa: N802  gettext's customary name
    """Mark *message* for translation where it stands; it is translated where it is shown."""
    return message


class Words:
    """One language: calling it translates; the sentences of a screen come through here alone."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = Locale.parse(language)
        self._catalogue = gettext.translation(
            DOMAIN, str(FOLDER), languages=[language], fallback=True
        )

    def __call__(self, message: str, **values: object) -> str:
        """Return *message* in this language as plain text, with *values* filled in."""
        text = self._catalogue.gettext(message)
        return text.format(**self._grouped(values)) if values else text

    def html(self, message: str, **values: object) -> Markup:
        """Return *message*, which holds markup, in this language; *values* are escaped."""
        text = Markup(self._catalogue.gettext(message))  # noqa: S704  ours
        return text.format(**self._grouped(values))

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """Return the form for *count*, which is filled in as ``{count}``."""
        text = self._catalogue.ngettext(one, many, count)
        return text.format(**self._grouped({"count": count, **values}))

    def _grouped(self, values: Mapping[str, object]) -> dict[str, object]:
        """Return *values* with large counts in groups of three digits, as the language has them.

        Only ``count`` is one for certain: other whole numbers may be years, versions or references.
        """
        count = values.get("count")
        if isinstance(count, int) and count >= GROUPED_FROM:
            return {**values, "count": self.number(count, 0)}
        return dict(values)

    def number(self, value: Fraction | Decimal | float, digits: int = 1) -> str:
        """Return *value* with *digits* decimals, halves away from zero."""
        return _number(self._locale, value, digits)

    def signed(self, value: Fraction | float, digits: int = 1) -> str:
        """Return *value* with its sign, plus included; what is shown as 0 has none."""
        shown_as = shown(_meant(value), digits)
        text = self.number(value, digits)
        return f"+{text}" if shown_as > 0 else text

    def percent(self, share: float) -> str:
        """Return a share (0 to 1) as whole percent."""
        return f"{self.number(share * 100, 0)}\N{NO-BREAK SPACE}%"

    def day(self, day: dt.date, *, year: bool = False) -> str:
        """Return a date such as 4 Nov, or 4 Nov 2026."""
        return format_date(day, "d MMM y" if year else "d MMM", locale=self._locale)

    def month(self, day: dt.date, *, year: bool = True) -> str:
        """Return the month's name by itself, such as November 2026."""
        text = format_date(day, "LLLL y" if year else "LLLL", locale=self._locale)
        return text[:1].upper() + text[1:]

    def moment(self, moment: dt.datetime, zone: ZoneInfo) -> str:
        """Return a moment in *zone* such as 4 Nov, 14:20."""
        local = moment.astimezone(zone)
        return f"{self.day(local.date())}, {format_time(local, 'HH:mm', locale=self._locale)}"


@lru_cache(maxsize=4096)  # the same scores and shares are said again and again
def _number(locale: Locale, value: Fraction | Decimal | float, digits: int) -> str:
    rounded = shown(_meant(value), digits)
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    return format_decimal(rounded, pattern, locale=locale).replace("-", MINUS)


def _meant(value: Fraction | Decimal | float) -> Fraction:
    """Return the short decimal that a float stands for: 0.955, not what lies just beside it."""
    return Fraction(str(round(value, 9))) if isinstance(value, float) else Fraction(value)


Phrase = Callable[[Words], str]
"""A sentence that waits to learn its language."""


@lru_cache(maxsize=len(LANGUAGES))
def words(language: str) -> Words:
    """Return the words of one of ``LANGUAGES``."""
    return Words(language)


def known_language(code: str | None, default: str = DEFAULT_LANGUAGE) -> str:
    """Return the language of Telegram's *code* (such as ``uk`` or ``en-GB``), else *default*."""
    short = (code or "").split("-")[0].lower()
    return short if short in LANGUAGES else default
