"""Screens longer than a message: pages instead of cut words and of lists without an end."""
