"""The stage itself: the bot answers, restarts, and what people do arrives."""

from tests.story import Centre


def test_somebody_hired_is_greeted_and_a_stranger_is_not(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", roles="evaluator", team="Support")
    zoe = centre.passer_by("Zoe")
    zoe.send("/start")
    assert "Anna" in anna.text
    assert str(zoe.id) in zoe.text


def test_the_bot_answers_after_a_restart(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", roles="evaluator", team="Support")
    centre.restart()
    before = len(anna.messages)
    anna.send("/help")
    assert len(anna.messages) > before
