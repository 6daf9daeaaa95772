"""The personal link by which somebody enters."""

from collections.abc import Callable

from telegram import Bot


def invitation_link(bot: Bot) -> Callable[[str], str]:
    """Return what makes a token into the link that starts a chat with *bot*."""
    name = bot.username
    return lambda token: f"https://t.me/{name}?start={token}"
