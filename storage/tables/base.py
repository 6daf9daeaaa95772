"""The declarative base: every constraint gets a name, so that migrations can speak of it."""

import datetime as dt
from fractions import Fraction
from typing import ClassVar

from sqlalchemy import MetaData, Table
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine

from storage.types import Exact, UtcDateTime

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every table derives from."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[type, TypeEngine[object] | type[TypeEngine[object]]]] = {
        dt.datetime: UtcDateTime,  # type: ignore[dict-item]  # a decorator stands for its type here
        Fraction: Exact,  # type: ignore[dict-item]  # the same
    }


def table_of(row: type[Base]) -> Table:
    """Return the table behind *row*, for statements that are built once."""
    table = row.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{row.__name__} is no table")
    return table
