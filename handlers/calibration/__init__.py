"""Several people score the same contacts blind, and see how far they agree."""
