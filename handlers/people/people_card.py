"""A person's card: roles, teams, name, invitation, and whether they may come in at all."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

from handlers import menus
from handlers.people import passing_work
from handlers.people.admin_rule import may_have, may_shut_out
from handlers.people.names import person_name
from handlers.refusals import NotFound, OutOfDate, Sorry
from handlers.routing import Typed
from handlers.taps import PeopleAct, PeopleTap
from handlers.turn import Turn
from handlers.views import people as views
from handlers.views.screen import Screen
from handlers.words import N_
from scoring.roles import Relation, Role
from storage import aliases, audit, awaiting, handing_on, invitations, people, teams
from storage.audit import Action, Subject, Thing
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.people import Person

ADMINS = frozenset({Role.ADMIN})
RENAME = "people.rename"
ASKED = frozenset(
    {RENAME, "invite.name", "invite.twin", "people.key", "people.alias", "people.merge"}
)
"""What is not awaited any more once a card is opened."""


class IsShutOut(Sorry):
    """Somebody who was shut out is not changed and not invited."""

    sentence = N_("This person is shut out. Let them back in first.")


class IsErased(Sorry):
    """Nothing is left that somebody who was erased could come back to."""

    sentence = N_("This person has been erased. Invite them anew: they begin from nothing.")


class IsMerged(Sorry):
    """The entry is a second one of somebody who is here."""

    sentence = N_("This entry was merged into “{name}”. Undo that in /audit to part them again.")


class NotSupervisor(Sorry):
    """Teams to supervise are for supervisors."""

    sentence = N_("Give them the supervisor role first.")


class ConfiguredAdmin(Sorry):
    """The configuration names this account as an admin; it would come back by itself."""

    sentence = N_("The configuration names this account as an admin: take it out of ADMIN_IDS.")


async def card(tx: Transaction, turn: Turn, person_id: int, warning: str | None = None) -> Screen:
    """Return the person's card; raise ``NotFound`` where there is nobody."""
    person = await person_of(tx, person_id)
    names = await teams.by_ids(tx, [*person.teams, *person.supervises])
    view = views.CardView(
        person,
        {team.id: team.name for team in names},
        zone_of(turn),
        await invitations.works_until(tx, person_id, turn.now),
        [one.alias for one in await aliases.of_person(tx, person_id)],
    )
    return views.card_screen(turn.t, view, warning)


async def person_of(tx: Transaction, person_id: int) -> Person:
    """Return the person, shut out or not; raise ``NotFound`` where there is nobody."""
    person = await people.by_id(tx, person_id)
    if person is None:
        raise NotFound
    return person


def zone_of(turn: Turn) -> ZoneInfo:
    """Return the zone in which moments are told to the person of the turn."""
    return ZoneInfo(turn.person.timezone or turn.services.timezone)


async def pressed(turn: Turn, tap: PeopleTap) -> None:
    """Handle a press on a card."""
    async with turn.db.writing() as tx:
        screen = await ACTS[tap.act](tx, turn, tap)
    await turn.show(screen)
    if tap.act in (
        PeopleAct.ROLE,
        PeopleAct.ROLE_SURE,
        PeopleAct.SHUT_OUT_SURE,
        PeopleAct.LET_IN,
        PeopleAct.HAND_TO,
    ):
        await _refresh_menu(turn, tap.person)


async def _refresh_menu(turn: Turn, person_id: int) -> None:
    async with turn.db.reading() as tx:
        person = await person_of(tx, person_id)
    await menus.refresh(turn, person if person.active else replace(person, roles=frozenset()))


async def _card(tx: Transaction, turn: Turn, tap: PeopleTap) -> Screen:
    awaited = await awaiting.current(tx, turn.person.id)
    if awaited is not None and awaited.what in ASKED:
        await awaiting.forget(tx, turn.person.id)
    return await card(tx, turn, tap.person)


async def _role(tx: Transaction, turn: Turn, tap: PeopleTap) -> Screen:
    if not 1 <= abs(tap.value) <= len(views.ROLES):
        raise OutOfDate
    role = views.ROLES[abs(tap.value) - 1]
    admins = await people.admins(tx)
    person = await changeable(tx, tap.person)
    roles = person.roles | {role} if tap.value > 0 else person.roles - {role}
    may_have(roles, person, admins, turn.person.id)
    if tap.act is PeopleAct.ROLE and role is Role.ADMIN and role in roles - person.roles:
        return views.make_admin_screen(turn.t, person)
    await people.set_roles(tx, person.id, roles)
    if Role.SUPERVISOR not in roles:
        await people.set_teams(tx, person.id, Relation.SUPERVISOR, ())
    after = sorted(one.value for one in roles)
    await _note(tx, turn, Action.ROLES_CHANGED, person, {"after": after})
    return await card(tx, turn, person.id)


async def changeable(tx: Transaction, person_id: int) -> Person:
    """Return the person; raise ``IsShutOut`` where they were, ``NotFound`` where nobody is."""
    person = await person_of(tx, person_id)
    if not person.active:
        raise IsShutOut
    return person


