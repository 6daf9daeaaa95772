"""What Telegram brings a second time, and what comes at one moment, has one effect."""

import asyncio

import aiohttp
import pytest

from bot.sandbox.values import as_object
from handlers.turn import Services
from tests.story import Centre, Person


@pytest.fixture
def anna(centre: Centre) -> Person:
    """An evaluator with two agents to score."""
    centre.hire("Ivan Petrov", roles="agent", team="Support")
    centre.hire("Daria Kovalenko", roles="agent", team="Support")
    return centre.hire("Anna Bondar", roles="evaluator")


def repeat(centre: Centre, person: Person, message_id: int) -> None:
    """Bring a message that *person* wrote a second time, under an update id of its own."""

    async def push(_services: Services) -> int:
        world = centre.sandbox.world
        body = world.chats[person.id].messages[message_id].body
        number = world.updates.push("message", body)
        assert number is not None
        return number

    handled = as_object(centre.far.get("wait", update=centre.run(push)))
    assert handled["handled"]


def mine(person: Person) -> list[int]:
    """Return the numbers of what the person wrote, oldest first."""
    return [one.message_id for one in person.everything if not one.from_bot]


def at_once(centre: Centre, *presses: dict[str, object]) -> list[str]:
    """Let several presses reach the bot together, and return what each is told."""
    address = centre.sandbox.address

    async def press(session: aiohttp.ClientSession, fields: dict[str, object]) -> str:
        sent = {**fields, "wait": True}
        async with session.post(f"{address}/sandbox/press", json=sent) as answer:
            told = as_object(await answer.json())
        assert told["handled"]
        return str(as_object(told["answer"]).get("text") or "")

    async def rush(_services: Services) -> list[str]:
        async with aiohttp.ClientSession() as session:
            return list(await asyncio.gather(*[press(session, one) for one in presses]))

    return centre.run(rush)


def test_a_reference_that_comes_again_is_no_comment(centre: Centre, anna: Person) -> None:
    anna.send("/score petrov")
    anna.tap("Call")
    anna.send("48213")
    repeat(centre, anna, mine(anna)[-1])
    assert "1/" in anna.text
    assert anna.text.count("48213") == 1
    anna.send("Very friendly")
    assert "Very friendly" in anna.text


def test_a_reason_that_comes_again_is_no_comment_on_the_next(centre: Centre, anna: Person) -> None:
    anna.send("/score petrov")
    for label in ("Call", "Skip", "Partly"):
        anna.tap(label)
    anna.send("Mumbled the name")
    repeat(centre, anna, mine(anna)[-1])
    assert "2/" in anna.text
    assert "Mumbled" not in anna.text
    for label in ("Back", "Comment"):
        anna.tap(label)
    assert "Mumbled the name" in anna.text


def test_a_command_that_comes_again_begins_no_second_draft(centre: Centre, anna: Person) -> None:
    anna.send("/score petrov")
    anna.tap("Call")
    repeat(centre, anna, mine(anna)[-1])
    assert centre.count("drafts") == 1
    assert "Ivan Petrov · Call" in anna.text
    for label in ("Skip", "All met", "Submit"):
        anna.tap(label)
    repeat(centre, anna, mine(anna)[-1])
    assert centre.count("drafts") == 1
    assert centre.count("evaluations") == 1


def test_a_whole_row_that_comes_again_does_nothing_twice(centre: Centre, anna: Person) -> None:
    anna.send("/score petrov")
    anna.tap("Call")
    anna.send("48213")
    for label in ("All met", "Submit"):
        anna.tap(label)
    anna.send("/score kovalenko")
    for number in mine(anna)[-3:]:
        repeat(centre, anna, number)
    assert centre.count("drafts") == 2
    assert centre.count("evaluations") == 1
    anna.send("/drafts")
    assert anna.buttons == ["Daria Kovalenko"]


def test_a_recording_that_comes_again_begins_no_second_draft(centre: Centre, anna: Person) -> None:
    anna.upload("call.ogg", b"OggS" + b"\0" * 64, kind="voice")
    sent = mine(anna)[-1]
    repeat(centre, anna, sent)
    for label in ("Ivan Petrov", "Call", "Skip", "All met", "Submit"):
        anna.tap(label)
    repeat(centre, anna, sent)
    assert "Submitted" in anna.text
    assert (centre.count("drafts"), centre.count("attachments")) == (1, 1)


def test_a_text_of_another_bot_on_this_database_is_taken(centre: Centre, anna: Person) -> None:
    anna.send("/score petrov")
    anna.tap("Call")
    early = mine(anna)[-1]
    centre.clock.advance(days=2)

    async def renumber(_services: Services) -> None:
        chat = centre.sandbox.world.chats[anna.id]
        body = {**chat.messages[early].body, "text": "48213", "entities": []}
        body["date"] = int(centre.clock().timestamp())
        chat.messages[early].body = body

    centre.run(renumber)
    repeat(centre, anna, early)
    assert "ref 48213" in anna.text


def test_of_many_presses_of_submit_at_once_one_counts(centre: Centre, anna: Person) -> None:
    anna.send("/score petrov")
    for label in ("Call", "Skip", "All met"):
        anna.tap(label)
    submit = {
        "person": anna.id,
        "message_id": anna.message.message_id,
        "data": anna.message.data["Submit"],
    }
    at_once(centre, *[submit] * 8)
    assert centre.count("evaluations") == 1
    centre.delivered()
    assert centre.count("outbox") == 1


def test_of_two_different_presses_at_once_one_counts(centre: Centre, anna: Person) -> None:
    anna.send("/score petrov")
    for label in ("Call", "Skip"):
        anna.tap(label)
    shown = anna.message
    presses = [
        {"person": anna.id, "message_id": shown.message_id, "data": shown.data[label]}
        for label in ("Fully", "Partly")
    ]
    told = at_once(centre, *presses)
    assert len([one for one in told if "moved on" in one]) == 1


def test_two_people_on_one_draft_are_one_person_on_it(centre: Centre, anna: Person) -> None:
    egor = centre.hire("Egor Lis", roles="evaluator")
    anna.send("/score petrov")
    for label in ("Call", "Skip"):
        anna.tap(label)
    shown = anna.message
    presses = [
        {"person": one.id, "message_id": shown.message_id, "data": shown.data["Fully"]}
        for one in (egor, anna, egor)
    ]
    told = at_once(centre, *presses)
    assert told[0] == told[2] == "This belongs to somebody else."
    assert "2/" in anna.text
    assert "2/" not in egor.text


def test_redelivered_updates_are_skipped_by_their_number(centre: Centre, anna: Person) -> None:
    def told() -> int:
        return len([one for one in centre.calls("sendMessage") if one["chat_id"] == anna.id])

    before = told()
    centre.fault("getUpdates", "drop_after", times=2)
    anna.send("/help")
    anna.send("/help")
    assert told() == before + 2
