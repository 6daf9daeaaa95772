"""Benches: what Etalon costs, as ratios against bare programs measured in the same run."""
