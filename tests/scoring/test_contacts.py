"""Statuses move along their rules; customers are known again and shown only in part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.contacts import MOVES, SHOWN, Status, masked, may_move
from scoring.customers import customer_key


def test_only_an_approver_moves_a_contact_out_of_review() -> None:
    for after in Status:
        assert not may_move(Status.UNDER_REVIEW, after, approver=False)
    assert may_move(Status.UNDER_REVIEW, Status.CLOSED, approver=True)
    assert may_move(Status.UNDER_REVIEW, Status.IN_PROGRESS, approver=True)


@pytest.mark.parametrize("status", Status)
def test_every_status_leads_somewhere_and_never_to_itself(status: Status) -> None:
    assert MOVES[status]
    assert status not in MOVES[status]


def test_every_status_can_be_reached_from_every_other() -> None:
    for start in Status:
        reached = {start}
        for _ in Status:
            reached |= {after for status in reached for after in MOVES[status]}
        assert reached == set(Status)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+380 67 123-45-67", "(380) 67 1234567"),
        ("Anna  BONDAR", "anna bondar"),
        ("A.Bondar@mail.example", "a.bondar@MAIL.example"),
    ],
)
def test_a_customer_is_known_again_however_written(one: str, other: str) -> None:
    assert customer_key(one) == customer_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("A-12", "B-12"), ("12-A", "12"), ("ab@x", "a.b@x"), ("1", "+11")]
)
def test_different_customers_stay_different(one: str, other: str) -> None:
    assert customer_key(one) != customer_key(other)


@pytest.mark.parametrize(
    ("customer", "shown"),
    [
        ("+380 67 123-45-67", "…567"),
        ("Anna Bondar", "…dar"),
        ("1234", "…34"),
        ("ab", "…b"),
        ("7", "…"),
        ("", "…"),
    ],
)
def test_a_customer_is_shown_by_their_last_signs(customer: str, shown: str) -> None:
    assert masked(customer) == shown


@given(st.text(max_size=120))
def test_most_of_a_customer_is_never_shown(customer: str) -> None:
    shown = masked(customer).removeprefix("…")
    assert len(shown) <= SHOWN
    assert 2 * len(shown) <= len(customer)
