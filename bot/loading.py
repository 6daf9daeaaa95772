"""Loading modules quickly."""

import asyncio
import gc
import importlib
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

BREATH_SECONDS = 0.01
"""How long whatever else there is to do has the event loop between two modules."""


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keep the search for garbage from running while modules are loaded within.

    Loading makes some 250,000 objects that stay, and each search in between would look at all of
    them in vain: a sixth of a start's time. Afterwards they are left out of every later search,
    which would otherwise hold up the event loop for a tenth of a second.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


async def load_beside(names: Iterable[str]) -> None:
    """Load the modules one after another, letting whatever else there is to do go first."""
    missing = [name for name in names if name not in sys.modules]
    if not missing:
        return
    with without_collecting():
        for name in missing:
            await asyncio.sleep(BREATH_SECONDS)
            importlib.import_module(name)
