"""Sentences, numbers and dates in every language."""
