"""The Disputes block of /team: overturn rates with their counts and intervals."""

from tests.access.sentences import is_denial
from tests.feedback.conftest import Team
from tests.feedback.settings import set_dispute_count
from tests.feedback.test_precedents import decided


def test_rates_stand_with_counts_by_criterion_and_evaluator(team: Team) -> None:
    decided(team, "I did", "He did", accept=True)
    decided(team, "I did", "He did not", accept=False)
    team.score()
    team.dispute_error()
    olena = team.olena
    olena.send("/team")
    assert "Disputes" in olena.buttons
    olena.tap("Disputes")
    assert olena.text == (
        "Disputes · Support · November\n"
        "3 disputes · 1 still open\n"
        "\n"
        "Answers changed: 1 of 2\n"
        "\n"
        "By criterion\n"
        "• Identifies the customer: 1 of 2\n"
        "\n"
        "By evaluator\n"
        "• Anna Bondar: 1 of 2"
    )
    olena.tap("Back")
    assert "Cost most, points per contact" in olena.text


def test_enough_of_them_have_an_interval(team: Team) -> None:
    set_dispute_count(team.centre, 0)
    for number in range(6):
        decided(team, "I did", "So it is", accept=number < 2)
    team.olena.send("/team")
    team.olena.tap("Disputes")
    assert "Answers changed: 2 of 6: 33\N{NO-BREAK SPACE}% (10–70)" in team.olena.text


def test_without_disputes_there_is_no_button(team: Team) -> None:
    team.score()
    team.olena.send("/team")
    assert "Disputes" not in team.olena.buttons


def test_rates_are_for_who_oversees_the_team_and_in_private(team: Team) -> None:
    decided(team, "I did", "He did", accept=True)
    team.olena.send("/team")
    pressed = team.olena.message.data["Disputes"]
    other = team.centre.hire("Petro Bilyk", roles="supervisor", supervises="Sales")
    for person in (other, team.ivan, team.anna):
        assert is_denial(person.forge(pressed))
    team.centre.admin.forge(pressed)
    assert "By evaluator" in team.centre.admin.text
