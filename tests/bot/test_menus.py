"""The menu button: each person sees their own commands, in their own language."""

from tests.story import Centre


def test_a_stranger_sees_what_is_open_to_strangers(centre: Centre) -> None:
    assert set(centre.passer_by("Zoe").commands) == {"start", "help"}


def test_somebody_hired_sees_the_commands_of_their_roles(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", roles="evaluator")
    ivan = centre.hire("Ivan Petrov", roles="agent", team="Support")
    assert "score" in anna.commands
    assert "score" not in ivan.commands
    assert "feedback" in ivan.commands
    assert "people" not in anna.commands
    assert "people" in centre.admin.commands


def test_the_menu_is_in_the_persons_own_language(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", roles="evaluator", language="en")
    anna.send("/language")
    before = anna.menu
    anna.tap("Українська")
    assert set(anna.menu) == set(before)
    assert anna.menu["language"] != before["language"]


def test_a_menu_that_cannot_be_set_breaks_nothing(centre: Centre) -> None:
    centre.fault("setMyCommands", "500", times=5)
    anna = centre.hire("Anna Bondar", roles="evaluator")
    assert "Anna" in anna.text
