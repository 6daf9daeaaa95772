"""What a calibration's scorings show: criteria, matches, leniency and what to word anew."""

import pytest
from scipy import stats

from scoring.calibration import Outcome, Scoring, outcome
from scoring.scorecard import Scorecard
from scoring.scorecard_file import read_scorecard

CARD = """
key: calls
title: Calls
channels: [call]
sections:
  - title: All
    weight: 100
    criteria:
      - {key: greets, title: Greets, scale: yes_no}
      - key: solves
        title: Solves
        scale:
          - {label: Fully, points: 2}
          - {label: Partly, points: 1}
          - {label: Not at all, points: 0}
"""

ANNA, BORYS, VERA = 1, 2, 3


def card() -> Scorecard:
    return read_scorecard(CARD)


def scoring(contact: int, rater: int, greets: int | None, solves: int | None) -> Scoring:
    return Scoring(contact, rater, (("greets", greets), ("solves", solves)))


def shown(*scorings: Scoring, reference: int | None = None) -> Outcome:
    return outcome(card(), scorings, reference=reference, seed=5)


def test_yes_and_no_are_names_and_a_scale_has_an_order() -> None:
    found = shown(
        *(scoring(contact, ANNA, 0, 0) for contact in range(6)),
        *(scoring(contact, BORYS, contact % 2, contact % 3) for contact in range(6)),
    )
    greets, solves = found.criterion("greets"), found.criterion("solves")
    assert greets.agreement.percent is not None
    assert greets.agreement.percent.value == pytest.approx(1 / 2)
    assert solves.agreement.percent is not None
    assert solves.agreement.percent.value == pytest.approx(1 / 3)
    assert found.percent is not None
    assert found.percent.value == pytest.approx(5 / 12)
    assert (greets.agreement.units, greets.agreement.pairs) == (6, 6)


def test_na_is_an_answer_of_its_own() -> None:
    found = shown(scoring(1, ANNA, 0, 0), scoring(1, BORYS, None, None))
    greets = found.criterion("greets")
    assert greets.ratings == ((0, 2),)
    assert greets.agreement.percent is not None
    assert greets.agreement.percent.value == 0
    assert greets.agreement.alpha is not None
    # On a scale it has no place: nothing is left to compare there.
    assert found.criterion("solves").agreement.alpha is None


def test_what_was_not_asked_is_missing() -> None:
    found = shown(
        scoring(1, ANNA, 0, 0), Scoring(1, BORYS, (("greets", 0),)), scoring(1, VERA, 0, 0)
    )
    assert found.criterion("solves").ratings == ((0, None, 0),)
    assert found.criterion("solves").agreement.pairs == 1


def test_everyone_is_held_against_the_answer_that_most_gave() -> None:
    found = shown(
        scoring(1, ANNA, 0, 0),
        scoring(1, BORYS, 0, 0),
        scoring(1, VERA, 1, 0),
        scoring(2, ANNA, 0, 0),
        scoring(2, BORYS, 1, 0),
    )
    anna, borys, vera = found.criterion("greets").matches
    # On the second contact as many said yes as no, so nobody gave the answer of most.
    assert (anna.matched, anna.total) == (1, 2)
    assert (borys.matched, borys.total) == (1, 2)
    assert (vera.matched, vera.total) == (0, 1)


def test_a_reference_is_what_the_others_are_held_against() -> None:
    scorings = [scoring(1, ANNA, 0, 0), scoring(1, BORYS, 0, 0), scoring(1, VERA, 1, 0)]
    found = shown(*scorings, scoring(2, ANNA, 0, 0), reference=VERA)
    matches = {one.rater: one for one in found.criterion("greets").matches}
    assert set(matches) == {ANNA, BORYS}
    assert (matches[ANNA].matched, matches[ANNA].total) == (0, 1)
    assert [one.rater for one in found.leniency] == [ANNA, BORYS]
    assert found.leniency[0].difference == 50


