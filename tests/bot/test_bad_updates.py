"""One bad update stops nobody: it is noted without its content, counted, confirmed, passed over."""

from collections.abc import Callable, Iterator
from copy import deepcopy

import pytest

from bot.sandbox.values import JsonObject
from tests.log_watch import EAR
from tests.story import Centre, Person

QUESTION = "Lunch at the harbour?"
SECRET = "Olena from Odesa"  # noqa: S105  what somebody wrote


def message(person: Person, **more: object) -> JsonObject:
    user: JsonObject = {"id": person.id, "is_bot": False, "first_name": SECRET}
    chat: JsonObject = {"id": person.id, "type": "private", "first_name": SECRET}
    return {"message_id": 900, "date": 1_796_000_000, "chat": chat, "from": user, **more}


def older_poll(person: Person) -> JsonObject:
    """A poll as a server older than Bot API 10 sends it: the library misses what came later."""
    poll: JsonObject = {
        "id": "1",
        "question": QUESTION,
        "options": [{"text": SECRET, "voter_count": 0}],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
    }
    return {"message": message(person, poll=poll)}


def without(name: str) -> Callable[[Person], JsonObject]:
    def build(person: Person) -> JsonObject:
        given = message(person, text=SECRET)
        del given[name]
        return {"message": given}

    return build


def with_value(**values: object) -> Callable[[Person], JsonObject]:
    return lambda person: {"message": message(person, **{"text": SECRET, **values})}


BAD: dict[str, Callable[[Person], JsonObject]] = {
    "a poll of an older Bot API": older_poll,
    "no date": without("date"),
    "no chat": without("chat"),
    "no number": without("message_id"),
    "no sender": without("from"),
    "a date that is a text": with_value(date=SECRET),
    "a date beyond all time": with_value(date=10**18),
    "a text that is a number": with_value(text=5),
    "a text that is a list": with_value(text=[SECRET]),
    "entities that are a text": with_value(entities=SECRET),
    "an entity without its place": with_value(entities=[{"type": "bot_command"}]),
    "a sender that is a text": with_value(**{"from": SECRET}),
    "a chat that is a number": with_value(chat=7),
    "a photo without sizes": with_value(photo=[{}]),
    "a document that is true": with_value(document=True),
    "a message that is a text": lambda _: {"message": SECRET},
    "a message that is null": lambda _: {"message": None},
    "a press without a person": lambda _: {"callback_query": {"id": "5", "data": SECRET}},
    "a kind that nobody knows": lambda person: {"telepathy": message(person, text=SECRET)},
    "a kind that is no name": lambda _: {SECRET: {"text": SECRET}},
    "nothing but its number": lambda _: {},
}


@pytest.fixture(params=["polling", "webhook"])
def either(request: pytest.FixtureRequest, sqlite_url: str) -> Iterator[Centre]:
    """A centre whose updates come in each of the two ways."""
    centre = Centre(sqlite_url, webhook=request.param == "webhook")
    yield centre
    centre.close()


def test_an_update_that_cannot_be_read_stops_nobody(either: Centre) -> None:
    anna = either.hire("Anna Bondar", team="Support")
    for what, build in BAD.items():
        either.arrives(build(anna))
        anna.send("/help")
        assert "Commands" in anna.text or "/score" in anna.text, what
    lines = "\n".join(EAR.lines)
    assert "update_unreadable" in lines
    assert SECRET not in lines
    assert QUESTION not in lines
    assert passed_over(either, "unreadable") >= 8


def test_whose_message_cannot_be_read_is_told_once_a_minute(either: Centre) -> None:
    anna = either.hire("Anna Bondar", team="Support", language="uk")
    for _ in range(3):
        either.arrives(older_poll(anna))
    told = [one for one in anna.messages if "не можу прочитати" in one.text]
    assert len(told) == 1
    either.clock.advance(minutes=2)
    either.arrives(older_poll(anna))
    assert "не можу прочитати" in anna.text


def test_a_stranger_hears_nothing_of_what_cannot_be_read(centre: Centre) -> None:
    vera = centre.passer_by("Vera")
    vera.send("/start")
    before = len(vera.messages)
    centre.arrives(older_poll(vera))
    assert len(vera.messages) == before


def test_a_bad_update_among_good_ones_is_passed_over_alone(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", team="Support")
    centre.stop()
    for text in ("/help", "/drafts"):
        centre.far.post("send", person=anna.id, text=text)
        centre.arrives(older_poll(anna), wait=False)
    before = len(anna.messages)
    centre.start()
    anna.send("/help")
    said = anna.messages[before:]
    assert len(said) == 4  # two answers, one word about the polls, and the last /help


def test_a_bad_update_does_not_come_again_after_a_restart(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", team="Support")
    centre.arrives(older_poll(anna))
    before = len(anna.messages)
    centre.restart()
    anna.send("/help")
    assert len(anna.messages) == before + 1
    assert passed_over(centre, "unreadable") == 0


def test_a_press_that_breaks_the_library_is_answered(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", team="Support")
    anna.send("/score")
    shown = deepcopy(anna.message.raw)
    shown["poll"] = older_poll(anna)["message"]["poll"]  # type: ignore[index]  # a JSON object
    query = centre.run(lambda _: opened(centre, anna))
    centre.arrives(
        {
            "callback_query": {
                "id": query,
                "from": message(anna)["from"],
                "chat_instance": "1",
                "data": "x",
                "message": shown,
            }
        }
    )
    (answer,) = [one for one in centre.calls("answerCallbackQuery") if one.get("text")]
    assert "cannot read" in str(answer["text"])


async def opened(centre: Centre, person: Person) -> str:
    return centre.sandbox.world.queries.open(person.id, person.id).id


def test_the_library_says_nothing_of_batches_it_cannot_read(centre: Centre) -> None:
    """Its own log line quotes all of a batch, with names and texts."""
    anna = centre.hire("Anna Bondar", team="Support")
    centre.arrives(older_poll(anna))
    assert not any("Received data was" in line for line in EAR.lines)


def passed_over(centre: Centre, why: str) -> float:
    _, page = centre.page("/metrics")
    name = f'etalon_updates_passed_over_total{{why="{why}"}} '
    return sum(float(line.rpartition(" ")[2]) for line in page.splitlines() if name in line)
