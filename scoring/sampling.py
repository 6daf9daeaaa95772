"""What a plan draws from: each contact's stratum, and why some contacts cannot be drawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from scoring.contacts import ContactType, Status
from scoring.scorecard import Channel

UNKNOWN = "unknown"
"""Stands in a stratum for what the journal does not say."""

SEPARATOR = "/"


class Trait(StrEnum):
    """What contacts may be divided into strata by."""

    CHANNEL = "channel"
    TYPE = "type"
    DURATION = "duration"


class Excluded(StrEnum):
    """Why a contact cannot be drawn; of several reasons the first one in this order is kept.

    OWN: whoever else might score it does not exist; LEAD: only people who lead its agent might.
    """

    SCORED = "scored"
    DRAWN = "drawn"
    NOT_CLOSED = "not_closed"
    CHANNEL = "channel"
    TYPE = "type"
    SHORT = "short"
    YOUNG = "young"
    OWN = "own"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a plan wants of a contact; no channels or types stand for all of them.

    ``bands`` are the bounds of the duration bands in seconds; a contact must have lasted
    ``min_duration_s`` where its duration is known, and be ``min_age_h`` hours old.
    """

    channels: frozenset[Channel] = frozenset()
    types: frozenset[ContactType] = frozenset()
    strata: frozenset[Trait] = frozenset()
    bands: tuple[int, ...] = ()
    min_duration_s: int = 0
    min_age_h: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A contact of the journal as far as a draw looks at it.

    ``scored`` and ``drawn`` say whether an evaluation counts for it and whether an earlier draw
    chose it.
    """

    id: int
    agent: int
    channel: Channel
    type: ContactType | None
    duration_s: int | None
    at: datetime
    status: Status = Status.CLOSED
    scored: bool = False
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A contact of a draw's population, with its stratum; ``excluded`` ones cannot be drawn."""

    contact: int
    agent: int
    stratum: str
    excluded: Excluded | None = None


def population(
    candidates: Iterable[Candidate],
    rules: Rules,
    now: datetime,
    barred: Mapping[int, Excluded] | None = None,
) -> list[Member]:
    """Return each candidate as a member of the population, ordered by contact.

    *barred* names the agents whose contacts nobody may score, and why.
    """
    reasons = barred or {}
    members = [
        Member(
            one.id,
            one.agent,
            stratum(one, rules),
            _unfit(one) or _unwanted(one, rules, now) or reasons.get(one.agent),
        )
        for one in candidates
    ]
    return sorted(members, key=lambda member: member.contact)


def stratum(one: Candidate, rules: Rules) -> str:
    """Return the name of the contact's stratum, such as ``call/complaint/60-300``.

    It has a part for each trait of the rules, and is empty without any.
    """
    names = {
        Trait.CHANNEL: one.channel.value,
        Trait.TYPE: one.type.value if one.type is not None else UNKNOWN,
        Trait.DURATION: band(one.duration_s, rules.bands),
    }
    return SEPARATOR.join(names[trait] for trait in Trait if trait in rules.strata)


def band(duration_s: int | None, bounds: Iterable[int]) -> str:
    """Return the name of the band that a duration in seconds falls in, its lower bound included.

    Bounds of 60 and 300 make the bands ``0-60``, ``60-300`` and ``300+``.
    """
    if duration_s is None:
        return UNKNOWN
    lower = 0
    for bound in sorted(bounds):
        if duration_s < bound:
            return f"{lower}-{bound}"
        lower = bound
    return f"{lower}+"


def _unfit(one: Candidate) -> Excluded | None:
    """Return why no plan at all would draw the contact."""
    if one.scored:
        return Excluded.SCORED
    if one.drawn:
        return Excluded.DRAWN
    return Excluded.NOT_CLOSED if one.status is not Status.CLOSED else None


def _unwanted(one: Candidate, rules: Rules, now: datetime) -> Excluded | None:
    """Return why this plan does not draw the contact."""
    if rules.channels and one.channel not in rules.channels:
        return Excluded.CHANNEL
    if rules.types and one.type not in rules.types:
        return Excluded.TYPE
    if one.duration_s is not None and one.duration_s < rules.min_duration_s:
        return Excluded.SHORT
    if one.at > now - timedelta(hours=rules.min_age_h):
        return Excluded.YOUNG
    return None
