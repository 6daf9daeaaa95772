"""The database itself refuses to change or remove entries of the audit log.

Revision 0003, after 0002.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REFUSAL = "the audit log is append-only"

SQLITE = tuple(
    f"CREATE TRIGGER audit_entries_refuse_{act.lower()} BEFORE {act} ON audit_entries "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for act in ("UPDATE", "DELETE")
)

FUNCTION = (
    "CREATE FUNCTION audit_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
)
TRIGGER = (
    "CREATE TRIGGER audit_entries_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_refuse()"
)
POSTGRESQL = (FUNCTION, TRIGGER)


def upgrade() -> None:
    """Move the schema forward."""
    for statement in SQLITE if _is_sqlite() else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Move the schema back."""
    if _is_sqlite():
        op.execute("DROP TRIGGER audit_entries_refuse_update")
        op.execute("DROP TRIGGER audit_entries_refuse_delete")
    else:
        op.execute("DROP TRIGGER audit_entries_refuse ON audit_entries")
        op.execute("DROP FUNCTION audit_entries_refuse()")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
