"""Every list at its largest: all of it can be reached, and no message is over-full.

The sandbox refuses, as Telegram does, more than 100 buttons, 8 in a row, and 4,096 letters.
"""

from tests.pages.conftest import CRITERIA, PEOPLE, TEAMS, scorecard
from tests.pages.turning import entries, every_page
from tests.story import Centre, Person

TEAM_NAMES = [f"Team {number:03}" for number in range(TEAMS)]


def test_team_offers_all_of_120_teams_and_keeps_the_period(head: Person) -> None:
    head.send("/team last month")
    assert entries(head) == TEAM_NAMES
    head.tap("›")
    head.tap("›")
    head.tap("Team 045")
    assert "Team 045 · October" in head.text


def test_team_narrowed_by_a_name_says_how_many_fit(head: Person) -> None:
    head.send("/team team 11")
    assert head.buttons == [one for one in TEAM_NAMES if "11" in one]
    head.send("/team team")
    assert len(head.buttons) == 20
    assert "Teams that fit: 120. Write more of the name." in head.text


def test_targets_offer_all_of_120_teams(head: Person) -> None:
    head.send("/targets")
    assert entries(head) == TEAM_NAMES
    head.tap("›")
    head.tap("Team 030")
    assert "Team 030 · Targets" in head.text


def test_a_proposal_may_rest_on_any_criterion_and_any_team(head: Person) -> None:
    head.upload("long.yaml", scorecard("long", CRITERIA))
    head.tap("Publish")
    head.send("/propose")
    head.tap("New proposal")
    head.tap("Scorecard")
    head.send("Fewer criteria")
    head.tap("A criterion")
    head.tap("Card long")
    titles = [f"Criterion number {number}" for number in range(CRITERIA)]
    assert entries(head, "Back") == titles
    head.tap("‹")
    head.tap("Criterion number 199")
    assert "Criterion number 199" in head.text
    head.tap("Evidence")
    head.tap("A report")
    assert entries(head, "Back") == TEAM_NAMES
    head.tap("Back")
    head.tap("Nothing")
    head.tap("Accept")
    head.send("Good")
    head.tap("Owner")
    owners = entries(head, "Back")
    assert len(owners) == len(set(owners)) == PEOPLE // 2 + 1


def test_a_long_scorecards_outline_is_read_to_its_end(head: Person) -> None:
    head.upload("long.yaml", scorecard("long", CRITERIA))
    assert not head.heard("Something went wrong")
    head.tap("Publish")
    head.send("/scorecards")
    head.tap("Card long · v1")
    text = "\n".join(one.text for one in every_page(head))
    assert text.count("• Criterion number") == CRITERIA


def test_the_list_of_scorecards_turns(head: Person) -> None:
    for number in range(12):
        head.upload(f"c{number}.yaml", scorecard(f"c{number}", 1))
        head.tap("Publish")
    head.send("/scorecards")
    assert {f"Card c{number} · v1" for number in range(12)} < set(entries(head))


def test_lists_of_people_and_teams_turn(head: Person) -> None:
    for command in ("/people", "/teams", "/plans", "/audit", "/agent", "/goals", "/settings"):
        head.send(command)
        assert not head.heard("Something went wrong"), command
    head.send("/people")
    head.tap("Person 000")
    head.tap("Team")
    seen = set(head.buttons)
    while "›" in head.buttons:
        head.tap("›")
        seen |= set(head.buttons)
    assert len(seen & set(TEAM_NAMES)) == TEAMS - 1


def test_every_draft_can_be_opened_again(centre: Centre) -> None:
    centre.hire("Ivan Petrov", "agent", team="Support")
    anna = centre.hire("Anna Bondar")
    for number in range(25):
        anna.send("/score petrov")
        anna.tap("Call")
        anna.send(str(7000 + number))
        anna.tap("Close")
    anna.send("/drafts")
    assert "25 drafts" in anna.text
    assert len(set(entries(anna))) == 25


def test_change_on_a_card_of_200_criteria_was_an_incident_for_ever(centre: Centre) -> None:
    admin = centre.admin
    admin.upload("long.yaml", scorecard("long", CRITERIA))
    admin.tap("Publish")
    centre.hire("Ivan Petrov", "agent", team="Support")
    anna = centre.hire("Anna Bondar")
    anna.send("/score petrov")
    anna.tap("Chat")
    if "Card long" in anna.buttons:
        anna.tap("Card long")
    anna.send("48213")
    anna.tap("All met")
    anna.tap("Change")
    assert len(entries(anna, "Back", "Close")) == CRITERIA
    anna.tap("‹")
    anna.tap("Criterion number 199: Yes")
    anna.tap("No")
    anna.send("Not this one")
    assert not anna.heard("Something went wrong")
    anna.tap(next(one for one in anna.buttons if one.startswith("Submit")))
    centre.delivered()
    assert centre.count("evaluations") == 1
