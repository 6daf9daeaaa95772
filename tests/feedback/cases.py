"""A small scorecard whose scores are easily worked by hand, and case files made of it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from zoneinfo import ZoneInfo

from handlers.evaluating.casefile import CaseFile
from scoring.feedback import feedback
from scoring.roles import Role
from scoring.score import score
from scoring.scorecard import (
    YES_NO,
    Answer,
    Channel,
    Condition,
    Criterion,
    CriticalClass,
    Effect,
    EffectKind,
    Option,
    Scorecard,
    Section,
    Wording,
)
from storage.disputes import Dispute, Status
from storage.evaluations import Evaluation
from storage.people import Person
from storage.scorecards import Published

UTC = ZoneInfo("UTC")
NOON = dt.datetime(2026, 11, 4, 12, 0, tzinfo=dt.UTC)  # a Wednesday

YES, NO, NA = Answer(0), Answer(1), Answer(None)


def plain(text: str) -> Wording:
    return Wording.plain(text)


def options(*points: int) -> tuple[Option, ...]:
    return tuple(Option(plain(f"{each} points"), Fraction(each)) for each in points)


def criterion(
    key: str,
    weight: int = 1,
    *,
    title: str = "",
    critical: CriticalClass | None = None,
    effect: Effect | None = None,
    reasons: Sequence[str] = (),
    advice: str | None = None,
    scale: tuple[Option, ...] = YES_NO,
    only_if: Condition | None = None,
) -> Criterion:
    return Criterion(
        key,
        plain(title or key.capitalize()),
        scale,
        Fraction(weight),
        critical=critical,
        effect=effect or Effect(),
        reasons=tuple(map(plain, reasons)),
        advice=plain(advice) if advice is not None else None,
        only_if=only_if,
    )


IDENTIFIED = criterion(
    "identified",
    2,
    title="Identifies the customer",
    critical=CriticalClass.COMPLIANCE,
    effect=Effect(EffectKind.CAP, Fraction(50)),
    reasons=["Only the name asked", "Asked too late"],
    advice="Ask for the contract number first.",
)

VOICE = Scorecard(
    "voice",
    plain("Voice calls"),
    (Channel.CALL,),
    (
        Section(plain("Opening"), Fraction(20), (criterion("greets"), IDENTIFIED)),
        Section(
            plain("Solution"),
            Fraction(70),
            (
                criterion("offers", 3, scale=options(2, 1, 0), advice="Name the price."),
                criterion("sums_up", 1),
                criterion("transfers", 1, only_if=Condition("sums_up", 1)),
            ),
        ),
        Section(plain("Closing"), Fraction(10), (criterion("says_goodbye"),)),
    ),
)

ALL_MET: dict[str, Answer] = {
    "greets": YES,
    "identified": YES,
    "offers": YES,
    "sums_up": YES,
    "says_goodbye": YES,
}


def person(ident: int, name: str, *roles: Role, supervises: tuple[int, ...] = ()) -> Person:
    return Person(
        id=ident,
        name=name,
        telegram_id=1000 + ident,
        language="en",
        timezone=None,
        active=True,
        unreachable=False,
        roles=frozenset(roles),
        teams=() if supervises else (1,),
        supervises=supervises,
    )


IVAN = person(1, "Ivan Petrov", Role.AGENT)
EGOR = person(2, "Egor", Role.EVALUATOR)
OLENA = person(3, "Olena", Role.SUPERVISOR, supervises=(1,))


def case_file(
    answers: Mapping[str, Answer],
    scorecard: Scorecard = VOICE,
    *,
    earlier: Sequence[frozenset[str]] = (),
    dispute: Dispute | None = None,
    agent: Person = IVAN,
    evaluator: Person = EGOR,
    overall: str | None = None,
    reference: str | None = "48213",
) -> CaseFile:
    reckoned = score(scorecard, answers)
    evaluation = Evaluation(
        id=7,
        agent_id=agent.id,
        evaluator_id=evaluator.id,
        team_id=1,
        scorecard_version_id=1,
        contact_id=5,
        channel=Channel.CALL,
        reference=reference,
        contact_at=None,
        raw=reckoned.raw,
        final=reckoned.final,
        fired=(),
        overall=overall,
        submitted_at=NOON,
        acknowledged_at=None,
        withdrawn_at=None,
        answers=answers,
    )
    return CaseFile(
        evaluation=evaluation,
        published=Published(1, scorecard.key, 3, scorecard, NOON),
        agent=agent,
        evaluator=evaluator,
        team=None,
        teams=frozenset({1}),
        clock=UTC,
        last_day=dt.date(2026, 11, 11),
        feedback=feedback(scorecard, answers, earlier),
        material=(),
        dispute=dispute,
        decider=OLENA if dispute is not None else None,
    )


def acknowledged(file: CaseFile) -> CaseFile:
    return replace(file, evaluation=replace(file.evaluation, acknowledged_at=NOON))


def withdrawn(file: CaseFile) -> CaseFile:
    return replace(file, evaluation=replace(file.evaluation, withdrawn_at=NOON, counts=False))


def dispute(
    status: Status = Status.OPEN,
    *,
    criteria: tuple[str, ...] = (),
    reason: str = "I asked for both.",
    decision: str = "The recording proves it.",
) -> Dispute:
    still_open = status is Status.OPEN
    return Dispute(
        id=9,
        evaluation_id=7,
        criteria=criteria,
        reason=reason,
        status=status,
        opened_at=NOON,
        due_at=dt.datetime(2026, 11, 11, 23, 59, tzinfo=dt.UTC),
        decided_at=None if still_open else NOON,
        decided_by=None if still_open else OLENA.id,
        decision=None if still_open else decision,
    )
