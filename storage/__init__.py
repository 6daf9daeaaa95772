"""What remembers: tables, sessions and one module an aggregate."""
