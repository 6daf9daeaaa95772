"""Keeping Python's collector of cyclic rubbish away from very many rows.

They hold no cycles, and to look through them again and again would hold up everybody each time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


class _Pause:
    """How many want the collector to pause, and whether it was at work before the first."""

    count = 0
    was_on = False


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector pause meanwhile; what holds no cycle is freed as always."""
    if not _Pause.count:
        _Pause.was_on = gc.isenabled()
        gc.disable()
    _Pause.count += 1
    try:
        yield
    finally:
        _Pause.count -= 1
        if not _Pause.count and _Pause.was_on:
            gc.enable()
