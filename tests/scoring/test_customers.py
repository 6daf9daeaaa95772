"""A customer's number is one number however it is written; so are an e-mail and a login."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.customers import country_of, customer_key, older_keys

MOSCOW = (
    "+7 (495) 000-00-01",
    "8 (495) 000-00-01",
    "84950000001",
    "7 495 000 00 01",
    "007495 0000001",
)
LVIV = (
    "+380 67 000 00 01",
    "067 000 00 01",
    "00380670000001",
    "380 (67) 000-00-01",
    "(067)0000001",
)


@pytest.mark.parametrize("country", ["UA", "RU", "KZ", "GB", "US", None])
@pytest.mark.parametrize(
    ("forms", "key"), [(MOSCOW, "+74950000001"), (LVIV, "+380670000001")], ids=["ru", "uk"]
)
def test_a_number_is_one_number_however_it_is_written(
    country: str | None, forms: tuple[str, ...], key: str
) -> None:
    assert {customer_key(one, country) for one in forms} == {key}


def test_the_agents_country_decides_where_a_number_is_at_home() -> None:
    assert customer_key("06 70 00 00 01", "FR") == "+33670000001"
    assert customer_key("0670000001", "UA") == "+380670000001"
    assert customer_key("(212) 555-0123", "US") == "+12125550123"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Olena, +380 67 000-00-01", "+380670000001"),
        ("+380670000001, +380670000002 Olena", "+380670000001, +380670000002 olena"),
        ("+7 495 000-00-01 доб. 12", "+74950000001;ext=12"),
        ("tel:+380670000001", "+380670000001"),
        ("mailto:O.Koval@Mail.Example", "o.koval@mail.example"),
        ("@Olena_K", "olena_k"),
        ("ＯＬＥＮＡ  k", "olena k"),
        ("48213", "48213"),
        ("12-A", "12-a"),
        ("@", "@"),
    ],
)
def test_what_else_a_customer_may_be_known_by(written: str, key: str) -> None:
    assert customer_key(written, "UA") == key


@pytest.mark.parametrize(
    ("one", "other"),
    [("+380670000001", "+380670000002"), ("48213", "48214"), ("1", "+11"), ("", "0")],
)
def test_different_customers_have_different_keys(one: str, other: str) -> None:
    assert customer_key(one, "UA") != customer_key(other, "UA")


@given(st.text(max_size=60), st.sampled_from(["UA", "RU", "DE", None]))
def test_whatever_is_written_has_a_key_that_stays(written: str, country: str | None) -> None:
    key = customer_key(written, country)
    assert customer_key(key, country) == key


@given(st.integers(670_000_000, 679_999_999))
def test_every_older_way_to_keep_a_number_is_known(number: int) -> None:
    old = older_keys(f"+380{number}")
    assert {f"380{number}", f"0{number}", f"00380{number}"} <= set(old)


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Kyiv", "UA"),
        ("Europe/Kiev", "UA"),
        ("Europe/Moscow", "RU"),
        ("America/New_York", "US"),
        ("US/Eastern", "US"),
        ("UTC", None),
        ("Etc/GMT+3", None),
    ],
)
def test_a_time_zone_tells_the_country(zone: str, country: str | None) -> None:
    assert country_of(zone) == country
