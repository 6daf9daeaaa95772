"""What is erased, as rules: which columns of which rows, and what is left of them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Table, and_, delete, func, or_, select, update

from scoring.anonymity import without_names
from storage.database import Transaction
from storage.tables import Base

Whose = Callable[[int], ColumnElement[bool]]
"""The condition that a row belongs to the person of that id."""

BLANK = ""


class How(StrEnum):
    """What becomes of a rule's rows."""

    CLEARED = "cleared"
    REMOVED = "removed"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is done to *columns* of the rows of *row* that *whose* picks.

    Cleared columns become empty, removed rows go, and of a text that stays, because it is about
    somebody else, the person's name is taken out.
    """

    row: type[Base]
    columns: tuple[str, ...]
    how: How
    whose: Whose

    @property
    def table(self) -> Table:
        """The rule's table."""
        return self.row.metadata.tables[self.row.__tablename__]

    def filled(self) -> ColumnElement[bool]:
        """Return the condition that there is anything to erase in a row."""
        columns = [self.table.c[name] for name in self.columns]
        if self.how is How.REMOVED:
            return and_(True)  # noqa: FBT003  it is SQL's
        return or_(*(_is_filled(self.table, column.name) for column in columns))


Counts = dict[str, int]
"""How many rows of each table something was done to."""


async def count(tx: Transaction, rules: Iterable[Rule], person: int) -> Counts:
    """Return how many rows of each table the rules would change."""
    found: Counts = {}
    for rule in rules:
        wanted = select(func.count()).select_from(rule.table)
        number = (await tx.execute(wanted.where(rule.whose(person), rule.filled()))).scalar_one()
        found[rule.table.name] = found.get(rule.table.name, 0) + number
    return {name: number for name, number in found.items() if number}


async def apply(
    tx: Transaction, rules: Iterable[Rule], person: int, names: Collection[str]
) -> Counts:
    """Do what the rules say about the person of those *names*; return the rows changed by table."""
    done: Counts = {}
    for rule in rules:
        number = await _apply(tx, rule, rule.whose(person), names)
        done[rule.table.name] = done.get(rule.table.name, 0) + number
    return {table: number for table, number in done.items() if number}


async def _apply(
    tx: Transaction, rule: Rule, rows: ColumnElement[bool], names: Collection[str]
) -> int:
    chosen = (rows, rule.filled())
    if rule.how is How.REMOVED:
        return (await tx.execute(delete(rule.table).where(*chosen))).rowcount
    if rule.how is How.UNNAMED:
        return await _take_names_out(tx, rule, chosen, names)
    values = {one: empty(rule.table, one) for one in rule.columns}
    return (await tx.execute(update(rule.table).where(*chosen).values(values))).rowcount


async def _take_names_out(
    tx: Transaction, rule: Rule, chosen: Sequence[ColumnElement[bool]], names: Collection[str]
) -> int:
    keys = list(rule.table.primary_key.columns)
    texts = [rule.table.c[one] for one in rule.columns]
    changed = 0
    for row in (await tx.execute(select(*keys, *texts).where(*chosen))).mappings().all():
        after = {one: _unnamed(row[one], names) for one in rule.columns}
        if any(row[one] != text for one, text in after.items()):
            mine = [key == row[key.name] for key in keys]
            await tx.execute(update(rule.table).where(*mine).values(after))
            changed += 1
    return changed


def _unnamed(text: str | None, names: Collection[str]) -> str | None:
    return text if text is None else without_names(text, names)


def empty(table: Table, column: str) -> str | None:
    """Return what stands in a column once it was erased."""
    return None if table.c[column].nullable else BLANK


def _is_filled(table: Table, column: str) -> ColumnElement[bool]:
    one = table.c[column]
    return one.is_not(None) if one.nullable else one != BLANK
