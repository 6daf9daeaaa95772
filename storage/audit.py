"""The audit log: entries that are only ever added, each bound to the one before by its hash.

An entry names people and things by id and tells details in words of the program, so that erasing a
person leaves nothing to change here. What people wrote cannot get in: ``note`` refuses it.
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from sqlalchemy import insert, select

from scoring.roles import Role
from storage import locks, people
from storage.database import Transaction
from storage.tables import AuditEntryRow
from storage.tables.base import table_of

FIRST = "0" * 64
"""What the first entry takes for the hash of the one before."""

WORD = re.compile(r"[A-Za-z0-9_.,:/+|-]{0,80}")
"""A word of the program, such as a role, a key, a zone or a time; no sentence and no name."""

REFUSALS_EACH = dt.timedelta(minutes=1)

Detail = int | float | bool | str | None | list[int] | list[str]
Details = Mapping[str, Detail]


class Action(StrEnum):
    """What can be noted."""

    JOINED = "joined"
    INVITED = "invited"
    PERSON_ADDED = "person_added"
    ROLES_CHANGED = "roles_changed"
    TEAMS_CHANGED = "teams_changed"
    RENAMED = "renamed"
    SHUT_OUT = "shut_out"
    LET_IN = "let_in"
    TEAM_MADE = "team_made"
    TEAM_SET = "team_set"
    SETTING_CHANGED = "setting_changed"
    TARGET_CHANGED = "target_changed"
    SCORECARD_PUBLISHED = "scorecard_published"
    SCORECARD_RETIRED = "scorecard_retired"
    SCORECARD_BACK = "scorecard_back"
    SUBMITTED = "submitted"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"
    CORRECTION_ASKED = "correction_asked"
    CORRECTION_DECLINED = "correction_declined"
    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_DECIDED = "dispute_decided"
    DISPUTE_REOPENED = "dispute_reopened"
    EXPORTED = "exported"
    REPORT_TAKEN = "report_taken"
    IMPORTED = "imported"
    PLAN_MADE = "plan_made"
    PLAN_CHANGED = "plan_changed"
    PLAN_DRAWN = "plan_drawn"
    ERASED = "erased"
    CUSTOMER_ERASED = "customer_erased"
    MASKED = "masked"
    REFUSED = "refused"
    RESTORED = "restored"
    DATED_ANEW = "dated_anew"
    KEY_CHANGED = "key_changed"
    ALIASES_CHANGED = "aliases_changed"
    PEOPLE_MERGED = "people_merged"
    TEAMS_MERGED = "teams_merged"
    MERGE_UNDONE = "merge_undone"
    TEAM_ARCHIVED = "team_archived"
    TEAM_BACK = "team_back"
    HANDED_ON = "handed_on"


class Thing(StrEnum):
    """What an entry can be about."""

    PERSON = "person"
    TEAM = "team"
    SCORECARD = "scorecard"
    EVALUATION = "evaluation"
    DISPUTE = "dispute"
    CONTACTS = "contacts"
    PLAN = "plan"
    DRAW = "draw"
    FILE = "file"
    SETTINGS = "settings"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with their roles at that moment; without an id it is the program itself."""

    id: int | None
    roles: frozenset[Role]
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Subject:
    """What an act is about; 0 stands for all of the kind or for none in particular."""

    kind: Thing
    id: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands in the log; ``details`` is canonical JSON."""

    id: int
    at: dt.datetime
    actor_id: int | None
    roles: str
    action: str
    subject: str
    subject_id: int
    details: str
    previous: str
    hash: str

    def told(self) -> dict[str, Detail]:
        """Return the details."""
        found: dict[str, Detail] = json.loads(self.details)
        return found


def program(at: dt.datetime) -> Actor:
    """Return the actor of what nobody in the chat does: the command line and the schedules."""
    return Actor(None, frozenset(), at)


async def acting(tx: Transaction, person_id: int | None, at: dt.datetime) -> Actor:
    """Return the actor for somebody by id; ``None`` stands for the program itself."""
    person = await people.by_id(tx, person_id) if person_id is not None else None
    return program(at) if person is None else Actor(person.id, person.roles, at)


ADD = insert(table_of(AuditEntryRow))
NEWEST = select(AuditEntryRow.id, AuditEntryRow.hash).order_by(AuditEntryRow.id.desc()).limit(1)


async def note(
    tx: Transaction,
    actor: Actor,
    action: Action,
    subject: Subject,
    details: Details | None = None,
    *,
    number: int | None = None,
) -> Entry:
    """Add an entry in the transaction of the act itself and return it.

    Entries are written one after another, whoever writes: call it last in the transaction, which
    keeps others waiting until it ends. Raises ``ValueError`` for a detail that is no word of the
    program, for that could be somebody's name or text. *number* is the entry's where those before
    it were lost with a copy's age.
    """
    told = canonical(details or {})
    await locks.alone(tx, locks.AUDIT)
    last = (await tx.execute(NEWEST)).first()
    unsealed = Entry(
        id=number or (last.id + 1 if last is not None else 1),
        at=actor.at,
        actor_id=actor.id,
        roles=",".join(sorted(role.value for role in actor.roles)),
        action=action.value,
        subject=subject.kind.value,
        subject_id=subject.id,
        details=told,
        previous=last.hash if last is not None else FIRST,
        hash="",
    )
    entry = replace(unsealed, hash=hash_of(unsealed))
    await tx.execute(ADD, asdict(entry))
    return entry


async def note_refusal(tx: Transaction, actor: Actor, what: str) -> Entry | None:
    """Note that *actor* was refused *what*, a command or a kind of button.

    At most once a minute for the same; ``None`` where it was noted just before.
    """
    details = {"what": word(what)}
    before = select(AuditEntryRow.id).where(
        AuditEntryRow.actor_id == actor.id,
        AuditEntryRow.action == Action.REFUSED,
        AuditEntryRow.details == canonical(details),
        AuditEntryRow.at > actor.at - REFUSALS_EACH,
    )
    await locks.alone(tx, locks.AUDIT)
    if (await tx.execute(before.limit(1))).first() is not None:
        return None
    return await note(tx, actor, Action.REFUSED, Subject(Thing.SYSTEM), details)


def word(text: str) -> str:
    """Return *text* where it may stand in the log, else ``unknown``, as of something forged."""
    return text if _is_word(text) else "unknown"


def canonical(details: Details) -> str:
    """Return *details* as JSON, the same for the same details; raise ``ValueError`` for texts."""
    for key, value in details.items():
        if not _is_word(key) or not all(_is_word(one) for one in _parts(value)):
            raise ValueError(f"no word of the program in the audit log's {key!r}")
    return json.dumps(details, sort_keys=True, separators=(",", ":"))


def hash_of(entry: Entry) -> str:
    """Return what the entry's hash has to be: SHA-256 over all it says and the hash before."""
    said = [
        entry.id,
        entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.roles,
        entry.action,
        entry.subject,
        entry.subject_id,
        entry.details,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


def entry_from(told: Mapping[str, object]) -> Entry:
    """Return the entry that ``asdict`` and JSON made *told* of."""
    at, actor = told["at"], told["actor_id"]
    if not isinstance(at, str) or not isinstance(actor, int | None):
        raise TypeError("no entry")
    return Entry(
        id=int(str(told["id"])),
        at=dt.datetime.fromisoformat(at),
        actor_id=actor,
        roles=str(told["roles"]),
        action=str(told["action"]),
        subject=str(told["subject"]),
        subject_id=int(str(told["subject_id"])),
        details=str(told["details"]),
        previous=str(told["previous"]),
        hash=str(told["hash"]),
    )


def _parts(value: Detail) -> Collection[int | float | str | None]:
    return value if isinstance(value, list) else [value]


def _is_word(value: float | str | None) -> bool:
    return not isinstance(value, str) or WORD.fullmatch(value) is not None
