"""Column types: moments in UTC that refuse naive ones, and exact numbers."""

import datetime as dt
from fractions import Fraction
from functools import lru_cache

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment, kept in UTC whatever zone it is given in; a naive one raises ``ValueError``."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Return *value* in UTC, without its zone where the database keeps none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        moment = value.astimezone(dt.UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self,
        value: dt.datetime | None,
        dialect: Dialect,  # noqa: ARG002  the signature is SQLAlchemy's
    ) -> dt.datetime | None:
        """Return the moment with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Exact(TypeDecorator[Fraction]):
    """A rational number kept as it is ("145/2"), so that nothing is rounded in storage."""

    impl = String(80)
    cache_ok = True

    def process_bind_param(
        self,
        value: Fraction | None,
        dialect: Dialect,  # noqa: ARG002  the signature is SQLAlchemy's
    ) -> str | None:
        """Return the number as numerator and denominator."""
        return None if value is None else str(Fraction(value))

    def process_result_value(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002  the signature is SQLAlchemy's
    ) -> Fraction | None:
        """Return the number."""
        return None if value is None else exact(value)


@lru_cache(maxsize=4096)
def exact(kept: str) -> Fraction:
    """Return an ``Exact`` number that is kept as *kept*."""
    return Fraction(kept)


@lru_cache(maxsize=4096)  # many evaluations share a score, and reading a fraction takes a while
def points(kept: str) -> float:
    """Return the number nearest to an ``Exact`` one as it is kept."""
    return float(Fraction(kept))
