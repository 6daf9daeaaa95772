"""The one rule about admins: there is always one, and nobody unmakes themself."""

from collections.abc import Collection

from handlers.refusals import Sorry
from handlers.words import N_
from scoring.roles import Role
from storage.people import Person


class LastAdmin(Sorry):
    """The only active admin would be none any more."""

    sentence = N_("That would leave nobody as admin. Make somebody else an admin first.")


class OwnAdminRole(Sorry):
    """Admins would lock themselves out."""

    sentence = N_("You cannot take the admin role from yourself; another admin can.")


class OwnAccess(Sorry):
    """Somebody would shut themself out."""

    sentence = N_("You cannot shut yourself out; another admin can.")


def may_have(
    roles: Collection[Role], person: Person, admins: Collection[int], by: int | None
) -> None:
    """Raise why *person* may not be left with *roles* while *admins* (ids) are the active ones."""
    if person.id not in admins or Role.ADMIN in roles:
        return
    if person.id == by:
        raise OwnAdminRole
    if len(admins) == 1:
        raise LastAdmin


def may_shut_out(person: Person, admins: Collection[int], by: int) -> None:
    """Raise why *person* may not be shut out."""
    if person.id == by:
        raise OwnAccess
    if set(admins) == {person.id}:
        raise LastAdmin
