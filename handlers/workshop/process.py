"""Helper processes: each does one thing after another, is started when wanted and ends when idle.

A thread would not do: what computes in one holds up the event loop again and again, and the large
libraries that draw and write workbooks would stay in the bot's memory.
"""

import asyncio
import atexit
import contextlib
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import IO, TypeVar, TypeVarTuple

from handlers.workshop.errors import HelperLostError

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")

LOST = (EOFError, BrokenPipeError, pickle.UnpicklingError)
"""What is seen of a helper that has ended."""

PATIENCE_SECONDS = 5.0
"""How long a helper may take to end before it is ended."""


class Workshop:
    """A helper process and the thread that waits for it."""

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._helper: subprocess.Popen[bytes] | None = None
        atexit.register(self._end)

    def close(self) -> None:
        """Let the helper go; more work would start another."""
        self._thread.submit(self._end).result()

    async def do(self, work: Callable[[*Arguments], Result], *arguments: *Arguments) -> Result:
        """Return what *work*, a module's function without effects, makes of *arguments*.

        Raises what it raises, or ``HelperLostError``.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._done, work, arguments)

    def _done(self, work: Callable[[*Arguments], Result], arguments: tuple[*Arguments]) -> Result:
        try:
            return self._asked(work, arguments)
        except LOST:  # it was idle for long, or something has killed it
            pass
        try:
            return self._asked(work, arguments)
        except LOST as error:
            raise HelperLostError from error

    def _asked(self, work: Callable[[*Arguments], Result], arguments: tuple[*Arguments]) -> Result:
        orders, answers = self._ready()
        try:
            # Piece by piece into the pipe: made into one piece first, it would hold everybody up.
            pickle.dump((work, arguments), orders)
            orders.flush()
            good, found = pickle.load(answers)  # noqa: S301  our own process wrote it
        except BaseException:
            self._end()
            raise
        if not good:
            raise found
        result: Result = found
        return result

    def _ready(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._helper is None:
            self._helper = subprocess.Popen(
                [sys.executable, "-m", "handlers.workshop.helper"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        helper = self._helper
        if helper.stdin is None or helper.stdout is None:
            raise RuntimeError("a helper without pipes")
        return helper.stdin, helper.stdout

    def _end(self) -> None:
        """Let the helper go: it ends when nothing more can come, or is ended."""
        helper, self._helper = self._helper, None
        if helper is None:
            return
        for pipe in (helper.stdin, helper.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        try:
            helper.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            helper.kill()
            helper.wait()


PICTURES = Workshop("pictures")
"""Draws what somebody waits for."""

FILES = Workshop("files")
"""Prints papers and writes workbooks, which may take half a minute each."""
