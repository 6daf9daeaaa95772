"""What remembers: tables, transactions and one module an aggregate."""
