"""What publishing a scorecard would do to the latest scores, in short."""

from markupsafe import Markup

from handlers import labels
from handlers.scorecards.replaying import Replay
from handlers.taps import UploadAct, UploadTap
from handlers.views.replay_words import bands, digits, gap_words, head, signed, title
from handlers.views.screen import Button, bold
from handlers.words import Words
from scoring.replay_summary import Flip, Mover, Summary
from scoring.statistics import Interval

Line = str | Markup

MOVERS, FLIPS, GAPS = 3, 5, 4
"""How many of each the preview names."""


def replay_lines(t: Words, replay: Replay) -> list[Line]:
    """Return what the recomputed evaluations come to, the number first."""
    found = replay.summary
    if not found.count:
        return [t("No evaluation by it yet, so there is nothing to recompute.")]
    if not found.recomputed:
        return [_none_line(t, found), *_gap_lines(t, replay)]
    return [
        bold(head(t, found)),
        *_size_lines(t, found),
        *_flip_lines(t, found),
        *_mover_lines(t, replay),
        *_error_lines(t, found),
        *_gap_lines(t, replay),
        *_earlier_lines(t, replay),
    ]


def replay_buttons(t: Words, replay: Replay, upload: int) -> list[list[Button]]:
    """Return the ways to the single evaluations, where there are any."""
    if not replay.entries:
        return []
    export = Button(t("Export"), UploadTap(UploadAct.EXPORT, upload))
    if not replay.affected:
        return [[export]]
    return [[Button(t("Details"), UploadTap(UploadAct.DETAILS, upload)), export]]


def _none_line(t: Words, found: Summary) -> Markup:
    told = t.plural(
        "{count} evaluation cannot be recomputed",
        "{count} evaluations cannot be recomputed",
        found.count,
    )
    return bold(told)


def _size_lines(t: Words, found: Summary) -> list[Line]:
    if found.median is None or found.largest is None or found.mean is None:
        return []
    median = t.number(found.median, digits(found.median))
    largest = signed(t, found.largest)
    sizes = t("Median change {median}, largest {largest}", median=median, largest=largest)
    return [sizes, _mean(t, found.mean)]


def _mean(t: Words, mean: Interval) -> str:
    change = t.signed(mean.estimate, digits(mean.estimate))
    if mean.too_few or mean.low is None or mean.high is None:
        return t("Mean change {change}, too few to say more", change=change)
    low, high = (t.signed(limit, digits(limit)) for limit in (mean.low, mean.high))
    return t("Mean change {change} ({low} to {high})", change=change, low=low, high=high)


def _flip_lines(t: Words, found: Summary) -> list[Line]:
    if not found.flips:
        return []
    told = t.plural("{count} changes its level:", "{count} change their level:", found.flipped)
    return [told, *(f"• {_flip(t, flip)}" for flip in found.flips[:FLIPS])]


def _flip(t: Words, flip: Flip) -> str:
    return t("{what}: {count}", what=bands(t, flip.before, flip.after), count=flip.times)


def _mover_lines(t: Words, replay: Replay) -> list[Line]:
    movers = replay.summary.movers
    if not movers:
        return []
    return [
        t("What changes scores most"),
        *(f"• {_mover(t, replay, one)}" for one in movers[:MOVERS]),
    ]


def _mover(t: Words, replay: Replay, mover: Mover) -> str:
    return t.plural(
        "{title}: {count} score, {points} on average",
        "{title}: {count} scores, {points} on average",
        mover.times,
        title=title(t, replay, mover.criterion),
        points=signed(t, mover.points),
    )


def _error_lines(t: Words, found: Summary) -> list[Line]:
    return [
        t(
            "Contacts with an error, {critical}: {before} → {after}",
            critical=labels.critical_class(t, shift.critical),
            before=shift.before,
            after=shift.after,
        )
        for shift in found.errors
    ]


def _gap_lines(t: Words, replay: Replay) -> list[Line]:
    found = replay.summary
    if not found.unknown:
        return []
    told: list[Line] = []
    if found.recomputed:
        told.append(
            t.plural(
                "{count} more cannot be recomputed:",
                "{count} more cannot be recomputed:",
                found.unknown,
            )
        )
    told += [
        f"• {t('{what}: {count}', what=gap_words(t, replay, gap), count=times)}"
        for gap, times in found.gaps[:GAPS]
    ]
    return [*told, "…"] if len(found.gaps) > GAPS else told


def _earlier_lines(t: Words, replay: Replay) -> list[Line]:
    if not replay.earlier:
        return []
    return [
        t.plural(
            "{count} of them was scored by an earlier version.",
            "{count} of them were scored by earlier versions.",
            replay.earlier,
        )
    ]
