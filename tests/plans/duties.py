"""Contacts that are handed to evaluators, whatever a draw would have chosen."""

import datetime as dt
from dataclasses import dataclass, replace

from handlers.evaluating.submission import submit, with_walk
from handlers.turn import Services
from scoring import draft as walking
from scoring.draft import Stage, Walk
from scoring.scorecard import Channel
from storage import assignments, contacts, drafts, draws, plans, scorecards, teams
from storage.assignments import Assignment, NewAssignment
from storage.database import Transaction
from storage.draws import NewDraw
from tests.plans.cases import Floor
from tests.story import MONDAY, Person

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Duty:
    """A call of Ivan's that somebody is to score; ``second`` where somebody else does too."""

    reference: str
    evaluator: Person | None
    second: bool = False
    due: dt.datetime = MONDAY + WEEK


def hand_out(floor: Floor, *duties: Duty) -> None:
    """Draw those contacts for Support and hand each to its evaluator."""

    async def handing(tx: Transaction) -> None:
        now = floor.centre.clock()
        team = await teams.by_name(tx, "Support")
        assert team is not None
        plan = await plans.add(tx, team.id, now, by=None)
        new = NewDraw(plan, f"by hand {plan.id}", "2026-W47", (now, now), {}, 1, (), ())
        draw = await draws.add(tx, new, now)
        agent = floor.ivan.person_id
        rows = [
            NewAssignment(
                draw,
                await contacts.add(tx, agent, Channel.CALL, one.reference, now),
                agent,
                one.evaluator.person_id if one.evaluator is not None else None,
                one.second,
                one.due,
            )
            for one in duties
        ]
        await assignments.add(tx, rows, now)

    floor.centre.write(handing)


def assigned(floor: Floor) -> dict[int, Assignment]:
    """Return all assignments by their ids."""

    async def reading(tx: Transaction) -> dict[int, Assignment]:
        found: dict[int, Assignment] = {}
        while (one := await assignments.by_id(tx, len(found) + 1)) is not None:
            found[one.id] = one
        return found

    return floor.centre.read(reading)


def score(floor: Floor, person: Person, *references: str, errors: tuple[str, ...] = ()) -> None:
    """Let somebody score those calls of Ivan's as a press on Submit does, with those errors."""

    async def scoring(services: Services) -> None:
        async with services.db.writing() as tx:
            published = (await scorecards.for_channel(tx, services.shelf, Channel.CALL))[0]
            for reference in references:
                now = services.clock()
                fresh = await drafts.start(tx, person.person_id, Stage.AGENT, now)
                begun = replace(
                    fresh,
                    agent_id=floor.ivan.person_id,
                    channel=Channel.CALL,
                    reference=reference,
                    scorecard_version_id=published.id,
                )
                walk = walking.all_met(walking.begin(published.scorecard))
                for key in errors:
                    walk = _erring(walk, key)
                saved = await drafts.save(tx, fresh, with_walk(begun, walk), now)
                await submit(tx, services.shelf, saved, now)

    floor.centre.run(scoring)


def _erring(walk: Walk, key: str) -> Walk:
    """Return the walk with the worst answer on that criterion, explained."""
    criterion = walk.scorecard.criterion(key)
    chosen = walking.choose(walking.change(walking.ask_change(walk), key), criterion.worst)
    return walking.write(chosen, f"{criterion.title.say('en')} was not there")
