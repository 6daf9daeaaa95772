"""Advice: what the agent would be recommended, and the evaluator's own words for it."""
