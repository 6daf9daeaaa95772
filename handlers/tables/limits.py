"""How much a table may hold: usually, and where a file is about very many things."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024
MAX_BYTES = 5 * MEGABYTE
MAX_ROWS = 10_000
MAX_COLUMNS = 100
MAX_CELL = 32_767
"""As many characters as a spreadsheet's cell holds."""

MAX_BLANK = 2
"""How many blank rows for one with something: made-up row numbers must not keep us busy."""

MAX_UNPACKED = 50 * MEGABYTE
MAX_PARTS = 1_000
"""Files inside a workbook; an ordinary one has about a dozen."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many bytes a file may have, how many rows, and how many bytes a workbook unpacked."""

    size: int = MAX_BYTES
    rows: int = MAX_ROWS
    unpacked: int = MAX_UNPACKED


USUAL = Limits()

LARGE = Limits(20 * MEGABYTE, 100_000, 100 * MEGABYTE)
"""For contacts; Telegram hands a bot no bigger file than that."""
