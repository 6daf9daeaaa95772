"""A printed report: where its words fall, and that the file is what it says it is."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.views.chart_data import Chart, HeatMap
from handlers.views.paper import Block, Column, Drawing, Paper, Style, Table, Text
from handlers.views.paper_flow import (
    BOTTOM,
    CELL_LINES,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    WIDTH,
    Page,
    broken,
    pages_of,
)
from handlers.views.pdf import Letters, pdf

COLUMNS = (Column("Name", 0.5), Column("Why", 0.3), Column("Score", 0.2, figures=True))
CHART = HeatMap("Chart", "", (), (), "", "")


class Typewriter:
    """Every letter is half as wide as it is tall, and every chart twice as tall as wide."""

    def width_of(self, words: str, size: float, *, bold: bool = False) -> float:
        return len(words) * size * (0.6 if bold else 0.5)

    def ratio_of(self, chart: Chart) -> float:
        return 2.0 if isinstance(chart, HeatMap) else 1.0


def pages(*blocks: Block) -> list[Page]:
    return pages_of(Paper("Support · November", "Support", blocks), Typewriter())


def words_of(page: Page) -> list[str]:
    return [one.text for one in page.words if one.text]


def table(rows: int) -> Table:
    return Table(COLUMNS, [(f"Agent {number}", "", str(number)) for number in range(rows)])


def test_a_short_report_is_one_page_with_its_number() -> None:
    (page,) = pages(Text("Support · November", Style.TITLE), table(3))
    assert words_of(page) == [
        *("Support · November", "Name", "Why", "Score"),
        *("Agent 0", "0", "Agent 1", "1", "Agent 2", "2"),
        *("Support", "1/1"),
    ]


def test_a_long_table_flows_on_under_its_titles() -> None:
    found = pages(table(150))
    assert len(found) > 2
    for number, page in enumerate(found, start=1):
        assert words_of(page)[:3] == ["Name", "Why", "Score"]
        assert words_of(page)[-2:] == ["Support", f"{number}/{len(found)}"]
    rows = [text for page in found for text in words_of(page) if text.startswith("Agent")]
    assert rows == [f"Agent {number}" for number in range(150)]


def test_a_heading_stays_with_what_it_heads() -> None:
    for filled in range(20, 45):
        found = pages(*[Text("line")] * filled, Text("Agents", Style.HEADING), table(2))
        (own,) = [page for page in found if "Agents" in words_of(page)]
        assert "Agent 0" in words_of(own)


def test_a_picture_that_does_not_fit_begins_a_page() -> None:
    first, second = pages(*[Text("line")] * 20, Drawing(CHART), Text("after"))
    assert not first.pictures
    (picture,) = second.pictures
    assert picture.height == pytest.approx(2 * picture.width)
    assert picture.y + picture.height <= PAGE_HEIGHT - BOTTOM
    assert "after" in words_of(second)


def test_a_cell_of_too_many_words_is_cut() -> None:
    (page,) = pages(Table(COLUMNS, [("word " * 300, "", "")]))
    lines = [text for text in words_of(page) if text.startswith("word")]
    assert len(lines) == CELL_LINES
    assert lines[-1].endswith("…")


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("", [""]),
        ("one two", ["one two"]),
        ("one two three four", ["one two", "three four"]),
        ("Старосольська-Підгаєцька", ["Старосольсь", "ка-", "Підгаєцька"]),
        ("Нечуй-Левицький", ["Нечуй-", "Левицький"]),
        ("below 85\N{NO-BREAK SPACE}%", ["below 85\N{NO-BREAK SPACE}%"]),
        ("roundabout 85\N{NO-BREAK SPACE}% up", ["roundabout", "85\N{NO-BREAK SPACE}% up"]),
        ("one\r\n\ttwo  three", ["one two", "three"]),
        ("−5–10", ["−5–10"]),
    ],
)
def test_words_are_broken_where_a_reader_would(words: str, lines: list[str]) -> None:
    assert broken(words, Typewriter(), 10, 55) == lines


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=80), st.floats(6, 300))
def test_no_letter_is_lost_and_no_line_too_long(words: str, room: float) -> None:
    ruler = Typewriter()
    lines = broken(words, ruler, 10, room)
    assert "".join("".join(lines).split()) == "".join(words.split())
    assert all(ruler.width_of(line, 10) <= room or len(line) == 1 for line in lines)


@given(
    st.lists(
        st.one_of(
            st.builds(Text, st.text("ab c", max_size=400), st.sampled_from(Style)),
            st.builds(table, st.integers(0, 60)),
            st.just(Drawing(CHART)),
        ),
        max_size=8,
    )
)
def test_everything_stands_on_the_page_whatever_it_is(blocks: Sequence[Block]) -> None:
    for page in pages(*blocks):
        for one in page.words[:-2]:
            assert MARGIN <= one.x <= MARGIN + WIDTH + 0.001
            assert MARGIN <= one.y <= PAGE_HEIGHT - BOTTOM
        for picture in page.pictures:
            assert picture.x >= MARGIN
            assert picture.x + picture.width <= PAGE_WIDTH - MARGIN
            assert picture.y + picture.height <= PAGE_HEIGHT - BOTTOM + 0.001


def test_the_file_has_as_many_pages_and_its_letters_can_be_searched() -> None:
    long = Table(COLUMNS, [("Олександра Білоцерківська-Ґалаґан", "Щоб їх", "9")] * 100)
    paper = Paper("Підтримка", "Підтримка", [Text("Підтримка", Style.TITLE), long])
    content = pdf(paper)
    assert content.startswith(b"%PDF-1.4")
    assert content.rstrip().endswith(b"%%EOF")
    count = len(pages_of(paper, Letters()))
    assert count > 2
    assert len(re.findall(rb"/Type /Page\b", content)) == count
    # TrueType letters with a table that leads back to their characters.
    assert b"DejaVuSans" in content
    assert b"/ToUnicode" in content
    assert content == pdf(paper)
