"""What a draw makes people hear: evaluators what there is to score, supervisors what was short."""

import datetime as dt
from collections.abc import Sequence

from handlers.evaluating.casefile import clock_of, oversees
from handlers.evaluating.submission import allowed_at
from handlers.notice import Notice
from handlers.plans.drawing import Made
from handlers.plans.plan_data import drawn_file
from handlers.turn import Services
from handlers.views import draws as views
from handlers.views.screen import Screen
from handlers.words import Words
from scoring.roles import Relation, Role
from storage import draws, outbox, people, teams
from storage.database import Transaction
from storage.outbox import Claimed, Message
from storage.people import Person
from storage.teams import Team

WORK = "draw-work"
SHORT = "draw-short"
SEPARATOR = ","


async def queue(tx: Transaction, team: Team, made: Sequence[Made], now: dt.datetime) -> None:
    """Queue one message for each evaluator who got work from these draws of the team.

    And for each of the team's supervisors one a draw that fell short.
    """
    messages = [*await _work(tx, team, made, now), *await _short(tx, team, made, now)]
    if messages:
        await outbox.put(tx, messages, now)


async def _work(
    tx: Transaction, team: Team, made: Sequence[Made], now: dt.datetime
) -> list[Message]:
    ids = sorted(one.draw_id for one in made)
    takers = await people.by_ids(tx, {who for one in made for who in one.evaluators})
    data = SEPARATOR.join(str(draw_id) for draw_id in ids)
    return [
        Message(
            kind=WORK,
            recipient_id=one.id,
            subject=team.id,
            key=f"{WORK}:{one.id}:{ids[0]}",
            not_before=allowed_at(team, one, now),
            data=data,
        )
        for one in takers.values()
    ]


async def _short(
    tx: Transaction, team: Team, made: Sequence[Made], now: dt.datetime
) -> list[Message]:
    supervisors = await people.in_team(tx, team.id, Relation.SUPERVISOR)
    return [
        Message(
            kind=SHORT,
            recipient_id=one.id,
            subject=draw.draw_id,
            key=f"{SHORT}:{one.id}:{draw.draw_id}",
            not_before=allowed_at(team, one, now),
        )
        for draw in made
        if draw.short
        for one in supervisors
        if one.is_a(Role.SUPERVISOR) and one.telegram_id is not None
    ]


async def _tell_work(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    """Return what of it still waits for the evaluator; nothing any more is no news."""
    ids = [int(one) for one in message.data.split(SEPARATOR)]
    async with services.db.reading() as tx:
        team = await teams.by_id(tx, message.subject)
        count, due = await draws.open_with(tx, ids, to.id)
    if team is None or due is None or not to.is_a(Role.EVALUATOR):
        return None
    return views.work_screen(t, team, count, due.astimezone(clock_of(services, to, team)).date())


async def _tell_short(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    async with services.db.reading() as tx:
        draw = await draws.by_id(tx, message.subject)
        if draw is None or not oversees(to, frozenset({draw.team_id})):
            return None
        file = await drawn_file(tx, draw)
    return views.short_screen(t, file)


NOTICES = (Notice(WORK, _tell_work), Notice(SHORT, _tell_short))
