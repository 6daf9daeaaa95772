"""Tests of feedback, receipts, disputes and reminders."""
