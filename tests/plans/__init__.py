"""Stories of plans and draws."""
