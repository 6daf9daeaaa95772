"""On a person's card: their key in another system, and the other names that files have for them."""

from handlers.people.names import external_key, person_name
from handlers.people.people_card import card, changeable
from handlers.refusals import Sorry
from handlers.routing import Typed
from handlers.taps import PeopleAct, PeopleTap
from handlers.turn import Turn
from handlers.views import other_names as views
from handlers.views.screen import Screen
from handlers.words import N_
from scoring.roles import Role
from storage import aliases, audit, awaiting, locks, people
from storage.audit import Action, Subject, Thing
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.people import Person

ADMINS = frozenset({Role.ADMIN})
KEY = "people.key"
ALIAS = "people.alias"


class KeyTaken(Sorry):
    """Somebody else has that key."""

    sentence = N_("“{name}” has this key already. Every key belongs to one person.")


class NameTaken(Sorry):
    """Somebody else has that name or alias: files would not say whom they mean."""

    sentence = N_("Somebody else is called so already. Files would not say who is meant.")


class TooMany(Sorry):
    """As many aliases as there may be."""

    sentence = N_("That is one name too many: at most {limit}. Remove one first.")


async def ask_key(tx: Transaction, turn: Turn, tap: PeopleTap) -> Screen:
    """Ask for the person's key."""
    person = await changeable(tx, tap.person)
    await awaiting.expect(tx, turn.person.id, Awaited(KEY, person.id))
    return views.key_screen(turn.t, person)


async def take_key(turn: Turn, awaited: Awaited) -> None:
    """Take a typed text as the person's key."""
    key = external_key(turn.text)
    async with turn.db.writing() as tx:
        await locks.alone(tx, locks.PEOPLE)
        person = await changeable(tx, awaited.subject)
        holder = await people.by_external_key(tx, key)
        if holder is not None and holder.id != person.id:
            raise KeyTaken(name=holder.name)
        await people.set_external_key(tx, person.id, key)
        await awaiting.forget(tx, turn.person.id)
        screen = await card(tx, turn, person.id)
        await _note(tx, turn, Action.KEY_CHANGED, person)
    await turn.say(screen)


async def drop_key(tx: Transaction, turn: Turn, tap: PeopleTap) -> Screen:
    """Take the person's key."""
    person = await changeable(tx, tap.person)
    await awaiting.forget(tx, turn.person.id)
    if person.external_key is not None:
        await people.set_external_key(tx, person.id, None)
        await _note(tx, turn, Action.KEY_CHANGED, person)
    return await card(tx, turn, person.id)


async def list_aliases(tx: Transaction, turn: Turn, tap: PeopleTap) -> Screen:
    """Show the person's other names; a typed text is one more."""
    return await _list(tx, turn, await changeable(tx, tap.person))


async def _list(tx: Transaction, turn: Turn, person: Person) -> Screen:
    await awaiting.expect(tx, turn.person.id, Awaited(ALIAS, person.id))
    return views.aliases_screen(turn.t, person, await aliases.of_person(tx, person.id))


async def take_alias(turn: Turn, awaited: Awaited) -> None:
    """Take a typed text as one more name of the person."""
    name = person_name(turn.text)
    async with turn.db.writing() as tx:
        await locks.alone(tx, locks.PEOPLE)
        person = await changeable(tx, awaited.subject)
        if any(one.id != person.id for one in await people.by_name(tx, name)):
            raise NameTaken
        if len(await aliases.of_person(tx, person.id)) >= aliases.MOST:
            raise TooMany(limit=aliases.MOST)
        await aliases.add(tx, person.id, name)
        screen = await _list(tx, turn, person)
        await _note(tx, turn, Action.ALIASES_CHANGED, person)
    await turn.say(screen)


async def drop_alias(tx: Transaction, turn: Turn, tap: PeopleTap) -> Screen:
    """Take one of the person's other names."""
    person = await changeable(tx, tap.person)
    dropped = await aliases.remove(tx, person.id, tap.value)
    screen = await _list(tx, turn, person)
    if dropped:
        await _note(tx, turn, Action.ALIASES_CHANGED, person)
    return screen


async def _note(tx: Transaction, turn: Turn, action: Action, person: Person) -> None:
    await audit.note(tx, turn.actor, action, Subject(Thing.PERSON, person.id))


ACTS = {
    PeopleAct.KEY: ask_key,
    PeopleAct.KEY_OFF: drop_key,
    PeopleAct.ALIASES: list_aliases,
    PeopleAct.ALIAS_OFF: drop_alias,
}
TYPED = (Typed(KEY, take_key, ADMINS), Typed(ALIAS, take_alias, ADMINS))
