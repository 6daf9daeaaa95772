"""A process that has loaded the program and forks one bot after another, told so by lines.

Loading takes seconds, and a trial starts the bot hundreds of times. What is forked runs
``etalon run`` as any other process does.
"""

import os
import signal
import sys

from bot import launch  # noqa: F401  loaded once for all
from bot.cli import app
from handlers import routes  # noqa: F401  the same


def main() -> None:
    """Fork a bot for each line of the input, and answer with its number."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not waited for
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            _become_a_bot()
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def _become_a_bot() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, sys.stdin.fileno())
    os.dup2(nothing, sys.stdout.fileno())
    try:
        app(["run"])
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
