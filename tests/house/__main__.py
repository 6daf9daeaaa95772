"""``python -m tests.house``: print the measures."""

import sys

from tests.house import structure, ways


def main() -> None:
    """Print sizes, circles and what each way crosses."""
    modules, functions = structure.modules(), structure.functions()
    for name, sizes in (("modules", modules), ("functions", functions)):
        longest = ", ".join(f"{size.name} {size.lines}" for size in sizes[:3])
        say(f"{name}: {len(sizes)}, median {structure.middle(sizes):g} lines, longest {longest}")
    say(f"lines: {sum(module.lines for module in modules)}")
    for room, groups in structure.circles().items():
        told = "; ".join(", ".join(sorted(group)) for group in groups)
        say(f"packages of {room} in circles: {sum(map(len, groups))}{f' ({told})' if told else ''}")
    for way, crossed in ways.crossed().items():
        say(f"modules crossed by {way}: {len(crossed)}")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
