"""Stories of evaluators filling in scorecards."""
