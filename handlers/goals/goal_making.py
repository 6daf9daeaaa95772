"""Setting a goal in three taps: the criterion, the date, who helps."""

import datetime as dt
from dataclasses import dataclass

from handlers.disputes.disputing import forget
from handlers.evaluating.casefile import oversees
from handlers.goals.dates import date_typed
from handlers.goals.goal_data import load, opened
from handlers.goals.goal_news import SET, tell
from handlers.refusals import NotFound, NotYours, OnlyInPrivate, OutOfDate, Sorry
from handlers.reports.report_data import team_of, today_of, zone_of
from handlers.reports.report_words import period_of
from handlers.reports.showing import show_beside
from handlers.taps import GoalAct, GoalTap, ReportTap
from handlers.turn import Turn
from handlers.views import goal_making as views
from handlers.views import goals as goal_views
from handlers.words import N_
from scoring.feedback import LOOK_BACK, OFTEN
from scoring.goals import Recommendation, recommended
from scoring.names import fold
from scoring.report import merged, scores
from scoring.roles import Relation, Role
from scoring.scorecard import Criterion
from scoring.statistics import wilson
from storage import awaiting, goals, people, people_search, reports, scorecards
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.goals import Goal, NewGoal
from storage.people import Person
from storage.reports import Scope
from storage.scorecards import Published

AWAITED = "goal.date"
LONGEST = dt.timedelta(days=366)
LOOKED_AT = dt.timedelta(days=90)
"""How far back it is looked for who is good at a criterion."""
LEAST_CONTACTS = 3
MOST_MENTORS = 8


class OwnGoal(Sorry):
    """Nobody sets their own goals."""

    sentence = N_("Somebody else sets your goals: ask your supervisor.")


class GoalSetAlready(Sorry):
    """The agent works on that criterion."""

    sentence = N_("{name} has an open goal on this criterion already.")


class CriterionGone(Sorry):
    """The scorecard's newest version does not ask it."""

    sentence = N_("The scorecard no longer has this criterion.")


class NotADay(Sorry):
    """The date is past, or more than a year away."""

    sentence = N_("The date has to lie after today and within a year.")


@dataclass(frozen=True, slots=True)
class Aim:
    """What a goal is to be set on."""

    agent: Person
    published: Published
    criterion: Criterion


async def offer(turn: Turn, tap: ReportTap) -> None:
    """Offer the criteria that cost the agent most in the report's period, and what repeats."""
    if not turn.private:
        raise OnlyInPrivate
    async with turn.db.reading() as tx:
        agent = await _trainee(tx, turn, tap.subject)
        period = period_of(tap.period, today_of(turn.services, await team_of(tx, agent)))
        found = await _recommended(tx, turn, agent, tap.period)
        offered = [
            (one, place)
            for one in found
            if (place := await _place(tx, turn, one.tally.scorecard, one.tally.key)) is not None
        ]
    screen = views.offer_screen(turn.t, agent, period, turn.now.date(), offered)
    await show_beside(turn, screen)


async def again(turn: Turn, tap: GoalTap) -> None:
    """Begin another goal on the criterion of one that has ended."""
    async with turn.db.reading() as tx:
        file = await opened(tx, turn.services, turn.person, tap.subject)
        place = await _place(tx, turn, file.goal.scorecard, file.goal.criterion)
    if place is None:
        raise CriterionGone
    await ask_date(turn, GoalTap(GoalAct.SET, file.agent.id, *place))


async def ask_date(turn: Turn, tap: GoalTap) -> None:
    """Ask until when the criterion is to be worked on."""
    async with turn.db.writing() as tx:
        await forget(tx, turn.person, AWAITED, tap.subject)
        aim = await _aim(tx, turn, tap)
        today = today_of(turn.services, await team_of(tx, aim.agent))
    await turn.show(views.date_screen(turn.t, aim.agent, aim.criterion, tap, today))


