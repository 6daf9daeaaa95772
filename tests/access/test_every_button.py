"""Every button × everybody × own and other team, forged: allowed by the table, or refused.

The buttons are made from the kinds that there are, so a new one is tried as soon as it is there,
and fails here until the table says who may press it and ``cases`` what it speaks of.
"""

from collections.abc import Iterator

import pytest

from handlers.access import BUTTONS, Reach, Rule, Said
from handlers.taps import Tap, pack
from scoring.roles import Role
from tests.access.cases import ABOUT, about, everything_said, kinds, made
from tests.access.sentences import is_denial, is_refusal
from tests.access.world import Things, World

ROLES = [one.value for one in Role]
PEOPLE = [*ROLES, "stranger", "deactivated", "nobody"]
INCIDENT = "Something went wrong"


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_every_button_has_a_rule(kind: type[Tap]) -> None:
    assert kind in ABOUT, "tests.access.cases does not say what this kind speaks of"
    assert set(BUTTONS[kind]) == set(everything_said(kind))


def forgeries(things: Things, who: str) -> Iterator[tuple[type[Tap], Said, str]]:
    """Yield every button about one of the things, as it is shown to *who*."""
    for kind in kinds():
        for said in everything_said(kind):
            yield kind, said, pack(made(kind, said, things, who))


def reach_of(rule: Rule, who: str) -> Reach | None:
    """Return how far the person reaches by the rule; ``None`` where they may not press at all."""
    if who in ("stranger", "deactivated") or (who == "nobody" and not rule.everybody):
        return None
    return Reach.OWN if rule.everybody else rule.reach.get(Role(who))


@pytest.mark.parametrize("who", PEOPLE)
def test_whoever_may_not_is_refused_and_nothing_changes(world: World, who: str) -> None:
    person, wrong = world.people[who], []
    for kind, said, data in forgeries(world.north, who):
        if reach_of(BUTTONS[kind][said], who) is None:
            heard = person.forge(data, 1)
            if not is_refusal(heard) or world.kept.changed():
                wrong.append((kind.__name__, said, heard))
                world.kept.put_back()
    assert not wrong


@pytest.mark.parametrize("who", ROLES)
def test_nobody_reaches_into_another_team(world: World, who: str) -> None:
    person, wrong = world.people[who], []
    for kind, said, data in forgeries(world.south, who):
        reach = reach_of(BUTTONS[kind][said], who)
        if reach in (Reach.OWN, Reach.TEAMS) and about(kind, said)[0]:
            heard = person.forge(data, 1)
            if not is_refusal(heard) or world.kept.changed():
                wrong.append((kind.__name__, said, heard))
                world.kept.put_back()
    assert not wrong


@pytest.mark.parametrize("who", PEOPLE)
def test_whoever_may_is_let_in(world: World, who: str) -> None:
    person, wrong = world.people[who], []
    for kind, said, data in forgeries(world.north, who):
        reach = reach_of(BUTTONS[kind][said], who)
        if reach is not None:
            heard = person.forge(data, 1)
            denied = reach is not Reach.OWN and is_denial(heard)
            if denied or INCIDENT in (heard or ""):
                wrong.append((kind.__name__, said, heard))
            if world.kept.changed(but=()):
                world.centre.delivered()
                world.kept.put_back()
    assert not wrong
    assert not person.heard(INCIDENT)
