"""A part of a contact counts once.

Every evaluation says whether it counts (the latest valid one of its contact and agent does) and
how its contact was picked, and the indexes that reports read hold both. References are compared
without the mark of a number before them.

Revision 0006, after 0005.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

REPORTED = (
    *("agent_id", "scorecard_version_id"),
    *("customer_ok", "business_ok", "compliance_ok", "acknowledged_at"),
)
SCORES = ("submitted_at", "id", "counts", "selection", "final")
INDEXES = {
    "ix_evaluations_agent_scores": ["agent_id", *SCORES],
    "ix_evaluations_team_report": ["team_id", *SCORES, *REPORTED],
}
FORMER_SCORES = ("submitted_at", "id", "withdrawn_at", "final")
FORMER = {
    "ix_evaluations_agent_scores": ["agent_id", *FORMER_SCORES],
    "ix_evaluations_team_report": ["team_id", *FORMER_SCORES, *REPORTED],
}
EVALUATIONS = sa.table(
    "evaluations",
    sa.column("id", sa.Integer),
    sa.column("contact_id", sa.Integer),
    sa.column("agent_id", sa.Integer),
    sa.column("submitted_at", sa.DateTime(timezone=True)),
    sa.column("withdrawn_at", sa.DateTime(timezone=True)),
    sa.column("counts", sa.Boolean),
    sa.column("selection", sa.String),
)
ASSIGNMENTS = sa.table(
    "assignments",
    sa.column("contact_id", sa.Integer),
    sa.column("agent_id", sa.Integer),
    sa.column("second", sa.Boolean),
    sa.column("state", sa.String),
    sa.column("assigned_at", sa.DateTime(timezone=True)),
)
CONTACTS = sa.table(
    "contacts",
    sa.column("id", sa.Integer),
    sa.column("agent_id", sa.Integer),
    sa.column("channel", sa.String),
    sa.column("reference", sa.String),
    sa.column("reference_key", sa.String),
    sa.column("identity", sa.String),
)
MARKS = re.compile(r"(?:[#№]|n[°º]|no\.)\s*")
PAGE = 5000


def upgrade() -> None:
    """Move the schema forward."""
    for name in FORMER:
        op.drop_index(name, table_name="evaluations")
    with op.batch_alter_table("evaluations") as batch_op:
        batch_op.add_column(
            sa.Column("counts", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("selection", sa.String(length=8), nullable=False, server_default="chosen")
        )
    _count_once()
    _tell_the_drawn()
    for name, columns in INDEXES.items():
        op.create_index(name, "evaluations", columns)
    _rekey(_key)


def downgrade() -> None:
    """Move the schema back."""
    for name in INDEXES:
        op.drop_index(name, table_name="evaluations")
    with op.batch_alter_table("evaluations") as batch_op:
        batch_op.drop_column("selection")
        batch_op.drop_column("counts")
    for name, columns in FORMER.items():
        op.create_index(name, "evaluations", columns)
    _rekey(_folded)


def _count_once() -> None:
    later = EVALUATIONS.alias("later")
    replaced = sa.exists().where(
        later.c.contact_id == EVALUATIONS.c.contact_id,
        later.c.agent_id == EVALUATIONS.c.agent_id,
        later.c.withdrawn_at.is_(None),
        sa.or_(
            later.c.submitted_at > EVALUATIONS.c.submitted_at,
            sa.and_(
                later.c.submitted_at == EVALUATIONS.c.submitted_at, later.c.id > EVALUATIONS.c.id
            ),
        ),
    )
    op.execute(
        sa.update(EVALUATIONS)
        .where(EVALUATIONS.c.withdrawn_at.is_(None), ~replaced)
        .values(counts=sa.true())
    )


def _tell_the_drawn() -> None:
    drawn = sa.exists().where(
        ASSIGNMENTS.c.contact_id == EVALUATIONS.c.contact_id,
        ASSIGNMENTS.c.agent_id == EVALUATIONS.c.agent_id,
        ASSIGNMENTS.c.second.is_(sa.false()),
        ASSIGNMENTS.c.state != "skipped",
        ASSIGNMENTS.c.assigned_at <= EVALUATIONS.c.submitted_at,
    )
    op.execute(sa.update(EVALUATIONS).where(drawn).values(selection="drawn"))


def _rekey(key: Callable[[str], str]) -> None:
    """Write anew the keys that differ; an identity that another contact has stays with that."""
    bind = op.get_bind()
    for ident, agent_id, channel, reference in _referenced():
        if _key(reference) == _folded(reference):
            continue
        values = {"reference_key": key(reference)}
        identity = _identity(agent_id, channel, key(reference))
        taken = sa.select(CONTACTS.c.id).where(CONTACTS.c.identity == identity)
        if bind.execute(taken).first() is None:
            values["identity"] = identity
        bind.execute(sa.update(CONTACTS).where(CONTACTS.c.id == ident).values(values))


def _referenced() -> Iterator[sa.Row[int, int, str, str]]:
    """Yield the contacts that have a reference, by id."""
    columns = (CONTACTS.c.id, CONTACTS.c.agent_id, CONTACTS.c.channel, CONTACTS.c.reference)
    wanted = sa.select(*columns).where(CONTACTS.c.reference.is_not(None)).order_by(CONTACTS.c.id)
    last = 0
    while rows := op.get_bind().execute(wanted.where(CONTACTS.c.id > last).limit(PAGE)).all():
        yield from rows
        last = rows[-1].id


def _identity(agent_id: int, channel: str, key: str) -> str:
    own = f"{agent_id} {channel} reference {key}"
    return hashlib.blake2b(own.encode(), digest_size=32).hexdigest()


def _folded(reference: str) -> str:
    return " ".join(reference.casefold().split())


def _key(reference: str) -> str:
    folded = " ".join(unicodedata.normalize("NFC", reference).casefold().split())
    start = 0
    while mark := MARKS.match(folded, start):
        start = mark.end()
    return folded[start:] or folded
