"""A scorecard whose scores are easily worked by hand, and evaluations made with it.

Each of its three criteria is worth a third of 100. The first is compliance-critical and limits the
score to 50 when it is missed; so ``nyy`` scores 50, ``yny`` and ``yyn`` 66.7, ``ynn`` 33.3.
"""

import datetime as dt
from fractions import Fraction
from itertools import count

from scoring.answers import class_outcomes
from scoring.score import score
from scoring.scorecard import (
    YES_NO,
    Answer,
    Channel,
    Criterion,
    CriticalClass,
    Effect,
    EffectKind,
    Scorecard,
    Section,
    Wording,
)
from storage import contacts, disputes, evaluations, scorecards, teams
from storage.database import Transaction
from storage.disputes import NewDispute
from storage.evaluations import NewEvaluation
from tests.person import Person
from tests.story import Centre

DRAFTS = count(10_000)
NOVEMBER = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
OCTOBER = dt.datetime(2026, 10, 10, 9, tzinfo=dt.UTC)


def criterion(key: str, title: str, critical: CriticalClass | None = None) -> Criterion:
    return Criterion(
        key,
        Wording.plain(title),
        YES_NO,
        critical=critical,
        effect=Effect(EffectKind.CAP, Fraction(50)) if critical else Effect(),
        advice=Wording.plain(f"Practise: {title.lower()}."),
    )


def scorecard(key: str = "phone", *, greets: str = "Greets") -> Scorecard:
    return Scorecard(
        key,
        Wording.plain(key.capitalize()),
        (Channel.CALL,),
        (
            Section(
                Wording.plain("Opening"),
                Fraction(2),
                (
                    criterion("identifies", "Identifies the customer", CriticalClass.COMPLIANCE),
                    criterion("greets", greets),
                ),
            ),
            Section(Wording.plain("Closing"), Fraction(1), (criterion("sums_up", "Sums up"),)),
        ),
    )


async def store(
    tx: Transaction,
    agent: int,
    answers: str,
    *,
    by: int,
    at: dt.datetime,
    team: int | None = None,
    reference: str | None = None,
    card: Scorecard | None = None,
    why: str = "Not done",
    comment: str | None = None,
) -> int:
    """Store an evaluation; *answers* are ``y``, ``n`` or ``-`` (N/A), one per criterion."""
    card = card or scorecard()
    signs = {"y": Answer(0), "n": Answer(1, (), why, comment), "-": Answer(None)}
    given = {one.key: signs[sign] for one, sign in zip(card.criteria(), answers, strict=True)}
    version, _ = await scorecards.publish(tx, card, at)
    new = NewEvaluation(
        draft_id=next(DRAFTS),
        contact_id=await contacts.add(tx, agent, Channel.CALL, reference, at),
        agent_id=agent,
        evaluator_id=by,
        team_id=team,
        scorecard_version_id=version,
        answers=given,
        score=score(card, given),
        outcomes=class_outcomes(card, given),
        overall=None,
    )
    return await evaluations.add(tx, new, at)


async def dispute(tx: Transaction, evaluation: int, at: dt.datetime) -> None:
    """Let the evaluation be disputed."""
    await disputes.add(tx, NewDispute(evaluation, (), "I did it", at), at)


class Desk:
    """A centre with an evaluator at work, whose evaluations are simply there."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self.evaluator = centre.hire("Egor Evaluator")

    def team(self, name: str) -> int:
        """Return the id of a team that somebody was hired for."""

        async def finding(tx: Transaction) -> int:
            team = await teams.by_name(tx, name)
            assert team is not None
            return team.id

        return self.centre.read(finding)

    def evaluate(
        self,
        agent: Person,
        *answers: str,
        team: str = "Support",
        at: dt.datetime | None = None,
        reference: str | None = None,
        why: str = "Not done",
        comment: str | None = None,
    ) -> list[int]:
        """Store an evaluation of *agent* for each of *answers* and return their ids."""
        team_id = self.team(team)
        moment = at or self.centre.clock()

        async def storing(tx: Transaction) -> list[int]:
            return [
                await store(
                    tx,
                    agent.person_id,
                    one,
                    by=self.evaluator.person_id,
                    at=moment,
                    team=team_id,
                    reference=reference,
                    why=why,
                    comment=comment,
                )
                for one in answers
            ]

        return self.centre.write(storing)
