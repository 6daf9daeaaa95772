"""A scorecard as values: sections of criteria, their options, and what a critical error does.

Everything here is immutable and hashable, so a published version can be cached and compared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

NEUTRAL = ""
"""The language key of a wording that was written once for everybody."""

FALLBACK_LANGUAGE = "en"


class Channel(StrEnum):
    """How the customer reached the contact centre."""

    CALL = "call"
    CHAT = "chat"
    EMAIL = "email"
    SOCIAL = "social"


class CriticalClass(StrEnum):
    """Whom an error on a critical criterion harms (COPC's three classes)."""

    CUSTOMER = "customer"
    BUSINESS = "business"
    COMPLIANCE = "compliance"


class Justify(StrEnum):
    """When an answer must carry its reason."""

    NEVER = "never"
    BELOW_BEST = "below_best"
    ALWAYS = "always"


class EffectKind(StrEnum):
    """What a criterion's worst option does to the score beyond its own points."""

    NONE = "none"
    FAIL_SECTION = "fail_section"
    FAIL_CONTACT = "fail_contact"
    CAP = "cap"


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in one or more languages; ``NEUTRAL`` holds one that was written for everybody."""

    by_language: tuple[tuple[str, str], ...]

    @classmethod
    def plain(cls, text: str) -> "Wording":
        """Return the wording that reads *text* in every language."""
        return cls(((NEUTRAL, text),))

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "Wording":
        """Return the wording with one text per language code, in a fixed order."""
        return cls(tuple(sorted(texts.items())))

    def say(self, language: str) -> str:
        """Return the text in *language*, else the neutral, the English, or the first one."""
        texts = dict(self.by_language)
        for wanted in (language, NEUTRAL, FALLBACK_LANGUAGE):
            if wanted in texts:
                return texts[wanted]
        return self.by_language[0][1]

    def reads(self, text: str) -> bool:
        """Return whether *text* is this wording in any of its languages."""
        return any(own == text for _, own in self.by_language)


@dataclass(frozen=True, slots=True)
class Effect:
    """What the worst option does; ``limit`` (0 to 100) is set for a cap alone."""

    kind: EffectKind = EffectKind.NONE
    limit: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer and the points it earns (never negative)."""

    label: Wording
    points: Fraction


YES_NO = (
    Option(Wording.of({"en": "Yes", "ru": "Да", "uk": "Так"}), Fraction(1)),
    Option(Wording.of({"en": "No", "ru": "Нет", "uk": "Ні"}), Fraction(0)),
)
"""The options of the scale ``yes_no``."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Asked only when *criterion* was answered with its option number *option* (from 0)."""

    criterion: str
    option: int


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question of a scorecard; options stand best first and the best earns points.

    ``rest_na`` says that All met and Rest met leave it N/A instead of giving its best option.
    """

    key: str
    title: Wording
    options: tuple[Option, ...]
    weight: Fraction = Fraction(1)
    guide: Wording | None = None
    yes_no: bool = False
    na: bool = True
    rest_na: bool = False
    justify: Justify = Justify.BELOW_BEST
    critical: CriticalClass | None = None
    effect: Effect = Effect()
    reasons: tuple[Wording, ...] = ()
    advice: Wording | None = None
    only_if: Condition | None = None

    @property
    def best(self) -> int:
        """The number of the best option."""
        return 0

    @property
    def worst(self) -> int:
        """The number of the worst option, the one that applies the effect."""
        return len(self.options) - 1


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of criteria with its weight in the whole score."""

    title: Wording
    weight: Fraction
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What contacts of the given channels are scored by."""

    key: str
    title: Wording
    channels: tuple[Channel, ...]
    sections: tuple[Section, ...]

    def criteria(self) -> Iterator[Criterion]:
        """Yield every criterion in the order in which it is asked."""
        for section in self.sections:
            yield from section.criteria

    def criterion(self, key: str) -> Criterion:
        """Return the criterion with *key*; raise ``KeyError`` where there is none."""
        for criterion in self.criteria():
            if criterion.key == key:
                return criterion
        raise KeyError(key)

    def section_of(self, key: str) -> Section:
        """Return the section that holds criterion *key*; raise ``KeyError`` where none does."""
        for section in self.sections:
            if any(criterion.key == key for criterion in section.criteria):
                return section
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an evaluator said on one criterion.

    ``option`` is the option's number or ``None`` for N/A; ``reasons`` are the numbers of those of
    the criterion's reasons that were picked, in order; ``why`` is a reason in the evaluator's own
    words. Either of the two justifies the answer; ``comment`` is free text beside them and does
    not.
    """

    option: int | None
    reasons: tuple[int, ...] = ()
    why: str | None = None
    comment: str | None = None

    @property
    def justified(self) -> bool:
        """Whether the answer carries its reason."""
        return bool(self.reasons) or bool(self.why)

    @property
    def spoken(self) -> bool:
        """Whether the evaluator had any words for the answer: a reason or a comment."""
        return self.justified or bool(self.comment)
