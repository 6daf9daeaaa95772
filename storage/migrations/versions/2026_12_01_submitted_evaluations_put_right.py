"""Submitted evaluations can be put right: corrections, revisions of every kind, reopened disputes.

Revision 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("begun_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("asked_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("became_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["people.id"], name=op.f("fk_corrections_agent_id")),
        sa.ForeignKeyConstraint(
            ["became_id"],
            ["evaluations.id"],
            name=op.f("fk_corrections_became_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name=op.f("fk_corrections_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["evaluation_id"],
            ["evaluations.id"],
            name=op.f("fk_corrections_evaluation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_corrections_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_corrections_became_id"), ["became_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_corrections_evaluation_id"), ["evaluation_id"], unique=False
        )
        batch_op.create_index("ix_corrections_status", ["status"], unique=False)

    with op.batch_alter_table("disputes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("learning", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column("reopened_at", storage.types.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("reopened_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reopening", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("first_status", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("first_decision", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("first_decided_by", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("first_decided_at", storage.types.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_disputes_reopened_by"), "people", ["reopened_by"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_disputes_first_decided_by"), "people", ["first_decided_by"], ["id"]
        )

    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("correction_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_drafts_correction_id"), ["correction_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_drafts_correction_id"), "corrections", ["correction_id"], ["id"]
        )

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("chat_id", sa.BigInteger(), nullable=True))

    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("kind", sa.String(length=16), server_default="dispute", nullable=False)
        )
        batch_op.add_column(sa.Column("reason", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("overall", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("advice", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column("acknowledged_at", storage.types.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.alter_column("dispute_id", existing_type=sa.INTEGER(), nullable=True)


def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.alter_column("dispute_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("acknowledged_at")
        batch_op.drop_column("advice")
        batch_op.drop_column("overall")
        batch_op.drop_column("reason")
        batch_op.drop_column("kind")

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("chat_id")

    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_drafts_correction_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_drafts_correction_id"))
        batch_op.drop_column("correction_id")

    with op.batch_alter_table("disputes", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_disputes_first_decided_by"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_disputes_reopened_by"), type_="foreignkey")
        batch_op.drop_column("first_decided_at")
        batch_op.drop_column("first_decided_by")
        batch_op.drop_column("first_decision")
        batch_op.drop_column("first_status")
        batch_op.drop_column("reopening")
        batch_op.drop_column("reopened_by")
        batch_op.drop_column("reopened_at")
        batch_op.drop_column("learning")

    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.drop_index("ix_corrections_status")
        batch_op.drop_index(batch_op.f("ix_corrections_evaluation_id"))
        batch_op.drop_index(batch_op.f("ix_corrections_became_id"))

    op.drop_table("corrections")
