"""/forget: erasing a person who left, or a customer, after saying what that means."""

from collections.abc import Awaitable, Callable, Mapping

from handlers import menus
from handlers.people.admin_rule import may_shut_out
from handlers.people.people_card import ConfiguredAdmin, person_of, zone_of
from handlers.privacy.erasing import OWN, REQUEST, act_of, erase_customer, erase_person
from handlers.refusals import NotFound, Sorry
from handlers.routing import Command, Typed, press
from handlers.taps import ForgetAct, ForgetTap
from handlers.turn import Turn
from handlers.views import forget as views
from handlers.views.screen import Screen, lines
from handlers.words import N_
from scoring.names import name_key
from scoring.roles import Role
from scoring.text import printable
from storage import (
    awaiting,
    erasure_customers,
    erasure_people,
    locks,
    people,
    people_search,
)
from storage.audit import Entry
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.people import Person

ADMINS = frozenset({Role.ADMIN})
SEARCH = "forget.search"
SURE = "forget.sure"
MAX_WORDS = 120


class Forgotten(Sorry):
    """The person was erased before."""

    sentence = N_("This person has been erased already.")


class Oneself(Sorry):
    """Admins do not erase themselves: somebody has to answer for it."""

    sentence = N_("You cannot erase yourself; another admin can.")


class AnotherName(Sorry):
    """What was typed is not the name."""

    sentence = N_("That is not their name. Nothing was erased.")


async def start(turn: Turn) -> None:
    """Answer /forget; text after the command is searched for."""
    await _search(turn, turn.text.partition(" ")[2])


async def search(turn: Turn, _awaited: Awaited) -> None:
    """Take a typed text as a person's name, a customer or a contact's reference."""
    await _search(turn, turn.text)


async def _search(turn: Turn, text: str) -> None:
    words = " ".join(printable(text).split())[:MAX_WORDS]
    async with turn.db.writing() as tx:
        await awaiting.expect(tx, turn.person.id, Awaited(SEARCH))
        screen = await _found(tx, turn, words) if words else views.who_screen(turn.t)
    await turn.say(screen)


async def _found(tx: Transaction, turn: Turn, words: str) -> Screen:
    found, total = await people_search.page(tx, words, limit=views.MOST_PEOPLE)
    matches = views.Matches(
        people=[one for one in found if not one.erased],
        more=total > len(found),
        customer=await erasure_customers.of_customer(tx, words, turn.services.timezone),
        reference=await erasure_customers.of_reference(tx, words),
    )
    return views.found_screen(turn.t, words, matches)


async def pressed(turn: Turn, tap: ForgetTap) -> None:
    """Handle a press on the way to an erasure."""
    if tap.act is ForgetAct.CUSTOMER_SURE:
        await _erase_customer(turn, tap)
        return
    async with turn.db.writing() as tx:
        screen = await ACTS[tap.act](tx, turn, tap)
    await turn.show(screen)


async def _again(tx: Transaction, turn: Turn, _tap: ForgetTap) -> Screen:
    await awaiting.expect(tx, turn.person.id, Awaited(SEARCH))
    return views.who_screen(turn.t)


async def _person(tx: Transaction, turn: Turn, tap: ForgetTap) -> Screen:
    person = await _erasable(tx, turn, tap.subject)
    return views.person_screen(turn.t, person, await erasure_people.forecast(tx, person.id))


async def _erasable(tx: Transaction, turn: Turn, person_id: int) -> Person:
    """Return the person; raise why they may not be erased."""
    admins = await people.admins(tx)
    person = await person_of(tx, person_id)
    if person.erased:
        raise Forgotten
    if person.id == turn.person.id:
        raise Oneself
    may_shut_out(person, admins, turn.person.id)
    if person.telegram_id in turn.services.admin_ids:
        raise ConfiguredAdmin
    return person


async def _ask_name(tx: Transaction, turn: Turn, tap: ForgetTap) -> Screen:
    person = await _erasable(tx, turn, tap.subject)
    basis = OWN if tap.own else REQUEST
    await awaiting.expect(tx, turn.person.id, Awaited(SURE, person.id, basis))
    return views.name_screen(turn.t, person)


async def take_name(turn: Turn, awaited: Awaited) -> None:
    """Erase the person whose name was typed, and send the act of it."""
    async with turn.db.writing() as tx:
        await locks.alone(tx, locks.PEOPLE)
        person = await _erasable(tx, turn, awaited.subject)
        if name_key(turn.text) != name_key(person.name):
            raise AnotherName
        await awaiting.forget(tx, turn.person.id)
        basis = OWN if awaited.detail == OWN else REQUEST
        entry = await erase_person(tx, turn.services, turn.actor, person, basis)
    await menus.withdraw(turn, person)
    await _send_act(turn, entry)


async def _contacts(tx: Transaction, tap: ForgetTap) -> list[int]:
    found = await erasure_customers.alike(tx, tap.subject, by_reference=bool(tap.reference))
    if not found:
        raise NotFound
    return found


async def _customer(tx: Transaction, turn: Turn, tap: ForgetTap) -> Screen:
    counts = await erasure_customers.forecast(tx, await _contacts(tx, tap))
    return views.customer_screen(turn.t, tap, counts)


async def _ask_customer(tx: Transaction, turn: Turn, tap: ForgetTap) -> Screen:
    return views.customer_sure_screen(turn.t, tap, len(await _contacts(tx, tap)))


async def _erase_customer(turn: Turn, tap: ForgetTap) -> None:
    async with turn.db.writing() as tx:
        contacts = await _contacts(tx, tap)
        await awaiting.forget(tx, turn.person.id)
        entry = await erase_customer(tx, turn.actor, contacts, OWN if tap.own else REQUEST)
    await _send_act(turn, entry)


async def _send_act(turn: Turn, entry: Entry) -> None:
    async with turn.db.reading() as tx:
        file = await act_of(tx, turn.t, entry, zone_of(turn))
    await turn.show(views.done_screen(turn.t, entry.id))
    await turn.say(Screen(lines(), file=file))


Step = Callable[[Transaction, Turn, ForgetTap], Awaitable[Screen]]

ACTS: Mapping[ForgetAct, Step] = {
    ForgetAct.PERSON: _person,
    ForgetAct.PERSON_SURE: _ask_name,
    ForgetAct.CUSTOMER: _customer,
    ForgetAct.CUSTOMER_ASK: _ask_customer,
    ForgetAct.AGAIN: _again,
}

COMMANDS = (Command("forget", start, N_("Erase a person or a customer"), ADMINS),)
PRESSES = (press(ForgetTap, pressed, ADMINS),)
TYPED = (Typed(SEARCH, search, ADMINS), Typed(SURE, take_name, ADMINS))
