"""Random people in the real bot: no mistake, no refusal, no press without an answer.

The test run tries the same few ways each time; ``make fuzz`` tries new ones for as long as
``FUZZ_SECONDS`` says, and ``FUZZ_SHRINK=1`` looks for the shortest way to what it finds.
"""

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.fuzz.machine import Conversation
from tests.fuzz.stage import Stage

SECONDS = float(os.environ.get("FUZZ_SECONDS", "0"))

# Making a failing way shorter takes minutes: whoever looks for its cause asks for it.
SHRINKS = "FUZZ_SHRINK" in os.environ
PHASES = tuple(one for one in Phase if SHRINKS or one not in {Phase.shrink, Phase.explain})

SHORT = settings(
    phases=PHASES,
    max_examples=6,
    stateful_step_count=25,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
LONG = settings(SHORT, derandomize=False, max_examples=40, stateful_step_count=60)


def play(stage: Stage, how: settings) -> None:
    """Let random people have their way with the bot."""

    class Played(Conversation):
        pass

    Played.stage = stage
    run_state_machine_as_test(Played, settings=how)


def test_whatever_people_do_nothing_breaks(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    until = time.monotonic() + SECONDS
    while True:
        stage = Stage(sqlite_template, tmp_path_factory.mktemp("stage"))
        try:
            play(stage, LONG if SECONDS else SHORT)
        finally:
            stage.close()
        if time.monotonic() >= until:
            break
