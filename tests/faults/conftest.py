"""A centre in which every kind of call is made: people, evaluations, recordings, reports."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.faults.kinds import SHORT
from tests.reports.cases import NOVEMBER, Desk
from tests.story import Centre, Person

RECORDINGS = (("call.ogg", "voice"), ("call.mp3", "audio"), ("screen.mp4", "video"))


@dataclass(frozen=True)
class Stage:
    """The centre, who acts in it, and one evaluation of Ivan."""

    centre: Centre
    desk: Desk
    anna: Person
    ivan: Person
    olga: Person
    evaluation: int

    def failing(self, method: str, kind: str, times: int = 50) -> None:
        """Let the next calls of *method* fail."""
        self.centre.fault(method, kind, times, retry_after=1)

    def healed(self) -> None:
        """Let everything work again."""
        self.centre.far.delete("faults")


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    """A centre whose bot does not wait long for an answer."""
    centre = Centre(sqlite_url, read_seconds=SHORT)
    desk = Desk(centre)
    olga = centre.hire("Olga Supervisor", "supervisor", supervises="Support")
    ivan = centre.hire("Ivan Petrov", "agent", team="Support")
    anna = centre.hire("Anna Bondar")
    evaluation, _ = desk.evaluate(ivan, "yyy", "nyy", at=NOVEMBER)
    yield Stage(centre, desk, anna, ivan, olga, evaluation)
    centre.close()


def score_with_recordings(stage: Stage) -> None:
    """Let Anna score a contact with one recording of each kind, and Ivan hear of it."""
    for name, kind in RECORDINGS:
        stage.anna.upload(name, b"OggS" + b"\0" * 64, kind=kind)
    for label in ("Ivan Petrov", "Voice calls", "Skip", "All met", "Submit"):
        stage.anna.tap(label)
    stage.centre.delivered()