async def ask_typed_date(turn: Turn, tap: GoalTap) -> None:
    """Ask for a date to be typed."""
    async with turn.db.writing() as tx:
        aim = await _aim(tx, turn, tap)
        detail = f"{tap.version}:{tap.number}"
        await awaiting.expect(tx, turn.person.id, Awaited(AWAITED, tap.subject, detail))
    await turn.show(views.typed_date_screen(turn.t, aim.agent, aim.criterion, tap))


async def take_date(turn: Turn, awaited: Awaited) -> None:
    """Take a typed text for the date and go on to who helps."""
    version, _, number = awaited.detail.partition(":")
    async with turn.db.writing() as tx:
        tap = GoalTap(GoalAct.SET, awaited.subject, int(version), int(number))
        aim = await _aim(tx, turn, tap)
        today = today_of(turn.services, await team_of(tx, aim.agent))
        due = date_typed(turn.text, today)
        _require_ahead(due, today)
        await forget(tx, turn.person, AWAITED, awaited.subject)
        mentors = await _mentors(tx, turn, aim)
    await turn.say(views.mentor_screen(turn.t, aim.agent, aim.criterion, tap, due, mentors))


async def ask_mentor(turn: Turn, tap: GoalTap) -> None:
    """Ask who helps; those who are best at the criterion stand first."""
    async with turn.db.writing() as tx:
        await forget(tx, turn.person, AWAITED, tap.subject)
        aim = await _aim(tx, turn, tap)
        due = await _due(tx, turn, aim.agent, tap)
        mentors = await _mentors(tx, turn, aim)
    await turn.show(views.mentor_screen(turn.t, aim.agent, aim.criterion, tap, due, mentors))


async def make(turn: Turn, tap: GoalTap) -> None:
    """Set the goal and tell who is to work on it; a second press finds it set and shows it."""
    async with turn.db.writing() as tx:
        await forget(tx, turn.person, AWAITED, tap.subject)
        aim = await _aim(tx, turn, tap)
        new = await _new(tx, turn, aim, tap)
        goal_id = await goals.add(tx, new, turn.now)
        known = goal_id or await _same(tx, aim, new)
        file = await load(tx, turn.services, turn.person, known)
        if file is None:
            raise NotFound
        if goal_id is not None:
            await tell(tx, SET, file, turn.now, without=turn.person.id)
    turn.services.wake()
    await turn.show(goal_views.card_screen(turn.t, file, turn.person))


async def agents_to_choose(tx: Transaction, turn: Turn) -> list[Person]:
    """Return the agents whose goals the person may set, by name."""
    person = turn.person
    if person.is_a(Role.ADMIN):
        found = await people_search.matching(tx, Role.AGENT, limit=views.MOST_AGENTS)
    elif person.is_a(Role.SUPERVISOR) and person.supervises:
        found = await people_search.matching(
            tx, Role.AGENT, limit=views.MOST_AGENTS, teams=person.supervises
        )
    else:
        raise NotYours
    return [one for one in found if one.id != person.id]


async def _trainee(tx: Transaction, turn: Turn, person_id: int) -> Person:
    """Return the agent whose goal the person may set; raise what stands against it."""
    agent = await people.by_id(tx, person_id)
    if agent is None or not agent.active or not agent.is_a(Role.AGENT):
        raise NotFound
    if agent.id == turn.person.id:
        raise OwnGoal
    if not oversees(turn.person, frozenset(agent.teams)):
        raise NotYours
    return agent


async def _recommended(
    tx: Transaction, turn: Turn, agent: Person, asked: str
) -> list[Recommendation]:
    team = await team_of(tx, agent)
    period = period_of(asked, today_of(turn.services, team))
    window = period.bounds(zone_of(turn.services, team))
    scope, shelf = Scope(agent=agent.id), turn.services.shelf
    tallies = await reports.tallies(tx, shelf, scope, window)
    scored = len(scores(await reports.facts(tx, scope, window)))
    lately = await reports.repeated(tx, shelf, agent.id, window[1], last=LOOK_BACK)
    often = [one for one in lately if one.failed >= OFTEN]
    at_work = {(one.scorecard, one.criterion) for one in await goals.open_of(tx, agent.id)}
    free = [one for one in tallies if (one.scorecard, one.key) not in at_work]
    return list(recommended(free, scored, often))


