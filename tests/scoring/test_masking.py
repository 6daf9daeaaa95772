"""Masking: no phone, card or e-mail stays in a text, and other numbers stay as they are."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import overload

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import masking
from scoring.masking import CARD, EMAIL, MOST_GROUPS, PHONE, mask

NINE = st.text("0123456789", min_size=9, max_size=9)
WORDS = st.text("абвгд efgh,;!?№", max_size=20)


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@st.composite
def phones(draw: st.DrawFn) -> str:
    """Return a phone number in one of the ways in which people write it."""
    nine = draw(NINE.filter(lambda one: one[0] != "0"))
    area, rest = nine[:2], nine[2:]
    shapes = [
        f"+380{nine}",
        f"380{nine}",
        f"0{nine}",
        f"00380{nine}",
        f"+380 ({area}) {rest[:3]}-{rest[3:5]}-{rest[5:]}",
        f"(0{area}) {rest[:3]} {rest[3:5]} {rest[5:]}",
        f"0{area}-{rest[:3]}-{rest[3:5]}-{rest[5:]}",
        f"0{area} {rest}",
        f"0{area}.{rest[:3]}.{rest[3:]}",
        f"+7 9{nine[:2]} {nine[2:5]}-{nine[5:7]}-{nine[7:]}",
        f"89{nine}",
        f"8 (9{nine[:2]}) {nine[2:5]}-{nine[5:]}",
        f"+49 {nine[:3]} {nine[3:]}",
        f"+1 (5{nine[:2]}) {nine[2:5]}-{nine[5:]}",
        f"5{nine[:2]}-{nine[2:5]}-{nine[5:]}",
        f"{rest[:3]}-{rest[3:5]}-{rest[5:]}",
    ]
    return draw(st.sampled_from(shapes))


@st.composite
def cards(draw: st.DrawFn) -> str:
    """Return a card's number that passes Luhn's check, in one piece or in groups."""
    body = draw(st.text("0123456789", min_size=14, max_size=14))
    start = "4" + body
    total = sum(
        sum(divmod(int(one) * 2, 10)) if place % 2 == 0 else int(one)
        for place, one in enumerate(reversed(start))
    )
    number = start + str(-total % 10)
    between = draw(st.sampled_from(["", " ", "-", "\u00a0"]))
    return between.join(number[place : place + 4] for place in range(0, 16, 4))


@given(WORDS, phones(), WORDS)
def test_no_phone_stays(before: str, phone: str, after: str) -> None:
    masked = mask(f"{before}: {phone}, {after}")
    assert masked == f"{before}: {PHONE}, {after}"


@given(WORDS, cards(), WORDS)
def test_no_card_stays(before: str, card: str, after: str) -> None:
    assert mask(f"{before}: {card}; {after}") == f"{before}: {CARD}; {after}"


@given(st.emails())
def test_no_mail_stays(address: str) -> None:
    local = address.rpartition("@")[0]
    masked = mask(f"write to {address} please")
    assert EMAIL in masked
    assert address not in masked
    assert len(local) < 4 or f"{local}@" not in masked


@given(st.integers(0, 9_999_999), st.integers(1, 999_999_999), st.integers(0, 99))
def test_prices_and_numbers_of_orders_stay(order: int, price: int, pence: int) -> None:
    told = f"Order {order}, № {order:08}, price {price:,}.{pence:02} or {price}".replace(",0", " 0")
    spaced = f"{price:,}".replace(",", " ") + f" грн, order {order}."
    assert mask(told) == told
    assert mask(spaced) == spaced


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.times(), st.integers(0, 10**7))
def test_dates_and_times_stay(day: dt.date, time: dt.time, number: int) -> None:
    told = f"{day:%d.%m.%Y} {time:%H:%M:%S}, {day:%Y-%m-%d} {time:%H:%M}, ref {number}"
    assert mask(told) == told


@given(st.text(max_size=200))
def test_masking_again_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.text("0123456789+-() .@ab", max_size=120))
def test_masking_again_changes_nothing_among_numbers(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(phones(), cards(), st.integers(10_000, 99_999))
def test_what_stands_around_is_kept(phone: str, card: str, order: int) -> None:
    masked = mask(f"order {order} {phone} paid by {card} on 22.11.2026 10:30")
    assert masked == f"order {order} {PHONE} paid by {CARD} on 22.11.2026 10:30"


@pytest.mark.parametrize(
    "text",
    [
        "order 48213",
        "A-2026-000123",
        "1 250 000.00 грн",
        "0.05 0.10 0.15 0.20",
        "4111 1111 1111 1112",  # fails Luhn's check
        "version 3.11.15, build 20261122",
        "from 10 to 20 of 30, 40 and 50",
        "ИНН 7707083893",
        "@nickname and a@b",
    ],
)
def test_ordinary_numbers_stay(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("call +380501234567 150 грн", f"call {PHONE} 150 грн"),
        ("тел.0501234567", f"тел.{PHONE}"),
        ("ivan.petrov+shop@mail.example.com.ua.", f"{EMAIL}."),
        ("48213 050 123 45 67", f"48213 {PHONE}"),
        ("+380501234567+380671234567", f"{PHONE}{PHONE}"),
        ("card 4111-1111-1111-1111 12/28", f"card {CARD} 12/28"),
    ],
)
def test_examples(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_a_long_line_takes_no_long_time() -> None:
    assert mask("1 " * 20_000) == "1 " * 20_000
    assert mask("a" * 50_000) == "a" * 50_000


class Counted(Sequence[masking._Group]):
    """Groups that count how often one of them is taken, by itself or in a slice."""

    def __init__(self, groups: Sequence[masking._Group]) -> None:
        self._groups = groups
        self.taken = 0

    def __len__(self) -> int:
        return len(self._groups)

    def __iter__(self) -> Iterator[masking._Group]:
        self.taken += len(self)
        return iter(self._groups)

    @overload
    def __getitem__(self, at: int) -> masking._Group: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[masking._Group]: ...
    def __getitem__(self, at: int | slice) -> masking._Group | Sequence[masking._Group]:
        found = self._groups[at]
        self.taken += len(found) if isinstance(found, Sequence) else 1
        return found


@given(
    st.text("0123456789", min_size=1, max_size=8), st.sampled_from(["1 ", "12-34 ", "+1", "(9) "])
)
def test_thirty_thousand_single_digits_are_looked_at_a_few_times_each(end: str, one: str) -> None:
    """The work grows with the text, not with its square: no group is taken over and over."""
    for times in (300, 3_000):
        groups = Counted(masking._groups(one * times + end))
        for at in range(len(groups)):
            masking._recognised(groups, at)
        most = MOST_GROUPS + sum(range(1, MOST_GROUPS + 1))
        assert groups.taken <= most * len(groups)
