"""Merging two entries of one person, or two teams, and undoing it: the acts, without screens."""

from collections.abc import Collection
from dataclasses import dataclass

from handlers.people.admin_rule import LastAdmin
from handlers.refusals import NotFound, Sorry
from handlers.words import N_
from scoring.roles import Role
from storage import (
    audit,
    audit_reading,
    locks,
    merge_conflicts,
    merge_people,
    merge_teams,
    merging,
    outbox,
    people,
    teams,
)
from storage.audit import Action, Actor, Detail, Entry, Subject, Thing
from storage.database import Transaction
from storage.merge_rules import PEOPLE, TEAMS
from storage.outbox import Message
from storage.people import Person
from storage.teams import Team

MERGED = "merged"
OF = "of"


class SameOne(Sorry):
    """Nobody is merged into themself."""

    sentence = N_("That is the same entry twice.")


class TwoPeople(Sorry):
    """One of the two acted on what is the other's."""

    sentence = N_(
        "{kept} and {dropped} have scored or decided on one another’s work ({count}). "
        "Merged, somebody would have scored themself. Nothing was changed."
    )


class GoneAlready(Sorry):
    """One of the two is erased, or merged already."""

    sentence = N_("One of the two has been erased or merged already.")


class KeptIsOut(Sorry):
    """The entry that is kept is shut out."""

    sentence = N_("“{name}” is shut out. Keep the other entry, or let this one in first.")


class OwnEntry(Sorry):
    """An admin would lose the entry they act by."""

    sentence = N_("This is your own entry: keep it and merge the other one into it.")


class ConfiguredEntry(Sorry):
    """The configuration would bring the dropped entry back as an admin."""

    sentence = N_(
        "The configuration names the account of “{name}” as an admin: keep that entry instead."
    )


class KeptIsArchived(Sorry):
    """A team that is offered nowhere takes nothing in."""

    sentence = N_("“{name}” is archived. Keep the other team, or bring this one back first.")


class NotThatMerge(Sorry):
    """There is nothing to be undone, or not any more."""

    sentence = N_("This has been undone already, or one of the two is erased or merged anew.")


class Contradicted(Sorry):
    """What was moved then has been changed since."""

    sentence = N_(
        "This cannot be undone any more: {count} of what was moved then belongs elsewhere by now."
    )


@dataclass(frozen=True, slots=True)
class People:
    """Two entries that would be one, and how many rows of which column would move."""

    kept: Person
    dropped: Person
    moving: dict[str, int]

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that the kept one would have."""
        return self.kept.roles | self.dropped.roles


@dataclass(frozen=True, slots=True)
class Teams:
    """Two teams that would be one, and how many rows of which column would move."""

    kept: Team
    dropped: Team
    moving: dict[str, int]


async def people_preview(
    tx: Transaction, actor: Actor, kept_id: int, dropped_id: int, configured: Collection[int] = ()
) -> People:
    """Return what merging the entries would do; raise the ``Sorry`` why that may not be.

    *configured* are the Telegram accounts that the configuration names as admins.
    """
    kept, dropped = await people.by_id(tx, kept_id), await people.by_id(tx, dropped_id)
    if kept is None or dropped is None:
        raise NotFound
    if kept.id == dropped.id:
        raise SameOne
    if any(one.erased or one.merged_into is not None for one in (kept, dropped)):
        raise GoneAlready
    if not kept.active:
        raise KeptIsOut(name=kept.name)
    if dropped.id == actor.id:
        raise OwnEntry
    if dropped.telegram_id in configured and kept.telegram_id is not None:
        raise ConfiguredEntry(name=dropped.name)
    count = await merge_conflicts.between(tx, kept.id, dropped.id)
    if count:
        raise TwoPeople(kept=kept.name, dropped=dropped.name, count=count)
    return People(kept, dropped, await merge_people.preview(tx, kept.id, dropped.id))


async def merge_people_of(
    tx: Transaction, actor: Actor, kept_id: int, dropped_id: int, configured: Collection[int] = ()
) -> Entry:
    """Merge the entries, tell whose they are, and return the audit's entry.

    Raises as ``people_preview`` does.
    """
    await locks.alone(tx, locks.PEOPLE, locks.TEAMS)
    await people.admins(tx)
    seen = await people_preview(tx, actor, kept_id, dropped_id, configured)
    record = await merge_people.merge(tx, seen.kept, seen.dropped, actor.at)
    about = Subject(Thing.PERSON, seen.dropped.id)
    if seen.kept.id != actor.id:
        key = f"{MERGED}:{seen.dropped.id}:{actor.at:%Y%m%d%H%M%S}"
        told = Message(MERGED, seen.kept.id, seen.dropped.id, key, actor.at)
        await outbox.put(tx, [told], actor.at)
    return await audit.note(tx, actor, Action.PEOPLE_MERGED, about, record)


async def teams_preview(tx: Transaction, kept_id: int, dropped_id: int) -> Teams:
    """Return what merging the teams would do; raise the ``Sorry`` why that may not be."""
    kept, dropped = await teams.by_id(tx, kept_id), await teams.by_id(tx, dropped_id)
    if kept is None or dropped is None:
        raise NotFound
    if kept.id == dropped.id:
        raise SameOne
    if kept.merged_into is not None or dropped.merged_into is not None:
        raise GoneAlready
    if kept.archived:
        raise KeptIsArchived(name=kept.name)
    return Teams(kept, dropped, await merge_teams.preview(tx, kept.id, dropped.id))


async def merge_teams_of(tx: Transaction, actor: Actor, kept_id: int, dropped_id: int) -> Entry:
    """Merge the teams and return the audit's entry; raises as ``teams_preview`` does."""
    await locks.alone(tx, locks.PEOPLE, locks.TEAMS)
    seen = await teams_preview(tx, kept_id, dropped_id)
    record = await merge_teams.merge(tx, seen.kept, seen.dropped, actor.at)
    return await audit.note(
        tx, actor, Action.TEAMS_MERGED, Subject(Thing.TEAM, seen.dropped.id), record
    )


