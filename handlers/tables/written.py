"""Numbers, durations and moments as people and spreadsheets write them.

What could be read in two ways is decided by the rest of the file, or refused: a wrong thousand is
worse than a question.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from handlers.refusals import Sorry
from handlers.words import N_

GAP = "[ \u00a0\u2007\u2009\u202f'’]"
"""What stands between thousands where neither comma nor point does."""

SPACED = re.compile(rf"[0-9]{{1,3}}(?:{GAP}[0-9]{{3}})+(?=$|[.,])")
GAPS = re.compile(GAP)
PLAIN = re.compile(r"[0-9]+")
ONE_MARK = re.compile(r"(?P<whole>[0-9]+)(?P<mark>[.,])(?P<part>[0-9]+)")
THOUSANDS = re.compile(r"[0-9]{1,3}(?:(?P<mark>[.,])[0-9]{3})(?:(?P=mark)[0-9]{3})+")
BOTH_MARKS = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:(?P<between>[.,])[0-9]{3})+)(?!(?P=between))(?P<mark>[.,])(?P<part>[0-9]+)"
)
OTHER = {",": ".", ".": ","}
LONGEST = 40
"""Signs of a number; a longer one is none."""

RUINED = re.compile(
    r"[0-9](?:[.,][0-9]+)?E\+[0-9]{1,3}"
    r"|#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|#{3,}",
    re.IGNORECASE,
)
"""What a spreadsheet leaves of a long number, of a broken formula and of a narrow column."""

DATE = (
    r"(?:(?P<y1>[0-9]{4})(?P<sep>[-/.])(?P<m1>[0-9]{1,2})(?P=sep)(?P<d1>[0-9]{1,2})"
    r"|(?P<d2>[0-9]{1,2})\.(?P<m2>[0-9]{1,2})\.(?P<y2>[0-9]{4}|[0-9]{2})"
    r"|(?P<a>[0-9]{1,2})(?P<slash>[/-])(?P<b>[0-9]{1,2})(?P=slash)(?P<y3>[0-9]{4}))"
)
TIME = r"(?P<h>[0-9]{1,2}):(?P<min>[0-9]{2})(?::(?P<s>[0-9]{2})(?P<us>[.,][0-9]{1,9})?)?"
HALF_DAY = r"(?:\s*(?P<half>[ap])\.?\s?m\.?)?"
OFFSET = r"(?:utc|gmt)?(?P<sign>[+-])(?P<oh>[0-9]{1,2})(?::?(?P<om>[0-9]{2}))?"
ZONE = rf"(?:\s*(?:(?P<utc>z|utc|gmt)|{OFFSET}))?"
MOMENT = re.compile(rf"{DATE}(?:(?:,\s*|\s+|t){TIME}{HALF_DAY}{ZONE})?", re.IGNORECASE)
SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
SERIALS = range(32_874, 73_051)
"""The days from 1990 to 2099 as spreadsheets count them, from the end of 1899."""

FIRST_DAY = dt.datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet's, without a zone
CLOCK = re.compile(
    r"(?:(?P<h>[0-9]{1,3}):)?(?P<m>[0-9]{1,5}):(?P<s>[0-9]{2})(?:[.,](?P<f>[0-9]+))?"
)
FINE = 4
"""So many decimals of a number below 1 are a fraction of a day, as spreadsheets keep times."""

DAY_SECONDS = 24 * 60 * 60


class Ruined(Sorry):
    """A spreadsheet has shortened or lost what stood there."""

    sentence = N_(
        "“{text}” in {column} is what a spreadsheet left of a longer value; its digits are lost. "
        "Set the column's format to Text, enter it anew and export again."
    )


class TwoWays(Sorry):
    """A number that means one thing here and another there."""

    sentence = N_(
        "“{text}” can be read two ways: is the sign before the last three digits a decimal point "
        "or between thousands? Please write 1205 or 1.2050."
    )


class AmbiguousDateError(ValueError):
    """Day and month could be either way round."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How a file writes: its decimal mark, and whether a slashed date begins with the day.

    ``None`` where nothing in it says so. Numbers of a *workbook* come with points from us.
    """

    decimal: str | None = None
    day_first: bool | None = None
    workbook: bool = False


def habits(
    numbers: Iterable[str] = (), dates: Iterable[str] = (), *, workbook: bool = False
) -> Habits:
    """Return what the file's numbers and dates say of how the doubtful ones are meant."""
    marks = {_decimal_of(cell, workbook=workbook) for cell in numbers} - {None}
    orders = {_day_first(cell) for cell in dates} - {None}
    return Habits(
        next(iter(marks)) if len(marks) == 1 else None,
        next(iter(orders)) if len(orders) == 1 else None,
        workbook,
    )


def intact(column: str, cell: str) -> str:
    """Return the cell; raise ``Ruined`` where it is what a spreadsheet left of a number."""
    if RUINED.fullmatch(cell):
        raise Ruined(text=cell[:LONGEST], column=column)
    return cell


