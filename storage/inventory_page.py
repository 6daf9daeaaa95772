"""Writing the inventory into the documentation: ``python -m storage.inventory_page FILE``."""

import sys
from pathlib import Path

from storage.inventory import page

BEGIN = "<!-- inventory: written by storage.inventory_page -->"
END = "<!-- end of the inventory -->"


def with_inventory(text: str) -> str:
    """Return the page with its part between the marks as the code has it now.

    Raises ``ValueError`` for a page without the marks.
    """
    before, _, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError("the page has no place for the inventory")
    return f"{before}{BEGIN}\n\n{page()}\n{END}{after}"


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.write_text(with_inventory(file.read_text(encoding="utf-8")), encoding="utf-8")
