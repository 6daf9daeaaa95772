"""Finding people by the words of their names, in this script or another, or by their key."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, func, or_, select

from scoring.names import fold
from scoring.roles import Relation, Role
from scoring.transliteration import sought
from storage import people
from storage.database import Transaction
from storage.people import Person
from storage.tables import MembershipRow, PersonAliasRow, PersonRoleRow, PersonRow

MOST_WORDS = 60
"""A name of 120 characters holds no more."""

BY_NAME = (PersonRow.folded, PersonRow.id)


async def page(
    tx: Transaction, words: str = "", *, offset: int = 0, limit: int = 8
) -> tuple[list[Person], int]:
    """Return a stretch of the people whose name holds every word, and how many there are in all.

    By name; those who were shut out come last.
    """
    holds = [people.NOT_MERGED, *_holding(words)]
    total = (await tx.execute(select(func.count(PersonRow.id)).where(*holds))).scalar_one()
    order = (PersonRow.active.desc(), *BY_NAME)
    ids = select(PersonRow.id).where(*holds).order_by(*order).limit(limit).offset(offset)
    chosen = list((await tx.execute(ids)).scalars())
    found = await people.by_ids(tx, chosen)
    return [found[one] for one in chosen], total


async def matching(
    tx: Transaction, role: Role, words: str = "", *, limit: int = 60, teams: Sequence[int] = ()
) -> list[Person]:
    """Return up to *limit* active people with *role* whose name holds every word, by name.

    With *teams*, only members of one of them.
    """
    ids = select(PersonRow.id).join(PersonRoleRow, PersonRoleRow.person_id == PersonRow.id)
    ids = ids.where(PersonRow.active.is_(True), PersonRoleRow.role == role)
    ids = ids.where(*_holding(words))
    if teams:
        members = select(MembershipRow.person_id).where(
            MembershipRow.team_id.in_(list(teams)), MembershipRow.relation == Relation.MEMBER
        )
        ids = ids.where(PersonRow.id.in_(members))
    chosen = list((await tx.execute(ids.order_by(*BY_NAME).limit(limit))).scalars())
    found = await people.by_ids(tx, chosen)
    return [found[one] for one in chosen]


def _holding(words: str) -> Sequence[ColumnElement[bool]]:
    """Return the conditions on a row that its name holds every word."""
    different = dict.fromkeys(fold(words).split())
    if len(different) > MOST_WORDS:
        return [false()]  # a database would rather fail than compare so many
    return [holding(word) for word in different]


def holding(word: str) -> ColumnElement[bool]:
    """Return the condition on a person's row that name or alias holds the folded *word*.

    A hit in another script counts, and so does the person's whole key in the other system.
    """
    aliased = select(PersonAliasRow.person_id).where(_in_name(PersonAliasRow, word))
    return or_(
        _in_name(PersonRow, word),
        PersonRow.id.in_(aliased),
        PersonRow.external_key_folded == word,
    )


def _in_name(row: type[PersonRow] | type[PersonAliasRow], word: str) -> ColumnElement[bool]:
    written, heard = row.folded.contains(word, autoescape=True), sought(word)
    return or_(written, row.crossed.contains(heard)) if heard else written
