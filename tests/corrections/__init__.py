"""Submitted evaluations are put right."""
