"""Packing what a button says into 64 bytes, and reading it when it is pressed.

A tap is packed as its prefix and its fields, separated by colons; anything that does not unpack
exactly is a forgery or a leftover.
"""

import dataclasses
from typing import get_type_hints

from handlers.taps.assignments import DoubleTap, TaskTap
from handlers.taps.base import Tap, UnknownTapError
from handlers.taps.corrections import CorrectionTap
from handlers.taps.delivery import UndeliveredTap
from handlers.taps.feedback import DisputeTap, FeedbackTap
from handlers.taps.paging import PageTap
from handlers.taps.people import (
    LanguageTap,
    MenuTap,
    MergeTap,
    PeopleFileTap,
    PeopleTap,
    TeamTap,
)
from handlers.taps.plans import PlanTap
from handlers.taps.privacy import AuditTap, ForgetTap, SettingTap
from handlers.taps.registers import ContactTap, ProposalTap, ScorecardTap, UploadTap
from handlers.taps.reports import GoalTap, PraiseTap, ReportTap, TargetTap
from handlers.taps.scoring import CalibrationTap, DraftTap, RevisionTap

LIMIT = 64
SEPARATOR = ":"
STAMP = "~"
INNER = ";"
"""Separates the fields of a button whose pages are turned."""

USUAL, WIDE = 2**31, 2**63
"""Numbers are below that, and not below its negative."""

KINDS: tuple[type[Tap], ...] = (
    DraftTap,
    FeedbackTap,
    RevisionTap,
    DisputeTap,
    CorrectionTap,
    CalibrationTap,
    TaskTap,
    DoubleTap,
    ReportTap,
    TargetTap,
    PeopleTap,
    PeopleFileTap,
    TeamTap,
    MergeTap,
    ScorecardTap,
    UploadTap,
    ContactTap,
    GoalTap,
    ProposalTap,
    PraiseTap,
    PlanTap,
    SettingTap,
    AuditTap,
    ForgetTap,
    UndeliveredTap,
    LanguageTap,
    MenuTap,
    PageTap,
)

FIELDS: dict[str, tuple[type[Tap], tuple[tuple[str, type], ...]]] = {
    kind.prefix: (
        kind,
        tuple((field.name, get_type_hints(kind)[field.name]) for field in dataclasses.fields(kind)),
    )
    for kind in KINDS
}


def pack(tap: Tap) -> str:
    """Return the tap's data; raise ``ValueError`` where it would not fit into 64 bytes."""
    _, fields = FIELDS[tap.prefix]
    texts = [str(getattr(tap, name)) for name, _ in fields]
    data = SEPARATOR.join([tap.prefix, *texts])
    if len(data.encode()) > LIMIT or any(SEPARATOR in text for text in texts):
        raise ValueError(f"callback data does not fit: {data!r}")
    return data


def on_page(tap: Tap, page: int) -> Tap:
    """Return the press that shows that page of what *tap* shows, counted from 0."""
    inner = pack(tap)
    if INNER in inner or isinstance(tap, PageTap):
        raise ValueError(f"no pages can be turned of {inner!r}")
    return PageTap(page, inner.replace(SEPARATOR, INNER))


def of_page(tap: Tap) -> tuple[Tap, int | None]:
    """Return what is pressed, and the page of it that is to be shown, if pages are turned."""
    if not isinstance(tap, PageTap):
        return tap, None
    inner = unpack(tap.of.replace(INNER, SEPARATOR))
    if isinstance(inner, PageTap) or tap.page < 0:
        raise UnknownTapError(tap.prefix)
    return inner, tap.page


def stamped(data: str, epoch: str) -> str:
    """Return the data with the database's *epoch*, empty until a copy was brought back.

    What has no room for it goes without.
    """
    whole = f"{data}{STAMP}{epoch}" if epoch else data
    return whole if len(whole.encode()) <= LIMIT else data


def unstamped(data: str, epoch: str) -> str:
    """Return the data without the epoch; raise ``UnknownTapError`` for that of another one.

    Numbers that the copy gave again would let it act on another thing.
    """
    if not epoch:
        return data
    before, stamp, said = data.rpartition(STAMP)
    if stamp and said == epoch:
        return before
    if len(f"{data}{STAMP}{epoch}".encode()) > LIMIT:
        return data
    raise UnknownTapError(data)


def unpack(data: str) -> Tap:
    """Return the tap that *data* stands for; raise ``UnknownTapError`` where there is none."""
    prefix, *given = data.split(SEPARATOR)
    if prefix not in FIELDS:
        raise UnknownTapError(prefix)
    kind, fields = FIELDS[prefix]
    if len(fields) != len(given):
        raise UnknownTapError(prefix)
    try:
        values = {name: read(text) for (name, read), text in zip(fields, given, strict=True)}
        tap = kind(**values)
    except ValueError as error:
        raise UnknownTapError(prefix) from error
    if not _is_ours(tap, given):
        raise UnknownTapError(prefix)
    return tap


def _is_ours(tap: Tap, given: list[str]) -> bool:
    """Return whether a button of ours could say so.

    Python reads more ways of writing a number than it writes; and a database that is asked for a
    number or a text it cannot hold fails instead of finding nothing.
    """
    for (name, _), text in zip(FIELDS[tap.prefix][1], given, strict=True):
        value = getattr(tap, name)
        limit = WIDE if name in tap.wide else USUAL
        if str(value) != text or not text.isprintable():
            return False
        if isinstance(value, int) and not -limit <= value < limit:
            return False
    return True
