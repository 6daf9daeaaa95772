"""One comparison of names.

People get the keys by which names are compared and searched in any script, a key of another system,
aliases, and a place where people files wait. What names are stored as stays.

Revision 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

import storage.types
from scoring.names import fold, name_key
from scoring.transliteration import crossed

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEYS = {"folded": 240, "name_key": 240, "crossed": 480}


def upgrade() -> None:
    """Move the schema forward."""
    op.create_table(
        "people_uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("applied_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["uploaded_by"],
            ["people.id"],
            name=op.f("fk_people_uploads_uploaded_by"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_uploads")),
    )
    op.create_table(
        "person_aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("alias", sa.String(length=120), nullable=False),
        *(sa.Column(name, sa.String(length=size), nullable=False) for name, size in KEYS.items()),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_person_aliases_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_aliases")),
    )
    op.create_index(op.f("ix_person_aliases_name_key"), "person_aliases", ["name_key"])
    op.create_index(op.f("ix_person_aliases_person_id"), "person_aliases", ["person_id"])
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("name_key", sa.String(length=240), nullable=True))
        people.add_column(sa.Column("crossed", sa.String(length=480), nullable=True))
        people.add_column(sa.Column("external_key", sa.String(length=64), nullable=True))
        people.add_column(sa.Column("external_key_folded", sa.String(length=128), nullable=True))
    _fill()
    with op.batch_alter_table("people") as people:
        people.alter_column("name_key", existing_type=sa.String(length=240), nullable=False)
        people.alter_column("crossed", existing_type=sa.String(length=480), nullable=False)
        people.create_index(op.f("ix_people_name_key"), ["name_key"])
        people.create_unique_constraint(
            op.f("uq_people_external_key_folded"), ["external_key_folded"]
        )


def _fill() -> None:
    people = sa.table(
        "people", sa.column("id"), sa.column("name"), *(sa.column(name) for name in KEYS)
    )
    connection = op.get_bind()
    rows = connection.execute(sa.select(people.c.id, people.c.name)).all()
    changed = sa.update(people).where(people.c.id == sa.bindparam("person"))
    values: dict[str, object] = {name: sa.bindparam(f"new_{name}") for name in KEYS}
    filled = [
        {
            "person": row.id,
            "new_folded": fold(row.name)[: KEYS["folded"]],
            "new_name_key": name_key(row.name)[: KEYS["name_key"]],
            "new_crossed": crossed(row.name)[: KEYS["crossed"]],
        }
        for row in rows
    ]
    if filled:
        connection.execute(changed.values(values), filled)


def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table("people") as people:
        people.drop_constraint(op.f("uq_people_external_key_folded"), type_="unique")
        people.drop_index(op.f("ix_people_name_key"))
        for name in ("external_key_folded", "external_key", "crossed", "name_key"):
            people.drop_column(name)
    op.drop_table("person_aliases")
    op.drop_table("people_uploads")
