"""Tables that people send and receive, as CSV or XLSX."""
