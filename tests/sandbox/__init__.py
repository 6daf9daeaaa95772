"""The sandbox answers as Telegram does: checked over HTTP, through the real bot library."""
