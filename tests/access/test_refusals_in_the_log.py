"""Failed attempts stand in the log: who, what, why, and not a word of theirs."""

from collections.abc import Mapping, Sequence

from structlog.testing import capture_logs

from handlers.taps import PeopleAct, PeopleTap, pack
from storage import awaiting
from storage.awaiting import Awaited
from storage.database import Transaction
from tests.access.world import World


def refusals(logged: Sequence[Mapping[str, object]]) -> list[tuple[object, object]]:
    return [(one["what"], one["why"]) for one in logged if one["event"] == "refused"]


def test_each_way_in_is_logged(world: World) -> None:
    agent, stranger = world.people["agent"], world.people["stranger"]

    async def expecting(tx: Transaction) -> None:
        await awaiting.expect(tx, agent.person_id, Awaited("people.rename", 1))

    with capture_logs() as logged:
        agent.send("/people")
        agent.forge(pack(PeopleTap(PeopleAct.CARD, 1)), 1)
        agent.forge(f"f:{world.south['evaluation']}:o:0:0", 1)
        agent.forge("f:999999:o:0:0", 1)
        world.centre.write(expecting)
        agent.send("A secret name")
        agent.send("/cancel")
        agent.upload("people.csv", "name,roles\nA secret name,admin\n")
        world.centre.clock.advance(minutes=1)
        stranger.send("/people")
        stranger.forge("f:1:o:0:0", 1)
        stranger.send("/start made-up-token")
        world.centre.clock.advance(minutes=1)
        stranger.send("A secret word")
    assert refusals(logged) == [
        ("/people", "NotAllowed"),
        ("PeopleTap CARD", "NotAllowed"),
        ("FeedbackTap OPEN", "NotYours"),
        ("FeedbackTap OPEN", "NotFound"),
        ("a text for people.rename", "NotAllowed"),
        ("a file", "NotAllowed"),
        ("/people", "stranger"),
        ("a press", "stranger"),
        ("/start", "UnknownLink"),
        ("a text", "stranger"),
    ]
    assert "secret" not in str(logged)
    assert "made-up-token" not in str(logged)
    world.kept.put_back()
