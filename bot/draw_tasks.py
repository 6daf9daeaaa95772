"""Draws on the command line: listing them, and drawing one again to see whether it matches."""

from collections.abc import Collection

from bot.settings import Settings
from bot.tasks import Report, TaskError, opened_services
from scoring.drawing import METHOD, Difference, population_hash, replay
from scoring.sampling import Member
from storage import draws, populations, teams
from storage.draws import Draw

MOST = 50
"""How many draws are listed."""


async def list_draws(settings: Settings) -> Report:
    """Return a line a draw, the newest first."""
    async with opened_services(settings) as services, services.db.reading() as tx:
        found = await draws.everything(tx, limit=MOST)
        chosen = await draws.chosen_counts(tx, [one.id for one in found])
        names = {team.id: team.name for team in await teams.everything(tx)}
    if not found:
        return Report(("Nothing was drawn yet.",))
    return Report(tuple(_line(one, names[one.team_id], chosen[one.id]) for one in found))


async def verify_draw(settings: Settings, number: int) -> Report:
    """Draw once more from what is stored, and return whether everything matches, or what differs.

    Looked at are the population's size and hash, the contacts chosen, and the assignments made.
    """
    async with opened_services(settings) as services, services.db.reading() as tx:
        draw = await draws.by_id(tx, number)
        if draw is None:
            raise TaskError(f"There is no draw {number}; see: etalon draws list")
        members, chosen = await populations.kept(tx, number)
        assigned = await draws.assigned(tx, number)
    if draw.method != METHOD:
        raise TaskError(f"Draw {number} was made by method {draw.method}, unknown to this version.")
    again = replay(members, draw.wanted, draw.seed, chosen)
    wrong = [*_population(draw, members), *_choice(again), *_assignments(chosen, assigned)]
    if wrong:
        return Report((f"Draw {number} does not match:", *wrong), good=False)
    size, count = draw.population_size, len(chosen)
    told = (
        f"Draw {number} matches: the same {count} of {size} contacts, hash {draw.population_hash}."
    )
    return Report((told,))


def _line(draw: Draw, team: str, chosen: int) -> str:
    wanted = sum(draw.wanted.values())
    return (
        f"{draw.id:>6} {draw.occurrence:<10} {team}: {chosen} of {wanted} drawn "
        f"from {draw.population_size}, seed {draw.seed}, {draw.drawn_at:%Y-%m-%d %H:%M} UTC"
    )


def _population(draw: Draw, members: Collection[Member]) -> list[str]:
    wrong = []
    if len(members) != draw.population_size:
        wrong.append(f"population: {len(members)} contacts, {draw.population_size} when drawn")
    if population_hash(members) != draw.population_hash:
        wrong.append(f"hash: {population_hash(members)}, {draw.population_hash} when drawn")
    return wrong


def _choice(again: Difference) -> list[str]:
    wrong = []
    if again.missing:
        wrong.append(f"drawn now, not then: contacts {_named(again.missing)}")
    if again.extra:
        wrong.append(f"drawn then, not now: contacts {_named(again.extra)}")
    return wrong


def _assignments(chosen: Collection[int], assigned: Collection[int]) -> list[str]:
    wrong = []
    if strange := set(assigned) - set(chosen):
        wrong.append(f"assigned without being drawn: contacts {_named(strange)}")
    if without := set(chosen) - set(assigned):
        wrong.append(f"drawn without being assigned: contacts {_named(without)}")
    return wrong


def _named(contacts: Collection[int]) -> str:
    return ", ".join(str(one) for one in sorted(contacts))
