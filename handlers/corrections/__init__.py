"""Putting submitted evaluations right: correcting, moving, withdrawing, and consent to that."""
