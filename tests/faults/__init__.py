"""Every call of the Bot API fails in every way: nothing is lost, and the next act works."""
