"""Stories of privacy: the audit log, erasure, settings, masking."""
