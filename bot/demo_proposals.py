"""The demo's proposals before today: one carried out, one under way, one declined, one new."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bot.demo_people import admin_among
from handlers.turn import Services
from scoring.scorecard import Channel
from storage import proposals, scorecards
from storage.database import Transaction
from storage.people import Person
from storage.proposals import Evidence, Kind, Status


@dataclass(frozen=True, slots=True)
class Idea:
    """Who proposed what how long ago, on which criterion of calls, and what became of it."""

    author: str
    ago: dt.timedelta
    kind: Kind
    text: str
    criterion: str = ""
    decision: str = ""
    owner: str = ""
    outcome: str = ""

    @property
    def is_accepted(self) -> bool:
        """Whether somebody was asked to carry it out."""
        return bool(self.owner)


IDEAS = (
    Idea(
        "Анна Белова",
        dt.timedelta(days=48),
        Kind.MONITORING,
        "Оценивать каждый месяц хотя бы один контакт каждого оператора вдвоём: увидим, где "
        "мы расходимся.",
        decision="Agreed: a quarter of the sample goes to two evaluators.",
        owner="Egor Sydorenko",
        outcome="Part of Support's plan for four weeks now: one contact in four is scored twice.",
    ),
    Idea(
        "Egor Sydorenko",
        dt.timedelta(days=20),
        Kind.SCORECARD,
        "Say in the guide what counts as a clarifying question. Each of us reads it differently.",
        criterion="questions",
        decision="Yes. Please bring two examples of each answer.",
        owner="Анна Белова",
    ),
    Idea(
        "Olena Koval",
        dt.timedelta(days=26),
        Kind.REPORTING,
        "Send the team's report every day.",
        decision="A day has too few contacts to say anything. The weekly digest stays.",
    ),
    Idea(
        "Тарас Мельник",
        dt.timedelta(days=4),
        Kind.MONITORING,
        "Додати до плану листи: зараз ми слухаємо лише дзвінки й читаємо чати.",
    ),
)

DECIDED_AFTER, DONE_AFTER = dt.timedelta(days=2), dt.timedelta(days=14)


async def look_back(
    tx: Transaction, services: Services, known: Mapping[str, Person], now: dt.datetime
) -> None:
    """Enter the ideas in the register, the oldest first, with what became of each."""
    for idea in sorted(IDEAS, key=lambda one: -one.ago):
        await _entered(tx, services, known, idea, now - idea.ago)


async def _entered(
    tx: Transaction,
    services: Services,
    known: Mapping[str, Person],
    idea: Idea,
    at: dt.datetime,
) -> None:
    made = await proposals.add(tx, idea.kind, idea.text, known[idea.author].id, at)
    if idea.criterion:
        published = (await scorecards.for_channel(tx, services.shelf, Channel.CALL))[0]
        about = Evidence(scorecard_version_id=published.id, criterion=idea.criterion)
        await proposals.rest_on(tx, made, about)
    if not idea.decision:
        return
    status = Status.ACCEPTED if idea.is_accepted else Status.DECLINED
    by = admin_among(known).id
    await proposals.decide(tx, made, status, at + DECIDED_AFTER, by=by, comment=idea.decision)
    if idea.is_accepted:
        await proposals.give_to(tx, made, known[idea.owner].id)
    if idea.outcome:
        await proposals.finish(tx, made, idea.outcome, at + DONE_AFTER)
