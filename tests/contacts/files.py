"""Contacts files as a call centre's own system writes them."""

from collections.abc import Mapping

COLUMNS = (
    *("reference", "agent", "channel", "type", "topic", "status"),
    *("started_at", "duration_s", "customer", "link", "text"),
)

IVAN = {"reference": "48213", "agent": "Ivan Petrov", "channel": "call"}


def row(**cells: str) -> dict[str, str]:
    """Return a row of Ivan's contact 48213, with other *cells*."""
    return IVAN | cells


def csv_of(*rows: Mapping[str, str]) -> bytes:
    """Return a CSV with all columns and those rows."""
    told = [",".join(f'"{one.get(name, "")}"' for name in COLUMNS) for one in rows]
    return "\n".join([",".join(COLUMNS), *told]).encode()
