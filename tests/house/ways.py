"""How many modules a tap, a report, a digest and an import pass through."""

import asyncio
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from handlers.turn import Services
from tests.conftest import prepare_database
from tests.house.structure import ROOMS, ROOT
from tests.story import MONDAY, Centre

FAR_SIDE = str(ROOT / "bot" / "sandbox")
PEOPLE = "name,roles,team,supervisor_of\nVera Tsar,agent,Support,\n"


def crossed() -> dict[str, set[str]]:
    """Return, by the name of the way, the modules of the four rooms whose functions ran on it."""
    with _centre() as centre:
        ivan = centre.hire("Ivan Petrov", "agent", team="Support")
        anna = centre.hire("Anna Bondar", "evaluator")
        olena = centre.hire("Olena Koval", "supervisor", supervises="Support")
        for act in ("/score petrov", "Call", "Skip", "All met", "Submit"):
            (anna.send if act.startswith("/") else anna.tap)(act)
        centre.delivered()
        ivan.tap("Acknowledge")
        olena.send("/team")
        anna.send("/score petrov")
        anna.tap("Call")
        anna.tap("Skip")
        return {
            "a tap on an option": _during(centre, lambda: anna.tap("Fully")),
            "/team": _during(centre, lambda: olena.send("/team")),
            "the weekly digest": _during(centre, lambda: centre.job("weekly-digest", MONDAY)),
            "an import": _during(centre, lambda: centre.admin.upload("people.csv", PEOPLE)),
        }


@contextmanager
def _centre() -> Iterator[Centre]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'etalon.db'}"
        asyncio.run(prepare_database(url))
        centre = Centre(url)
        try:
            yield centre
        finally:
            centre.close()


def _during(centre: Centre, act: Callable[[], object]) -> set[str]:
    """Return the modules that run in the bot's loop while somebody acts."""
    files: set[str] = set()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            files.add(frame.f_code.co_filename)

    async def switch(_services: Services) -> None:
        sys.setprofile(note if threading.current_thread() is not watching else None)

    async def end(_services: Services) -> None:
        sys.setprofile(None)

    watching = threading.current_thread()
    centre.run(switch)
    act()
    centre.run(end)
    return {name for name in map(_module, files) if name}


def _module(file: str) -> str:
    path = Path(file)
    if not path.is_relative_to(ROOT) or file.startswith(FAR_SIDE):
        return ""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts) if parts[0] in ROOMS else ""
