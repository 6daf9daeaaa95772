"""Leases of queued messages are numbered; a group's topic is remembered.

Whoever lost a lease can then change nothing of its message any more, and what is posted to a group
goes to the topic in which its report was shown.

Revision 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.add_column(
        "outbox", sa.Column("lease_number", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("groups", sa.Column("thread_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Move the schema back."""
    op.drop_column("groups", "thread_id")
    op.drop_column("outbox", "lease_number")
