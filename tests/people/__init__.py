"""People: coming in, roles and teams, and the files they are imported from."""
