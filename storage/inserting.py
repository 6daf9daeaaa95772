"""Inserting very many rows: what takes a while is done beforehand, wherever the caller likes."""

from collections.abc import Callable, Sequence

from sqlalchemy import Dialect, FromClause, Insert

from storage.database import Transaction

PORTION = 250
"""Rows handed to the driver at once: others get their turn in between."""

Convert = Callable[[object], object]


class Inserting:
    """A statement that inserts rows of *names*, written out once for a database's driver."""

    def __init__(
        self, statement: Insert, table: FromClause, names: Sequence[str], dialect: Dialect
    ) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=list(names))
        self._sql = str(compiled)
        written = compiled.positiontup or list(names)
        self._order = [names.index(name) for name in written]
        converters = [_converter(table, name, dialect) for name in written]
        self._converting = [(place, one) for place, one in enumerate(converters) if one is not None]

    def values(self, rows: Sequence[Sequence[object]]) -> list[tuple[object, ...]]:
        """Return rows, whose values stand in the order of the names, as the driver takes them."""
        known: dict[int, object] = {}  # a row's moments are often one and the same object
        ready = []
        for row in rows:
            values = [row[place] for place in self._order]
            for place, convert in self._converting:
                value = values[place]
                if id(value) not in known:
                    known[id(value)] = convert(value)
                values[place] = known[id(value)]
            ready.append(tuple(values))
        return ready

    async def insert(self, tx: Transaction, values: Sequence[tuple[object, ...]]) -> None:
        """Insert rows that were made ready."""
        for start in range(0, len(values), PORTION):
            await tx.exec_driver_sql(self._sql, list(values[start : start + PORTION]))


def _converter(table: FromClause, name: str, dialect: Dialect) -> Convert | None:
    """Return what makes of a column's value what the driver takes; ``None`` for most columns."""
    kind = table.c[name].type
    return kind.dialect_impl(dialect).bind_processor(dialect)
