"""Tables of people, teams, roles and invitations."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text

from storage.tables.base import Base, Mapped, mapped_column


class PersonRow(Base):
    """Somebody who works in the contact centre, bound to Telegram once they accept.

    ``name`` is as it was written; ``folded`` is what it is sorted by and searched in, ``name_key``
    what it is compared by, ``crossed`` what is searched in by the other script. ``external_key`` is
    the person's key in another system.
    ``left_at`` is the first night that found them shut out; of ``erased_at`` on nothing here tells
    who they were. Somebody who was entered twice is ``merged_into`` the row that stands for them.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(240))
    name_key: Mapped[str] = mapped_column(String(240), index=True)
    crossed: Mapped[str] = mapped_column(String(480))
    external_key: Mapped[str | None] = mapped_column(String(64))
    external_key_folded: Mapped[str | None] = mapped_column(String(128), unique=True)
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    language: Mapped[str | None] = mapped_column(String(8))
    timezone: Mapped[str | None] = mapped_column(String(64))
    active: Mapped[bool] = mapped_column(default=True)
    unreachable_since: Mapped[dt.datetime | None]
    left_at: Mapped[dt.datetime | None]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    erased_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]


class PersonAliasRow(Base):
    """Another name by which files and searches know a person; its keys are as a person's."""

    __tablename__ = "person_aliases"
    __table_args__ = (Index("ix_person_aliases_name_key", "name_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    alias: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(240))
    name_key: Mapped[str] = mapped_column(String(240))
    crossed: Mapped[str] = mapped_column(String(480))


class PeopleUploadRow(Base):
    """A people file that waits for its Apply button; once it was applied its content is empty."""

    __tablename__ = "people_uploads"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    uploaded_at: Mapped[dt.datetime]
    applied_at: Mapped[dt.datetime | None]


class PersonRoleRow(Base):
    """One role of one person."""

    __tablename__ = "person_roles"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str] = mapped_column(String(16), primary_key=True)


class TeamRow(Base):
    """A team and its settings; local times of day are kept as HH:MM.

    From ``archived_at`` on it is offered nowhere. One that was ``merged_into`` another is archived.
    """

    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    timezone: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8))
    digest_time: Mapped[str] = mapped_column(String(5), default="09:00")
    quiet_from: Mapped[str | None] = mapped_column(String(5))
    quiet_to: Mapped[str | None] = mapped_column(String(5))
    target: Mapped[int | None]
    dispute_days: Mapped[int] = mapped_column(default=5)
    dispute_count: Mapped[int] = mapped_column(default=3, server_default="3")
    archived_at: Mapped[dt.datetime | None]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    created_at: Mapped[dt.datetime]


class MembershipRow(Base):
    """A person in a team, as a member or as one of its supervisors."""

    __tablename__ = "memberships"
    __table_args__ = (Index("ix_memberships_team_relation", "team_id", "relation"),)

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    team_id: Mapped[int] = mapped_column(
        ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True
    )
    relation: Mapped[str] = mapped_column(String(16), primary_key=True)


class InvitationRow(Base):
    """A personal link; only the token's hash is kept."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class AwaitingRow(Base):
    """What a person's next typed text is the answer to.

    ``shown_in`` is the message that asks for it, once that is known; ``refused`` is the text that
    was no answer, which may still be edited into one.
    """

    __tablename__ = "awaiting"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    what: Mapped[str] = mapped_column(String(32))
    subject: Mapped[int]
    detail: Mapped[str] = mapped_column(String(200), default="")
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    shown_in: Mapped[int | None] = mapped_column(BigInteger)
    refused: Mapped[int | None] = mapped_column(BigInteger)


class QuestionRow(Base):
    """A message that asks a person for a text: what a reply to it answers."""

    __tablename__ = "questions"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    shown_in: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    what: Mapped[str] = mapped_column(String(32))
    subject: Mapped[int]
    detail: Mapped[str] = mapped_column(String(200), default="")
    message_id: Mapped[int | None] = mapped_column(BigInteger)
