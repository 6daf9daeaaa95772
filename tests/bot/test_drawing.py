"""Drawing together: many get what each would get alone, and one that is broken harms no other."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from markupsafe import Markup

from bot.drawing import NO_KIND, NOBODY, Drawing, Drawn, Outcome
from handlers.notice import Addressed, Notice, alone
from handlers.turn import Services
from handlers.views.screen import Screen
from scoring.roles import Role
from storage import people, teams
from storage.outbox import Claimed
from tests.bot.post_office import hire
from tests.clock import Clock

Together = list[list[str]]
"""Who was drawn together, time after time."""


@pytest.fixture
async def crowd(services: Services, clock: Clock) -> list[Claimed]:
    """A message for each of three agents."""
    async with services.db.writing() as tx:
        team = await teams.add(tx, "Support", "UTC", "uk", clock())
    names = ["Ivan", "Olha", "Petro"]
    ids = [
        await hire(services, name, Role.AGENT, 500 + number, team.id)
        for number, name in enumerate(names)
    ]
    return [Claimed(number, "week", one, 1, "", 0) for number, one in enumerate(ids, start=1)]


def weekly(together: Together, broken: str = "") -> Notice:
    """Return news that very many get together; for *broken* it cannot be drawn."""

    async def draw(
        _services: Services, addressed: Sequence[Addressed]
    ) -> Mapping[int, Screen | None]:
        together.append([one.to.name for one in addressed])
        if broken in together[-1]:
            raise ArithmeticError(broken)
        return {
            one.message.id: Screen(Markup("{} ({})").format(one.to.name, one.t.language))
            for one in addressed
        }

    return Notice("week", alone(draw), many=draw)


def text(one: Outcome) -> str:
    """Return what a drawn message says."""
    assert isinstance(one, Drawn)
    assert one.screen is not None
    return str(one.screen.text)


async def test_what_was_announced_together_is_drawn_together_once(
    services: Services, crowd: list[Claimed]
) -> None:
    together: Together = []
    drawing = Drawing(services, {"week": weekly(together)})
    drawing.announce(crowd)
    drawn = await asyncio.gather(*(drawing.drawn(one) for one in crowd))
    assert [text(one) for one in drawn] == ["Ivan (uk)", "Olha (uk)", "Petro (uk)"]
    assert together == [["Ivan", "Olha", "Petro"]]


async def test_what_was_not_announced_is_drawn_by_itself(
    services: Services, crowd: list[Claimed]
) -> None:
    together: Together = []
    drawing = Drawing(services, {"week": weekly(together)})
    drawing.announce(crowd[:1])
    assert [text(await drawing.drawn(one)) for one in crowd[:2]] == ["Ivan (uk)", "Olha (uk)"]
    assert together == [["Ivan"], ["Olha"]]


async def test_what_is_not_wanted_any_more_is_not_drawn(
    services: Services, crowd: list[Claimed]
) -> None:
    together: Together = []
    drawing = Drawing(services, {"week": weekly(together)})
    drawing.announce(crowd)
    drawing.forget(crowd[1])
    assert text(await drawing.drawn(crowd[2])) == "Petro (uk)"
    assert together == [["Ivan", "Petro"]]


async def test_one_that_cannot_be_drawn_leaves_the_others_alone(
    services: Services, crowd: list[Claimed]
) -> None:
    together: Together = []
    drawing = Drawing(services, {"week": weekly(together, broken="Olha")})
    drawing.announce(crowd)
    drawn = await asyncio.gather(*(drawing.drawn(one) for one in crowd), return_exceptions=True)
    assert isinstance(drawn[1], ArithmeticError)
    assert [text(one) for one in (drawn[0], drawn[2]) if not isinstance(one, BaseException)] == [
        "Ivan (uk)",
        "Petro (uk)",
    ]


async def test_whoever_was_shut_out_meanwhile_is_told_nothing(
    services: Services, crowd: list[Claimed]
) -> None:
    async with services.db.writing() as tx:
        await people.set_active(tx, crowd[1].recipient_id, active=False)
    together: Together = []
    drawing = Drawing(services, {"week": weekly(together)})
    drawing.announce(crowd)
    drawn = [await drawing.drawn(one) for one in crowd]
    assert drawn[1] == NOBODY
    assert [text(one) for one in (drawn[0], drawn[2])] == ["Ivan (uk)", "Petro (uk)"]
    assert together == [["Ivan", "Petro"]]


async def test_news_of_no_known_kind_is_undeliverable(
    services: Services, crowd: list[Claimed]
) -> None:
    drawing = Drawing(services, {"week": weekly([])})
    strange = replace(crowd[0], kind="strange")
    drawing.announce([strange])
    assert await drawing.drawn(strange) == NO_KIND
