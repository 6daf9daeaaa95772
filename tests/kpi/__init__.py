"""KPI against target, discipline, and the composite."""
