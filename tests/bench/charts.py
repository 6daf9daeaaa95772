"""Drawing each kind of chart against a bare script that draws the same: ``-m tests.bench.charts``.

``BENCH_CHART_PAIRS`` is how many pairs of every kind are drawn (15), each pair another chart.
"""

import asyncio
import os
import time
from collections.abc import Callable
from statistics import median
from typing import TypeVar

from matplotlib.figure import Figure

from handlers.reports.painting import drawn
from handlers.views.chart_data import Chart
from tests.bench import bare_charts as bare
from tests.bench import chart_samples as samples
from tests.bench.resending import resent
from tests.bench.saying import say

PAIRS = int(os.environ.get("BENCH_CHART_PAIRS", "15"))
WARM = 2
"""So many pairs come before: the first chart loads fonts, whoever draws it."""

Content = TypeVar("Content", bound=Chart)


async def main() -> None:
    """Draw everything in turn and print the medians and their ratios."""
    say(f"\nCharts, {PAIRS} pairs each, medians in ms of drawing and saving as PNG")
    say(f"{'':12}{'Etalon':>9}{'bare':>9}{'÷':>7}{'bare, level 1':>15}{'÷':>7}{'kB':>7}{'kB':>7}")
    await _compare("team of 16", samples.team, bare.team)
    await _compare("agent", samples.agent, bare.agent)
    await _compare("heat map", samples.heat_map, bare.heat_map)
    await _compare("funnel", samples.funnel, bare.funnel)
    found = await resent()
    say(
        f"/team again: {found.drawn} of {found.asked} charts drawn and uploaded, the others sent by"
        f" Telegram's id; first {found.first_ms:.0f} ms, then {found.again_ms:.0f} ms"
    )


async def _compare(
    name: str, sample: Callable[[int], Content], plain: Callable[[Content], Figure]
) -> None:
    ours, theirs, quick, sizes = [], [], [], []
    for number in range(PAIRS + WARM):
        chart, other, third = (sample(3 * number + one) for one in range(3))
        begun = time.perf_counter()
        picture = await drawn(chart)
        ours.append(time.perf_counter() - begun)
        took, plainly = _timed(bare.saved, plain, other)
        theirs.append(took)
        quick.append(_timed(bare.saved_quickly, plain, third)[0])
        sizes.append((len(picture.content or b""), len(plainly)))
    mine, default, level_1 = (median(one[WARM:]) for one in (ours, theirs, quick))
    own, other_size = (median(one) / 1000 for one in zip(*sizes, strict=True))
    ratio = median(a / b for a, b in zip(ours[WARM:], theirs[WARM:], strict=True))
    sharp = median(a / b for a, b in zip(ours[WARM:], quick[WARM:], strict=True))
    say(
        f"{name:12}{mine * 1000:9.1f}{default * 1000:9.1f}{ratio:7.2f}"
        f"{level_1 * 1000:15.1f}{sharp:7.2f}{own:7.0f}{other_size:7.0f}"
    )


def _timed(
    saved: Callable[[Figure], bytes], plain: Callable[[Content], Figure], chart: Content
) -> tuple[float, bytes]:
    begun = time.perf_counter()
    picture = saved(plain(chart))
    return time.perf_counter() - begun, picture


if __name__ == "__main__":
    asyncio.run(main())
