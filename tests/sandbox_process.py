"""``etalon sandbox`` as a person starts it: a process of its own, in a folder of its own."""

import os
import subprocess
import sys
import threading
from pathlib import Path

from bot.settings import variables

PATIENCE = 120.0
"""Seconds after which a start or an end that has not happened is given up."""


class SandboxProcess:
    """A running ``etalon sandbox``; ``line`` names the page, ``address`` is the one in it.

    Used in a ``with`` block, at whose end nothing of it is left, however the block ends.
    """

    def __init__(self, folder: Path, *arguments: str) -> None:
        with (folder / "log.txt").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  our own program
                [sys.executable, "-m", "bot", "sandbox", *arguments],
                cwd=folder,
                env=_environment(),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.line = self._line_of_the_page()
        assert self.line, (folder / "log.txt").read_text()
        self.address = self.line.rpartition(" ")[2].rstrip("/")

    def __enter__(self) -> "SandboxProcess":
        return self

    def __exit__(self, *_: object) -> None:
        with self._process:
            self._process.kill()

    def stop(self) -> tuple[int, str]:
        """Ask it to end, as a service manager does; return its exit code and what it still said."""
        self._process.terminate()
        rest, _ = self._process.communicate(timeout=PATIENCE)
        return self._process.returncode, rest

    def _line_of_the_page(self) -> str:
        """Return the line with the address; what is printed before only says to wait."""
        hung = threading.Timer(PATIENCE, self._process.kill)
        hung.start()
        printed = self._process.stdout or ()
        line = next((one for one in printed if "http://" in one), "")
        hung.cancel()
        return line.rstrip("\n")


def _environment() -> dict[str, str]:
    """Return this process's environment without settings, with the package within reach."""
    ours = {name for name, _, _ in variables()}
    kept = {name: one for name, one in os.environ.items() if name not in ours}
    return kept | {"HTTP_PORT": "0", "PYTHONPATH": str(Path(__file__).parents[1])}
