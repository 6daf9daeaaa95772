"""A report's numbers, each worked by hand or by rules that always hold."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.report import (
    CriterionTally,
    EvaluationFact,
    Report,
    agent_lines,
    build,
    merged,
    sections,
)
from scoring.scorecard import CriticalClass, Wording

NOTHING_ASSESSED = dict.fromkeys(CriticalClass)


def fact(
    final: float | None,
    agent: int = 1,
    *,
    compliance: bool | None = None,
    acknowledged: bool = False,
    disputed: bool = False,
) -> EvaluationFact:
    outcomes = {**NOTHING_ASSESSED, CriticalClass.COMPLIANCE: compliance}
    return EvaluationFact(agent, final, outcomes, acknowledged, disputed)


def tally(
    key: str, lost: float, *, asked: int = 4, passed: int = 2, title: str = "", section: str = "A"
) -> CriterionTally:
    return CriterionTally(
        key, Wording.plain(title or key), Wording.plain(section), asked, passed, lost
    )


def report(*finals: float | None) -> Report:
    return build([fact(final) for final in finals])


def test_the_mean_stands_with_students_interval_cut_to_the_scale() -> None:
    mean = report(80.0, 90.0, 100.0).mean
    assert mean is not None
    assert (mean.estimate, mean.count) == (90.0, 3)
    # 90 ± t(0.975, 2) · 10 / √3 = 90 ± 4.30265 · 5.77350
    assert mean.low == pytest.approx(65.1586, abs=1e-3)
    assert mean.high == 100.0


def test_an_evaluation_without_a_score_counts_but_moves_nothing() -> None:
    with_it, without = report(80.0, 100.0, None), report(80.0, 100.0)
    assert (with_it.count, with_it.scored) == (3, 2)
    assert with_it.mean == without.mean


def test_without_any_score_there_is_no_mean() -> None:
    empty = report(None)
    assert empty.mean is None
    assert empty.agents[0].mean is None
    assert empty.agents[0].too_few


def test_a_change_is_called_one_only_beyond_chance() -> None:
    near = build([fact(f) for f in (80.0, 90.0, 100.0)], before=[70.0, 80.0, 90.0]).change
    far = build([fact(f) for f in (90.0, 91.0, 92.0, 93.0, 94.0)], before=[70, 71, 72, 73, 74])
    assert near is not None
    assert near.difference == 10.0
    assert not near.beyond_chance
    assert far.change is not None
    # 20 ± t(0.975, 8) · √(2.5/5 + 2.5/5) = 20 ± 2.3060
    assert far.change.low == pytest.approx(17.694, abs=1e-3)
    assert far.change.beyond_chance


def test_accuracy_counts_only_contacts_where_the_class_was_assessed() -> None:
    outcomes = (True, True, True, False, None, None)
    accuracy = build([fact(90.0, compliance=one) for one in outcomes]).accuracies
    compliance = accuracy[CriticalClass.COMPLIANCE]
    assert compliance is not None
    assert (compliance.successes, compliance.total, compliance.share) == (3, 4, 0.75)
    # Wilson for 3 of 4
    assert compliance.low == pytest.approx(0.3006, abs=1e-4)
    assert compliance.high == pytest.approx(0.9544, abs=1e-4)
    assert accuracy[CriticalClass.CUSTOMER] is None


def test_a_criterions_cost_is_what_was_lost_to_it_per_scored_evaluation() -> None:
    facts = [fact(90.0), fact(70.0), fact(None)]
    found = build(facts, [tally("cheap", 5.0), tally("dear", 35.0), tally("free", 0.0)])
    assert [(one.tally.key, one.cost) for one in found.criteria] == [
        ("dear", 17.5),
        ("cheap", 2.5),
        ("free", 0.0),
    ]
    assert [one.tally.key for one in found.costliest(3)] == ["dear", "cheap"]


def test_the_pass_rate_leaves_out_what_was_not_applicable() -> None:
    (line,) = build([fact(90.0)], [tally("greets", 10.0, asked=4, passed=3)]).criteria
    assert line.pass_rate is not None
    assert (line.pass_rate.successes, line.pass_rate.total) == (3, 4)
    assert line.tally.failed == 1


def test_a_criterion_of_two_scorecards_is_one_but_another_title_makes_another() -> None:
    found = merged(
        [
            tally("greets", 10.0, asked=4, passed=2),
            tally("greets", 5.0, asked=2, passed=1),
            tally("greets", 1.0, title="Says hello"),
        ]
    )
    assert [(one.asked, one.passed, one.lost) for one in found] == [(6, 3, 15.0), (4, 2, 1.0)]


def test_sections_stand_best_first_and_unassessed_ones_are_left_out() -> None:
    found = sections(
        [
            tally("a", 0.0, asked=4, passed=1, section="Opening"),
            tally("b", 0.0, asked=4, passed=4, section="Closing"),
            tally("c", 0.0, asked=4, passed=3, section="Opening"),
            tally("d", 0.0, asked=0, passed=0, section="Never"),
        ]
    )
    shares = [(one.title.say("en"), one.pass_rate.share) for one in found]
    assert shares == [("Closing", 1.0), ("Opening", 0.5)]


def test_agents_with_too_few_evaluations_stand_behind_however_good() -> None:
    facts = [
        *(fact(60.0, agent=1) for _ in range(5)),
        *(fact(90.0, agent=2) for _ in range(5)),
        *(fact(100.0, agent=3) for _ in range(4)),
        fact(None, agent=4),
    ]
    lines = agent_lines(facts)
    assert [line.agent_id for line in lines] == [2, 1, 3, 4]
    assert [line.too_few for line in lines] == [False, False, True, True]


def test_what_waits_is_neither_acknowledged_nor_disputed() -> None:
    """What was disputed after it was acknowledged counted twice."""
    found = build(
        [
            fact(90.0, acknowledged=True),
            fact(90.0, acknowledged=True, disputed=True),
            fact(90.0, disputed=True),
            fact(90.0),
        ]
    )
    assert (found.acknowledged, found.disputed, found.waiting) == (1, 2, 1)


def test_a_trend_keeps_its_gaps() -> None:
    found = build([fact(90.0)], trend=[[80.0, 90.0], [], [90.0]])
    first, gap, last = found.trend
    assert first is not None
    assert first.estimate == 85.0
    assert gap is None
    assert last is not None
    assert last.low is None


SCORES = st.floats(0, 100).map(lambda value: round(value, 2))
FACTS = st.lists(
    st.builds(
        fact,
        st.none() | SCORES,
        st.integers(1, 6),
        compliance=st.none() | st.booleans(),
        acknowledged=st.booleans(),
        disputed=st.booleans(),
    ),
    max_size=40,
)


@given(FACTS)
def test_every_evaluation_is_in_exactly_one_agents_line(facts: list[EvaluationFact]) -> None:
    found = build(facts)
    assert sum(line.count for line in found.agents) == found.count
    assert sum(line.mean.count for line in found.agents if line.mean) == found.scored


@given(FACTS)
def test_the_teams_mean_lies_between_its_agents(facts: list[EvaluationFact]) -> None:
    found = build(facts)
    means = [line.mean.estimate for line in found.agents if line.mean]
    if found.mean is not None:
        assert min(means) - 1e-9 <= found.mean.estimate <= max(means) + 1e-9


@given(FACTS)
def test_the_states_add_up(facts: list[EvaluationFact]) -> None:
    found = build(facts)
    assert found.acknowledged + found.disputed + found.waiting == found.count


@given(FACTS, st.randoms(use_true_random=False))
def test_the_order_of_the_evaluations_does_not_matter(
    facts: list[EvaluationFact], shuffler: Random
) -> None:
    mixed = list(facts)
    shuffler.shuffle(mixed)
    assert build(mixed) == build(facts)
