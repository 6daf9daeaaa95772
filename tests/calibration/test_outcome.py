"""What a calibration's scorings show: criteria, matches, leniency and what to word anew."""

import math
import random
from fractions import Fraction

import pytest
from scipy import stats

from scoring.agreement import gwet_ac1
from scoring.calibration import Outcome, Scoring, outcome
from scoring.leniency import Leniency, leniencies
from scoring.scorecard import Scorecard
from scoring.scorecard_file import read_scorecard

Leniencies = tuple[Leniency, ...]

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


def test_everyone_is_held_against_the_answer_that_most_others_gave_without_their_own() -> None:
    found = shown(
        scoring(1, ANNA, 0, 0),
        scoring(1, BORYS, 0, 0),
        scoring(1, VERA, 1, 0),
        scoring(2, ANNA, 0, 0),
        scoring(2, BORYS, 1, 0),
    )
    anna, borys, vera = found.criterion("greets").matches
    # On the first contact Anna's and Borys's others do not agree, so there is nothing to be like.
    assert (anna.matched, anna.total) == (0, 1)
    assert (borys.matched, borys.total) == (0, 1)
    assert (vera.matched, vera.total) == (0, 1)


def test_ones_own_answer_does_not_make_one_like_most_others() -> None:
    """Four raters who answer by the toss of a coin are like most others half of the time."""
    coin = random.Random(3)  # noqa: S311  no secret
    found = shown(
        *(
            scoring(contact, rater, coin.randrange(2), 0)
            for contact in range(400)
            for rater in range(4)
        )
    )
    matches = found.criterion("greets").matches
    share = sum(one.matched for one in matches) / sum(one.total for one in matches)
    assert share == pytest.approx(0.5, abs=0.04)


def test_a_reference_is_what_the_others_are_held_against() -> None:
    scorings = [scoring(1, ANNA, 0, 0), scoring(1, BORYS, 0, 0), scoring(1, VERA, 1, 0)]
    found = shown(*scorings, scoring(2, ANNA, 0, 0), reference=VERA)
    matches = {one.rater: one for one in found.criterion("greets").matches}
    assert set(matches) == {ANNA, BORYS}
    assert (matches[ANNA].matched, matches[ANNA].total) == (0, 1)
    assert [one.rater for one in found.leniency] == [ANNA, BORYS]
    assert found.leniency[0].difference == 50


def test_leniency_is_the_mean_difference_from_the_others_with_the_error_shared() -> None:
    borys_solves = (0, 1, 2, 1, 0, 2)
    found = shown(
        *(scoring(contact, ANNA, 0, 0) for contact in range(6)),
        *(scoring(contact, BORYS, 0, one) for contact, one in enumerate(borys_solves)),
    )
    anna, borys = found.leniency
    # Differences 0, 25, 50, 25, 0, 50: squares of 2,500 and half a contact of one criterion's 50
    # points, by 5.5; t of 5 degrees for one of two comparisons.
    reach = stats.t.ppf(1 - 0.025 / 2, 5) * math.sqrt((2500 + 0.5 * 50**2) / 5.5 / 6)
    assert anna.difference == pytest.approx(25)
    assert (anna.low, anna.high) == pytest.approx((25 - reach, 25 + reach))
    assert (borys.difference, borys.low) == pytest.approx((-25, -25 - reach))
    assert anna.count == 6
    assert not anna.apart
    assert not anna.too_few


def rated(seed: int, raters: int, contacts: int, strict: float = 0.0) -> Leniencies:
    """Scores of alike raters, most of them near 100; the first one gives *strict* points less."""
    chance = random.Random(seed)  # noqa: S311  no secret
    finals = {}
    for contact in range(contacts):
        level = 100 - min(60.0, chance.expovariate(1 / 10))
        own = {
            rater: level - min(40.0, chance.expovariate(1 / 5)) - (strict if rater == 0 else 0.0)
            for rater in range(raters)
        }
        finals[contact] = {rater: Fraction(max(0.0, score)) for rater, score in own.items()}
    return leniencies(finals, range(raters), None, step=8.0)


def test_of_alike_raters_one_is_named_in_at_most_one_session_in_twenty() -> None:
    """300 sessions of eight raters and ten contacts, with skewed scores."""
    named = sum(any(one.apart for one in rated(seed, 8, 10)) for seed in range(300))
    assert named <= 0.05 * 300


def test_one_strict_rater_does_not_make_all_the_others_look_lenient() -> None:
    """The clearest is set aside: without that every other would lie above the mean of the rest."""
    alone, found = 0, 0
    for seed in range(200):
        apart = [one.rater for one in rated(seed, 5, 12, strict=20.0) if one.apart]
        found += 0 in apart
        alone += apart == [0]
    assert found >= 190
    assert alone >= 180


def test_who_gives_the_very_same_difference_each_time_has_an_interval_all_the_same() -> None:
    found = leniencies(
        {n: {1: Fraction(100), 2: Fraction(60), 3: Fraction(100)} for n in range(6)},
        (1, 2, 3),
        None,
        step=7.0,
    )
    named = {one.rater: one for one in found}
    assert named[2].apart
    assert named[2].low is not None
    assert named[2].high is not None
    assert named[2].low < -40 < named[2].high < 0
    assert not named[1].apart
    assert named[1].difference == 0
    assert named[1].low is not None
    assert named[1].low < 0


def test_of_two_raters_apart_nobody_can_tell_which_one_is_off() -> None:
    found = leniencies({n: {1: Fraction(90), 2: Fraction(60)} for n in range(6)}, (1, 2), None, 7.0)
    assert [(one.apart, one.one_of_two) for one in found] == [(True, True)] * 2


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


def test_a_criterion_compared_on_fewer_than_five_contacts_is_never_named() -> None:
    four = [scoring(contact, rater, rater % 2, 0) for contact in range(4) for rater in (1, 2)]
    assert shown(*four).reword is None
    assert shown(*four).too_few
    five = shown(*four, scoring(9, 1, 1, 0), scoring(9, 2, 0, 0))
    assert five.reword is not None
    assert five.reword.key == "greets"


def test_alike_criteria_that_can_be_relied_upon_are_seldom_sure_to_need_other_words() -> None:
    """Two criteria with an AC1 of just 0.8, 300 sessions: sure of one of them in at most 15."""
    sure = 0
    for seed in range(300):
        chance = random.Random(seed)  # noqa: S311  no secret
        found = shown(
            *(
                scoring(contact, rater, int(chance.random() < 0.081), int(chance.random() < 0.081))
                for contact in range(25)
                for rater in (1, 2)
            )
        )
        sure += found.reword is not None and found.reword.sure
    assert sure <= 15


def test_the_scorecard_fixes_how_many_answers_there_are() -> None:
    """A yes or no that may be N/A has three, also where nobody gave the third."""
    given = [
        scoring(contact, rater, (contact * rater) % 2, 0)
        for contact in range(6)
        for rater in (1, 2)
    ]
    found = shown(*given).criterion("greets")
    assert found.agreement.ac1 is not None
    assert found.agreement.ac1.value == gwet_ac1(found.ratings, 3)


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
