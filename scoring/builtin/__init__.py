"""The scorecards that come with Etalon, so that scoring works from the first minute."""

from functools import cache
from importlib.resources import files

from scoring.scorecard import Scorecard
from scoring.scorecard_file import read_scorecard

NAMES = ("voice", "text")


@cache
def builtin_scorecards() -> tuple[Scorecard, ...]:
    """Return the ready scorecards: one for calls, one for everything written."""
    return tuple(read_scorecard(builtin_text(name)) for name in NAMES)


def builtin_text(name: str) -> str:
    """Return the YAML of the ready scorecard *name*, with its comments, as a model to edit."""
    return files(__name__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
