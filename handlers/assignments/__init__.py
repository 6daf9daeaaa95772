"""What the plans hand out: the next contact, passing on and skipping, what is left, and pairs."""
