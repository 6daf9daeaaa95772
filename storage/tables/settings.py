"""The table of settings that hold for the whole organisation."""

import datetime as dt

from sqlalchemy import ForeignKey, String

from storage.tables.base import Base, Mapped, mapped_column


class SettingRow(Base):
    """A setting that somebody changed; what has no row is as the code has it."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(80))
    changed_at: Mapped[dt.datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
