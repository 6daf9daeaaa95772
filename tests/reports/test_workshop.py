"""Helper processes: they do what is asked, are started anew when they end, and tell what fails."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from handlers.views import charts
from handlers.workshop import making
from handlers.workshop.errors import HelperLostError, WorkFailedError
from handlers.workshop.process import Workshop
from tests.reports.test_charts import STEADY, agent

Result = TypeVar("Result")


class StubbornError(Exception):
    """An error that cannot be made anew from what it holds."""

    def __init__(self, *, why: str) -> None:
        super().__init__(why)


def fail_stubbornly() -> None:
    raise StubbornError(why="secret")


def done(shop: Workshop, work: Callable[..., Result], *arguments: object) -> Result:
    """Have the work done."""
    return asyncio.run(shop.do(work, *arguments))


@pytest.fixture(scope="module")
def shop() -> Iterator[Workshop]:
    """A workshop."""
    shop = Workshop("tests")
    yield shop
    shop.close()


def test_a_chart_drawn_elsewhere_is_the_same(shop: Workshop) -> None:
    chart = agent("uk", STEADY)
    assert done(shop, making.png, chart) == charts.png(chart)


def test_work_is_done_by_one_process_that_is_not_ours(shop: Workshop) -> None:
    first, second = done(shop, os.getpid), done(shop, os.getpid)
    assert first == second != os.getpid()


def test_what_the_work_raises_is_raised_here_and_the_helper_goes_on(shop: Workshop) -> None:
    process = done(shop, os.getpid)
    with pytest.raises(ValueError, match="invalid literal"):
        done(shop, int, "no number")
    assert done(shop, os.getpid) == process


def test_an_error_that_cannot_travel_is_named_without_what_it_says(shop: Workshop) -> None:
    with pytest.raises(WorkFailedError, match=r"^StubbornError$"):
        done(shop, fail_stubbornly)
    assert done(shop, len, "abc") == 3


def test_what_the_work_prints_does_not_get_between(shop: Workshop) -> None:
    done(shop, print, "something of a library's")
    assert done(shop, len, "abc") == 3


def test_a_killed_helper_is_replaced_unnoticed(shop: Workshop) -> None:
    process = done(shop, os.getpid)
    os.kill(process, signal.SIGKILL)
    assert done(shop, os.getpid) != process


def test_work_that_ends_the_helper_twice_is_given_up_and_the_next_is_done(shop: Workshop) -> None:
    with pytest.raises(HelperLostError):
        done(shop, os._exit, 1)
    assert done(shop, len, "abc") == 3


def test_what_cannot_be_handed_over_is_refused_and_the_next_is_done(shop: Workshop) -> None:
    with pytest.raises(AttributeError, match="local object"):
        done(shop, lambda: 1)
    assert done(shop, len, "abc") == 3


def test_very_much_goes_there_and_comes_back(shop: Workshop) -> None:
    rows = [(number, f"row {number}") for number in range(50_000)]
    assert done(shop, list, rows) == rows


def test_a_helper_ends_when_nothing_can_come_any_more() -> None:
    command = [sys.executable, "-m", "handlers.workshop.helper"]
    ended = subprocess.run(command, input=b"", capture_output=True, check=False)  # noqa: S603  ours
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


def test_whoever_has_a_chart_drawn_loads_no_drawing_library() -> None:
    program = (
        "import asyncio, sys; from handlers.workshop import making, process; "
        "from handlers.views.chart_data import HeatMap; "
        'png = asyncio.run(process.PICTURES.do(making.png, HeatMap("t", "n", (), (), "", ""))); '
        "sys.exit('matplotlib' in sys.modules or 'numpy' in sys.modules or png[:4] != b'\\x89PNG')"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0  # noqa: S603
