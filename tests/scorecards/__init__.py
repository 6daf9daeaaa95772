"""Stories of admins publishing what contacts are scored by."""
