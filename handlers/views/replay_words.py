"""The words for what a scorecard would do to a score: bands, changes, and what stands against."""

from fractions import Fraction

from handlers.scorecards.replaying import Replay
from handlers.views.screen import shorten
from handlers.words import N_, Words
from scoring.carrying import Gap, Hindrance
from scoring.replay import Band
from scoring.replay_summary import Summary

TITLE = 50

BANDS = {
    Band.NO_SCORE: N_("no score"),
    Band.FAILED: N_("score 0"),
    Band.BELOW: N_("below target"),
    Band.MET: N_("target met"),
    Band.SCORED: N_("scored"),
}

HINDRANCES = {
    Hindrance.NEW: N_("{title} (new, never asked)"),
    Hindrance.UNANSWERED: N_("{title} (was not asked then)"),
    Hindrance.NO_NA: N_("{title} (was N/A, not allowed now)"),
    Hindrance.OPTION_GONE: N_("{title} (the chosen option is gone)"),
    Hindrance.MORE_OPTIONS: N_("{title} (has more options now)"),
}


def head(t: Words, found: Summary) -> str:
    """Return how many scores would move, of how many."""
    return t.plural(
        "{moved} of {count} score would move",
        "{moved} of {count} scores would move",
        found.recomputed,
        moved=found.moved,
    )


def bands(t: Words, before: Band, after: Band) -> str:
    """Return from which band a score comes into which."""
    return t("{before} → {after}", before=t(BANDS[before]), after=t(BANDS[after]))


def signed(t: Words, change: Fraction) -> str:
    """Return a change of score points with its sign, with more decimals where one shows none."""
    return t.signed(change, digits(change))


def digits(value: Fraction | float) -> int:
    """Return 1 decimal, or 2 where that would show nothing of a change."""
    return 2 if value and abs(float(value)) < 0.05 else 1


def gap_words(t: Words, replay: Replay, gap: Gap) -> str:
    """Return why a criterion cannot be answered from what was said."""
    return t(HINDRANCES[gap.hindrance], title=title(t, replay, gap.criterion))


def title(t: Words, replay: Replay, key: str) -> str:
    """Return the criterion's title, made short."""
    return shorten(replay.titles[key].say(t.language), TITLE)
