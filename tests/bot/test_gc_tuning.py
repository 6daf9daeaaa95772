"""What a started bot keeps is not looked through again; what comes later is."""

import subprocess
import sys

PROGRAM = """
import gc, weakref
from bot import gc_tuning

class Circle:
    def __init__(self):
        self.itself = self

gc_tuning.tune()
assert gc.get_freeze_count() > 1000
assert len(gc.get_objects()) < 1000
circle = Circle()
seen = weakref.ref(circle)
del circle
gc.collect()
assert seen() is None
before = gc.get_freeze_count()
many = [[number] for number in range(400_000)]
gc.collect()
assert gc.get_freeze_count() > before + 100_000
"""


def test_what_is_there_at_the_start_and_what_comes_to_stay_is_kept() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
