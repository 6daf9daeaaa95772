"""An agent's objection: raising it, scoring afresh, deciding, and what it changed."""
