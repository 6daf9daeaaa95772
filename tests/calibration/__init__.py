"""Tests of calibration: the statistics against published examples, and the sessions as stories."""
