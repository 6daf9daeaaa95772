"""Merging two entries or two teams in the chat: whom, what moves, yes, and undo."""

from handlers import menus
from handlers.notice import Notice
from handlers.people import merge
from handlers.people.people_card import changeable
from handlers.refusals import Sorry
from handlers.routing import Typed, press
from handlers.taps import MergeAct, MergeTap, PeopleTap
from handlers.turn import Services, Turn
from handlers.views import merging as views
from handlers.views.screen import Screen
from handlers.words import Words
from scoring.roles import Role
from scoring.text import printable
from storage import awaiting, people, people_search, teams
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.outbox import Claimed
from storage.people import Person

ADMINS = frozenset({Role.ADMIN})
WHOM = "people.merge"
MAX_WORDS = 60
OFFERED = 12


async def ask_whom(turn: Turn, tap: PeopleTap) -> None:
    """Ask which entry is of the same person, and offer those whose names are alike."""
    async with turn.db.writing() as tx:
        person = await changeable(tx, tap.person)
        await awaiting.expect(tx, turn.person.id, Awaited(WHOM, person.id))
        alike = await _alike(tx, person)
    await turn.show(views.whom_screen(turn.t, person, alike))


async def _alike(tx: Transaction, person: Person) -> list[Person]:
    """Return others whose name holds a word of this one's; those with most of them first."""
    found: dict[int, Person] = {}
    shared: dict[int, int] = {}
    for word in person.name.split():
        for one in (await people_search.page(tx, word, limit=OFFERED * 2))[0]:
            found[one.id] = one
            shared[one.id] = shared.get(one.id, 0) + 1
    others = [one for one in found.values() if one.id != person.id and not one.erased]
    return sorted(others, key=lambda one: (-shared[one.id], one.id))[:OFFERED]


async def search(turn: Turn, awaited: Awaited) -> None:
    """Take a typed text as a part of the other entry's name."""
    words = " ".join(printable(turn.text).split())[:MAX_WORDS]
    async with turn.db.writing() as tx:
        person = await changeable(tx, awaited.subject)
        found, _ = await people_search.page(tx, words, limit=OFFERED + 1)
        others = [one for one in found if one.id != person.id and not one.erased]
    await turn.say(views.whom_screen(turn.t, person, others[:OFFERED], words))


async def pressed(turn: Turn, tap: MergeTap) -> None:
    """Handle a press about merging."""
    async with turn.db.writing() as tx:
        screen = await _screen(tx, turn, tap)
        touched = await _touched(tx, tap)
    turn.services.wake()
    await turn.show(screen)
    for person in touched:
        await menus.refresh(turn, person)


async def _screen(tx: Transaction, turn: Turn, tap: MergeTap) -> Screen:
    configured = turn.services.admin_ids
    if tap.act is MergeAct.PEOPLE:
        seen = await merge.people_preview(tx, turn.actor, tap.kept, tap.dropped, configured)
        names = await _team_names(tx, seen)
        other_way = await _may_be_turned(tx, turn, tap)
        return views.people_screen(turn.t, seen, names, other_way=other_way)
    if tap.act is MergeAct.TEAMS:
        return views.teams_screen(turn.t, await merge.teams_preview(tx, tap.kept, tap.dropped))
    if tap.act is MergeAct.UNDO:
        return views.undo_screen(turn.t, tap.entry, await merge.undoable(tx, tap.entry))
    if tap.act is MergeAct.UNDO_SURE:
        undone = await merge.undoable(tx, tap.entry)
        await merge.undo(tx, turn.actor, tap.entry)
        return views.undone_screen(turn.t, undone)
    if tap.act is MergeAct.TEAMS_SURE:
        teams_seen = await merge.teams_preview(tx, tap.kept, tap.dropped)
        entry = await merge.merge_teams_of(tx, turn.actor, tap.kept, tap.dropped)
        return views.done_screen(turn.t, entry.id, teams_seen)
    seen = await merge.people_preview(tx, turn.actor, tap.kept, tap.dropped, configured)
    await awaiting.forget(tx, turn.person.id)
    entry = await merge.merge_people_of(tx, turn.actor, tap.kept, tap.dropped, configured)
    return views.done_screen(turn.t, entry.id, seen)


async def _may_be_turned(tx: Transaction, turn: Turn, tap: MergeTap) -> bool:
    try:
        await merge.people_preview(tx, turn.actor, tap.dropped, tap.kept, turn.services.admin_ids)
    except Sorry:
        return False
    return True


async def _team_names(tx: Transaction, seen: merge.People) -> list[str]:
    ids = {*seen.kept.teams, *seen.dropped.teams}
    return [team.name for team in await teams.by_ids(tx, ids)]


async def _touched(tx: Transaction, tap: MergeTap) -> list[Person]:
    """Return whose menus may have changed."""
    ids = {tap.kept} if tap.act is MergeAct.PEOPLE_SURE else set()
    if tap.act is MergeAct.UNDO_SURE:
        ids = await merge.people_of(tx, tap.entry)
    return list((await people.by_ids(tx, ids)).values())


async def _draw(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    async with services.db.reading() as tx:
        dropped = await people.by_id(tx, message.subject)
    if dropped is None or dropped.merged_into != to.id:
        return None
    return views.told_screen(t, to, dropped)


NOTICES = (Notice(merge.MERGED, _draw),)
PRESSES = (press(MergeTap, pressed, ADMINS),)
TYPED = (Typed(WHOM, search, ADMINS),)
