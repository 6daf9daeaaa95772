"""Runs migrations on the connection that ``storage.migrate`` hands over."""

from alembic import context
from sqlalchemy import Connection

from storage.tables import Base


def run(connection: Connection) -> None:
    """Bring the schema to the wanted revision in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
