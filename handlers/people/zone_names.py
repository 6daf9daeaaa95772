"""Time zones as people type them: a city, a name in any letter case, or something close to it."""

from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import available_timezones

from handlers.refusals import Sorry
from handlers.views.screen import shorten
from handlers.words import N_

NOT_A_PLACE = {"localtime", "Factory", "posixrules"}
EXAMPLES = ("Europe/Kyiv", "Europe/Warsaw", "Asia/Almaty")
SHOWN = 3


class UnknownZone(Sorry):
    """No time zone is called that; ``close`` names similar ones or examples."""

    sentence = N_("I know no time zone “{name}”. Try for instance {close}.")


def zone_named(text: str) -> str:
    """Return the IANA name for a typed name or city; raise ``UnknownZone`` with what is close."""
    wanted = _key(text)
    zones = _catalogue()
    if wanted in zones:
        return zones[wanted]
    raise UnknownZone(name=shorten(text.strip(), 40), close=", ".join(_close(wanted)))


def _key(text: str) -> str:
    return "_".join(text[:80].casefold().split())


@lru_cache(maxsize=256)
def _close(wanted: str) -> tuple[str, ...]:
    zones = _catalogue()
    close = get_close_matches(wanted, zones, n=SHOWN, cutoff=0.75)
    return tuple(dict.fromkeys(zones[one] for one in close)) or EXAMPLES


@lru_cache(maxsize=1)
def _catalogue() -> dict[str, str]:
    """Return every zone by its name in lower case, and by its city where only one has it."""
    names = sorted(available_timezones() - NOT_A_PLACE)
    cities: dict[str, list[str]] = {}
    for name in names:
        area, _, city = name.casefold().rpartition("/")
        if area and area != "etc":
            cities.setdefault(city, []).append(name)
    only = {city: found[0] for city, found in cities.items() if len(found) == 1}
    return only | {name.casefold(): name for name in names}
