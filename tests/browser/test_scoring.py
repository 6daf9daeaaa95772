"""An evaluator scores contacts on the chat page."""

import pytest

from tests.browser.floor import Floor
from tests.browser.window import Seen, Window

pytestmark = pytest.mark.browser


def test_a_contact_is_scored_in_one_message(window: Window, floor: Floor) -> None:
    window.become(floor.anna.id)
    window.send("/score petrov")
    window.sees("Which channel")
    window.tap("Call")
    window.sees("reference")
    window.send("48213")
    walk = window.sees("Ivan Petrov · Call · ref 48213")
    window.sees("1/")
    window.tap("Partly")
    assert window.sees("Why?").id == walk.id
    window.tap("No own name given")
    assert window.sees("2/").id == walk.id
    window.send("Asked for the contract number")
    walk = stands_below(window, walk, "Asked for the contract number")
    window.tap("Back")
    window.sees("1/")
    window.tap("All met")
    assert window.sees("100.0 of 100").id == walk.id
    window.tap("Feedback")
    window.sees("Summary comment")
    window.send("Good pace.")
    walk = stands_below(window, walk, "Good pace.")
    window.tap("Submit")
    assert window.sees("Submitted").id == walk.id
    assert floor.centre.count("evaluations") == 1


def stands_below(window: Window, walk: Seen, text: str) -> Seen:
    """Return the form that shows *text* below the message that brought it; the old one is gone."""
    form = window.sees(text)
    window.hides(f'[data-message="{walk.id}"]')
    assert int(form.id) > int(walk.id)
    return form


def test_the_menu_lists_ones_own_commands_alone(window: Window, floor: Floor) -> None:
    window.become(floor.anna.id)
    window.click("#menu-button")
    window.shows('#command-list [data-command="score"]')
    assert set(floor.anna.commands) == set(offered(window))
    assert "team" not in offered(window)
    window.choose(floor.ivan.id)
    window.fill("#composer textarea", "/fe")
    window.shows('#command-list [data-command="feedback"]')
    assert offered(window) == ["feedback"]
    window.click('#command-list [data-command="feedback"]')
    window.sees("Nothing yet.")


def offered(window: Window) -> list[str]:
    """Return the commands that the open menu lists."""
    return [one.removeprefix("/") for one in window.texts("#command-list [data-command] b")]


def test_a_voice_message_starts_a_walk(window: Window, floor: Floor) -> None:
    window.become(floor.anna.id)
    window.act("#attach", "voice-sample")
    window.shows("#log article.out .voice")
    window.sees("Whose contact")
    window.tap("Ivan Petrov")
    window.sees("The channel is a guess")


def test_without_a_microphone_a_sample_is_offered(window: Window, floor: Floor) -> None:
    window.become(floor.anna.id)
    window.click("#voice")
    window.agree("voice-sample")
    window.sees("Whose contact")


def test_forwarded_messages_of_a_customer_start_a_walk(window: Window, floor: Floor) -> None:
    window.become(floor.anna.id)
    window.act("#attach", "forward-customer")
    window.fill('[data-testid="forward-customer"] [name="customer"]', "Olha Bondar")
    window.fill('[data-testid="forward-customer"] [name="lines"]', "Where is my parcel?\n48213")
    window.agree("forward-customer")
    window.shows("#log article.out .forwarded >> text=Olha Bondar >> nth=1")
    window.sees("Whose contact")
