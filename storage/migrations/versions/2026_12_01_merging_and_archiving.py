"""Merging and archiving.

A person and a team know what they were merged into, a team when it was archived.

Revision 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
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
