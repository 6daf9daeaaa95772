"""Reading a scorecard's file: what the contract shows, and that what is written reads back."""

from fractions import Fraction

import pytest
from hypothesis import given

from scoring.scorecard import (
    YES_NO,
    Channel,
    Condition,
    CriticalClass,
    Effect,
    EffectKind,
    Justify,
    Scorecard,
    Wording,
)
from scoring.scorecard_data import Json, canonical_json, from_data, to_data
from scoring.scorecard_file import read_scorecard, write_scorecard
from tests.scoring.scorecard_texts import CONTRACT, greeting, scale
from tests.scoring.strategies import scorecards


def test_the_contracts_example_reads_as_it_says() -> None:
    voice = read_scorecard(CONTRACT)
    assert (voice.key, voice.channels) == ("voice", (Channel.CALL,))
    assert voice.sections[0].weight == 20
    first, second = voice.criteria()
    assert first.yes_no
    assert first.options == YES_NO
    assert (first.na, first.justify, first.critical) == (True, Justify.BELOW_BEST, None)
    assert first.weight == 1
    assert (first.effect, first.only_if) == (Effect(), None)
    assert [option.points for option in second.options] == [2, 1, 0]
    assert second.critical is CriticalClass.COMPLIANCE
    assert second.effect == Effect(EffectKind.FAIL_CONTACT)
    assert second.reasons == (
        Wording.plain("Forgot the company name"),
        Wording.plain("Spoke too fast"),
    )
    assert second.only_if == Condition("identified", 0)


def test_numbers_are_exactly_what_is_written() -> None:
    criterion = read_scorecard(greeting("scale: yes_no\n        weight: 0.1")).criterion("greeting")
    assert criterion.weight == Fraction(1, 10)


def test_a_cap_is_written_as_a_mapping() -> None:
    criterion = read_scorecard(greeting("scale: yes_no\n        effect: {cap: 72.5}"))
    assert criterion.criterion("greeting").effect == Effect(EffectKind.CAP, Fraction("72.5"))


def test_bare_yes_and_no_are_texts_where_texts_are_meant() -> None:
    text = scale("{label: yes, points: 1}", "{label: no, points: 0}")
    options = read_scorecard(text).criterion("greeting").options
    assert [option.label.say("en") for option in options] == ["yes", "no"]


@pytest.mark.parametrize(
    ("written", "number"),
    [("Yes", 0), ("yes", 0), ("true", 0), ("Да", 0), ("ні", 1), ("No", 1), ("off", 1)],
)
def test_a_condition_names_yes_or_no_in_any_way(written: str, number: int) -> None:
    text = CONTRACT.replace('option: "Yes"', f"option: {written}")
    assert read_scorecard(text).criterion("greeting").only_if == Condition("identified", number)


@pytest.mark.parametrize(("written", "value"), [("no", False), ("False", False), ("on", True)])
def test_na_takes_any_of_yamls_truth_values(written: str, value: bool) -> None:
    text = greeting(f"scale: yes_no\n        na: {written}")
    assert read_scorecard(text).criterion("greeting").na is value


def test_a_wording_may_be_given_in_several_languages() -> None:
    text = greeting("scale: yes_no\n        guide: {en: Company and name., uk: Компанія та ім'я.}")
    guide = read_scorecard(text).criterion("greeting").guide
    assert guide is not None
    assert guide.say("uk") == "Компанія та ім'я."
    assert guide.say("ru") == "Company and name."


def test_a_guide_keeps_its_lines_and_a_title_does_not() -> None:
    text = greeting("scale: yes_no\n        guide: |\n          One.\n          Two.\n")
    voice = read_scorecard(text.replace("title: Greets", 'title: "Greets\\n  well"'))
    assert voice.criterion("greeting").guide == Wording.plain("One.\nTwo.")
    assert voice.criterion("greeting").title == Wording.plain("Greets well")


def test_an_empty_field_counts_as_absent() -> None:
    criterion = read_scorecard(greeting("scale: yes_no\n        advice:")).criterion("greeting")
    assert criterion.advice is None


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    assert read_scorecard("\ufeff" + CONTRACT.replace("\n", "\r\n")) == read_scorecard(CONTRACT)


@given(scorecards(wordy=True))
def test_what_is_written_reads_back_equal(scorecard: Scorecard) -> None:
    assert read_scorecard(write_scorecard(scorecard)) == scorecard


@given(scorecards(wordy=True))
def test_what_is_stored_comes_back_equal(scorecard: Scorecard) -> None:
    assert from_data(to_data(scorecard)) == scorecard


@given(scorecards(wordy=True), scorecards(wordy=True))
def test_one_json_text_stands_for_one_scorecard(one: Scorecard, other: Scorecard) -> None:
    again = read_scorecard(write_scorecard(one))
    assert canonical_json(again) == canonical_json(one)
    assert (canonical_json(one) == canonical_json(other)) == (one == other)


def test_a_third_is_stored_and_written_as_a_third() -> None:
    text = greeting("scale: yes_no\n        weight: 1/3")
    voice = read_scorecard(text)
    assert voice.criterion("greeting").weight == Fraction(1, 3)
    assert read_scorecard(write_scorecard(voice)) == voice
    assert from_data(to_data(voice)) == voice


def test_data_that_is_no_scorecard_is_refused() -> None:
    data = to_data(read_scorecard(CONTRACT))
    broken: Json
    for broken in ({**data, "key": 1}, {**data, "channels": "call"}, {"key": "voice"}, [], None):
        with pytest.raises(ValueError, match="not a stored scorecard"):
            from_data(broken)
    with pytest.raises(ValueError, match="fax"):
        from_data({**data, "channels": ["fax"]})
