"""A name written in another script is found by how it sounds, however it was romanised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.names import fold
from scoring.transliteration import crossed, sought


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("tkach", "Богдан Ткач"),
        ("petrov", "Иван Петров"),
        ("петров", "Ivan Petrov"),
        ("Ткач", "Bohdan Tkach"),
        ("shcherbak", "Щербак"),
        ("scherbak", "Щербак"),
        ("Щербак", "Shcherbak"),
        ("hryshchenko", "Грищенко"),
        ("Грищенко", "Hryshchenko"),
        ("Semyonov", "Семёнов"),
        ("Semenov", "Семёнов"),
        ("yevhen", "Євген"),
        ("Natalya", "Наталія"),
        ("Nataliia", "Наталья"),
        ("Alexey", "Алексей"),
        ("Aleksei", "Алексей"),
        ("Khomenko", "Хоменко"),
        ("Цой", "Tsoi"),
        ("Ševčenko", "Шевченко"),
        ("olha", "Ольга"),
        ("mar'iana", "Мар’яна"),
        ("Victor", "Виктор"),
        ("yulia", "Юлія"),
        ("Gulnara", "Гүлнара"),
    ],
)
def test_a_name_is_found_in_the_other_script(typed: str, name: str) -> None:
    assert sought(typed) in crossed(name)


@pytest.mark.parametrize("length", [2, 3, 4, 5])
def test_a_beginning_is_enough(length: int) -> None:
    assert sought("petrov"[:length]) in crossed("Петров")
    assert sought("Петров"[:length]) in crossed("Petrov")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("петров", "Пётров"), ("petrov", "Pyotrov"), ("petrov", "Сидоров"), ("шам", "Самсон")],
)
def test_it_is_the_other_script_that_is_looked_into(typed: str, name: str) -> None:
    assert sought(typed) not in crossed(name).split()


@pytest.mark.parametrize("typed", ["", "a", "б'", "ь", "%", "12", "李", "אב", "\u200b"])
def test_what_has_no_sound_finds_nobody(typed: str) -> None:
    assert not sought(typed)


@given(st.text(max_size=40))
def test_the_form_has_a_bound(name: str) -> None:
    assert len(crossed(name)) <= 2 * len(fold(name))


CONSONANTS = "б b, в v, д d, з z, к k, л l, м m, н n, п p, р r, с s, т t, ф f, х kh, ц ts, ч ch"
ROMANISED = {
    by: dict(one.split() for one in f"{CONSONANTS}, ш sh, ж zh, щ shch, {own}".split(", "))
    for by, own in (("uk", "г h"), ("ru", "г g"))
}
VOWELS = {"а": "a", "е": "e", "о": "o", "у": "u", "и": "y", "я": "ia", "ю": "iu"}
SYLLABLES = st.lists(
    st.tuples(st.sampled_from(list(ROMANISED["uk"])), st.sampled_from(list(VOWELS))),
    min_size=1,
    max_size=6,
)


@given(SYLLABLES, st.sampled_from(["uk", "ru"]))
def test_a_name_is_found_by_its_romanisation_and_the_other_way_round(
    syllables: list[tuple[str, str]], by: str
) -> None:
    cyrillic = "".join(a + b for a, b in syllables)
    latin = "".join(ROMANISED[by][a] + VOWELS[b] for a, b in syllables)
    assert sought(latin) == crossed(cyrillic)
    assert sought(cyrillic) == crossed(latin)
