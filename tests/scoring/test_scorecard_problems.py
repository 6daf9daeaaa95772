"""What is wrong with a scorecard's file: every problem with its line, and nothing but problems."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scoring.scorecard_file import read_scorecard
from scoring.scorecard_problems import MOST_PROBLEMS, Problem, ProblemCode, ScorecardError
from scoring.scorecard_yaml import MAX_BYTES
from tests.scoring.scorecard_texts import card, greeting, scale


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ScorecardError) as error:
        read_scorecard(text)
    return error.value.problems


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
    (ProblemCode.OVERFULL, "", f"key: voice\ntitle: [{'a,' * 20_001}] # here\n"),
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
    (ProblemCode.DUPLICATE_KEY, "en", greeting(f"{YES}\n        guide: {{en: A, en: B}} # here")),
    (ProblemCode.MISSING, "points", scale("{label: Full, points: 1}", "{label: No} # here")),
    (ProblemCode.MISSING, "cap", greeting(f"{YES}\n        effect: {{}} # here")),
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
    (
        ProblemCode.REST_WITHOUT_NA,
        "rest_na",
        greeting(f"{YES}\n        na: false\n        rest_na: true # here"),
    ),
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