async def _place(tx: Transaction, turn: Turn, scorecard: str, key: str) -> tuple[int, int] | None:
    """Return the newest version of the criterion's scorecard and its place there, if any."""
    published = await scorecards.latest(tx, turn.services.shelf, scorecard)
    if published is None:
        return None
    keys = [criterion.key for criterion in published.scorecard.criteria()]
    return (published.id, keys.index(key)) if key in keys else None


async def _aim(tx: Transaction, turn: Turn, tap: GoalTap) -> Aim:
    """Return what the press aims at, looked at anew."""
    agent = await _trainee(tx, turn, tap.subject)
    try:
        published = await turn.services.shelf.get(tx, tap.version)
        criterion = list(published.scorecard.criteria())[max(tap.number, 0)]
    except (KeyError, IndexError) as error:
        raise OutOfDate from error
    return Aim(agent, published, criterion)


async def _due(tx: Transaction, turn: Turn, agent: Person, tap: GoalTap) -> dt.date:
    try:
        due = dt.date.fromordinal(tap.due)
    except (ValueError, OverflowError) as error:
        raise OutOfDate from error
    _require_ahead(due, today_of(turn.services, await team_of(tx, agent)))
    return due


def _require_ahead(due: dt.date, today: dt.date) -> None:
    if not today < due <= today + LONGEST:
        raise NotADay


async def _mentors(tx: Transaction, turn: Turn, aim: Aim) -> list[Person]:
    """Return who may help: the agent's colleagues, best at the criterion first, and the setter."""
    able: dict[int, Person] = {}
    best: dict[int, float] = {}
    window = (turn.now - LOOKED_AT, turn.now)
    for team_id in aim.agent.teams:
        for one in await people.in_team(tx, team_id, Relation.MEMBER):
            able[one.id] = one
        scope = Scope(team=team_id)
        found = await reports.tallies_by_agent(tx, turn.services.shelf, scope, window)
        for agent_id, tallies in found.items():
            best[agent_id] = max(
                (
                    rate.low
                    for tally in merged(tallies)
                    if tally.key == aim.criterion.key
                    and tally.asked >= LEAST_CONTACTS
                    and (rate := wilson(tally.passed, tally.asked)) is not None
                ),
                default=0.0,
            )
    able.pop(aim.agent.id, None)
    able.pop(turn.person.id, None)
    ranked = sorted(able.values(), key=lambda one: (-best.get(one.id, 0.0), fold(one.name)))
    return [*ranked[:MOST_MENTORS], turn.person]


async def _new(tx: Transaction, turn: Turn, aim: Aim, tap: GoalTap) -> NewGoal:
    if tap.mentor and tap.mentor not in {one.id for one in await _mentors(tx, turn, aim)}:
        raise OutOfDate
    return NewGoal(
        agent_id=aim.agent.id,
        scorecard=aim.published.key,
        criterion=aim.criterion.key,
        title=aim.criterion.title,
        advice=aim.criterion.advice,
        due=await _due(tx, turn, aim.agent, tap),
        mentor_id=tap.mentor or None,
        made_by=turn.person.id,
    )


async def _same(tx: Transaction, aim: Aim, new: NewGoal) -> int:
    """Return the id of the goal that an earlier press set; raise where it is another one."""
    known = await goals.working_on(tx, new.agent_id, new.scorecard, new.criterion)
    if known is None or not _is_same(known, new):
        raise GoalSetAlready(name=aim.agent.name)
    return known.id


def _is_same(known: Goal, new: NewGoal) -> bool:
    told = (known.due, known.mentor_id, known.made_by)
    return told == (new.due, new.mentor_id, new.made_by)
