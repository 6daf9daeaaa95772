"""A flood in one chat: the others are answered as if there were none."""

import time

from bot.intake import SHARE, Window
from bot.passing_over import COLLEAGUES_BACKLOG, STRANGERS_BACKLOG
from tests.bot.test_bad_updates import passed_over
from tests.story import Centre, Person

FLOOD = 1000


def flood(centre: Centre, person: Person, count: int = FLOOD, text: str = "/start") -> None:
    """Let somebody send very many commands while the bot is away."""
    for _ in range(count):
        centre.far.post("send", person=person.id, text=text)


def waits(centre: Centre, person: Person, text: str) -> int:
    """Let somebody send a command behind that; return the update's number."""
    said = centre.far.post("send", person=person.id, text=text)
    number = said["update_id"]
    assert isinstance(number, int)
    return number


def answers(person: Person, before: int) -> int:
    """Return how many answers somebody has had since, once there is one."""
    until = time.monotonic() + 30
    while len(person.messages) == before and time.monotonic() < until:
        time.sleep(0.01)
    return len(person.messages) - before


def test_a_stranger_who_floods_holds_up_no_colleague(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", team="Support")
    vera = centre.passer_by("Vera")
    centre.stop()
    flood(centre, vera)
    update = waits(centre, anna, "/help")
    before = len(anna.messages), len(centre.calls("getUpdates"))
    centre.start()
    assert centre.far.get("wait", update=update) == {"handled": True}
    assert len(anna.messages) == before[0] + 1
    assert len(centre.calls("getUpdates")) - before[1] < FLOOD / 10
    assert len(vera.messages) == 1
    assert passed_over(centre, "backlog") >= FLOOD - 20 * STRANGERS_BACKLOG


def test_a_stranger_is_answered_once_a_minute(centre: Centre) -> None:
    vera = centre.passer_by("Vera")
    for text in ("/start", "hello", "/help", "/nonsense", "/score"):
        vera.send(text)
    assert len(vera.messages) == 1
    assert "invitation" in (vera.forge("nonsense") or "")  # puts nothing into the chat
    centre.clock.advance(seconds=59)
    vera.send("/start")
    assert len(vera.messages) == 1
    centre.clock.advance(seconds=1)
    vera.send("/start")
    assert len(vera.messages) == 2


def test_a_stranger_who_was_just_answered_still_comes_in_by_a_link(centre: Centre) -> None:
    token, _ = centre.invite("Vera Kit")
    vera = centre.passer_by("Vera")
    vera.send("/start")
    vera.open("no-such-link")
    assert "does not work" in vera.text
    vera.open(token)
    assert "Vera Kit" in vera.text


def test_an_answer_that_telegram_makes_wait_holds_up_nobody_else(centre: Centre) -> None:
    """More chats wait for Telegram than are handled side by side."""
    anna = centre.hire("Anna Bondar", team="Support")
    crowd = [centre.passer_by(f"Number {one}") for one in range(40)]
    for one in crowd:
        centre.fault("sendMessage", "429", times=9, retry_after=15, chat=one.id)
        centre.far.post("send", person=one.id, text="/start")
    before = len(anna.messages)
    waits(centre, anna, "/help")
    assert answers(anna, before) == 1
    assert not any(one.messages for one in crowd)


def test_a_colleague_whose_answers_wait_does_not_hold_the_window(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", team="Support")
    boris = centre.hire("Boris Lys", team="Support")
    centre.fault("sendMessage", "429", times=9, retry_after=15, chat=boris.id)
    centre.stop()
    flood(centre, boris, 250, "/help")
    waits(centre, anna, "/help")
    before = len(anna.messages), len(boris.messages)
    centre.start()
    assert answers(anna, before[0]) == 1
    assert len(boris.messages) == before[1]
    assert passed_over(centre, "confirmed_early") > 0


def test_whose_messages_were_dropped_is_told_once(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", team="Support")
    centre.fault("sendMessage", "429", times=1, retry_after=15, chat=anna.id)
    centre.stop()
    flood(centre, anna, COLLEAGUES_BACKLOG + 90, "/help")
    before = len(anna.messages)
    centre.start()
    assert "more at once than I can take" in anna.sees("more at once").text
    assert len(anna.messages) == before + 1
    assert 80 <= passed_over(centre, "backlog") <= 90


def test_a_hundred_forwarded_messages_are_all_taken(centre: Centre) -> None:
    """A messenger lets a person forward a hundred at once."""
    anna = centre.hire("Anna Bondar", team="Support")
    anna.forward([("Ivan", f"sentence number {one}") for one in range(100)])
    assert passed_over(centre, "backlog") == 0


def test_a_chat_with_more_than_its_share_holds_nothing_up() -> None:
    window = Window()
    for update in range(SHARE + 1):
        window.take(update, lane=7)
    window.take(SHARE + 1, lane=8)
    assert window.offset() == 0
    assert window.let_go(before=-1.0) == SHARE + 1
    assert window.offset() == SHARE + 1
    assert not window.is_new(3)
    window.done(SHARE + 1)
    assert window.offset() == SHARE + 2


def test_an_update_that_takes_long_holds_nothing_up_once_others_wait_behind_it() -> None:
    window = Window()
    window.take(1, lane=7, now=10.0)
    window.take(2, lane=8, now=12.0)
    assert window.let_go(before=11.0) == 1
    assert window.offset() == 2
    window.confirmed(2)
    window.done(2)
    window.confirmed(3)
    window.done(1)
    assert window.offset() == 3
