"""Groups with topics, and administrators who write as their group."""

import pytest

from tests.far_side import Message
from tests.story import Centre, Group, Person


@pytest.fixture
def olga(centre: Centre) -> Person:
    """A supervisor with a team."""
    olga = centre.hire("Olga Supervisor", "supervisor", supervises="Support")
    centre.hire("Ivan Petrov", "agent", team="Support")
    return olga


@pytest.fixture
def floor(centre: Centre, olga: Person) -> Group:
    """A group with topics."""
    return centre.group("Floor", olga, forum=True)


def thread_of(message: Message) -> object:
    return message.raw.get("message_thread_id")


def test_an_answer_goes_to_the_topic_of_the_command(
    centre: Centre, olga: Person, floor: Group
) -> None:
    news, reports = floor.topic("News"), floor.topic("Reports")
    for thread in (reports, news, reports):
        olga.send("/team", to=floor, thread=thread)
        assert thread_of(floor.messages[-1]) == thread
    olga.send("/team", to=floor)
    assert thread_of(floor.messages[-1]) is None


def test_a_refusal_and_a_press_stay_in_the_topic(
    centre: Centre, olga: Person, floor: Group
) -> None:
    reports = floor.topic("Reports")
    olga.send("/people", to=floor, thread=reports)
    assert thread_of(floor.messages[-1]) == reports
    olga.send("/team", to=floor, thread=reports)
    shown = floor.messages[-1]
    before = len(floor.messages)
    for label in shown.buttons:
        olga.tap(label, shown, to=floor)
    assert all(thread_of(one) == reports for one in floor.messages[before - 1 :])


def test_a_topic_that_is_gone_meanwhile_costs_no_answer(
    centre: Centre, olga: Person, floor: Group
) -> None:
    reports = floor.topic("Reports")
    centre.run(lambda _: closed(centre, floor, reports))
    before = len(floor.messages)
    centre.arrives(command(olga, floor, reports))
    assert len(floor.messages) == before + 1
    assert thread_of(floor.messages[-1]) is None


async def closed(centre: Centre, group: Group, thread: int) -> None:
    centre.sandbox.world.chats[group.id].topics.remove(thread)


def command(person: Person, group: Group, thread: int) -> dict[str, object]:
    """A command that came just before its topic was deleted."""
    return {
        "message": {
            "message_id": 99,
            "date": 1_796_000_000,
            "from": {"id": person.id, "is_bot": False, "first_name": "Olga"},
            "chat": {"id": group.id, "type": "supergroup", "title": "Floor", "is_forum": True},
            "text": "/team",
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
            "message_thread_id": thread,
            "is_topic_message": True,
        }
    }


def test_an_anonymous_administrator_hears_why_nothing_is_shown(
    centre: Centre, olga: Person, floor: Group
) -> None:
    reports = floor.topic("Reports")
    olga.send("/team", to=floor, thread=reports, anonymous=True)
    assert "anonymously" in floor.text
    assert thread_of(floor.messages[-1]) == reports
    before = len(floor.messages)
    for _ in range(3):
        olga.send("/people", to=floor, anonymous=True)
    assert len(floor.messages) == before
    centre.clock.advance(minutes=1)
    olga.send("/people", to=floor, anonymous=True)
    assert len(floor.messages) == before + 1


def test_what_the_anonymous_talk_about_is_answered_by_nobody(
    centre: Centre, olga: Person, floor: Group
) -> None:
    before = len(floor.messages)
    centre.far.patch(f"groups/{floor.id}", bot_status="administrator")
    olga.send("good morning", to=floor, anonymous=True)
    assert len(floor.messages) == before
