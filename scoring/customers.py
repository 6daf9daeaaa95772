"""By what a customer is known again, however their number, e-mail or login is written.

What is a phone number, and which one, is decided by Google's numbering plans (``phonenumbers``);
a number without its country's code is read as at home in the agent's country.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

NUMBER = re.compile(r"[\d\s+().\-]*\d[\d\s().\-]*")
NOT_A_DIGIT = re.compile(r"\D")
ABROAD = re.compile(r"^\s*(?:\+|00)")
"""How a number begins that brings its country's code along."""

FEWEST_DIGITS = 7
"""Of a number with its area code; shorter ones are extensions and customers' own numbers."""

LOGIN = re.compile(r"^(?:mailto:|tel:)?@?")
"""What people and systems write before an address or a login."""

ELSEWHERE = ("UA", "RU")
"""Read so where it is no number of the agent's own country: 067… and 8 (495)… are told apart."""

TAB = "zone.tab"


def customer_key(customer: str, country: str | None = None) -> str:
    """Return by what a customer is known again.

    That is a phone in E.164, with its extension, or the words with letter case and width aside.
    *country* (ISO 3166) is where the agent is who spoke to them.
    """
    phone = phone_of(customer, country)
    if phone is not None:
        return phone
    known = words_of(customer)
    return _digits(known) if NUMBER.fullmatch(known) else known


def words_of(customer: str) -> str:
    """Return a name, an e-mail or a login as they are compared."""
    plain = " ".join(unicodedata.normalize("NFKC", customer).casefold().split())
    return LOGIN.sub("", plain) or plain


@lru_cache(maxsize=2_000)
def phone_of(customer: str, country: str | None) -> str | None:
    """Return the one phone number that is written there, as E.164 says; ``None`` without one."""
    if len(_digits(customer)) < FEWEST_DIGITS:
        return None
    written = customer if ABROAD.match(customer) is None else "+" + ABROAD.sub("", customer)
    if NUMBER.fullmatch(written.strip()):
        return next(_readings(written, country), None)
    return _among_words(written, country)


def older_keys(key: str) -> list[str]:
    """Return how a phone known as *key* was known before: by the digits as they were written."""
    import phonenumbers  # noqa: PLC0415  a large library that few processes need

    if not key.startswith("+"):
        return [key]
    number = phonenumbers.parse(key)
    national = phonenumbers.national_significant_number(number)
    digits = f"{number.country_code}{national}"
    region = phonenumbers.region_code_for_number(number) or ""
    trunk = phonenumbers.ndd_prefix_for_region(region, strip_non_digits=True) or ""
    abroad = ("", "00", "810")
    return list(dict.fromkeys([*(one + digits for one in abroad), trunk + national, national]))


@lru_cache(maxsize=500)
def country_of(zone: str) -> str | None:
    """Return the country (ISO 3166) in which a time zone lies, ``None`` for UTC and the like."""
    from babel.core import get_global  # noqa: PLC0415  what a start does without

    name = get_global("zone_aliases").get(zone, zone)
    return _countries().get(name) or _countries().get(zone)


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    lines = (files("tzdata") / "zoneinfo" / TAB).read_text().splitlines()
    parts = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {part[2]: part[0] for part in parts}


def _readings(written: str, country: str | None) -> Iterator[str]:
    """Yield the numbers that it is, in its own country first."""
    import phonenumbers  # noqa: PLC0415  as above

    for region in dict.fromkeys((country, *ELSEWHERE)):
        if region is None:
            continue
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        abroad = written.startswith("+")
        if phonenumbers.is_valid_number(number) or (
            abroad and phonenumbers.is_possible_number(number)
        ):
            yield _formatted(number)


def _among_words(written: str, country: str | None) -> str | None:
    """Return the number beside a name, where there is just one."""
    import phonenumbers  # noqa: PLC0415  as above

    for region in dict.fromkeys((country, *ELSEWHERE)):
        found = {_formatted(one.number) for one in phonenumbers.PhoneNumberMatcher(written, region)}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _formatted(number: "PhoneNumber") -> str:
    import phonenumbers  # noqa: PLC0415  as above

    plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{plain};ext={number.extension}" if number.extension else plain


def _digits(number: str) -> str:
    return NOT_A_DIGIT.sub("", number)
