"""A python-telegram-bot program as its documentation shows one: it answers a press and edits.

Nothing is stored. ``python -m tests.bench.bots.bare_ptb ROOT TOKEN`` polls until it is ended.
"""

import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
)

from tests.bench.bots.screens import LABELS, text_of

Context = ContextTypes.DEFAULT_TYPE


def keyboard(step: int) -> InlineKeyboardMarkup:
    """Return six buttons, as many as a criterion's screen has."""
    buttons = [InlineKeyboardButton(one, callback_data=f"{one}:{step}") for one in LABELS]
    return InlineKeyboardMarkup([buttons[:3], buttons[3:]])


async def score(update: Update, _context: Context) -> None:
    """Send the first screen."""
    if update.message is not None:
        await update.message.reply_text(text_of(0), reply_markup=keyboard(0))


async def press(update: Update, _context: Context) -> None:
    """Answer the press and show the next screen in place of this one."""
    query = update.callback_query
    if query is None or query.data is None:
        return
    step = int(query.data.rpartition(":")[2]) + 1
    await query.answer()
    await query.edit_message_text(text_of(step), reply_markup=keyboard(step))


def main(root: str, token: str) -> None:
    """Poll the Bot API at *root* until the process is ended."""
    builder = ApplicationBuilder().token(token).base_url(f"{root}/bot")
    application: Application = builder.build()  # type: ignore[type-arg]  # as the docs write it
    application.add_handler(CommandHandler("score", score))
    application.add_handler(CallbackQueryHandler(press))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:3])
