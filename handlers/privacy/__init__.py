"""Settings of the organisation, the audit log, and erasing people and customers."""
