"""An aiogram 3 program as its documentation shows one: it answers a press and edits.

Nothing is stored. ``python -m tests.bench.bots.bare_aiogram ROOT TOKEN`` polls until it is ended.
"""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.bench.bots.screens import LABELS, text_of

dispatcher = Dispatcher()


def keyboard(step: int) -> InlineKeyboardMarkup:
    """Return six buttons, as many as a criterion's screen has."""
    buttons = [InlineKeyboardButton(text=one, callback_data=f"{one}:{step}") for one in LABELS]
    return InlineKeyboardMarkup(inline_keyboard=[buttons[:3], buttons[3:]])


@dispatcher.message(Command("score"))
async def score(message: Message) -> None:
    """Send the first screen."""
    await message.answer(text_of(0), reply_markup=keyboard(0))


@dispatcher.callback_query()
async def press(query: CallbackQuery) -> None:
    """Answer the press and show the next screen in place of this one."""
    if query.data is None or not isinstance(query.message, Message):
        return
    step = int(query.data.rpartition(":")[2]) + 1
    await query.answer()
    await query.message.edit_text(text_of(step), reply_markup=keyboard(step))


async def main(root: str, token: str) -> None:
    """Poll the Bot API at *root* until the process is ended."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(root))
    await dispatcher.start_polling(Bot(token, session=session))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
