"""The bare programs that Etalon is measured against."""
