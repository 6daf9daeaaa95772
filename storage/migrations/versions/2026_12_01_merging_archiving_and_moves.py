"""Merging, archiving, and moves between teams.

A person and a team know what they were merged into, a team when it was archived; a move between
teams has a row of its own.

Revision 0010, after 0016.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0010"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.create_table(
        "team_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("done_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"], ["people.id"], name=op.f("fk_team_moves_made_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_team_moves_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name=op.f("fk_team_moves_team_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_moves")),
    )
    op.create_index(op.f("ix_team_moves_person_id"), "team_moves", ["person_id"])
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("merged_into", sa.Integer(), nullable=True))
        people.create_foreign_key(op.f("fk_people_merged_into"), "people", ["merged_into"], ["id"])
    with op.batch_alter_table("teams") as teams:
        teams.add_column(
            sa.Column("archived_at", storage.types.UtcDateTime(timezone=True), nullable=True)
        )
        teams.add_column(sa.Column("merged_into", sa.Integer(), nullable=True))
        teams.create_foreign_key(op.f("fk_teams_merged_into"), "teams", ["merged_into"], ["id"])


def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table("teams") as teams:
        teams.drop_constraint(op.f("fk_teams_merged_into"), type_="foreignkey")
        teams.drop_column("merged_into")
        teams.drop_column("archived_at")
    with op.batch_alter_table("people") as people:
        people.drop_constraint(op.f("fk_people_merged_into"), type_="foreignkey")
        people.drop_column("merged_into")
    op.drop_table("team_moves")
