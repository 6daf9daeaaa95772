"""Reading a scorecard's file: what the contract shows, every problem with its line, round trips."""

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

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
from scoring.scorecard_problems import MOST_PROBLEMS, Problem, ProblemCode, ScorecardError
from scoring.scorecard_yaml import MAX_BYTES
from tests.scoring.strategies import scorecards

CONTRACT = """
key: voice
title: Voice calls
channels: [call]
sections:
  - title: Opening
    weight: 20
    criteria:
      - key: identified
        title: Identifies the customer
        scale: yes_no
      - key: greeting
        title: Greets by the standard
        guide: Company, own name, offer of help.
        weight: 1
        scale:
          - {label: Full, points: 2}
          - {label: Partly, points: 1}
          - {label: Not done, points: 0}
        na: true                 # may be answered N/A (default true)
        justify: below_best      # never, below_best (default), always
        critical: compliance     # customer, business, compliance; absent = not critical
        effect: fail_contact     # none, fail_section, fail_contact, {cap: 50}
        reasons: [Forgot the company name, Spoke too fast]
        advice: Listen to the model greeting in the knowledge base and say it aloud three times.
        only_if: {criterion: identified, option: "Yes"}   # asked only then
"""


def card(criterion: str) -> str:
    """Return a small file whose first criterion has the fields that *criterion* gives."""
    return f"""key: voice
title: Voice
channels: [call]
sections:
  - title: Opening
    weight: 1
    criteria:
      - key: known
        title: Known
        scale: [{{label: Full, points: 2}}, {{label: Not done, points: 0}}]
      - {criterion}
"""


def greeting(fields: str) -> str:
    return card(f"key: greeting\n        title: Greets\n        {fields}")


def scale(*options: str) -> str:
    lines = [f"          - {option}" for option in options]
    return greeting("\n".join(["scale:", *lines]))


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ScorecardError) as error:
        read_scorecard(text)
    return error.value.problems


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


LONG = "x" * 700
YES = "scale: yes_no"
MANY = "\n".join(f"      - {{key: c{n}, title: T, scale: yes_no}}" for n in range(201))
CASES: list[tuple[ProblemCode, str, str]] = [
    (ProblemCode.TOO_LARGE, "", f"key: voice # here\n# {'x' * MAX_BYTES}"),
    (ProblemCode.CONTROL_CHARACTER, "", "key: voice\ntitle: a\x00b # here\n"),
    (
        ProblemCode.CONTROL_CHARACTER,
        "",
        card('title: "a\\0b" # here\n        key: a\n        ' + YES),
    ),
    (ProblemCode.NOT_YAML, "", "key: voice\n\ttitle: Voice # here\n"),
    (ProblemCode.NOT_YAML, "", 'key: voice\ntitle: "\\UFFFFFFFF" # here\n'),
    (ProblemCode.EMPTY, "", "# here\n"),
    (ProblemCode.EMPTY, "", "--- # here\n"),
    (ProblemCode.SEVERAL_DOCUMENTS, "", "key: voice\n--- # here\nkey: text\n"),
    (ProblemCode.ALIAS, "a", "key: voice\ntitle: &a Voice # here\nsections: [*a, *a]\n"),
    (ProblemCode.ALIAS, "b", "key: voice\nsections: [*b] # here\n"),
    (ProblemCode.TOO_DEEP, "", f"key: voice\ntitle: {'[' * 20}{']' * 20} # here\n"),
    (ProblemCode.NOT_A_MAPPING, "", "- voice # here\n"),
    (ProblemCode.NOT_A_MAPPING, "criteria", card("greeting # here")),
    (ProblemCode.NOT_A_LIST, "reasons", greeting(f"{YES}\n        reasons: Too fast # here")),
    (ProblemCode.NOT_TEXT, "weight", greeting(f"{YES}\n        weight: [1] # here")),
    (ProblemCode.NOT_TEXT, "criteria", greeting(f"{YES}\n        ? [na] # here\n        : no")),
    (ProblemCode.MISSING, "scale", card("key: greeting # here\n        title: Greets")),
    (ProblemCode.MISSING, "title", card(f"key: a\n        {YES}\n        title: # here")),
    (ProblemCode.UNKNOWN_KEY, "reason", greeting(f"{YES}\n        reason: [Fast] # here")),
    (ProblemCode.DUPLICATE_KEY, "title", greeting(f"{YES}\n        title: Again # here")),
    (ProblemCode.BLANK, "guide", greeting(f'{YES}\n        guide: " " # here')),
    (ProblemCode.BLANK, "guide", greeting(f"{YES}\n        guide: {{}} # here")),
    (ProblemCode.TOO_LONG, "guide", greeting(f"{YES}\n        guide: {LONG} # here")),
    (ProblemCode.BAD_KEY, "key", card(f"key: Greeting # here\n        title: T\n        {YES}")),
    (ProblemCode.UNKNOWN_VALUE, "channels", greeting(YES).replace("[call]", "[fax] # here")),
    (ProblemCode.UNKNOWN_VALUE, "scale", greeting("scale: yesno # here")),
    (ProblemCode.UNKNOWN_VALUE, "justify", greeting(f"{YES}\n        justify: maybe # here")),
    (ProblemCode.UNKNOWN_VALUE, "critical", greeting(f"{YES}\n        critical: all # here")),
    (ProblemCode.UNKNOWN_VALUE, "effect", greeting(f"{YES}\n        effect: fail # here")),
    (ProblemCode.UNKNOWN_LANGUAGE, "de", greeting(f"{YES}\n        guide: {{de: Gruß}} # here")),
    (ProblemCode.NOT_TRUE_FALSE, "na", greeting(f"{YES}\n        na: maybe # here")),
    (ProblemCode.NOT_A_NUMBER, "weight", greeting(f"{YES}\n        weight: 1e9 # here")),
    (ProblemCode.NOT_A_NUMBER, "weight", greeting(f"{YES}\n        weight: .inf # here")),
    (ProblemCode.NOT_POSITIVE, "weight", greeting(f"{YES}\n        weight: 0 # here")),
    (ProblemCode.NOT_POSITIVE, "weight", greeting(YES).replace("weight: 1", "weight: -1 # here")),
    (
        ProblemCode.NOT_POSITIVE,
        "points",
        scale("{label: Full, points: 0} # here", "{label: None, points: -1}"),
    ),
    (
        ProblemCode.NEGATIVE,
        "points",
        scale("{label: Full, points: 1}", "{label: None, points: -1} # here"),
    ),
    (ProblemCode.CAP_OUT_OF_RANGE, "cap", greeting(f"{YES}\n        effect: {{cap: 101}} # here")),
    (ProblemCode.TOO_FEW, "scale", greeting("scale: [{label: Full, points: 1}] # here")),
    (ProblemCode.TOO_FEW, "channels", greeting(YES).replace("[call]", "[] # here")),
    (
        ProblemCode.TOO_MANY,
        "scale",
        greeting(f"scale: {[f'{{label: o{n}, points: {12 - n}}}' for n in range(11)]} # here"),
    ),
    (
        ProblemCode.TOO_MANY,
        "criteria",
        greeting(YES).replace("key: voice", "key: voice # here") + MANY,
    ),
    (
        ProblemCode.DUPLICATE_ITEM,
        "channels",
        greeting(YES).replace("[call]", "[call, call] # here"),
    ),
    (
        ProblemCode.POINTS_NOT_FALLING,
        "points",
        scale("{label: Full, points: 1}", "{label: Partly, points: 1} # here"),
    ),
    (
        ProblemCode.DUPLICATE_LABEL,
        "full",
        scale("{label: Full, points: 1}", "{label: full, points: 0} # here"),
    ),
    (
        ProblemCode.DUPLICATE_CRITERION,
        "known",
        card(f"key: known # here\n        title: Again\n        {YES}"),
    ),
    (
        ProblemCode.UNKNOWN_CRITERION,
        "knwon",
        greeting(f"{YES}\n        only_if: {{criterion: knwon, option: Full}} # here"),
    ),
    (
        ProblemCode.LATER_CRITERION,
        "greeting",
        greeting(f"{YES}\n        only_if: {{criterion: greeting, option: Full}} # here"),
    ),
    (
        ProblemCode.UNKNOWN_OPTION,
        "half",
        greeting(f"{YES}\n        only_if: {{criterion: known, option: half}} # here"),
    ),
]


