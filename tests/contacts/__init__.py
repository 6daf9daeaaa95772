"""Stories of the journal of contacts."""
