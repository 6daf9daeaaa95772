"""How much a table may hold, whatever it is about."""

MEGABYTE = 1024 * 1024
MAX_BYTES = 5 * MEGABYTE
MAX_ROWS = 10_000
MAX_COLUMNS = 100
MAX_CELL = 32_767
"""As many characters as a spreadsheet's cell holds."""

MAX_UNPACKED = 50 * MEGABYTE
MAX_PARTS = 1_000
"""Files inside a workbook; an ordinary one has about a dozen."""
