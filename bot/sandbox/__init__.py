"""A strict Bot API on this machine with a chat page in the browser."""

from bot.sandbox.server import Sandbox

__all__ = ["Sandbox"]
