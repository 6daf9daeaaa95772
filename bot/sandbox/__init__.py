"""A strict Bot API on this machine with a chat page in the browser."""

from bot.sandbox.server import DEFAULT_TOKEN, Sandbox

__all__ = ["DEFAULT_TOKEN", "Sandbox"]
