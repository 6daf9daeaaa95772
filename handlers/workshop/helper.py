"""The helper process: does what it is told and ends when nobody wants anything for a while.

It reads pickled pairs of a function and its arguments, and writes pickled pairs of whether that
went well and the result, or the error.
"""

import logging
import os
import pickle
import select
import signal
import sys
from collections.abc import Callable

import structlog

from handlers.workshop.errors import WorkFailedError

IDLE_SECONDS = 300.0
"""A helper of large libraries takes some 100 MB, and is there again within a second or two."""

GIVING_WAY = 5
"""How much more readily than the bot it lets others have the processor (see nice(2))."""


def main() -> None:
    """Work until the input ends or nothing has come for long."""
    orders = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing printed may get between answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the bot finishes what is in flight
    os.nice(GIVING_WAY)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    while select.select([orders], [], [], IDLE_SECONDS)[0]:
        try:
            work, arguments = pickle.load(orders)  # noqa: S301  the bot wrote it
        except EOFError:
            return
        try:
            pickle.dump(_done(work, arguments), answers)
            answers.flush()
        except BrokenPipeError:
            return


def _done(work: Callable[..., object], arguments: tuple[object, ...]) -> tuple[bool, object]:
    try:
        return True, work(*arguments)
    except Exception as error:
        return False, _travelling(error)


def _travelling(error: Exception) -> Exception:
    """Return the error, or one that names it where it cannot be made anew from what it holds."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  written just now
    except Exception:
        return WorkFailedError(type(error).__name__)
    return error


if __name__ == "__main__":
    main()
