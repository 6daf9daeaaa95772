"""Charts hold whatever a team may be: every word on the sheet, none upon another."""

import struct
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from matplotlib.text import Text

from handlers.views.chart_data import (
    AgentChart,
    Chart,
    Mark,
    Row,
    Rule,
    TeamChart,
    Trend,
    digest,
)
from handlers.views.charts import draw, png
from handlers.views.charts_canvas import MARGIN, WIDTH, Sheet
from handlers.views.names import short_name, short_names

LANGUAGES = {
    "en": {
        "names": ("Ivan Petrov", "Konstantin Konstantinopolsky", "Ada Li", "Mononymous"),
        "team": "Support and everything that has to do with it",
        "period": "28 Nov 2025 – 27 Dec 2026",
        "columns": "score · evaluations",
        "few": "too few to compare",
        "mean": "mean of drawn 84.1",
        "target": "target 85",
        "team mean": "team 100.0",
        "line": "12 quarters",
        "note": "hollow: not drawn",
        "first": "28 Nov 2025",
        "last": "27 Dec",
        "value": "100.0",
    },
    "ru": {
        "names": (
            "Иван Петров",
            "Александр Константинопольский",
            "Ия Ли",
            "Щербакова Юлия Львовна",
        ),
        "team": "Поддержка корпоративных клиентов",
        "period": "Сентябрь 2025",
        "columns": "балл · оценок",
        "few": "слишком мало для сравнения",
        "mean": "среднее по жребию 84,1",
        "target": "цель 85",
        "team mean": "команда 100,0",
        "line": "12 кварталов",
        "note": "пустые: без жребия",
        "first": "4-й кв. 2025",
        "last": "3-й кв.",
        "value": "100,0",
    },
    "uk": {
        "names": ("Іван Їжакевич", "Олександр Білоцерківський-Ґалаґан", "Ія Лі", "Ганна Щур"),
        "team": "Підтримка корпоративних клієнтів",
        "period": "Вересень 2025",
        "columns": "бал · оцінок",
        "few": "замало для порівняння",
        "mean": "середнє за жеребом 84,1",
        "target": "ціль 85",
        "team mean": "команда 100,0",
        "line": "12 кварталів",
        "note": "порожні: без жереба",
        "first": "4-й кв. 2025",
        "last": "3-й кв.",
        "value": "100,0",
    },
}
GAP = 12
STEADY = tuple(Mark(80.0 + place, 78.0 + place, 82.0 + place) for place in range(12))


def word(language: str, key: str) -> str:
    found = LANGUAGES[language][key]
    assert isinstance(found, str)
    return found


def trend(language: str, marks: Sequence[Mark | None] = STEADY, note: str = "") -> Trend:
    return Trend(
        marks=tuple(marks),
        label=word(language, "line"),
        first=word(language, "first") if len(marks) > 1 else "",
        last=word(language, "last"),
        value=word(language, "value") if marks[-1] is not None else "",
        note=note,
    )


def team(language: str, marks: Sequence[Mark], mean: float = 84.1) -> TeamChart:
    names = LANGUAGES[language]["names"]
    rows = [
        Row(names[place % len(names)], mark, word(language, "value"), "1234")
        for place, mark in enumerate(marks)
    ]
    return TeamChart(
        title=word(language, "team"),
        period=word(language, "period"),
        columns=word(language, "columns"),
        rows=tuple(rows),
        few=word(language, "few"),
        mean=Rule(mean, word(language, "mean")),
        target=Rule(85.0, word(language, "target"), dashed=True),
        trend=trend(language, note=word(language, "note")),
    )


def agent(language: str, marks: Sequence[Mark | None], team_mean: float = 84.1) -> AgentChart:
    names = LANGUAGES[language]["names"]
    rules = (
        Rule(85.0, word(language, "target"), dashed=True),
        Rule(team_mean, word(language, "team mean")),
    )
    return AgentChart(names[1], word(language, "period"), trend(language, marks), rules)


SPREAD = [Mark(98.0 - 2 * place, 90.0 - 2 * place, 100.0) for place in range(10)]
HOLLOW = [Mark(50.0, 0.0, 100.0, hollow=True), Mark(100.0, None, None, hollow=True)]
MARKS = {
    "one agent": SPREAD[:1],
    "one agent with too few": HOLLOW[1:],
    "ten agents": SPREAD,
    "some with too few": [*SPREAD, *HOLLOW],
    "all with too few": HOLLOW,
    "equal values": [Mark(85.0, 85.0, 85.0)] * 4,
    "all 100": [Mark(100.0, 100.0, 100.0)] * 3,
    "all 0": [Mark(0.0, 0.0, 0.0)] * 3,
    "thirty agents": [*SPREAD * 2, *SPREAD[:8], *HOLLOW],
    "a group chat": [],
}
LINES = {
    "steady": STEADY,
    "first period": STEADY[:1],
    "a single value": [Mark(70.0, None, None, hollow=True)],
    "two periods": STEADY[:2],
    "gaps": [*STEADY[:3], None, STEADY[4], None, None, *STEADY[7:]],
    "nothing lately": [*STEADY[:11], None],
    "all 100": [Mark(100.0, 100.0, 100.0)] * 12,
    "few throughout": [Mark(place * 9.0, 0.0, 100.0, hollow=True) for place in range(12)],
}


