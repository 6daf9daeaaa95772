"""Files that are none, and what the bot says to them."""
