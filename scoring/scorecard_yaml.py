"""YAML text to a tree of nodes that know their lines, with nothing in it that could surprise.

No value is built by YAML's own rules: a bare ``yes`` stays the text that was written.
"""

from collections.abc import Iterator
from typing import Protocol
from unicodedata import category

import yaml

from scoring.scorecard_problems import Problem, ProblemCode, Problems, ScorecardError

MAX_BYTES = 256 * 1024
MAX_DEPTH = 10
"""A scorecard needs nine, from the file down to a label's text in one language."""

MAX_NODES = 20_000
"""A built-in scorecard has some 1,200; reading very many more takes seconds."""

NULL = "tag:yaml.org,2002:null"


def parse(text: str) -> yaml.Node:
    """Return the root node of the one document in *text*; raise ``ScorecardError`` where none is.

    Refused beside broken YAML: too large a file, control characters, several documents, anchors
    and aliases (which can blow up a small file), deeper nesting than a scorecard has, and more of
    everything.
    """
    text = text.removeprefix("\ufeff")
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise ScorecardError([Problem(1, ProblemCode.TOO_LARGE, detail={"limit": str(MAX_BYTES)})])
    problems = Problems()
    for line, sign in _forbidden(text):
        problems.add(line, ProblemCode.CONTROL_CHARACTER, character=f"U+{ord(sign):04X}")
    problems.raise_if_any()
    root = _compose(text)
    if root is None or root.tag == NULL:
        raise ScorecardError([Problem(1, ProblemCode.EMPTY)])
    return root


def is_forbidden(sign: str) -> bool:
    """Return whether *sign* is a control character or a lone surrogate."""
    return category(sign) in {"Cc", "Cs"}


def line_of(node: yaml.Node) -> int:
    """Return the line, from 1, in which *node* begins."""
    return int(node.start_mark.line) + 1


def _forbidden(text: str) -> Iterator[tuple[int, str]]:
    """Yield the first forbidden character of each line with the line's number."""
    for number, line in enumerate(text.split("\n"), start=1):
        signs = (s for s in line.removesuffix("\r") if s != "\t" and is_forbidden(s))
        for sign in signs:
            yield number, sign
            break


class _Mark(Protocol):
    """A place in the text; YAML's two loaders have a class of their own for it each."""

    line: int
    column: int


class _Loader(yaml.SafeLoader):
    """A loader that composes plain trees alone."""

    depth = 0
    nodes = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Return the next node; refuse anchors, aliases, deep nesting and all too many."""
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]  # a bare stub
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            raise _refusal(event.start_mark, ProblemCode.ALIAS, str(event.anchor))
        if self.depth >= MAX_DEPTH:
            raise _refusal(event.start_mark, ProblemCode.TOO_DEEP, limit=str(MAX_DEPTH))
        if self.nodes >= MAX_NODES:
            raise _refusal(event.start_mark, ProblemCode.OVERFULL, limit=str(MAX_NODES))
        self.nodes += 1
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _compose(text: str) -> yaml.Node | None:
    """Return the root node, or ``None`` for a text without one."""
    loader = None
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
    except yaml.composer.ComposerError as error:
        # The only complaint left to the composer itself: a second document.
        raise _refusal(error.problem_mark, ProblemCode.SEVERAL_DOCUMENTS) from error
    except yaml.MarkedYAMLError as error:
        raise _unreadable(error.problem_mark) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # Characters that YAML has no room for, and escapes of characters that do not exist.
        raise _unreadable(loader.get_mark() if loader else None) from error
    return root


def _unreadable(mark: _Mark | None) -> ScorecardError:
    return _refusal(mark, ProblemCode.NOT_YAML, column=str(mark.column + 1 if mark else 1))


def _refusal(
    mark: _Mark | None, code: ProblemCode, subject: str = "", **detail: str
) -> ScorecardError:
    """Return the error of one problem at *mark*, or in the first line."""
    return ScorecardError([Problem(mark.line + 1 if mark else 1, code, subject, detail)])