def texts(sheet: Sheet) -> list[Text]:
    return [text for text in sheet.figure.texts if text.get_text()]


def assert_legible(sheet: Sheet) -> None:
    """Every text lies on the sheet, and no two of them touch or run together."""
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(sheet)]
    for words, box in boxes:
        assert box.x0 >= 0, words
        assert box.y0 >= 0, words
        assert box.x1 <= WIDTH - MARGIN + 1, words
        assert box.y1 <= sheet.height, words
    for (words, box), (other_words, other) in combinations(boxes, 2):
        apart = box.x1 <= other.x0 or other.x1 <= box.x0 or box.y1 <= other.y0 or other.y1 <= box.y0
        assert apart, f"{words!r} touches {other_words!r}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", MARKS)
def test_a_teams_chart_is_legible(language: str, case: str) -> None:
    assert_legible(draw(team(language, MARKS[case])))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", LINES)
def test_an_agents_chart_is_legible(language: str, case: str) -> None:
    assert_legible(draw(agent(language, LINES[case])))


@pytest.mark.parametrize("team_mean", [85.0, 84.9, 85.1, 0.0, 100.0])
def test_labels_of_close_rules_stand_apart(team_mean: float) -> None:
    assert_legible(draw(agent("ru", STEADY, team_mean)))
    assert_legible(draw(team("ru", SPREAD, team_mean)))


@pytest.mark.parametrize("chart", [team("uk", MARKS["thirty agents"]), agent("ru", STEADY)])
def test_a_picture_is_as_wide_as_promised_and_telegram_takes_it(chart: Chart) -> None:
    picture = png(chart)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert width == WIDTH
    assert width + height <= 10_000
    assert max(width, height) / min(width, height) <= 20


def test_letters_can_be_read_when_the_picture_is_360_pixels_wide() -> None:
    sheet = draw(team("en", MARKS["thirty agents"]))
    assert min(float(text.get_fontsize()) for text in texts(sheet)) * 360 / WIDTH >= 10


def test_a_group_sees_no_names() -> None:
    shown = {text.get_text() for text in texts(draw(team("en", [])))}
    with_names = {text.get_text() for text in texts(draw(team("en", SPREAD[:4])))}
    assert "Petrov I." in with_names
    assert not {"Petrov I.", "Ivan Petrov", "1234"} & shown
    assert word("en", "line") in shown


def test_agents_with_too_few_evaluations_stand_under_a_line_that_says_so() -> None:
    sheet = draw(team("en", [*SPREAD[:2], *HOLLOW]))
    heights = {text.get_text(): text.get_position()[1] for text in texts(sheet)}
    few, second, third = heights["too few to compare"], heights["Li A."], heights["Mononymous"]
    assert heights["Petrov I."] > few > second > third


def test_equal_charts_have_one_digest_and_others_another() -> None:
    one = team("en", SPREAD)
    assert digest(one) == digest(team("en", list(SPREAD)))
    assert digest(one) != digest(replace(one, period="October"))
    assert digest(one) != digest(replace(one, rows=one.rows[1:]))


def test_drawing_the_same_twice_gives_the_same_picture() -> None:
    assert png(agent("en", STEADY)) == png(agent("en", STEADY))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ivan Petrov", "Petrov I."),
        ("Щербакова Юлия Львовна", "Щербакова Ю."),
        ("Юлия Львовна Щербакова", "Щербакова Ю."),
        ("Шевченко Катерина Володимирівна", "Шевченко К."),
        ("Petrov, Ivan", "Petrov I."),
        ("Madonna", "Madonna"),
        ("Petrov,", "Petrov,"),
        ("", ""),
    ],
)
def test_a_name_is_shortened_to_surname_and_initial(name: str, short: str) -> None:
    assert short_name(name) == short


def test_two_people_are_not_shortened_to_one() -> None:
    names = ["Ivan Petrov", "Igor Petrov", "Anna Koval"]
    assert short_names(names) == ["Ivan Petrov", "Igor Petrov", "Koval A."]
