"""What the source code looks like: sizes of modules and functions, packages in circles."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import grimp

ROOMS = ("bot", "handlers", "storage", "scoring")
ROOT = Path(__file__).parents[2]
EXEMPT = "migrations"
"""Migrations are history: they are as long as what they change."""


@dataclass(frozen=True, slots=True)
class Size:
    """Something of a number of lines."""

    name: str
    lines: int


def modules() -> list[Size]:
    """Return every module of the four rooms with its length, the longest first."""
    found = [
        Size(".".join(path.relative_to(ROOT).with_suffix("").parts), len(_text(path).splitlines()))
        for path in _paths()
    ]
    return sorted(found, key=lambda module: -module.lines)


def functions() -> list[Size]:
    """Return every function and method with the length of its body, the longest first.

    The signature and the docstring are not part of the body.
    """
    found = [size for path in _paths() for size in _functions(path)]
    return sorted(found, key=lambda function: -function.lines)


def circles() -> dict[str, list[frozenset[str]]]:
    """Return, by room, the groups of its sub-packages that import each other in circles.

    A module directly below a room counts as a package of its own.
    """
    graph = grimp.build_graph(*ROOMS)
    found = {}
    for room in ROOMS:
        inner = {name for name in graph.modules if name.startswith(f"{room}.")}
        edges: dict[str, set[str]] = {_package(name): set() for name in inner}
        for name in inner:
            for other in graph.find_modules_directly_imported_by(name):
                if other in inner and _package(other) != _package(name):
                    edges[_package(name)].add(_package(other))
        found[room] = [group for group in _components(edges) if len(group) > 1]
    return found


def middle(sizes: list[Size]) -> float:
    """Return the median length in lines."""
    return median(size.lines for size in sizes)


def _package(module: str) -> str:
    return ".".join(module.split(".")[:2])


def _components(edges: Mapping[str, set[str]]) -> Iterator[frozenset[str]]:
    """Yield the strongly connected components of a small graph."""
    reach = {start: _reachable(start, edges) for start in edges}
    seen: set[str] = set()
    for start in sorted(edges):
        if start not in seen:
            group = frozenset({start} | {end for end in reach[start] if start in reach[end]})
            seen |= group
            yield group


def _reachable(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for end in edges[waiting.pop()] - found:
            found.add(end)
            waiting.append(end)
    return found


def _functions(path: Path) -> Iterator[Size]:
    for node in ast.walk(ast.parse(_text(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            yield Size(f"{path.relative_to(ROOT)}:{node.name}", lines)


def _paths() -> Iterator[Path]:
    for room in ROOMS:
        yield from (path for path in (ROOT / room).rglob("*.py") if EXEMPT not in path.parts)


def _text(path: Path) -> str:
    return path.read_text("utf-8")
