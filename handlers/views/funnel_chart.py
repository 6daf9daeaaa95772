"""From what is worth a look to what the funnel shows."""

from handlers.views import period_words
from handlers.views.chart_data import Funnel, FunnelDot, FunnelLimit, Rule
from handlers.views.line_keepers import WorthALook, level_words
from handlers.views.names import short_names
from handlers.views.report_text import figure
from handlers.words import Words
from scoring import funnel
from scoring.funnel import Level, Spot

POINTS = 48
FEWEST = 2.0
"""The limits begin at so many evaluations; to the left they would cover everything."""


def funnel_chart(t: Words, look: WorthALook) -> Funnel | None:
    """Return the funnel of a team's agents, ``None`` where there are too few scores for one."""
    found = look.found.funnel
    if found is None:
        return None
    seen = look.seen
    return Funnel(
        title=seen.team.name,
        period=period_words.title(t, seen.period, seen.today),
        across=t("mean score by evaluations"),
        few=t("○ too few to compare"),
        mean=Rule(found.centre, t("mean {score}", score=figure(t, found.centre))),
        limits=tuple(_limit(t, found, level) for level in (Level.ALARM, Level.WARNING)),
        dots=_dots(found, look),
    )


def _limit(t: Words, found: funnel.Funnel, level: Level) -> FunnelLimit:
    most = max(spot.count for spot in found.spots) * 1.06
    counts = [FEWEST + (most - FEWEST) * (step / POINTS) ** 2 for step in range(POINTS + 1)]
    bands = [(count, found.limits(level, count)) for count in counts]
    points = tuple((count, band.low, band.high) for count, band in bands)
    return FunnelLimit(level_words(t, level), points, dashed=level is Level.WARNING)


def _dots(found: funnel.Funnel, look: WorthALook) -> tuple[FunnelDot, ...]:
    """Return the dots, those outside the wider limits first; their labels are short names."""
    outside = found.outside
    names = short_names([look.seen.names.get(one.agent_id, "…") for one in outside])
    labels = {one.agent_id: name for one, name in zip(outside, names, strict=True)}
    ordered = [*outside, *(one for one in found.spots if one.outside is None)]
    return tuple(_dot(one, labels.get(one.agent_id, "")) for one in ordered)


def _dot(spot: Spot, label: str) -> FunnelDot:
    return FunnelDot(spot.count, spot.mean, label, hollow=spot.too_few)
