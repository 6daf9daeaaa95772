"""What takes long is made in helper processes, so that the bot goes on answering meanwhile."""
