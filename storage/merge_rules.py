"""What becomes of every reference to a person or a team that is merged into another.

The rules are by table and column. A test holds them against the tables' foreign keys, so that a new
reference cannot be forgotten.
"""

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import Column, PrimaryKeyConstraint, Table, UniqueConstraint

from storage.tables import Base, PersonRow, TeamRow


class Way(StrEnum):
    """What becomes of the rows that refer to the dropped one."""

    MOVED = "moved"
    """They refer to the kept one."""

    UNLESS_THERE = "unless_there"
    """The same, except where the kept one has its own row for that; the other one stays behind."""

    JOINED = "joined"
    """The same, and where the kept one has that row already, the other one is removed."""

    STAYS = "stays"
    """They stay: they are a record of what was so then, or mean nothing any more."""

    REMOVED = "removed"
    """They go: they hold what was going on at that moment."""


PEOPLE: Mapping[str, Way] = {
    "assignments.agent_id": Way.MOVED,
    "assignments.evaluator_id": Way.MOVED,
    "awaiting.person_id": Way.REMOVED,
    "calibration_people.person_id": Way.JOINED,
    "calibration_scorings.evaluator_id": Way.UNLESS_THERE,
    "calibrations.opener_id": Way.MOVED,
    "calibrations.reference_id": Way.MOVED,
    "contact_moves.moved_by": Way.MOVED,
    "contacts.agent_id": Way.MOVED,
    "corrections.agent_id": Way.MOVED,
    "corrections.decided_by": Way.MOVED,
    "corrections.made_by": Way.MOVED,
    "dispute_reasons.agent_id": Way.UNLESS_THERE,
    "disputes.decided_by": Way.MOVED,
    "disputes.first_decided_by": Way.MOVED,
    "disputes.reopened_by": Way.MOVED,
    "disputes.reviewer_id": Way.MOVED,
    "drafts.agent_id": Way.MOVED,
    "drafts.evaluator_id": Way.MOVED,
    # A draw's hash covers whose each contact was.
    "draw_contacts.agent_id": Way.STAYS,
    "evaluations.agent_id": Way.MOVED,
    "evaluations.evaluator_id": Way.MOVED,
    "goals.agent_id": Way.MOVED,
    "goals.made_by": Way.MOVED,
    "goals.mentor_id": Way.MOVED,
    "groups.person_id": Way.UNLESS_THERE,
    "invitations.created_by": Way.MOVED,
    # Their links stop working.
    "invitations.person_id": Way.STAYS,
    "kpi_figures.agent_id": Way.UNLESS_THERE,
    "kpi_figures.imported_by": Way.MOVED,
    "kpi_metrics.created_by": Way.MOVED,
    "memberships.person_id": Way.JOINED,
    "outbox.recipient_id": Way.MOVED,
    "people.merged_into": Way.MOVED,
    "people_uploads.uploaded_by": Way.MOVED,
    "person_aliases.person_id": Way.MOVED,
    "person_roles.person_id": Way.JOINED,
    "plans.created_by": Way.MOVED,
    "praise_consents.person_id": Way.UNLESS_THERE,
    "praises.posted_by": Way.MOVED,
    "proposals.author_id": Way.MOVED,
    "proposals.decided_by": Way.MOVED,
    "proposals.owner_id": Way.MOVED,
    "questions.person_id": Way.REMOVED,
    "revisions.revised_by": Way.MOVED,
    "scorecard_uploads.uploaded_by": Way.MOVED,
    "scorecard_versions.published_by": Way.MOVED,
    "second_scorings.agent_id": Way.MOVED,
    "second_scorings.evaluator_id": Way.MOVED,
    "settings.changed_by": Way.MOVED,
}

TEAMS: Mapping[str, Way] = {
    "evaluations.team_id": Way.MOVED,
    "groups.team_id": Way.UNLESS_THERE,
    "kpi_figures.team_id": Way.MOVED,
    "kpi_goals.team_id": Way.UNLESS_THERE,
    "memberships.team_id": Way.JOINED,
    "plans.team_id": Way.MOVED,
    "praises.team_id": Way.UNLESS_THERE,
    "proposals.team_id": Way.MOVED,
    "schedules.team_id": Way.STAYS,
    "second_scorings.team_id": Way.MOVED,
    "teams.merged_into": Way.MOVED,
}

HISTORY = frozenset(
    {
        "contacts.agent_id",
        "evaluations.agent_id",
        "evaluations.evaluator_id",
        "evaluations.team_id",
        "second_scorings.agent_id",
        "second_scorings.evaluator_id",
        "second_scorings.team_id",
    }
)
"""References that only an act of its own changes: one that has changed speaks against undoing.

The others change as work goes on; where they have, what is true now stays.
"""


def column_of(name: str) -> Column[int]:
    """Return the column called so, as table and column."""
    table, _, column = name.partition(".")
    return Base.metadata.tables[table].c[column]


def references(target: type[PersonRow] | type[TeamRow]) -> set[str]:
    """Return every column that refers to people or to teams, as table and column."""
    wanted = target.__tablename__
    return {
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == wanted
    }


def unique_with(column: Column[int]) -> list[Column[object]]:
    """Return what else a row of *column* may not share with another row, as the table has it."""
    for constraint in column.table.constraints:
        if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint):
            columns = list(constraint.columns)
            if any(one.name == column.name for one in columns):
                return [one for one in columns if one.name != column.name]
    return []


def keys_of(table: Table, column: Column[int]) -> list[Column[object]]:
    """Return the columns of the primary key that tell the rows of *column* apart, without it."""
    return [one for one in table.primary_key.columns if one.name != column.name]
