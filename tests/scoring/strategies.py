"""Hypothesis strategies for scorecards that keep every rule of the format, and for answers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import strategies as st

from scoring.answers import asked
from scoring.scorecard import (
    YES_NO,
    Answer,
    Channel,
    Condition,
    Criterion,
    CriticalClass,
    Effect,
    EffectKind,
    Justify,
    Option,
    Scorecard,
    Section,
    Wording,
)

TEXTS = (
    "Greets by the standard",
    "yes",
    "Нет",
    "null",
    "1.50",
    "- {a: [b, *c]} # not a comment",
    'it\'s "quoted": 100 %',
    "Вітається за стандартом",
    "2026-11-04",
    "|",
    "щ",
    "Ёлка & <b>",
    "~ ! @ & * ? , ` %",
    "👍🏽 good",
)
PLAIN = Wording.plain("Greets by the standard")

texts = st.sampled_from(TEXTS)
"""Texts as the format keeps them, short enough everywhere, some of them traps for a YAML writer."""

weights = st.integers(1, 400).map(lambda number: Fraction(number, 4))
effects = st.one_of(
    st.sampled_from([Effect(), Effect(EffectKind.FAIL_SECTION), Effect(EffectKind.FAIL_CONTACT)]),
    st.integers(0, 200).map(lambda twice: Effect(EffectKind.CAP, Fraction(twice, 2))),
)
wordings = st.one_of(
    texts.map(Wording.plain),
    st.dictionaries(st.sampled_from(["en", "ru", "uk"]), texts, min_size=1).map(Wording.of),
)


@st.composite
def scales(draw: st.DrawFn) -> tuple[Option, ...]:
    """Return two to five options, points strictly falling, no label text twice."""
    points = draw(st.lists(st.integers(0, 40), min_size=2, max_size=5, unique=True))
    return tuple(
        Option(_in_two(number) if number % 2 else Wording.plain(f"o{number}"), Fraction(earned, 4))
        for number, earned in enumerate(sorted(points, reverse=True))
    )


def _in_two(number: int) -> Wording:
    return Wording.of({"en": f"option {number}", "uk": f"варіант {number}"})


@st.composite
def criteria(
    draw: st.DrawFn, key: str, earlier: tuple[Criterion, ...], *, wordy: bool
) -> Criterion:
    """Return a criterion named *key* that may depend on one of *earlier*."""
    yes_no = draw(st.booleans())
    bare = Criterion(
        key=key,
        title=PLAIN,
        options=YES_NO if yes_no else draw(scales()),
        weight=draw(weights),
        yes_no=yes_no,
        na=(na := draw(st.booleans())),
        rest_na=na and draw(st.booleans()),
        justify=draw(st.sampled_from(Justify)),
        critical=draw(st.none() | st.sampled_from(CriticalClass)),
        effect=draw(effects),
        reasons=(PLAIN,) * draw(st.integers(0, 2)),
        only_if=draw(st.none() | _conditions(earlier)) if earlier else None,
    )
    if not wordy:
        return bare
    return replace(
        bare,
        title=draw(wordings),
        guide=draw(st.none() | wordings | st.just(Wording.plain("One: 1.\n- Two,\n# three"))),
        reasons=tuple(draw(wordings) for _ in bare.reasons),
        advice=draw(st.none() | wordings),
    )


@st.composite
def _conditions(draw: st.DrawFn, earlier: tuple[Criterion, ...]) -> Condition:
    criterion = draw(st.sampled_from(earlier))
    return Condition(criterion.key, draw(st.integers(0, criterion.worst)))


@st.composite
def scorecards(draw: st.DrawFn, *, conditions: bool = True, wordy: bool = False) -> Scorecard:
    """Return valid scorecards of one to three sections with one to three criteria each.

    Without *conditions* everything is always asked; *wordy* ones vary in their wordings too.
    """
    earlier: tuple[Criterion, ...] = ()
    sections = []
    for _ in range(draw(st.integers(1, 3))):
        own: list[Criterion] = []
        for _ in range(draw(st.integers(1, 3))):
            known = earlier if conditions else ()
            criterion = draw(criteria(f"c{len(earlier)}", known, wordy=wordy))
            own.append(criterion)
            earlier = (*earlier, criterion)
        title = draw(wordings) if wordy else PLAIN
        sections.append(Section(title, draw(weights), tuple(own)))
    return Scorecard(
        key=draw(st.sampled_from(["voice", "text", "v", "voice_2"])),
        title=draw(wordings) if wordy else PLAIN,
        channels=tuple(draw(st.permutations(list(Channel)))[: draw(st.integers(1, 4))]),
        sections=tuple(sections),
    )


def answers_to(criterion: Criterion) -> st.SearchStrategy[Answer]:
    """Return any answer that *criterion* takes, N/A included where it is allowed."""
    options = st.integers(0, criterion.worst)
    last = len(criterion.reasons) - 1
    some = st.sets(st.integers(0, last)) if criterion.reasons else st.just(set[int]())
    return st.builds(
        Answer,
        option=options | st.none() if criterion.na else options,
        reasons=some.map(sorted).map(tuple),
        why=st.none() | texts,
        comment=st.none() | texts,
    )


@dataclass(frozen=True)
class Scored:
    """A scorecard with answers to it, complete where so wanted."""

    scorecard: Scorecard
    answers: dict[str, Answer]

    def rebuilt(self, change: Callable[[Section], Section]) -> "Scored":
        """Return the same with every section changed."""
        sections = tuple(map(change, self.scorecard.sections))
        return replace(self, scorecard=replace(self.scorecard, sections=sections))


@st.composite
def scored(draw: st.DrawFn, *, complete: bool = False, conditions: bool = True) -> Scored:
    """Return scorecards with answers, some of them stale or missing unless *complete*."""
    scorecard = draw(scorecards(conditions=conditions))
    answers: dict[str, Answer] = {}
    for criterion in scorecard.criteria():
        wanted = complete and criterion.key in asked(scorecard, answers)
        if wanted or draw(st.booleans()):
            answers[criterion.key] = draw(answers_to(criterion))
    return Scored(scorecard, answers)
