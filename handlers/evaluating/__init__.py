"""Scoring a contact: the draft that is walked through, its material, and its submission."""