@pytest.mark.parametrize(("code", "subject", "text"), CASES)
def test_each_problem_is_told_with_its_line(code: ProblemCode, subject: str, text: str) -> None:
    text = text.replace("'{label", "{label").replace("}'", "}")
    lines = [number for number, line in enumerate(text.split("\n"), 1) if "# here" in line]
    found = [problem for problem in problems(text) if problem.code is code]
    assert [(problem.line, problem.subject) for problem in found] == [(*lines, subject)]


def test_every_problem_code_has_its_case() -> None:
    assert {code for code, _, _ in CASES} == set(ProblemCode)


@pytest.mark.parametrize(
    ("code", "detail"),
    [
        (ProblemCode.UNKNOWN_KEY, {"meant": "reasons"}),
        (ProblemCode.TOO_LONG, {"length": "700", "limit": "600"}),
        (ProblemCode.UNKNOWN_CRITERION, {"meant": "known"}),
        (ProblemCode.UNKNOWN_OPTION, {"allowed": "Full, Not done"}),
        (ProblemCode.DUPLICATE_CRITERION, {"first": "8"}),
        (ProblemCode.POINTS_NOT_FALLING, {"value": "1", "before": "1"}),
    ],
)
def test_a_problem_brings_what_a_sentence_about_it_needs(
    code: ProblemCode, detail: dict[str, str]
) -> None:
    text = next(text for own, _, text in CASES if own is code)
    assert [problem.detail for problem in problems(text) if problem.code is code] == [detail]


def test_all_problems_are_told_at_once_and_in_order() -> None:
    text = greeting("scale: maybe\n        weight: 0\n        na: perhaps\n        advise: Read.")
    assert [problem.code for problem in problems(text)] == [
        ProblemCode.UNKNOWN_VALUE,
        ProblemCode.NOT_POSITIVE,
        ProblemCode.NOT_TRUE_FALSE,
        ProblemCode.UNKNOWN_KEY,
    ]


def test_a_hopeless_file_is_not_read_to_its_end() -> None:
    text = "\n".join(f"k{number}: x" for number in range(5000))
    assert len(problems(text)) == MOST_PROBLEMS


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


WORDS = ["key", "title", "channels", "sections", "criteria", "scale", "only_if", "yes_no", "1"]
SIGNS = [":", "-", "[", "]", "{", "}", "&a", "*a", '"', "|", "!!x", "<<", "?", "%YAML", "\\", "#"]
BLANKS = [" ", "  ", "\n", "\t", ": ", "- ", "\n---\n", "\ufffe", "\U0001f600"]


@given(
    st.lists(st.sampled_from(WORDS + SIGNS + BLANKS), max_size=30).map("".join)
    | st.text(max_size=40)
)
@example("? &a\n: *a")
@example("sections: [{criteria: [{only_if: {}}]}]")
@example("key: !!python/object/apply:os.getcwd []")
def test_no_text_breaks_the_reader(text: str) -> None:
    """Nothing in a file can do more than be refused."""
    assert problems(text)