async def _teams(tx: Transaction, turn: Turn, tap: PeopleTap) -> Screen:
    person = await changeable(tx, tap.person)
    supervised = tap.act is PeopleAct.SUPERVISED
    every = await teams.everything(tx)
    page = min(max(tap.value, 0), max(len(every) - 1, 0) // views.TEAMS_PAGE)
    return views.teams_screen(turn.t, person, every, page, supervised=supervised)


async def _membership(tx: Transaction, turn: Turn, tap: PeopleTap) -> Screen:
    person = await changeable(tx, tap.person)
    supervised = tap.act is PeopleAct.SUPERVISES
    if supervised and not person.is_a(Role.SUPERVISOR):
        raise NotSupervisor
    every = await teams.everything(tx)
    place = next((at for at, team in enumerate(every) if team.id == abs(tap.value)), None)
    if place is None:
        raise NotFound
    before = set(person.supervises if supervised else person.teams)
    after = before | {tap.value} if tap.value > 0 else before - {-tap.value}
    relation = Relation.SUPERVISOR if supervised else Relation.MEMBER
    await people.set_teams(tx, person.id, relation, after)
    details: audit.Details = {"relation": relation.value, "after": sorted(after)}
    await _note(tx, turn, Action.TEAMS_CHANGED, person, details)
    person = await person_of(tx, person.id)
    page = place // views.TEAMS_PAGE
    return views.teams_screen(turn.t, person, every, page, supervised=supervised)


async def _ask_name(tx: Transaction, turn: Turn, tap: PeopleTap) -> Screen:
    person = await changeable(tx, tap.person)
    await awaiting.expect(tx, turn.person.id, Awaited(RENAME, person.id))
    return views.rename_screen(turn.t, person)


async def rename(turn: Turn, awaited: Awaited) -> None:
    """Take a typed text as the person's name."""
    name = person_name(turn.text)
    async with turn.db.writing() as tx:
        person = await changeable(tx, awaited.subject)
        await people.rename(tx, person.id, name)
        await _note(tx, turn, Action.RENAMED, person)
        await awaiting.forget(tx, turn.person.id)
        twins = [one for one in await people.by_name(tx, name) if one.id != person.id]
        warning = turn.t("Somebody else has this name, too.") if twins else None
        screen = await card(tx, turn, person.id, warning)
    await turn.say(screen)


async def _ask_shut_out(tx: Transaction, turn: Turn, tap: PeopleTap) -> Screen:
    person = await _to_shut_out(tx, turn, tap.person)
    return views.shut_out_screen(turn.t, person, await handing_on.count(tx, person.id))


async def _to_shut_out(tx: Transaction, turn: Turn, person_id: int) -> Person:
    admins = await people.admins(tx)
    person = await person_of(tx, person_id)
    may_shut_out(person, admins, turn.person.id)
    if person.telegram_id in turn.services.admin_ids:
        raise ConfiguredAdmin
    return person


async def _hand_on(tx: Transaction, turn: Turn, tap: PeopleTap) -> Screen:
    """Ask to whom the open work goes; with the value 1 the person is shut out then."""
    person = await person_of(tx, tap.person)
    found = await passing_work.takers(tx, person)
    return views.takers_screen(turn.t, person, found, shut_out=bool(tap.value))


async def _hand_to(tx: Transaction, turn: Turn, tap: PeopleTap) -> Screen:
    """Hand the open work on; of a negative receiver's id the person is shut out as well."""
    shut_out = tap.value < 0
    person = await (_to_shut_out(tx, turn, tap.person) if shut_out else person_of(tx, tap.person))
    to = await changeable(tx, abs(tap.value))
    done = await passing_work.hand_on(tx, turn.services, turn.actor, person, to)
    if shut_out:
        await _shut_out(tx, turn, tap)
    rest = await handing_on.count(tx, person.id)
    return await card(tx, turn, person.id, views.handed_words(turn.t, to, done, rest))


async def _shut_out(tx: Transaction, turn: Turn, tap: PeopleTap) -> Screen:
    person = await _to_shut_out(tx, turn, tap.person)
    await people.set_active(tx, person.id, active=False)
    await invitations.revoke(tx, person.id, turn.now)
    await awaiting.forget(tx, person.id)
    await _note(tx, turn, Action.SHUT_OUT, person)
    return await card(tx, turn, person.id)


async def _let_in(tx: Transaction, turn: Turn, tap: PeopleTap) -> Screen:
    person = await person_of(tx, tap.person)
    if person.erased:
        raise IsErased
    if person.merged_into is not None:
        kept = await person_of(tx, person.merged_into)
        raise IsMerged(name=kept.name)
    await people.set_active(tx, person.id, active=True)
    await _note(tx, turn, Action.LET_IN, person)
    return await card(tx, turn, person.id)


async def _note(
    tx: Transaction,
    turn: Turn,
    action: Action,
    person: Person,
    details: audit.Details | None = None,
) -> None:
    await audit.note(tx, turn.actor, action, Subject(Thing.PERSON, person.id), details)


Act = Callable[[Transaction, Turn, PeopleTap], Awaitable[Screen]]

ACTS: dict[PeopleAct, Act] = {
    PeopleAct.CARD: _card,
    PeopleAct.ROLE: _role,
    PeopleAct.ROLE_SURE: _role,
    PeopleAct.TEAMS: _teams,
    PeopleAct.SUPERVISED: _teams,
    PeopleAct.TEAM: _membership,
    PeopleAct.SUPERVISES: _membership,
    PeopleAct.RENAME: _ask_name,
    PeopleAct.SHUT_OUT: _ask_shut_out,
    PeopleAct.SHUT_OUT_SURE: _shut_out,
    PeopleAct.LET_IN: _let_in,
    PeopleAct.HAND_ON: _hand_on,
    PeopleAct.HAND_TO: _hand_to,
}

TYPED = (Typed(RENAME, rename, ADMINS),)
