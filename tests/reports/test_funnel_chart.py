"""The funnel holds whatever a team may be: every word on the sheet, none upon another."""

from collections.abc import Sequence
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.views.chart_data import Funnel, FunnelDot, FunnelLimit, Rule
from handlers.views.charts import draw, png
from handlers.views.charts_canvas import WIDTH
from handlers.views.charts_labels import Box, Wanted, placed
from tests.reports.test_charts import assert_legible, texts

NAMES = ("Білоцерківська-Ґалаґан О.", "Їжакевич І.", "Konstantinopolsky K.", "Лі Я.", "Petrov I.")


def limit(label: str, reach: float, mean: float, most: int) -> FunnelLimit:
    counts = [2 + (most * 1.06 - 2) * step / 40 for step in range(41)]
    points = (
        (count, max(0.0, mean - reach / sqrt(count)), min(100.0, mean + reach / sqrt(count)))
        for count in counts
    )
    return FunnelLimit(label, tuple(points), dashed=reach < 40)


def funnel(dots: Sequence[FunnelDot], mean: float = 81.3, spread: float = 15) -> Funnel:
    most = max(dot.count for dot in dots)
    return Funnel(
        title="Підтримка корпоративних клієнтів",
        period="Вересень 2025",
        across="mean score by evaluations",
        few="○ too few to compare",
        mean=Rule(mean, "середнє 81,3"),
        limits=(
            limit("99,8\N{NO-BREAK SPACE}%", 3.09 * spread, mean, most),
            limit("95\N{NO-BREAK SPACE}%", 1.96 * spread, mean, most),
        ),
        dots=tuple(dots),
    )


def team(agents: int, outside: int) -> list[FunnelDot]:
    """Agents of whom the first ones lie outside, by turns above and below."""
    return [
        FunnelDot(
            count=6 + 7 * (place % 5),
            mean=(97.0 - place if place % 2 else 60.0 + place) if place < outside else 80.0,
            label=NAMES[place % 5] if place < outside else "",
        )
        for place in range(agents)
    ]


CASES = {
    "three agents": team(3, 0),
    "three agents, all outside": team(3, 3),
    "sixteen agents": team(16, 5),
    "sixteen agents, all outside": team(16, 16),
    "forty agents": team(40, 12),
    "a newcomer": [*team(16, 2), FunnelDot(1, 20.0, hollow=True)],
    "all at one place": [FunnelDot(12, 40.0, name) for name in NAMES],
    "hardly any spread": [FunnelDot(40, 81.2), FunnelDot(90, 81.4), FunnelDot(600, 81.9, "Лі Я.")],
    "the best there is": [FunnelDot(30, 100.0, name) for name in NAMES[:3]] + team(5, 0),
}


@pytest.mark.parametrize("case", CASES)
def test_a_funnel_is_legible(case: str) -> None:
    spread = 1 if case == "hardly any spread" else 15
    sheet = draw(funnel(CASES[case], spread=spread))
    assert_legible(sheet)
    assert min(float(text.get_fontsize()) for text in texts(sheet)) * 360 / WIDTH >= 10


def test_only_those_outside_are_named() -> None:
    shown = {text.get_text() for text in texts(draw(funnel(team(16, 2))))}
    assert "Їжакевич І." in shown
    assert any(words.startswith("Білоцерківська") for words in shown)
    assert not {"Konstantinopolsky K.", "Лі Я.", "Petrov I."} & shown


def test_both_limits_and_the_mean_bear_their_names() -> None:
    shown = [text.get_text() for text in texts(draw(funnel(team(16, 2))))]
    assert shown.count("95\N{NO-BREAK SPACE}%") == shown.count("99,8\N{NO-BREAK SPACE}%") == 2
    assert "середнє 81,3" in shown


def test_the_same_funnel_is_the_same_picture() -> None:
    assert png(funnel(team(16, 5))) == png(funnel(team(16, 5)))


boxes = st.builds(
    lambda left, top: Box(left, top, left + 20, top + 20),
    st.floats(0, 480),
    st.floats(0, 480),
)


@given(
    st.lists(
        st.builds(
            Wanted,
            st.floats(0, 500),
            st.floats(0, 500),
            st.floats(5, 300),
            st.just(10),
            st.just(30),
        ),
        max_size=12,
    ),
    st.lists(boxes, max_size=12),
)
def test_labels_stand_on_the_plot_and_upon_nothing(wanted: list[Wanted], dots: list[Box]) -> None:
    plot = Box(0, 0, 500, 500)
    found = [box for box in placed(wanted, plot, dots) if box is not None]
    for number, box in enumerate(found):
        assert plot.holds(box)
        assert not any(box.touches(other) for other in [*dots, *found[:number]])
