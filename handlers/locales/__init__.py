"""The translations, and what gathers and compiles them."""
