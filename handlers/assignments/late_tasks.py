"""Assigned contacts past their date, and who is reminded of them."""

import datetime as dt

from handlers.views.reminders import Late
from scoring.roles import Relation, Role
from storage import people, plan_progress, teams
from storage.database import Transaction
from storage.people import Person
from storage.teams import Team

PATIENCE = dt.timedelta(days=2)
"""How long after their date contacts become the supervisors' concern."""


async def reminded(tx: Transaction, team: Team, now: dt.datetime) -> list[Person]:
    """Return the team's own evaluators (and those of none) and supervisors who are reminded."""
    late = await plan_progress.late_evaluators(tx, now)
    owners = [one for one in (await people.by_ids(tx, late)).values() if is_near(one, team)]
    evaluators = [one for one in owners if one.active and one.is_a(Role.EVALUATOR)]
    if not await plan_progress.late_in_teams(tx, [team.id], now - PATIENCE):
        return evaluators
    supervisors = await people.in_team(tx, team.id, Relation.SUPERVISOR)
    return [*evaluators, *(one for one in supervisors if one.is_a(Role.SUPERVISOR))]


def is_near(person: Person, team: Team) -> bool:
    """Return whether the team's reminders are the person's: one of theirs, or they have none."""
    own = {*person.teams, *person.supervises}
    return not own or team.id in own


async def own(tx: Transaction, to: Person, now: dt.datetime) -> int:
    """Return how many contacts assigned to the person are past their date."""
    if not to.is_a(Role.EVALUATOR):
        return 0
    return (await plan_progress.queue(tx, to.id, now)).overdue


async def of_teams(tx: Transaction, to: Person, now: dt.datetime) -> list[Late]:
    """Return the teams that the person supervises whose contacts are long past their date."""
    if not to.is_a(Role.SUPERVISOR):
        return []
    late = await plan_progress.late_in_teams(tx, to.supervises, now - PATIENCE)
    found = await teams.by_ids(tx, late)
    return [Late(team.id, team.name, late[team.id]) for team in found]
