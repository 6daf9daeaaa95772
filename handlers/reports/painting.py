"""Pictures on demand: drawn beside the event loop, and never twice for the same numbers."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from handlers.turn import Services
from handlers.views.chart_data import Chart, digest
from handlers.views.paper import Paper
from handlers.views.screen import Picture
from storage import pictures


async def painted(services: Services, chart: Chart | None) -> Picture | None:
    """Return the chart as a picture: the one Telegram has already, else drawn now."""
    if chart is None:
        return None
    async with services.db.reading() as tx:
        file_id = await pictures.known(tx, digest(chart))
    return Picture(digest(chart), file_id=file_id) if file_id else await drawn(chart)


async def drawn(chart: Chart) -> Picture:
    """Return the chart as a picture, drawn anew."""
    content = await asyncio.get_running_loop().run_in_executor(_painter(), _png, chart)
    return Picture(digest(chart), content)


async def printed(paper: Paper) -> bytes:
    """Return the paper as a PDF."""
    return await asyncio.get_running_loop().run_in_executor(_painter(), _pdf, paper)


@cache
def _painter() -> ThreadPoolExecutor:
    """Return the one thread that draws: matplotlib's fonts are not made for several."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="painter")


def _png(chart: Chart) -> bytes:
    # Drawing brings a large library along; whoever never asks for a chart never loads it.
    from handlers.views import charts  # noqa: PLC0415

    return charts.png(chart)


def _pdf(paper: Paper) -> bytes:
    from handlers.views import pdf  # noqa: PLC0415  as above

    return pdf.pdf(paper)
