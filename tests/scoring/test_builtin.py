"""The ready scorecards: complete in three languages, sensible, and fit for a phone."""

import re
from collections.abc import Iterator

import pytest

from scoring.builtin import builtin_scorecards
from scoring.draft import Stage, all_met, begin
from scoring.score import score
from scoring.scorecard import (
    Answer,
    Channel,
    Criterion,
    CriticalClass,
    EffectKind,
    Scorecard,
    Wording,
)
from scoring.scorecard_file import read_scorecard, write_scorecard

each_scorecard = pytest.mark.parametrize("scorecard", builtin_scorecards(), ids=lambda s: s.key)

FOREIGN = {"en": set("абвгдеєжзиіїйклмнопрстуфхцчшщьюяыэъё"), "ru": set("іїєґ"), "uk": set("ыэъё")}


def of_criterion(criterion: Criterion) -> Iterator[Wording]:
    yield criterion.title
    yield from (option.label for option in criterion.options)
    yield from criterion.reasons
    yield from (text for text in (criterion.guide, criterion.advice) if text is not None)


def wordings(scorecard: Scorecard) -> Iterator[Wording]:
    yield scorecard.title
    for section in scorecard.sections:
        yield section.title
        for criterion in section.criteria:
            yield from of_criterion(criterion)


def test_every_channel_has_its_one_scorecard() -> None:
    voice, text = builtin_scorecards()
    assert (voice.key, voice.channels) == ("voice", (Channel.CALL,))
    assert (text.key, text.channels) == ("text", (Channel.CHAT, Channel.EMAIL, Channel.SOCIAL))


@each_scorecard
def test_every_wording_is_there_in_each_language_and_in_no_other(scorecard: Scorecard) -> None:
    for wording in wordings(scorecard):
        texts = dict(wording.by_language)
        assert set(texts) == {"en", "ru", "uk"}, texts
        for language, text in texts.items():
            assert not set(text.casefold()) & FOREIGN[language], text


@each_scorecard
def test_labels_fit_three_buttons_in_a_row(scorecard: Scorecard) -> None:
    for criterion in scorecard.criteria():
        for option in criterion.options:
            assert all(len(text) <= 16 for _, text in option.label.by_language), option.label


@each_scorecard
def test_the_sections_weigh_a_hundred_together(scorecard: Scorecard) -> None:
    assert sum(section.weight for section in scorecard.sections) == 100
    assert len(scorecard.sections) == 5
    assert 10 <= len(list(scorecard.criteria())) <= 14


@each_scorecard
def test_every_criterion_explains_itself_and_helps_on(scorecard: Scorecard) -> None:
    for criterion in scorecard.criteria():
        assert criterion.guide is not None, criterion.key
        assert criterion.advice is not None, criterion.key
        assert 3 <= len(criterion.reasons) <= 5, criterion.key


@each_scorecard
def test_every_critical_class_and_every_effect_is_in_use(scorecard: Scorecard) -> None:
    criteria = list(scorecard.criteria())
    assert {c.critical for c in criteria} == {None, *CriticalClass}
    effects = [c.effect.kind for c in criteria if c.effect.kind is not EffectKind.NONE]
    assert sorted(effects) == [EffectKind.CAP, EffectKind.FAIL_CONTACT, EffectKind.FAIL_SECTION]
    for criterion in criteria:
        if criterion.effect.kind is EffectKind.FAIL_CONTACT:
            assert criterion.critical is CriticalClass.COMPLIANCE
            assert not criterion.na


@each_scorecard
def test_the_hand_over_is_asked_only_after_one_that_was_right(scorecard: Scorecard) -> None:
    (conditional,) = [c for c in scorecard.criteria() if c.only_if is not None]
    assert conditional.only_if is not None
    before = scorecard.criterion(conditional.only_if.criterion)
    assert before.na
    assert conditional.only_if.option == before.best


@each_scorecard
def test_all_met_scores_a_hundred_and_all_failed_nothing(scorecard: Scorecard) -> None:
    walk = all_met(begin(scorecard))
    assert walk.stage is Stage.SUMMARY
    assert score(scorecard, walk.answers).final == 100
    worst = {criterion.key: Answer(criterion.worst) for criterion in scorecard.criteria()}
    assert score(scorecard, worst).raw == 0


@each_scorecard
def test_a_downloaded_copy_reads_back_equal(scorecard: Scorecard) -> None:
    assert read_scorecard(write_scorecard(scorecard)) == scorecard


MASCULINE = {
    "ru": re.compile(r"\b[А-Яа-яё]+(ил|ал|ел|ёл|ыл|лся)\b"),
    "uk": re.compile(r"\b[А-Яа-яіїєґІЇЄҐ’]+(ав|ив|ув|яв|вся)\b"),
}
"""A past tense that takes the agent for a man."""

NOUNS = {"отдел", "канал"}


@each_scorecard
def test_no_reason_takes_the_agent_for_a_man(scorecard: Scorecard) -> None:
    for criterion in scorecard.criteria():
        for reason in criterion.reasons:
            for language, text in reason.by_language:
                pattern = MASCULINE.get(language)
                men = pattern.finditer(text) if pattern is not None else ()
                assert {word[0].casefold() for word in men} <= NOUNS, text


@each_scorecard
def test_dashes_and_apostrophes_are_the_printers_ones(scorecard: Scorecard) -> None:
    for wording in wordings(scorecard):
        for language, text in wording.by_language:
            if language != "en":
                assert " – " not in text, text
                assert "'" not in text, text


@each_scorecard
def test_a_guide_names_the_button_as_it_is_written(scorecard: Scorecard) -> None:
    for criterion in scorecard.criteria():
        guide = dict(criterion.guide.by_language) if criterion.guide is not None else {}
        assert "не оценивается" not in guide.get("ru", "").casefold()
        assert "не оцінюється" not in guide.get("uk", "").casefold()
