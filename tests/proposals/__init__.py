"""Proposals: their stories, and the register on both databases."""
