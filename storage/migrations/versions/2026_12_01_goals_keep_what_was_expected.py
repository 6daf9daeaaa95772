"""Goals keep what was to be expected without them.

Goals that have ended already keep neither: they stay as they were told.

Revision 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.add_column("goals", sa.Column("expected", sa.Double(), nullable=True))
    op.add_column("goals", sa.Column("among", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Move the schema back."""
    op.drop_column("goals", "among")
    op.drop_column("goals", "expected")
