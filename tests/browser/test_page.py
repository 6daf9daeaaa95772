"""What the chat page itself says, whoever the bot is."""

import pytest

from tests.browser.floor import Floor
from tests.browser.window import Window
from tests.story import Centre

pytestmark = pytest.mark.browser


def test_a_stranger_reads_about_the_bot_and_starts_it(window: Window, centre: Centre) -> None:
    stranger = centre.passer_by("Petro Neznaiomyi")
    centre.sandbox.world.profile.set_text("description", "", "Quality control in the messenger")
    window.become(stranger.id)
    window.shows("#log >> text=Quality control in the messenger")
    window.click("#start")
    window.sees(str(stranger.id))
    window.hides("#start")


def test_the_list_of_people_is_worded_in_the_pages_language(window: Window, floor: Floor) -> None:
    floor.centre.stop()  # so that the bot's answer does not become the newest message
    window.become(floor.anna.id)
    window.act("#attach", "voice-sample")
    last = f'[data-person="{floor.anna.id}"] .person-last'
    window.shows(f"{last} >> text=Voice message")
    window.choose_option("#language", "uk")
    window.shows(f"{last} >> text=Голосове повідомлення")
    floor.centre.start()


def test_what_was_typed_for_one_person_waits_for_them(window: Window, floor: Floor) -> None:
    window.become(floor.anna.id)
    window.fill("#composer textarea", "Half a thought")
    window.choose(floor.ivan.id)
    window.fill("#composer textarea", "/me")
    window.choose(floor.anna.id)
    window.click("#send")
    window.shows("#log article.out >> text=Half a thought")
