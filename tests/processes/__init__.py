"""Several processes of Etalon on one PostgreSQL, behind a proxy, as a larger centre runs them."""
