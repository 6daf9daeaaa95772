"""Typed texts and reasons.

An answer has several reasons and a reason of the evaluator's own words beside its comment; a draft
keeps which message each text came from; a message that asks for a text is known by its number.

Revision 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ANSWERS = (
    "draft_answers",
    "evaluation_answers",
    "revision_answers",
    "calibration_answers",
    "second_scoring_answers",
)


def upgrade() -> None:
    """Move the schema forward."""
    for name in ANSWERS:
        reasons = sa.Column("reasons", sa.String(length=40), nullable=False, server_default="")
        op.add_column(name, reasons)
        op.add_column(name, sa.Column("why", sa.Text(), nullable=True))
        _reasons_forward(name)
        op.drop_column(name, "reason")
    for column in ("shown_in", "refused"):
        op.add_column("awaiting", sa.Column(column, sa.BigInteger(), nullable=True))
    op.add_column("drafts", sa.Column("beside_id", sa.Integer(), nullable=True))
    op.create_table(
        "questions",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("shown_in", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_questions_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "shown_in", name=op.f("pk_questions")),
    )
    op.create_table(
        "draft_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("slot", sa.String(length=12), nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_draft_texts_draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_texts")),
    )
    op.create_index(op.f("ix_draft_texts_draft_id"), "draft_texts", ["draft_id"])


def downgrade() -> None:
    """Move the schema back."""
    op.drop_table("draft_texts")
    op.drop_table("questions")
    op.drop_column("drafts", "beside_id")
    for column in ("refused", "shown_in"):
        op.drop_column("awaiting", column)
    for name in ANSWERS:
        op.add_column(name, sa.Column("reason", sa.Integer(), nullable=True))
        _reasons_back(name)
        op.drop_column(name, "why")
        op.drop_column(name, "reasons")


def _reasons_forward(name: str) -> None:
    """Keep the reason picked; a text on an error without one was the reason of it."""
    table = sa.table(
        name, *(sa.column(one) for one in ("option", "reason", "reasons", "why", "comment"))
    )
    picked = table.c.reason.is_not(None)
    op.execute(
        sa.update(table).where(picked).values(reasons=sa.cast(table.c.reason, sa.String(40)))
    )
    written = (table.c.reason.is_(None), table.c.option > 0, table.c.comment.is_not(None))
    op.execute(sa.update(table).where(*written).values(why=table.c.comment, comment=None))


def _reasons_back(name: str) -> None:
    """Keep the first reason; a written one becomes the comment where there is none."""
    table = sa.table(name, *(sa.column(one) for one in ("reason", "reasons", "why", "comment")))
    if op.get_bind().dialect.name == "sqlite":
        first = sa.cast(table.c.reasons, sa.Integer())
    else:
        first = sa.cast(sa.func.split_part(table.c.reasons, " ", 1), sa.Integer())
    op.execute(sa.update(table).where(table.c.reasons != "").values(reason=first))
    written = (table.c.why.is_not(None), table.c.comment.is_(None))
    op.execute(sa.update(table).where(*written).values(comment=table.c.why))