def test_leniency_is_the_mean_difference_from_the_others_with_its_t_interval() -> None:
    borys_solves = (0, 1, 2, 1, 0, 2)
    found = shown(
        *(scoring(contact, ANNA, 0, 0) for contact in range(6)),
        *(scoring(contact, BORYS, 0, one) for contact, one in enumerate(borys_solves)),
    )
    anna, borys = found.leniency
    differences = [25.0 * one for one in borys_solves]
    judged = stats.ttest_1samp(differences, 0).confidence_interval(0.95)
    assert anna.difference == pytest.approx(sum(differences) / 6)
    assert (anna.low, anna.high) == pytest.approx((judged.low, judged.high))
    assert (borys.difference, borys.low) == pytest.approx((-anna.difference, -judged.high))
    assert anna.count == 6
    assert anna.beyond_chance
    assert not anna.too_few


def test_leniency_on_a_single_contact_has_no_interval() -> None:
    found = shown(scoring(1, ANNA, 0, 0), scoring(1, BORYS, 1, 0), scoring(2, ANNA, 0, 0))
    assert [(one.rater, one.difference) for one in found.leniency] == [(ANNA, 50), (BORYS, -50)]
    assert all(one.low is None and not one.beyond_chance for one in found.leniency)


def test_a_contact_that_is_all_na_has_no_score_and_says_nothing_of_leniency() -> None:
    found = shown(scoring(1, ANNA, None, None), scoring(1, BORYS, 0, 0))
    assert found.leniency == ()


def test_the_least_agreed_criterion_is_the_one_to_word_anew() -> None:
    found = shown(
        *(scoring(contact, ANNA, 0, contact % 3) for contact in range(9)),
        *(scoring(contact, BORYS, 0, (contact + 1) % 3) for contact in range(9)),
    )
    assert found.reword is not None
    assert found.reword.key == "solves"
    assert found.reword.sure


def test_with_few_contacts_it_may_be_chance() -> None:
    found = shown(scoring(1, ANNA, 0, 0), scoring(1, BORYS, 1, 0))
    assert found.reword is not None
    assert (found.reword.key, found.reword.sure) == ("greets", False)
    assert found.too_few


def test_where_everybody_agrees_nothing_is_to_be_worded_anew() -> None:
    found = shown(*(scoring(contact, rater, 0, 1) for contact in (1, 2) for rater in (1, 2, 3)))
    assert found.reword is None
    assert found.percent is not None
    assert found.percent.value == 1
    assert found.criterion("greets").agreement.alpha is None


def test_contacts_that_pairs_of_evaluators_scored_by_chance_feed_the_same_figures() -> None:
    pairs = [(ANNA, BORYS), (BORYS, VERA), (VERA, ANNA), (ANNA, BORYS), (BORYS, VERA)]
    found = shown(
        *(scoring(contact, rater, 0, 0) for contact, pair in enumerate(pairs) for rater in pair),
        scoring(9, ANNA, 1, 1),
    )
    assert found.criterion("greets").agreement.units == 5
    assert found.criterion("greets").agreement.pairs == 5
    assert [one.total for one in found.criterion("greets").matches] == [3, 4, 3]
    assert not found.too_few
    assert [one.count for one in found.leniency] == [3, 4, 3]


def test_one_scorer_alone_gives_nothing_to_compare() -> None:
    found = shown(scoring(1, ANNA, 0, 0), scoring(2, ANNA, 1, 0))
    assert found.percent is None
    assert found.reword is None
    assert found.leniency == ()
    assert shown().percent is None


def test_the_seed_replays_the_intervals() -> None:
    scorings = [
        scoring(contact, rater, (contact * rater) % 2, (contact + contact // rater) % 3)
        for contact in range(11)
        for rater in (1, 2, 3)
    ]
    first, again, other = (
        outcome(card(), scorings, reference=None, seed=seed) for seed in (5, 5, 6)
    )
    assert first == again
    assert [one.agreement for one in first.criteria] != [one.agreement for one in other.criteria]
    assert first.leniency == other.leniency
