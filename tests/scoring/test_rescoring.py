"""What is asked again of a disputed evaluation, and what the fresh answers make of the first."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from scoring.answers import asked, missing
from scoring.builtin import builtin_scorecards
from scoring.rescoring import Outcome, at_issue, changed, outcomes, part, revised
from scoring.scorecard import Answer, Scorecard
from tests.feedback.cases import ALL_MET, NA, NO, VOICE, YES

KEYS = [criterion.key for criterion in VOICE.criteria()]


def keys(scorecard: Scorecard) -> list[str]:
    return [criterion.key for criterion in scorecard.criteria()]


def test_nothing_but_the_disputed_is_asked_again() -> None:
    small = part(VOICE, ["identified"])
    assert keys(small) == ["identified"]
    assert [section.title.say("en") for section in small.sections] == ["Opening"]


def test_what_hangs_on_a_disputed_criterion_is_asked_with_it() -> None:
    small = part(VOICE, ["sums_up"])
    assert keys(small) == ["sums_up", "transfers"]
    assert asked(small, {"sums_up": YES}) == ("sums_up",)
    assert asked(small, {"sums_up": NO}) == ("sums_up", "transfers")


def test_a_condition_that_would_tell_the_first_answer_is_gone() -> None:
    small = part(VOICE, ["transfers"])
    assert asked(small, {}) == ("transfers",)


def test_a_whole_evaluation_is_asked_whole() -> None:
    assert part(VOICE, []) == VOICE


def test_fresh_answers_replace_the_disputed_and_no_others() -> None:
    first = ALL_MET | {"identified": NO, "greets": NO}
    now = revised(VOICE, first, {"identified": YES, "greets": YES}, ["identified"])
    assert now == first | {"identified": YES}
    assert changed(first, now) == {"identified"}


def test_an_undisputed_answer_stands_where_it_is_still_asked() -> None:
    first = ALL_MET | {"sums_up": NO, "transfers": NO}
    kept = revised(VOICE, first, {"sums_up": NO, "transfers": YES}, ["sums_up"])
    assert kept["transfers"] == NO
    gone = revised(VOICE, first, {"sums_up": YES}, ["sums_up"])
    assert "transfers" not in gone
    assert changed(first, gone) == {"sums_up", "transfers"}


def test_what_is_asked_only_now_gets_the_fresh_answer() -> None:
    now = revised(VOICE, ALL_MET, {"sums_up": NO, "transfers": NA}, ["sums_up"])
    assert now["transfers"] == NA


def test_a_whole_evaluation_is_at_issue_in_its_errors() -> None:
    assert at_issue(VOICE, ALL_MET | {"greets": NO, "offers": Answer(2)}, []) == (
        "greets",
        "offers",
    )
    assert at_issue(VOICE, ALL_MET, []) == tuple(ALL_MET)


def test_outcomes_tell_what_the_options_were_and_are() -> None:
    first = ALL_MET | {"identified": NO, "greets": NO}
    now = ALL_MET | {"greets": NO}
    assert outcomes(VOICE, first, now, ["greets", "identified"]) == (
        Outcome("greets", 1, 1, changed=False),
        Outcome("identified", 1, 0, changed=True),
    )


def test_another_wording_of_the_same_option_is_no_change() -> None:
    assert changed({"greets": NO}, {"greets": Answer(1, comment="mumbled")}) == frozenset()
    assert changed({"greets": NO}, {"greets": NA}) == {"greets"}


CARDS = (VOICE, *builtin_scorecards())


@st.composite
def filled(draw: st.DrawFn, scorecard: Scorecard) -> dict[str, Answer]:
    """Return answers to everything that is asked under them."""
    given_so_far: dict[str, Answer] = {}
    while left := missing(scorecard, given_so_far):
        criterion = scorecard.criterion(left[0])
        option = draw(st.integers(0, len(criterion.options) - 1))
        given_so_far[criterion.key] = Answer(option, comment="so")
    return given_so_far


@st.composite
def dispute(
    draw: st.DrawFn,
) -> tuple[Scorecard, Mapping[str, Answer], list[str], dict[str, Answer]]:
    scorecard = draw(st.sampled_from(CARDS))
    first = draw(filled(scorecard))
    disputed = draw(st.lists(st.sampled_from(sorted(first)), unique=True, max_size=4))
    return scorecard, first, disputed, draw(filled(part(scorecard, disputed)))


@given(dispute())
def test_a_revision_answers_all_that_it_asks_and_touches_nothing_else(
    case: tuple[Scorecard, Mapping[str, Answer], list[str], dict[str, Answer]],
) -> None:
    scorecard, first, disputed, afresh = case
    now = revised(scorecard, first, afresh, disputed)
    assert missing(scorecard, now) == ()
    assert tuple(now) == asked(scorecard, now)
    again = set(keys(part(scorecard, disputed)))
    assert changed(first, now) <= again
    for key in now:
        assert now[key] in (first.get(key), afresh.get(key))
        if key in disputed and key in afresh:
            assert now[key] == afresh[key]
