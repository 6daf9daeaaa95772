"""What every table derives from: each class is its table, its attributes are the columns.

Tables are written as SQLAlchemy's declarative classes are, and to a type checker they are those.
But the program asks for columns and never for objects, so that nothing is mapped here: mapping
half a hundred classes would take a start's time, and every statement would look through it again.
"""

import datetime as dt
from collections import ChainMap
from fractions import Fraction
from types import NoneType
from typing import TYPE_CHECKING, ClassVar, get_args

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
)
from sqlalchemy.types import TypeEngine

from storage.types import Exact, UtcDateTime

if TYPE_CHECKING:
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

__all__ = ["Base", "Mapped", "mapped_column"]

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint gets a name, so that migrations can speak of it."""

if TYPE_CHECKING:

    class Base(DeclarativeBase):
        """What every table derives from."""

        metadata = MetaData(naming_convention=NAMES)
        type_annotation_map: ClassVar[dict[type, TypeEngine[object] | type[TypeEngine[object]]]] = {
            dt.datetime: UtcDateTime,  # type: ignore[dict-item]  # a decorator stands for its type
            Fraction: Exact,  # type: ignore[dict-item]  # the same
        }

else:
    TYPES = {
        bool: Boolean,
        int: Integer,
        float: Double,
        str: String,
        dt.date: Date,
        dt.datetime: UtcDateTime,
        Fraction: Exact,
    }
    """What a column is where its class names the type of its values and nothing else."""

    class Mapped:
        """Stands in an annotation around the type of a column's values, and is that type."""

        def __class_getitem__(cls, values):
            return values

    class mapped_column:  # noqa: N801  it stands for SQLAlchemy's function
        """What a class says of a column besides the type of its values."""

        def __init__(self, *given, **options):
            self.given = given
            self.options = options

        def column(self, name, values):
            """Return the column *name*, whose values are of the type *values*."""
            optional = NoneType in get_args(values)
            [kind] = {*get_args(values), values} - {NoneType, values} or {values}
            # A column that refers to another has the other's type.
            told = any(isinstance(one, (type, TypeEngine, ForeignKey)) for one in self.given)
            given = self.given if told else (TYPES[kind], *self.given)
            return Column(name, *given, **{"nullable": optional, **self.options})

    def _further(body):
        """Return what a class says of its table besides the columns, as SQLAlchemy has it."""
        further = body.get("__table_args__", ())
        return further if isinstance(further, tuple) else (further,)

    def _items(body):
        return [one for one in _further(body) if not isinstance(one, dict)]

    def _options(body):
        return dict(ChainMap(*[one for one in _further(body) if isinstance(one, dict)]))

    class Tabled(type):
        """Makes a table of a class that names one, and lets statements see the table in it."""

        def __init__(cls, name, bases, body):
            super().__init__(name, bases, body)
            if "__tablename__" not in body:
                return
            plain = mapped_column()
            columns = [
                body.get(one, plain).column(one, values)
                for one, values in body["__annotations__"].items()
            ]
            cls.__table__ = Table(
                body["__tablename__"], Base.metadata, *columns, *_items(body), **_options(body)
            )
            for column in columns:
                setattr(cls, column.name, column)

        def __clause_element__(cls):
            return cls.__table__

    class Base(metaclass=Tabled):
        """What every table derives from; an object of it is a row with the values it is given."""

        metadata = MetaData(naming_convention=NAMES)

        def __init__(self, **values):
            vars(self).update(values)


def table_of(row: type[Base]) -> Table:
    """Return the table behind *row*, for statements that are built once."""
    table = row.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{row.__name__} is no table")
    return table
