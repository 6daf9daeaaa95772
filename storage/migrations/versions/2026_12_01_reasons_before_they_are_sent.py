"""What an agent types against an evaluation is kept until the dispute is sent.

Revision 0011, after 0010.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.create_table(
        "dispute_reasons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["people.id"],
            name=op.f("fk_dispute_reasons_agent_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["evaluation_id"],
            ["evaluations.id"],
            name=op.f("fk_dispute_reasons_evaluation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute_reasons")),
        sa.UniqueConstraint(
            "agent_id", "message_id", name=op.f("uq_dispute_reasons_agent_id_message_id")
        ),
    )
    op.create_index(op.f("ix_dispute_reasons_evaluation_id"), "dispute_reasons", ["evaluation_id"])


def downgrade() -> None:
    """Move the schema back."""
    op.drop_index(op.f("ix_dispute_reasons_evaluation_id"), table_name="dispute_reasons")
    op.drop_table("dispute_reasons")
