"""/invite: a name, roles, a team, and the personal link that lets somebody in."""

from handlers.people.links import invitation_link
from handlers.people.names import person_name
from handlers.people.people_card import card, changeable, zone_of
from handlers.refusals import OutOfDate, Sorry
from handlers.routing import Command, Typed
from handlers.taps import PeopleTap
from handlers.turn import Turn
from handlers.views import people as views
from handlers.views.screen import Screen
from handlers.words import N_
from scoring.roles import Role
from storage import audit, awaiting, invitations, people, teams
from storage.audit import Action, Subject, Thing
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.invitations import LIFETIME
from storage.people import NewPerson

ADMINS = frozenset({Role.ADMIN})
NAME = "invite.name"
TWIN = "invite.twin"


class NoRoleYet(Sorry):
    """An invitation without a role would open nothing."""

    sentence = N_("Choose at least one role first.")


async def start(turn: Turn) -> None:
    """Answer /invite, with or without the name behind it."""
    typed = turn.text.partition(" ")[2]
    if typed.strip():
        await _named(turn, typed)
        return
    async with turn.db.writing() as tx:
        await awaiting.expect(tx, turn.person.id, Awaited(NAME))
    await turn.say(views.who_screen(turn.t))


async def named(turn: Turn, _awaited: Awaited) -> None:
    """Take a typed text as the name of whoever is invited."""
    await _named(turn, turn.text)


async def _named(turn: Turn, text: str) -> None:
    name = person_name(text)
    async with turn.db.writing() as tx:
        twins = await people.by_name(tx, name)
        if twins:
            await awaiting.expect(tx, turn.person.id, Awaited(TWIN, detail=name))
            screen = views.twin_screen(turn.t, name, twins)
        else:
            screen = await _take_in(tx, turn, name)
    await turn.say(screen)


async def _take_in(tx: Transaction, turn: Turn, name: str) -> Screen:
    """Take somebody in by name and return their card, where the rest is chosen.

    Most are agents, so that is what they begin as; where there is one team, it is theirs.
    """
    every = await teams.everything(tx)
    only = [team.id for team in every] if len(every) == 1 else []
    person_id = await people.add(tx, NewPerson(name, {Role.AGENT}, teams=only), turn.now)
    await awaiting.forget(tx, turn.person.id)
    await audit.note(tx, turn.actor, Action.PERSON_ADDED, Subject(Thing.PERSON, person_id))
    return await card(tx, turn, person_id, turn.t("Choose roles and team, then take the link."))


async def somebody_else(turn: Turn) -> None:
    """Take somebody in although another one has the same name."""
    async with turn.db.writing() as tx:
        awaited = await awaiting.current(tx, turn.person.id)
        if awaited is None or awaited.what != TWIN:
            raise OutOfDate
        screen = await _take_in(tx, turn, awaited.detail)
    await turn.show(screen)


async def hand_out(turn: Turn, tap: PeopleTap) -> None:
    """Make a new link for the person; it stands in a message of its own, to be handed on."""
    async with turn.db.writing() as tx:
        person = await changeable(tx, tap.person)
        if not person.roles:
            raise NoRoleYet
        token = await invitations.issue(tx, person.id, turn.now, by=turn.person.id)
        screen = await card(tx, turn, person.id)
        await audit.note(tx, turn.actor, Action.INVITED, Subject(Thing.PERSON, person.id))
    await turn.show(screen)
    until = turn.t.moment(turn.now + LIFETIME, zone_of(turn))
    await turn.say(views.link_screen(turn.t, person, invitation_link(turn.bot)(token), until))


COMMANDS = (Command("invite", start, N_("Invite somebody"), ADMINS),)
TYPED = (Typed(NAME, named, ADMINS), Typed(TWIN, named, ADMINS))
