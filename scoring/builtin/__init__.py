"""The scorecards that come with Etalon, so that scoring works from the first minute."""

from functools import cache
from importlib.resources import files

from scoring.scorecard import Scorecard

NAMES = ("voice", "text")
"""Their keys, and the names of their files."""


@cache
def builtin_scorecards() -> tuple[Scorecard, ...]:
    """Return the ready scorecards: one for calls, one for everything written."""
    # A start needs to read them only when they are not published yet, and yaml takes its time.
    from scoring.scorecard_file import read_scorecard  # noqa: PLC0415

    return tuple(read_scorecard(builtin_text(key)) for key in NAMES)


def builtin_text(key: str) -> str:
    """Return the YAML of the ready scorecard *key*, with its comments, as a model to edit."""
    return files(__name__).joinpath(f"{key}.yaml").read_text(encoding="utf-8")
