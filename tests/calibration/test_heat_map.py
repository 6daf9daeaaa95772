"""The heat map: everything in its place and readable, however many people and whatever script."""

import pytest
from matplotlib.text import Text

from handlers.views.chart_data import HeatCell, HeatMap, HeatRow, digest
from handlers.views.charts import draw
from handlers.views.charts_canvas import WIDTH, Sheet

NAMES = (
    *("Анна Бондарь", "Борис Лисицын", "Вера Царёва", "Егор Константинопольский"),
    *("Олена Коваль", "Пётр Білик", "Дарья Коваленко", "Ирина Шевченко"),
    *("Макс Фрай", "Юрий Гагарин", "Алла Лис", "Ян Ли"),
)
TITLES = ("Проверяет личность клиента до любых данных счёта", "Прощается", "Wow")
SMALLEST = 27
"""In pixels of 1080; a phone of 360 shows a third of it."""


def heat_map(people: int, *, gap: bool = False) -> HeatMap:
    cells = tuple(HeatCell(share, str(round(100 * share))) for share in (1.0, 0.6, 0.0) * 4)[
        :people
    ]
    if gap:
        cells = (HeatCell(None, "–"), *cells[1:])
    rows = tuple(HeatRow(title, cells) for title in TITLES)
    return HeatMap("Голосовые звонки", "Ответы", NAMES[:people], rows, "– пусто", "без числа: 100")


def words(sheet: Sheet) -> list[Text]:
    return [one for one in sheet.figure.findobj(Text) if one.get_text()]


@pytest.mark.parametrize("people", [2, 4, 8, 12])
def test_nothing_leaves_the_sheet_and_nothing_is_too_small(people: int) -> None:
    sheet = draw(heat_map(people, gap=True))
    for one in words(sheet):
        box = one.get_window_extent()
        assert box.x0 >= 0
        assert box.x1 <= WIDTH
        assert box.y0 >= 0
        assert box.y1 <= sheet.height
        assert float(one.get_fontsize()) >= SMALLEST


@pytest.mark.parametrize("people", [2, 4, 8, 12])
def test_no_two_texts_overlap(people: int) -> None:
    sheet = draw(heat_map(people))
    boxes = [one.get_window_extent() for one in words(sheet)]
    overlapping = [
        (one, other)
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
        if one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1
    ]
    assert overlapping == []


def test_where_three_digits_would_be_too_small_full_agreement_bears_no_figure() -> None:
    few, many = ([one.get_text() for one in words(draw(heat_map(people)))] for people in (8, 12))
    assert "100" in few
    assert "без числа: 100" not in few
    assert "100" not in many
    assert "без числа: 100" in many


def test_a_dash_is_explained_where_there_is_one() -> None:
    with_gap, without = (
        [one.get_text() for one in words(draw(heat_map(3, gap=gap)))] for gap in (True, False)
    )
    assert "– пусто" in with_gap
    assert "– пусто" not in without


def test_another_share_is_another_picture() -> None:
    assert digest(heat_map(3)) != digest(heat_map(3, gap=True))
    assert digest(heat_map(3)) == digest(heat_map(3))
