"""What the program says to whoever started it."""

import sys


def say(line: str) -> None:
    """Print a line for whoever started the program."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def complain(line: str) -> None:
    """Print a line about what went wrong."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
