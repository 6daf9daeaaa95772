"""Monitoring plans: what is drawn for scoring, and what was."""
