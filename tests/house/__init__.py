"""``make house``: measures of the code's structure, for comparing before and after a change."""
