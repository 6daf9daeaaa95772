"""What is there once the bot has started stays: collecting rubbish need not look at it again.

A full collection looks through everything that lives, and nothing else runs meanwhile: modules,
statements and translations together cost a tenth of a second, again and again.
"""

import gc
import time

OFTEN = (10_000, 10, 5)
"""After how many new objects, and how many of the younger collections, each kind comes.

A press makes some thousand objects, and nearly all of them go by themselves when it is over: seven
hundred, as is usual, would be looked through in the middle of each.
"""

LONG_SECONDS = 0.005


def sweep() -> None:
    """Collect the rubbish that loading has left; it takes long, so before anybody waits."""
    gc.collect()


def keep() -> None:
    """Keep all that there is now, and later what has come to live for long (``gc.freeze``).

    What is kept is freed as ever when nothing refers to it; only circles in it are not found.
    """
    gc.freeze()
    gc.collect()  # so that the next one is due by what comes from here on
    gc.set_threshold(*OFTEN)
    gc.callbacks.append(_Keeper())


class _Keeper:
    """Keeps what survives a full collection that took long, so that the next ones do not.

    Statements and scorecards are made when they are first wanted, and stay. Where nothing more
    comes to stay, no collection is long and nothing more is kept.
    """

    def __init__(self) -> None:
        self._begun = 0.0

    def __call__(self, phase: str, about: dict[str, int]) -> None:
        """Look at a collection's beginning and end."""
        if phase == "start":
            self._begun = time.perf_counter()
        elif about["generation"] == 2 and time.perf_counter() - self._begun > LONG_SECONDS:
            gc.freeze()
