"""Reports on request and by schedule: team, agent, digest, month, and their files."""
