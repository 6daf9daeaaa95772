"""A scorecard whose scores are easily worked by hand, and evaluations made with it.

Three criteria weigh alike, so each one that is missed costs a third of 100. The first is
compliance-critical and limits the score to 50 when it is missed.
"""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

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
from storage import contacts, disputes, evaluations, scorecards
from storage.database import Transaction
from storage.disputes import NewDispute
from storage.evaluations import NewEvaluation
from storage.people import Person
from tests.story import Centre

YES, NO, NA = Answer(0), Answer(1, comment="Not done"), Answer(None)


def criterion(key: str, title: str, critical: CriticalClass | None = None) -> Criterion:
    effect = Effect(EffectKind.CAP, Fraction(50)) if critical else Effect()
    return Criterion(
        key,
        Wording.plain(title),
        YES_NO,
        critical=critical,
        effect=effect,
        advice=Wording.plain(f"Practise: {title.lower()}."),
    )


def scorecard(key: str = "voice", *, greeting: str = "Greets") -> Scorecard:
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
                    criterion("greets", greeting),
                ),
            ),
            Section(Wording.plain("Closing"), Fraction(1), (criterion("sums_up", "Sums up"),)),
        ),
    )


class Evaluations:
    """Evaluations that are simply there, each with a contact of its own."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self._drafts = 0

    def publish(self, card: Scorecard) -> int:
        """Publish a scorecard and return its version's id."""
        now = self.centre.clock()

        async def publishing(tx: Transaction) -> int:
            return (await scorecards.publish(tx, card, now))[0]

        return self.centre.write(publishing)

    def add(
        self,
        agent: int,
        answers: str,
        *,
        by: int,
        team: int | None,
        at: dt.datetime | None = None,
        reference: str | None = None,
        card: Scorecard | None = None,
    ) -> int:
        """Store an evaluation; *answers* are ``y``, ``n`` or ``-`` (N/A) by criterion."""
        one = card or scorecard()
        now = at or self.centre.clock()
        given = {
            each.key: {"y": YES, "n": NO, "-": NA}[sign]
            for each, sign in zip(one.criteria(), answers, strict=True)
        }
        self._drafts += 1

        async def adding(tx: Transaction) -> int:
            version, _ = await scorecards.publish(tx, one, now)
            contact = await contacts.add(tx, agent, Channel.CALL, reference, now)
            new = NewEvaluation(
                draft_id=self._drafts,
                contact_id=contact,
                agent_id=agent,
                evaluator_id=by,
                team_id=team,
                scorecard_version_id=version,
                answers=given,
                score=score(one, given),
                outcomes=class_outcomes(one, given),
                overall=None,
            )
            return await evaluations.add(tx, new, now)

        return self.centre.write(adding)
