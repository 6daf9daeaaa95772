"""What reckons: scorecards, scores, statistics, periods; plain values and pure functions."""
