"""The register of improvements that people propose."""
