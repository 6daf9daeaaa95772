"""Who may see and do what in a calibration session, and what its screens name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from handlers.evaluating.casefile import clock_of
from handlers.refusals import NotFound, NotYours, OutOfDate, Sorry
from handlers.taps import Tap
from handlers.turn import Services, Turn
from handlers.views.screen import Button
from handlers.words import N_
from scoring.calibration import Outcome
from scoring.roles import Role
from storage import calibration_scorings, calibrations, people, teams
from storage.calibration_scorings import Told
from storage.calibrations import Contact, Session
from storage.database import Transaction
from storage.people import Person
from storage.scorecards import Published

CALIBRATORS = frozenset({Role.EVALUATOR, Role.SUPERVISOR})


class NotOverYet(Sorry):
    """Results are shown to nobody before the end."""

    sentence = N_("The results come out when everybody is done or the deadline has passed.")


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session with all that its screens name.

    ``names`` are people's by id, the contacts' agents included; ``done`` holds who scored what, as
    pairs of contact and person; ``zone`` is the reader's.
    """

    session: Session
    published: Published | None
    names: dict[int, str]
    done: frozenset[tuple[int, int]]
    reader: Person
    zone: ZoneInfo

    @property
    def is_opener(self) -> bool:
        """Whether the reader opened the session."""
        return self.reader.id == self.session.opener_id

    def name(self, person_id: int) -> str:
        """Return somebody's name."""
        return self.names.get(person_id, "…")

    def scored_by(self, person_id: int) -> int:
        """Return how many of their contacts the person has scored."""
        tasks = self.session.tasks_of(person_id)
        return sum((one.id, person_id) in self.done for one in tasks)

    def is_done(self, person_id: int) -> bool:
        """Return whether the person has scored all of theirs."""
        return self.scored_by(person_id) == len(self.session.tasks_of(person_id))


class Links(Protocol):
    """The presses that lead from one screen of results to the others, which have pages."""

    def results(self, page: int) -> Tap:
        """Return the press that shows the agreement."""

    def criterion(self, number: int, page: int) -> Tap:
        """Return the press that shows a criterion."""

    def leniency(self, page: int) -> Tap:
        """Return the press that shows who is lenient."""


@dataclass(frozen=True, slots=True)
class Results:
    """Scorings of the same contacts, compared, with all that their screens say.

    ``basis`` says in a few lines what was scored by whom, ``away`` leads to other results.
    ``names`` are people's by id, the contacts' agents included.
    """

    published: Published
    outcome: Outcome
    told: tuple[Told, ...]
    names: Mapping[int, str]
    contacts: Mapping[int, Contact]
    basis: tuple[str, ...]
    links: Links
    away: Button
    reference_id: int | None = None

    def name(self, person_id: int) -> str:
        """Return somebody's name."""
        return self.names.get(person_id, "…")


async def visible(tx: Transaction, person: Person, session_id: int) -> Session:
    """Return the session where it concerns the person; raise ``NotFound`` or ``NotYours``."""
    session = await calibrations.by_id(tx, session_id)
    if session is None:
        raise NotFound
    if not session.concerns(person.id):
        raise NotYours
    return session


async def in_preparation(tx: Transaction, turn: Turn, session_id: int) -> Session:
    """Return a session that the person is preparing, which nobody else changes meanwhile."""
    session = await calibrations.by_id(tx, session_id, alone=True)
    if session is None:
        raise NotFound
    if session.opener_id != turn.person.id:
        raise NotYours
    if not session.is_planned:
        raise OutOfDate
    return session


async def view_of(
    tx: Transaction, services: Services, person: Person, session: Session
) -> SessionView:
    """Return the session as *person* sees it."""
    version = session.scorecard_version_id
    ids = {*session.people, session.opener_id, *(one.agent_id for one in session.contacts)}
    return SessionView(
        session,
        published=await services.shelf.get(tx, version) if version is not None else None,
        names={one.id: one.name for one in (await people.by_ids(tx, ids)).values()},
        done=await calibration_scorings.done(tx, session.id),
        reader=person,
        zone=await zone_of(tx, services, person),
    )


async def zone_of(tx: Transaction, services: Services, person: Person) -> ZoneInfo:
    """Return the zone that *person* reads times in."""
    first = next(iter(await teams.by_ids(tx, [*person.teams, *person.supervises])), None)
    return clock_of(services, person, first)


def scope(person: Person) -> tuple[int, ...] | None:
    """Return the teams whose contacts the person may choose; ``None`` stands for all."""
    return None if person.is_a(Role.EVALUATOR) else person.supervises
