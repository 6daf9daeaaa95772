"""Nodes of a scorecard's file to single values: texts, numbers, choices; problems are noted.

Every reader returns some value of its type even where it noted a problem, so that reading goes on
and all problems are found; such a value never leaves, because reading ends with an error then.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

import yaml

from scoring.scorecard import Wording
from scoring.scorecard_problems import ProblemCode, Problems
from scoring.scorecard_yaml import NULL, is_forbidden, line_of

LANGUAGES = ("en", "ru", "uk")
"""The languages that a wording may be given in."""

NUMBER = re.compile(r"[+-]?\d{1,7}(\.\d{1,6}|/[1-9]\d{0,6})?")
"""A number as it may be written: 2, 0.5, or the fraction 1/3 that no decimal can say."""

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
TRUE = frozenset({"true", "yes", "on", "y"})
FALSE = frozenset({"false", "no", "off", "n"})

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping's fields by name, those that have a value; ``line`` is where it begins."""

    line: int
    nodes: Mapping[str, yaml.Node]

    def get(self, name: str) -> yaml.Node | None:
        """Return the field's node, or ``None`` where it is absent or empty."""
        return self.nodes.get(name)


@dataclass(frozen=True, slots=True)
class FieldReader:
    """Reads nodes and notes in ``problems`` what is wrong with them."""

    problems: Problems

    def fields(
        self,
        node: yaml.Node,
        subject: str,
        *,
        known: Collection[str],
        required: Collection[str] = (),
    ) -> Fields:
        """Return the fields of a mapping that may hold the *known* and must hold the *required*."""
        pairs = self._pairs(node, subject)
        if pairs is None:
            return Fields(line_of(node), {})
        nodes: dict[str, yaml.Node] = {}
        lines = {name: line for name, line, _ in pairs}
        for name, line, value in pairs:
            if name not in known:
                self.problems.add(line, ProblemCode.UNKNOWN_KEY, name, meant=nearest(name, known))
            elif value.tag != NULL:
                nodes[name] = value
        for name in required:
            if name not in nodes:
                line = lines.get(name, line_of(node))
                self.problems.add(line, ProblemCode.MISSING, name)
        return Fields(line_of(node), nodes)

    def items(self, node: yaml.Node | None, subject: str) -> Sequence[yaml.Node]:
        """Return the items of a list, none for an absent one."""
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.problems.add(line_of(node), ProblemCode.NOT_A_LIST, subject)
            return ()
        return list(node.value)

    def text(self, node: yaml.Node, subject: str) -> str:
        """Return a scalar as it is written, without outer blanks; empty where it is none."""
        if not isinstance(node, yaml.ScalarNode):
            self.problems.add(line_of(node), ProblemCode.NOT_TEXT, subject)
            return ""
        return str(node.value).strip()

    def wording(self, node: yaml.Node, subject: str, limit: int, *, lines: bool = False) -> Wording:
        """Return one text for everybody, or a mapping's text per language.

        Line ends become blanks unless *lines* may stay.
        """
        if not isinstance(node, yaml.MappingNode):
            return Wording.plain(self._said(node, subject, limit, lines=lines))
        texts: dict[str, str] = {}
        for language, line, value in self._pairs(node, subject) or ():
            if language not in LANGUAGES:
                allowed = ", ".join(LANGUAGES)
                self.problems.add(line, ProblemCode.UNKNOWN_LANGUAGE, language, allowed=allowed)
            else:
                texts[language] = self._said(value, subject, limit, lines=lines)
        if not node.value:
            self.problems.add(line_of(node), ProblemCode.BLANK, subject)
        return Wording.of(texts) if texts else Wording.plain(subject)

    def number(self, node: yaml.Node, subject: str) -> Fraction:
        """Return a number exactly as it is written; 1 where it is none."""
        written = self.text(node, subject)
        if NUMBER.fullmatch(written):
            return Fraction(written)
        if isinstance(node, yaml.ScalarNode):
            line = line_of(node)
            self.problems.add(line, ProblemCode.NOT_A_NUMBER, subject, value=written)
        return Fraction(1)

    def flag(self, node: yaml.Node, subject: str) -> bool:
        """Return a truth value, written in any of YAML's ways."""
        written = self.text(node, subject).casefold()
        if isinstance(node, yaml.ScalarNode) and written not in TRUE | FALSE:
            line = line_of(node)
            self.problems.add(line, ProblemCode.NOT_TRUE_FALSE, subject, value=written)
        return written in TRUE

    def choice(self, node: yaml.Node | None, subject: str, among: type[Choice]) -> Choice | None:
        """Return the member of *among* that is named, ``None`` where none is."""
        if node is None:
            return None
        written = self.text(node, subject)
        try:
            return among(written)
        except ValueError:
            if isinstance(node, yaml.ScalarNode):
                self.unknown(node, subject, written, [str(member) for member in among])
            return None

    def key(self, node: yaml.Node) -> str:
        """Return a key of small Latin letters, digits and underscores."""
        written = self.text(node, "key")
        if isinstance(node, yaml.ScalarNode) and not KEY.fullmatch(written):
            self.problems.add(line_of(node), ProblemCode.BAD_KEY, "key", value=written)
        return written

    def unknown(
        self, node: yaml.Node, subject: str, written: str, allowed: Collection[str]
    ) -> None:
        """Note that *written* is none of the *allowed* values."""
        self.problems.add(
            line_of(node),
            ProblemCode.UNKNOWN_VALUE,
            subject,
            value=written,
            allowed=", ".join(allowed),
            meant=nearest(written, allowed),
        )

    def _pairs(self, node: yaml.Node, subject: str) -> list[tuple[str, int, yaml.Node]] | None:
        """Return a mapping's names, each once, with their lines and values; ``None`` for others."""
        if not isinstance(node, yaml.MappingNode):
            self.problems.add(line_of(node), ProblemCode.NOT_A_MAPPING, subject)
            return None
        pairs: dict[str, tuple[str, int, yaml.Node]] = {}
        for key, value in node.value:
            name, line = self.text(key, subject), line_of(key)
            if name in pairs:
                self.problems.add(line, ProblemCode.DUPLICATE_KEY, name, first=pairs[name][1])
            elif isinstance(key, yaml.ScalarNode):
                pairs[name] = (name, line, value)
        return list(pairs.values())

    def _said(self, node: yaml.Node, subject: str, limit: int, *, lines: bool) -> str:
        """Return a text that people read, checked and with its blanks in order."""
        written = self.text(node, subject)
        said = "\n".join(" ".join(each.split()) for each in written.splitlines())
        said = said if lines else " ".join(said.split())
        line = line_of(node)
        for sign in sorted({s for s in said if s != "\n" and is_forbidden(s)}):
            self.problems.add(line, ProblemCode.CONTROL_CHARACTER, character=f"U+{ord(sign):04X}")
        if isinstance(node, yaml.ScalarNode) and not said:
            self.problems.add(line, ProblemCode.BLANK, subject)
        if len(said) > limit:
            self.problems.add(line, ProblemCode.TOO_LONG, subject, length=len(said), limit=limit)
        return said


def nearest(written: str, known: Collection[str]) -> str:
    """Return the one of *known* that was probably meant, empty where nothing is near."""
    near = get_close_matches(written[:60], list(known), n=1, cutoff=0.6)
    return near[0] if near else ""