def number(cell: str, known: Habits, *, strict: bool = False) -> Decimal:
    """Return the number that is not below 0; raise ``TwoWays``, or ``ValueError`` for none.

    With *strict*, ``1.205`` of a text file is as doubtful as ``1,205`` always is.
    """
    bare = _without_gaps(cell)
    if PLAIN.fullmatch(bare):
        return Decimal(bare)
    if both := BOTH_MARKS.fullmatch(bare):
        return Decimal(f"{_digits(both['whole'])}.{both['part']}")
    if THOUSANDS.fullmatch(bare):
        return Decimal(_digits(bare))
    one = ONE_MARK.fullmatch(bare)
    if one is None or len(bare) > LONGEST:
        raise ValueError(cell)
    decimal = Decimal(f"{one['whole']}.{one['part']}")
    if not _is_doubtful(one) or (one["mark"] == "." and known.workbook):
        return decimal
    if known.decimal is not None:
        return decimal if one["mark"] == known.decimal else Decimal(one["whole"] + one["part"])
    if one["mark"] == "." and not strict:
        return decimal
    raise TwoWays(text=cell)


def seconds(cell: str, known: Habits) -> int:
    """Return a duration in whole seconds; raise ``TwoWays``, or ``ValueError`` for none.

    It is written as seconds, as ``3:25`` or ``00:03:25``, or as a spreadsheet's part of a day.
    """
    if clock := CLOCK.fullmatch(cell):
        hours, minutes, rest = int(clock["h"] or 0), int(clock["m"]), int(clock["s"])
        if rest > 59 or (clock["h"] is not None and minutes > 59):
            raise ValueError(cell)
        return hours * 3600 + minutes * 60 + rest + (1 if (clock["f"] or "0")[0] >= "5" else 0)
    value = number(cell, known, strict=True)
    if 0 < value < 1 and -int(value.as_tuple().exponent) >= FINE:
        value *= DAY_SECONDS
    return int(value + Decimal("0.5"))


def moment(cell: str, known: Habits) -> dt.datetime:
    """Return the moment, with its offset where it has one.

    Raises ``AmbiguousDateError``, or ``ValueError`` for what is none.
    """
    if SERIAL.fullmatch(cell):
        return _of_serial(cell)
    found = MOMENT.fullmatch(cell)
    if found is None:
        return dt.datetime.fromisoformat(cell)
    year, month, day = _date(found, known)
    if found["h"] is None:
        return dt.datetime(year, month, day)  # noqa: DTZ001  the zone comes later
    fraction = int((found["us"] or ".0")[1:7].ljust(6, "0"))
    return dt.datetime(
        year,
        month,
        day,
        _hour(found),
        int(found["min"]),
        int(found["s"] or 0),
        fraction,
        tzinfo=_offset(found),
    )


def _without_gaps(cell: str) -> str:
    return GAPS.sub("", cell) if SPACED.match(cell) else cell


def _digits(number: str) -> str:
    return number.replace(",", "").replace(".", "")


def _is_doubtful(one: re.Match[str]) -> bool:
    """Return whether the mark may stand between thousands."""
    whole = one["whole"]
    return len(one["part"]) == 3 and len(whole) <= 3 and not whole.startswith("0")


def _decimal_of(cell: str, *, workbook: bool) -> str | None:
    """Return the decimal mark that the number shows, ``None`` where it shows none."""
    bare = _without_gaps(cell.removesuffix("%").rstrip())
    if both := BOTH_MARKS.fullmatch(bare):
        return both["mark"]
    if thousands := THOUSANDS.fullmatch(bare):
        return OTHER[thousands["mark"]]
    one = ONE_MARK.fullmatch(bare)
    if one is None or _is_doubtful(one) or (workbook and one["mark"] == "."):
        return None
    return one["mark"]


def _day_first(cell: str) -> bool | None:
    found = MOMENT.fullmatch(cell)
    if found is None or found["a"] is None:
        return None
    first, second = int(found["a"]), int(found["b"])
    if max(first, second) <= 12 or min(first, second) > 12:
        return None
    return first > second


def _date(found: re.Match[str], known: Habits) -> tuple[int, int, int]:
    if found["y1"]:
        return int(found["y1"]), int(found["m1"]), int(found["d1"])
    if found["y2"]:
        year = int(found["y2"])
        return year + 2000 * (year < 100), int(found["m2"]), int(found["d2"])
    first, second = int(found["a"]), int(found["b"])
    own = _day_first(found[0])
    day_first = own if own is not None else known.day_first
    if day_first is None and first != second:
        raise AmbiguousDateError(found[0])
    return (int(found["y3"]), second, first) if day_first else (int(found["y3"]), first, second)


def _hour(found: re.Match[str]) -> int:
    hour = int(found["h"])
    if found["half"] is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(found[0])
    return hour % 12 + 12 * (found["half"].lower() == "p")


def _offset(found: re.Match[str]) -> dt.tzinfo | None:
    if found["utc"]:
        return dt.UTC
    if found["sign"] is None:
        return None
    offset = dt.timedelta(hours=int(found["oh"]), minutes=int(found["om"] or 0))
    return dt.timezone(-offset if found["sign"] == "-" else offset)


def _of_serial(cell: str) -> dt.datetime:
    days = float(cell.replace(",", "."))
    if int(days) not in SERIALS:
        raise ValueError(cell)
    return FIRST_DAY + dt.timedelta(seconds=round(days * DAY_SECONDS))
