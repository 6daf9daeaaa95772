"""Names leave what people wrote; the rest stays as it is."""

import pytest

from scoring.anonymity import without_names

IVAN, ANNA, MARIA = "Ivan Petrov", "Анна Белова", "Мария Зорина"


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("Anna Bondar never listened.", ["Anna Bondar"], "… … never listened."),
        ("I asked Ivan's colleague", [IVAN], "I asked …'s colleague"),
        ("Анне Беловой не слышно", [ANNA], "… … не слышно"),
        ("Спросил Марию, она права", [MARIA], "Спросил …, она права"),
        ("Петру Петрову сказали", ["Пётр Петров"], "Петру … сказали"),
        ("I said it, at 0:45", [IVAN], "I said it, at 0:45"),
        ("He said so", ["Li He"], "He said so"),
        ("He said so", [], "He said so"),
        ("(Ivan)", ["ivan petrov"], "(…)"),
        ("a.b*c", ["(x) [y]"], "a.b*c"),
    ],
)
def test_names_are_hidden(text: str, names: list[str], left: str) -> None:
    assert without_names(text, names) == left
