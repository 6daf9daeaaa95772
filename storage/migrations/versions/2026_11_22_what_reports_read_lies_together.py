"""What reports read lies together.

Indexes hold what reports read of evaluations, and on SQLite the answers of one evaluation lie
together instead of in the order of their arrival behind an index.

Revision 0004, after 0003.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_evaluations_agent_scores": ["agent_id", "submitted_at", "id", "withdrawn_at", "final"],
    "ix_evaluations_team_report": [
        *("team_id", "submitted_at", "id", "withdrawn_at", "final"),
        *("agent_id", "scorecard_version_id", "customer_ok", "business_ok", "compliance_ok"),
        "acknowledged_at",
    ],
}
FORMER = {
    "ix_evaluations_agent_submitted": ["agent_id", "submitted_at"],
    "ix_evaluations_team_submitted": ["team_id", "submitted_at"],
}


def upgrade() -> None:
    """Move the schema forward."""
    _exchange(FORMER, INDEXES)
    _rebuild(with_rowid=False)


def downgrade() -> None:
    """Move the schema back."""
    _rebuild(with_rowid=True)
    _exchange(INDEXES, FORMER)


def _exchange(old: dict[str, list[str]], new: dict[str, list[str]]) -> None:
    for name in old:
        op.drop_index(name, table_name="evaluations")
    for name, columns in new.items():
        op.create_index(name, "evaluations", columns)


def _rebuild(*, with_rowid: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    kept = {"sqlite_with_rowid": with_rowid}
    with op.batch_alter_table("evaluation_answers", recreate="always", table_kwargs=kept):
        pass
