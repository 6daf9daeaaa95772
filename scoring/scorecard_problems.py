"""What can be wrong with a scorecard's file, as codes that a view words in any language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

MOST_PROBLEMS = 100
"""A file with more is not read on: nobody mends the hundred and first before the first."""

SHOWN = 60
"""The most characters of anything quoted from the file."""


class ProblemCode(StrEnum):
    """What is wrong; the sentence after each names its subject and its detail keys."""

    TOO_LARGE = "too_large"
    """The file is larger than *limit* bytes. Subject: none."""
    CONTROL_CHARACTER = "control_character"
    """A *character* (such as U+0000) stands in the line that no text may hold. Subject: none."""
    NOT_YAML = "not_yaml"
    """The line, at *column*, cannot be read as YAML. Subject: none."""
    EMPTY = "empty"
    """The file holds nothing. Subject: none."""
    SEVERAL_DOCUMENTS = "several_documents"
    """A second document begins after a line of ``---``. Subject: none."""
    ALIAS = "alias"
    """An anchor (``&name``) or alias (``*name``) is used. Subject: its name."""
    TOO_DEEP = "too_deep"
    """Lists and mappings are nested more than *limit* deep. Subject: none."""
    OVERFULL = "overfull"
    """The file holds more than *limit* texts, numbers, lists and mappings. Subject: none."""

    NOT_A_MAPPING = "not_a_mapping"
    """``name: value`` pairs are expected here. Subject: the field, none for the whole file."""
    NOT_A_LIST = "not_a_list"
    """A list is expected. Subject: the field."""
    NOT_TEXT = "not_text"
    """A single text or number is expected. Subject: the field."""
    MISSING = "missing"
    """A field that is needed is absent or has no value. Subject: the field."""
    UNKNOWN_KEY = "unknown_key"
    """There is no such field here; perhaps *meant* (may be empty). Subject: what was written."""
    DUPLICATE_KEY = "duplicate_key"
    """The field was given before, in line *first*. Subject: the field."""

    BLANK = "blank"
    """The text has no letters. Subject: the field."""
    TOO_LONG = "too_long"
    """The text has *length* characters, more than *limit*. Subject: the field."""
    BAD_KEY = "bad_key"
    """*value* is no key: a small Latin letter, then up to 39 of a–z, 0–9, _. Subject: ``key``."""
    UNKNOWN_VALUE = "unknown_value"
    """*value* is none of *allowed* (comma-separated); perhaps *meant*. Subject: the field."""
    UNKNOWN_LANGUAGE = "unknown_language"
    """A text is given for a language that is none of *allowed*. Subject: what was written."""
    NOT_TRUE_FALSE = "not_true_false"
    """*value* is neither true nor false. Subject: the field."""
    NOT_A_NUMBER = "not_a_number"
    """*value* is no plain number such as 2 or 0.5 (up to 7 digits, 6 decimals). Subject: the field.
    """
    NOT_POSITIVE = "not_positive"
    """*value* must be more than 0. Subject: the field (``weight``, ``points`` of the best)."""
    NEGATIVE = "negative"
    """*value* must not be less than 0. Subject: the field."""
    CAP_OUT_OF_RANGE = "cap_out_of_range"
    """*value* is not between 0 and 100. Subject: ``cap``."""
    TOO_FEW = "too_few"
    """The list has *count* items and needs *limit* or more. Subject: the field."""
    TOO_MANY = "too_many"
    """There are *count* and may be *limit* at most. Subject: the field."""
    DUPLICATE_ITEM = "duplicate_item"
    """*value* stands in the list twice. Subject: the field."""

    REST_WITHOUT_NA = "rest_without_na"
    """It would be left N/A, which it may not be answered. Subject: ``rest_na``."""
    POINTS_NOT_FALLING = "points_not_falling"
    """*value* must be less than the points of the option before, *before*. Subject: ``points``."""
    DUPLICATE_LABEL = "duplicate_label"
    """Two options of one criterion read the same. Subject: the label."""
    DUPLICATE_CRITERION = "duplicate_criterion"
    """The key was given to another criterion in line *first*. Subject: the key."""
    UNKNOWN_CRITERION = "unknown_criterion"
    """``only_if`` names no criterion; perhaps *meant* (may be empty). Subject: what was written."""
    LATER_CRITERION = "later_criterion"
    """``only_if`` names a criterion that is not asked before this one. Subject: that criterion."""
    UNKNOWN_OPTION = "unknown_option"
    """``only_if`` names none of that criterion's options, *allowed*. Subject: what was written."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: the line (from 1), what is wrong, what it is about, and its detail."""

    line: int
    code: ProblemCode
    subject: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)


class ScorecardError(Exception):
    """A scorecard's file that cannot be used; ``problems`` are all that were found, by line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("; ".join(f"{p.line}: {p.code} {p.subject}" for p in self.problems))


@dataclass(slots=True)
class Problems:
    """The problems found so far while a file is being read."""

    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, code: ProblemCode, subject: str = "", **detail: object) -> None:
        """Note a problem; raise ``ScorecardError`` when there are too many to go on."""
        told = {name: str(value)[:SHOWN] for name, value in detail.items()}
        self.found.append(Problem(line, code, subject[:SHOWN], told))
        if len(self.found) >= MOST_PROBLEMS:
            raise ScorecardError(self.found)

    def raise_if_any(self) -> None:
        """Raise ``ScorecardError`` with all that was found, if anything was."""
        if self.found:
            raise ScorecardError(self.found)
