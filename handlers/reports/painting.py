"""Pictures on demand: drawn in a helper process, and never twice for the same numbers."""

from handlers.turn import Services
from handlers.views.chart_data import Chart, digest
from handlers.views.screen import Picture
from handlers.workshop import making
from handlers.workshop.process import PICTURES
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
    return Picture(digest(chart), await PICTURES.do(making.png, chart))
