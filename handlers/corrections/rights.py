"""Who may put a submitted evaluation right, until when alone, and who consents afterwards."""

import datetime as dt

from handlers.evaluating.casefile import CaseFile, judges, opened, oversees
from handlers.refusals import NotAllowed, NotFound, NotYours, OutOfDate, Sorry
from handlers.turn import Services
from handlers.words import N_
from scoring.roles import Role
from storage import corrections, people
from storage.corrections import Correction, Status
from storage.database import Transaction
from storage.people import Person
from storage.revisions import Kind

ALONE = dt.timedelta(hours=48)
"""How long after submitting nobody's consent is needed, unless the agent acknowledges before."""


class OutOfFigures(Sorry):
    """A withdrawn evaluation is not put right any more."""

    sentence = N_("This evaluation no longer counts: there is nothing left to put right.")


class WaitsAlready(Sorry):
    """One thing at a time waits for consent."""

    sentence = N_("A change of this evaluation waits for consent already.")


class UnderDispute(Sorry):
    """Whoever decides the dispute puts the answers right."""

    sentence = N_("The agent disputes this evaluation: the decision on it puts the answers right.")


class AnsweredAlready(Sorry):
    """Somebody else consented or declined, or it was taken back."""

    sentence = N_("{name} has answered this already.")


class OwnRequest(Sorry):
    """Nobody consents to what they ask for while anybody else can."""

    sentence = N_("You ask for this yourself, so somebody else consents.")


def is_alone(person: Person, file: CaseFile, now: dt.datetime) -> bool:
    """Return whether *person* needs nobody's consent: as an admin, or before the deadline.

    The deadline is over once the agent has acknowledged or disputed, or 48 hours have passed.
    """
    if person.is_a(Role.ADMIN):
        return True
    evaluation = file.evaluation
    untouched = evaluation.acknowledged_at is None and file.dispute is None
    return untouched and now < evaluation.submitted_at + ALONE


def may_act(person: Person, file: CaseFile) -> bool:
    """Return whether *person* may put the evaluation right: its evaluator, or an admin.

    Never the agent.
    """
    if file.is_of(person):
        return False
    own = person.id == file.evaluator.id and person.is_a(Role.EVALUATOR)
    return own or person.is_a(Role.ADMIN)


async def actable(
    tx: Transaction, services: Services, person: Person, evaluation_id: int, kind: Kind
) -> CaseFile:
    """Return the case file where *person* may do that now; raise what stands against it."""
    file = await opened(tx, services, person, evaluation_id)
    if not may_act(person, file):
        raise NotYours
    if file.evaluation.withdrawn_at is not None:
        raise OutOfFigures
    if file.waiting is not None:
        raise WaitsAlready
    require_undisputed(file, kind)
    return file


def require_undisputed(file: CaseFile, kind: Kind) -> None:
    """Raise ``UnderDispute`` for a correction of answers while a dispute is open."""
    if kind is Kind.CORRECTION and file.dispute is not None and file.dispute.is_open:
        raise UnderDispute


async def own(tx: Transaction, person: Person, correction_id: int) -> Correction:
    """Return what the person began themself and has not finished; raise what is against it."""
    correction = await existing(tx, correction_id)
    if correction.made_by != person.id:
        raise NotYours
    if correction.status is not Status.DRAFT:
        raise OutOfDate
    return correction


async def existing(tx: Transaction, correction_id: int) -> Correction:
    """Return the correction; raise ``NotFound`` where there is none."""
    correction = await corrections.by_id(tx, correction_id)
    if correction is None:
        raise NotFound
    return correction


async def readable(
    tx: Transaction, services: Services, person: Person, correction_id: int
) -> tuple[CaseFile, Correction]:
    """Return the correction with its case file; raise ``NotYours`` where they may not read it.

    A draft is there for nobody but whoever began it.
    """
    correction = await existing(tx, correction_id)
    file = await opened(tx, services, person, correction.evaluation_id)
    if correction.status is Status.DRAFT and correction.made_by != person.id:
        raise NotYours
    return file, correction


async def consentable(
    tx: Transaction, services: Services, person: Person, correction_id: int
) -> tuple[CaseFile, Correction]:
    """Return what waits for consent and *person* may answer; raise what stands against it."""
    correction = await existing(tx, correction_id)
    file = await opened(tx, services, person, correction.evaluation_id)
    if not oversees(person, file.teams) or file.is_of(person):
        raise NotAllowed
    if correction.status is not Status.WAITING:
        raise await answered(tx, correction)
    if person.id not in {one.id for one in await consenting(tx, file, correction.made_by)}:
        raise OwnRequest
    return file, correction


async def consenting(tx: Transaction, file: CaseFile, made_by: int) -> list[Person]:
    """Return who may consent to what *made_by* asks for: who judges disputes, but not themself.

    Nobody else being there, it is themself.
    """
    able = await judges(tx, file)
    return [one for one in able if one.id != made_by] or able


async def needs_consent(tx: Transaction, person: Person, file: CaseFile, now: dt.datetime) -> bool:
    """Return whether somebody else has to consent to what *person* does now."""
    if is_alone(person, file, now):
        return False
    return {one.id for one in await consenting(tx, file, person.id)} != {person.id}


async def answered(tx: Transaction, correction: Correction) -> Sorry:
    """Return the refusal that names who was quicker."""
    by = correction.decided_by or correction.made_by
    quicker = await people.by_id(tx, by)
    return AnsweredAlready(name=quicker.name if quicker is not None else "…")
