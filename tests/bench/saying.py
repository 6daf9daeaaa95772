"""What a bench has found, line by line."""


def say(line: str) -> None:
    """Print the line at once."""
    print(line, flush=True)  # noqa: T201  it is what a bench is for
