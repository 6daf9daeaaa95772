"""Showing a report in place of another, whether either of them has a picture or not."""

from collections.abc import Callable

import structlog
from telegram import Message
from telegram.error import BadRequest, TelegramError

from handlers.reports.painting import drawn, painted
from handlers.turn import Turn
from handlers.views.chart_data import Chart
from handlers.views.screen import Picture, Screen

log = structlog.get_logger(__name__)

ScreenWith = Callable[[Picture | None], Screen]
"""Makes the screen once its picture is known."""


async def show_with_chart(
    turn: Turn, chart: Chart | None, screen_with: ScreenWith, *, in_place: bool
) -> None:
    """Show the screen with the chart, or without one; *in_place* of the pressed message or anew.

    Telegram's own copy of the picture is used where it has one; should that be gone, the chart is
    drawn anew.
    """
    show = _replace if in_place else _say
    picture = await painted(turn.services, chart)
    try:
        await show(turn, screen_with(picture))
    except BadRequest:
        if chart is None or picture is None or picture.file_id is None:
            raise
        await show(turn, screen_with(await drawn(chart)))


async def show_beside(turn: Turn, screen: Screen) -> None:
    """Show the screen in place of a pressed text; a pressed picture stays, and it comes below."""
    pressed = turn.query.message if turn.query is not None else None
    pictured = isinstance(pressed, Message) and bool(pressed.photo)
    await (turn.say if pictured else turn.show)(screen)


async def _say(turn: Turn, screen: Screen) -> None:
    await turn.say(screen)


async def _replace(turn: Turn, screen: Screen) -> None:
    """Edit the pressed message, or replace it where a text would have to become a picture."""
    pressed = turn.query.message if turn.query is not None else None
    if isinstance(pressed, Message) and bool(pressed.photo) != (screen.picture is not None):
        await turn.say(screen)
        await _remove(turn, pressed)
    else:
        await turn.show(screen)


async def _remove(turn: Turn, message: Message) -> None:
    try:
        await turn.bot.delete_message(turn.chat.id, message.message_id)
    except TelegramError as error:
        # Telegram keeps messages older than two days; a stale report above the new one is no harm.
        log.info("old_report_stays", cause=type(error).__name__)
