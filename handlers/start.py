"""/start: strangers learn how to come in, invited people join, everybody else comes home."""

from dataclasses import replace

from handlers import menus
from handlers.refusals import Denied, OnlyInPrivate, Sorry
from handlers.routing import Command
from handlers.turn import Turn, Visit
from handlers.views import start as views
from handlers.views.screen import Screen
from handlers.words import N_, known_language, words
from storage import audit, invitations, people, people_search, teams
from storage.audit import Action, Actor, Subject, Thing
from storage.database import Transaction
from storage.invitations import (
    AccountTakenError,
    ExpiredInvitationError,
    InvitationError,
    UnknownInvitationError,
)
from storage.people import Person


class UnknownLink(Denied):
    """No such link, or it was used or replaced."""

    sentence = N_("This invitation link does not work, or not any more. Please ask for a new one.")


class ExpiredLink(Denied):
    """The link came too late."""

    sentence = N_("This invitation link has expired. Please ask your admin for a new one.")


class AccountTaken(Denied):
    """The account belongs to somebody here already."""

    sentence = N_("This Telegram account belongs to somebody here already; the link stays unused.")


REASONS: dict[type[InvitationError], type[Sorry]] = {
    UnknownInvitationError: UnknownLink,
    ExpiredInvitationError: ExpiredLink,
    AccountTakenError: AccountTaken,
}


async def greet_stranger(visit: Visit) -> None:
    """Tell somebody unknown their Telegram ID and that they need an invitation, once a minute."""
    if visit.hush(1):
        return
    if visit.query is not None:
        await visit.toast(visit.t("You need an invitation for this."), alert=True)
    elif visit.private:
        await visit.say(Screen(views.stranger_text(visit.t, visit.user.id)))
    else:
        raise OnlyInPrivate


async def knock(visit: Visit) -> None:
    """Answer a stranger's /start: with an invitation's token they come in."""
    token = _token(visit)
    if not token:
        await greet_stranger(visit)
        return
    await _join(visit, token)


async def start(turn: Turn) -> None:
    """Answer the /start of somebody known, who may have tapped an invitation link."""
    token = _token(turn)
    if token and await _has_joined(turn, token):
        return
    async with turn.db.reading() as tx:
        alone = await _is_alone(tx)
    await menus.refresh(turn, turn.person, turn.t.language)
    await turn.say(views.home_screen(turn.t, turn.person, alone=alone))


def _token(visit: Visit) -> str:
    """Return what follows /start; links are personal, so where others read along it is refused."""
    _, _, token = visit.text.partition(" ")
    if token.strip() and not visit.private:
        raise OnlyInPrivate
    return token.strip()


async def _has_joined(turn: Turn, token: str) -> bool:
    """Join by the link; ``False`` where it is the person's own and has let them in before."""
    try:
        await _join(turn, token)
    except UnknownLink:
        async with turn.db.reading() as tx:
            if await invitations.owner(tx, token) == turn.person.id:
                return False
        raise
    return True


async def _join(visit: Visit, token: str) -> None:
    """Let the account in as the invited person and welcome them in their language."""
    try:
        async with visit.db.writing() as tx:
            before = await _invited(tx, token)
            person_id = await invitations.redeem(tx, token, visit.user.id, visit.now)
            person = await _with_language(tx, visit, person_id)
            alone = await _is_alone(tx)
            actor = Actor(person_id, person.roles, visit.now)
            await audit.note(tx, actor, Action.JOINED, Subject(Thing.PERSON, person_id))
    except InvitationError as error:
        raise REASONS[type(error)] from error
    if before is not None and before.telegram_id not in (None, visit.user.id):
        # They have moved here from another account, whose menu must not go on offering things.
        await menus.refresh(visit, replace(before, roles=frozenset()))
    t = words(known_language(person.language, visit.t.language))
    await menus.refresh(visit, person, t.language)
    await visit.say(views.welcome_screen(t, person, alone=alone))


async def _invited(tx: Transaction, token: str) -> Person | None:
    person_id = await invitations.owner(tx, token)
    return await people.by_id(tx, person_id) if person_id is not None else None


async def _with_language(tx: Transaction, visit: Visit, person_id: int) -> Person:
    """Return the person, speaking Telegram's language from now on where they had none.

    Where Telegram's is none of ours, it is their team's.
    """
    person = (await people.by_ids(tx, [person_id]))[person_id]
    if person.language is None:
        first = next(iter(await teams.by_ids(tx, [*person.teams, *person.supervises])), None)
        fallback = first.language if first is not None else visit.services.language
        language = known_language(visit.user.language_code, fallback)
        await people.set_language(tx, person_id, language)
    return (await people.by_ids(tx, [person_id]))[person_id]


async def _is_alone(tx: Transaction) -> bool:
    _, total = await people_search.page(tx, limit=1)
    return total == 1


COMMANDS = (Command("start", start, N_("Begin here"), for_strangers=knock),)
