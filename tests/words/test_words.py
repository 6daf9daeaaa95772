"""Numbers, dates and moments as each language writes them."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from handlers.words import LANGUAGES, known_language, words

NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(("language", "shown"), [("en", "72.5"), ("ru", "72,5"), ("uk", "72,5")])
def test_a_score_has_one_decimal(language: str, shown: str) -> None:
    assert words(language).number(Fraction(145, 2)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(7225, 100), "72.3"),
        (Decimal("72.35"), "72.4"),
        (Fraction(-7225, 100), "−72.3"),
        (Fraction(9995, 100), "100.0"),
        (Fraction(-1, 100), "0.0"),
        (Fraction(0), "0.0"),
    ],
)
def test_halves_go_away_from_zero(value: Fraction | Decimal, shown: str) -> None:
    assert words("en").number(value) == shown
    for language in ("ru", "uk"):
        assert words(language).number(value) == shown.replace(".", ",")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_has_as_many_decimals_as_asked_for(language: str) -> None:
    point = "." if language == "en" else ","
    t = words(language)
    shown = [t.number(Fraction(1, 8), digits) for digits in (0, 1, 2, 3)]
    assert shown == ["0", f"0{point}1", f"0{point}13", f"0{point}125"]


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "12,345"), ("ru", f"12{NB}345"), ("uk", f"12{NB}345")],
)
def test_thousands_stand_apart(language: str, shown: str) -> None:
    assert words(language).number(12345, 0) == shown


@pytest.mark.parametrize(("language", "shown"), [("en", "20,000"), ("ru", f"20{NB}000")])
def test_thousands_stand_apart_in_sentences_too(language: str, shown: str) -> None:
    t = words(language)
    assert t("Added: {count}", count=20_000).endswith(f" {shown}")
    assert t.plural("{count} draft", "{count} drafts", 20_000).startswith(f"{shown} ")


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ["+1.9", "−1.9", "0.0"]),
        ("ru", ["+1,9", "−1,9", "0,0"]),
        ("uk", ["+1,9", "−1,9", "0,0"]),
    ],
)
def test_a_change_shows_its_sign(language: str, shown: list[str]) -> None:
    t = words(language)
    assert [t.signed(Fraction(change, 10)) for change in (19, -19, 0)] == shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_share_is_whole_percent(language: str) -> None:
    t = words(language)
    assert [t.percent(share) for share in (0.0, 0.125, 1.0)] == [f"0{NB}%", f"13{NB}%", f"100{NB}%"]


@pytest.mark.parametrize(
    ("language", "short", "full"),
    [
        ("en", "4 Nov", "4 Nov 2026"),
        ("ru", "4 нояб.", "4 нояб. 2026"),
        ("uk", "4 лист.", "4 лист. 2026"),
    ],
)
def test_a_day_is_written_with_its_month(language: str, short: str, full: str) -> None:
    day = dt.date(2026, 11, 4)
    assert words(language).day(day) == short
    assert words(language).day(day, year=True) == full


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["May 2026", "November 2026"]),
        ("ru", ["Май 2026", "Ноябрь 2026"]),
        ("uk", ["Травень 2026", "Листопад 2026"]),
    ],
)
def test_a_month_by_itself_is_in_the_nominative(language: str, names: list[str]) -> None:
    t = words(language)
    assert [t.month(dt.date(2026, month, 4)) for month in (5, 11)] == names
    bare = [name.removesuffix(" 2026") for name in names]
    assert [t.month(dt.date(2026, month, 4), year=False) for month in (5, 11)] == bare


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "5 Nov, 00:30"), ("ru", "5 нояб., 00:30"), ("uk", "5 лист., 00:30")],
)
def test_a_moment_is_told_by_the_clocks_of_its_zone(language: str, shown: str) -> None:
    late = dt.datetime(2026, 11, 4, 22, 30, tzinfo=dt.UTC)
    assert words(language).moment(late, ZoneInfo("Europe/Kyiv")) == shown


def test_a_moment_follows_the_change_to_winter_time() -> None:
    zone = ZoneInfo("Europe/Kyiv")
    summer = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
    told = [words("en").moment(summer + dt.timedelta(hours=hours), zone) for hours in (0, 1, 2)]
    assert told == ["25 Oct, 03:30", "25 Oct, 03:30", "25 Oct, 04:30"]


@pytest.mark.parametrize(
    ("code", "language"),
    [("uk", "uk"), ("ru-RU", "ru"), ("EN-gb", "en"), ("de", "en"), ("", "en"), (None, "en")],
)
def test_a_telegram_language_becomes_one_of_ours(code: str | None, language: str) -> None:
    assert known_language(code) == language
    assert known_language("de", default="uk") == "uk"


def test_what_people_wrote_is_escaped_inside_markup() -> None:
    shown = words("ru").html("<b>Welcome, {name}!</b>", name="<i>Ann & Co</i>")
    assert "&lt;i&gt;Ann &amp; Co&lt;/i&gt;" in shown
    assert shown.startswith("<b>")


def test_braces_in_what_people_wrote_stay_as_they_are() -> None:
    assert words("uk")("From {sender}", sender="{count}") == "Від: {count}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_without_a_translation_is_said_in_english(language: str) -> None:
    unheard = "Nobody ever says {this}."
    assert words(language)(unheard, this="that") == "Nobody ever says that."
