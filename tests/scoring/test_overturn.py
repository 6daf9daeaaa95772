"""Overturn rates: shares of what was decided, added up, with their intervals."""

import pytest
from scipy.stats import binomtest

from scoring.overturn import rates


def test_entries_of_one_subject_are_added_up() -> None:
    [one] = rates([("greets", 4, 1), ("greets", 6, 3)])
    assert (one.share.successes, one.share.total) == (4, 10)


def test_the_interval_is_wilsons() -> None:
    [one] = rates([("greets", 12, 5)])
    judged = binomtest(5, 12).proportion_ci(method="wilson")
    assert (one.share.low, one.share.high) == pytest.approx((judged.low, judged.high))


def test_the_most_overturned_come_first_and_the_undecided_are_left_out() -> None:
    found = rates([("a", 3, 0), ("b", 2, 2), ("c", 5, 2), ("d", 0, 0)])
    assert [one.subject for one in found] == ["c", "b", "a"]


def test_without_anything_decided_there_is_no_rate() -> None:
    assert rates([]) == []
