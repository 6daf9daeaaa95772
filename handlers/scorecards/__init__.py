"""Scorecards: sent, checked, previewed, published."""
