"""The reckoning: scorecards, scores, statistics."""