async def undoable(tx: Transaction, entry_id: int) -> People | Teams:
    """Return the two whom the entry's merging made one; raise the ``Sorry`` why it stays.

    It stays where one of them is erased or merged anew, or where part of the history that moved
    then belongs elsewhere by now.
    """
    entry = await _entry(tx, entry_id)
    record = entry.told()
    into = record.get(merge_people.INTO)
    kept_id = into if isinstance(into, int) else 0
    if entry.action == Action.PEOPLE_MERGED:
        kept, dropped = await people.by_id(tx, kept_id), await people.by_id(tx, entry.subject_id)
        if kept is None or dropped is None or dropped.merged_into != kept.id:
            raise NotThatMerge
        if kept.erased or dropped.erased or kept.merged_into is not None:
            raise NotThatMerge
        await _refuse_contradicted(tx, PEOPLE, record, kept.id)
        return People(kept, dropped, {})
    team, part = await teams.by_id(tx, kept_id), await teams.by_id(tx, entry.subject_id)
    if team is None or part is None or part.merged_into != team.id or team.merged_into is not None:
        raise NotThatMerge
    await _refuse_contradicted(tx, TEAMS, record, team.id)
    return Teams(team, part, {})


async def undo(tx: Transaction, actor: Actor, entry_id: int) -> Entry:
    """Part again what the entry's merging made one; raises as ``undoable`` does."""
    await locks.alone(tx, locks.PEOPLE, locks.TEAMS)
    entry, seen = await _entry(tx, entry_id), await undoable(tx, entry_id)
    record = entry.told()
    details: dict[str, Detail] = {OF: entry.id}
    if isinstance(seen, People):
        await merge_people.undo(tx, record, seen.kept, seen.dropped, entry.at)
        subject = Subject(Thing.PERSON, seen.dropped.id)
        if not await people.admins(tx):
            raise LastAdmin
    else:
        await merge_teams.undo(tx, record, seen.kept, seen.dropped)
        subject = Subject(Thing.TEAM, seen.dropped.id)
    return await audit.note(tx, actor, Action.MERGE_UNDONE, subject, details)


async def _entry(tx: Transaction, entry_id: int) -> Entry:
    entry = await audit_reading.by_id(tx, entry_id)
    if entry is None or entry.action not in (Action.PEOPLE_MERGED, Action.TEAMS_MERGED):
        raise NotFound
    return entry


async def _refuse_contradicted(
    tx: Transaction, rules: merging.Rules, record: merging.Record, kept: int
) -> None:
    changed = await merging.contradicted(tx, rules, record, kept)
    if changed:
        raise Contradicted(count=changed)


async def people_of(tx: Transaction, entry_id: int) -> set[int]:
    """Return the ids of the people whose entries that act of merging was about, if of people."""
    entry = await _entry(tx, entry_id)
    into = entry.told().get(merge_people.INTO)
    if entry.action != Action.PEOPLE_MERGED or not isinstance(into, int):
        return set()
    return {into, entry.subject_id}
