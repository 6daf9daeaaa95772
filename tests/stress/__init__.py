"""Long trials of the whole program. `make stress` runs them, `make test` runs short ones."""
