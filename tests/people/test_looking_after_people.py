"""An admin finds people, invites them, and changes what they are."""

import pytest

from handlers.people.admin_rule import LastAdmin, may_have, may_shut_out
from scoring.roles import Role
from storage import people, teams
from storage.people import Person as Stored
from tests.story import ADMIN_ID, Centre, Person


def stored(centre: Centre, name: str) -> Stored:
    found = centre.read(lambda tx: people.by_name(tx, name))
    return found[-1]


def team(centre: Centre, name: str) -> int:
    made = centre.write(lambda tx: teams.add(tx, name, "UTC", "en", centre.clock()))
    return made.id


def link_in(text: str) -> str:
    return next(word for word in text.split() if word.startswith("https://t.me/"))


def card_of(admin: Person, name: str) -> None:
    admin.send(f"/people {name}")
    admin.tap(name)


def test_people_are_listed_with_role_team_and_whether_they_joined(centre: Centre) -> None:
    centre.hire("Anna Bondar", roles="evaluator|agent", team="Support")
    centre.invite("Ivan Petrov", roles="agent")
    centre.admin.send("/people")
    assert "People: 3" in centre.admin.text
    assert "Anna Bondar\nAgent, Evaluator · Support\n" in centre.admin.text
    assert "Ivan Petrov\nAgent · not yet joined\n" in centre.admin.text


def test_the_list_turns_pages(centre: Centre) -> None:
    for number in range(11):
        centre.invite(f"Agent {number:02}", roles="agent")
    admin = centre.admin
    admin.send("/people")
    assert "›" in admin.buttons
    assert "‹" not in admin.buttons
    admin.tap("›")
    assert "Agent 08" in admin.text
    assert "Agent 01" not in admin.text
    admin.tap("‹")
    assert "Agent 01" in admin.text


def test_typing_a_part_of_a_name_searches_and_pages_keep_to_it(centre: Centre) -> None:
    for number in range(11):
        centre.invite(f"Ivan {number:02}", roles="agent")
    centre.invite("Daria Kovalenko", roles="agent")
    admin = centre.admin
    admin.send("/people")
    admin.send("iVAN")
    assert "iVAN: 11 found" in admin.text
    admin.tap("›")
    assert "Ivan 10" in admin.text
    admin.tap("Everybody")
    assert "People: 13" in admin.text


def test_a_search_without_a_hit_says_so(centre: Centre) -> None:
    centre.admin.send("/people <b>%_")
    assert "<b>%_: 0 found" in centre.admin.text


def test_a_name_with_markup_is_shown_as_it_is(centre: Centre) -> None:
    centre.invite("<b>Ivan</b> & Co", roles="agent")
    card_of(centre.admin, "<b>Ivan</b> & Co")
    assert centre.admin.text.startswith("<b>Ivan</b> & Co\n")


def test_an_agent_is_invited_with_a_name_and_one_tap(centre: Centre) -> None:
    support = team(centre, "Support")
    admin = centre.admin
    admin.send("/invite")
    admin.send("  Olha   Koval ")
    admin.tap("Invitation link")
    link = link_in(admin.text)
    assert link.startswith("https://t.me/etalon")
    assert "30 Nov, 10:00" in admin.text
    olha = centre.passer_by("Somebody Else")
    olha.open(link)
    assert "Welcome, Olha Koval!" in olha.text
    person = stored(centre, "Olha Koval")
    assert person.roles == {Role.AGENT}
    assert (person.teams, person.telegram_id) == ((support,), olha.id)


def test_a_supervisor_is_invited_with_roles_and_teams(centre: Centre) -> None:
    ids = [team(centre, name) for name in ("Sales", "Support")]
    admin = centre.admin
    admin.send("/invite Egor Boss")
    for label in ("Supervisor", "✓ Agent", "Supervises", "Sales", "Support", "Done"):
        admin.tap(label)
    assert "Supervises: Sales, Support" in admin.text
    admin.tap("Invitation link")
    assert "Egor Boss (Supervisor)" in admin.text
    assert stored(centre, "Egor Boss").supervises == tuple(ids)


def test_a_link_needs_a_role(centre: Centre) -> None:
    centre.admin.send("/invite Egor Boss")
    centre.admin.tap("✓ Agent")
    assert centre.admin.tap("Invitation link") == "Choose at least one role first."
    assert centre.count("invitations") == 0


def test_a_name_that_is_here_already_is_warned_about_not_forbidden(centre: Centre) -> None:
    centre.invite("Olha Koval", roles="agent")
    admin = centre.admin
    admin.send("/invite olha koval")
    assert "olha koval is here already" in admin.text
    assert centre.count("people") == 2
    admin.tap("Somebody else")
    assert "Choose roles and team" in admin.text
    assert centre.count("people") == 3


@pytest.mark.parametrize(
    ("typed", "told"), [("x" * 121, "at most 120 characters"), ("\u0007", "nothing in that text")]
)
def test_a_name_that_is_none_is_asked_for_again(centre: Centre, typed: str, told: str) -> None:
    admin = centre.admin
    admin.send("/invite")
    admin.send(typed)
    assert told in admin.text
    admin.send("Olha Koval")
    assert "Olha Koval" in admin.text


def test_a_new_link_replaces_the_old_one_and_moves_to_another_account(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", roles="evaluator")
    card_of(centre.admin, "Anna Bondar")
    centre.admin.tap("New link")
    assert "moves them there" in centre.admin.text
    elsewhere = centre.passer_by("Anna Bondar")
    elsewhere.open(link_in(centre.admin.text))
    assert "Welcome, Anna Bondar!" in elsewhere.text
    anna.send("/score")
    assert "invitation" in anna.text
    assert "score" not in anna.commands
    assert "score" in elsewhere.commands


def test_roles_are_given_and_taken_and_the_menu_follows(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", roles="evaluator")
    card_of(centre.admin, "Anna Bondar")
    centre.admin.tap("Admin")
    centre.admin.tap("Make admin")
    assert "people" in anna.commands
    centre.admin.tap("✓ Evaluator")
    assert "score" not in anna.commands
    assert stored(centre, "Anna Bondar").roles == {Role.ADMIN}


def test_a_press_that_arrives_twice_does_the_same_as_once(centre: Centre) -> None:
    _, ivan = centre.invite("Ivan Petrov", roles="agent")
    card_of(centre.admin, "Ivan Petrov")
    message = centre.admin.message
    for _ in range(2):
        centre.admin.forge(message.data["Evaluator"], message.message_id)
    assert stored(centre, "Ivan Petrov").roles == {Role.AGENT, Role.EVALUATOR}
    assert stored(centre, "Ivan Petrov").id == ivan


def test_the_admin_role_cannot_be_taken_from_oneself(centre: Centre) -> None:
    card_of(centre.admin, "Viktor Admin")
    assert "from yourself" in (centre.admin.tap("✓ Admin") or "")
    assert "shut yourself out" in (centre.admin.tap("Shut out") or "")


def test_another_admin_can_be_unmade_but_not_the_last_one(centre: Centre) -> None:
    viktor_himself = centre.admin
    anna = centre.hire("Anna Bondar", roles="admin")
    card_of(anna, viktor_himself.name)
    anna.tap("✓ Admin")
    viktor = stored(centre, "Viktor Admin")
    assert viktor.roles == set()
    last = stored(centre, "Anna Bondar")
    with pytest.raises(LastAdmin):
        may_have({Role.AGENT}, last, {last.id}, by=viktor.id)
    with pytest.raises(LastAdmin):
        may_shut_out(last, {last.id}, by=viktor.id)


def test_somebody_is_renamed(centre: Centre) -> None:
    centre.invite("Ivan Petrof", roles="agent")
    card_of(centre.admin, "Ivan Petrof")
    centre.admin.tap("Rename")
    centre.admin.send("Ivan Petrov")
    assert centre.admin.text.startswith("Ivan Petrov\n")
    assert stored(centre, "Ivan Petrov").name == "Ivan Petrov"


def test_whoever_is_shut_out_can_do_nothing_until_let_in_again(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", roles="evaluator")
    card_of(centre.admin, "Anna Bondar")
    centre.admin.tap("Shut out")
    assert "Shut out Anna Bondar?" in centre.admin.text
    centre.admin.tap("Shut out")
    assert "Shut out: can do nothing here" in centre.admin.text
    assert "score" not in anna.commands
    anna.send("/score")
    assert "invitation" in anna.text
    centre.admin.tap("Let back in")
    anna.send("/score")
    assert "invitation" not in anna.text
    assert "score" in anna.commands


def test_a_link_of_somebody_shut_out_opens_nothing(centre: Centre) -> None:
    token, person_id = centre.invite("Ivan Petrov", roles="agent")
    centre.write(lambda tx: people.set_active(tx, person_id, active=False))
    ivan = centre.passer_by("Ivan Petrov")
    ivan.open(token)
    assert "does not work" in ivan.text


def test_an_admin_of_the_configuration_is_not_shut_out_here(centre: Centre) -> None:
    assert centre.admin.id == ADMIN_ID
    anna = centre.hire("Anna Bondar", roles="admin")
    card_of(anna, "Viktor Admin")
    assert "ADMIN_IDS" in (anna.tap("Shut out") or "")


def test_a_team_to_supervise_needs_the_role(centre: Centre) -> None:
    support = team(centre, "Support")
    _, ivan = centre.invite("Ivan Petrov", roles="agent")
    centre.admin.send("/people")
    assert "supervisor role" in (centre.admin.forge(f"p:s:{ivan}:{support}") or "")
    assert stored(centre, "Ivan Petrov").supervises == ()


def test_many_teams_turn_pages_and_stay_on_theirs(centre: Centre) -> None:
    for number in range(25):
        team(centre, f"Team {number:02}")
    centre.invite("Ivan Petrov", roles="agent")
    card_of(centre.admin, "Ivan Petrov")
    centre.admin.tap("Team")
    centre.admin.tap("›")
    centre.admin.tap("Team 24")
    assert "✓ Team 24" in centre.admin.buttons
    centre.admin.tap("Done")
    assert "Team: Team 24" in centre.admin.text


@pytest.mark.parametrize(
    "data", ["p:c:999:0", "p:r:1:99", "p:r:1:0", "p:t:1:999", "p:w:0:0", "p:y:999:0", "p:i:999:0"]
)
def test_a_forged_press_is_answered_with_a_sentence(centre: Centre, data: str) -> None:
    centre.admin.send("/people")
    told = centre.admin.forge(data)
    assert told in {"That is no longer there.", "This button is out of date."}


ADMIN_TAPS = [
    *(f"p:{act}:1:1" for act in "lecrtsmvwinxyb"),
    *(f"t:{act}:1:name:x" for act in "lcnas"),
]


@pytest.mark.parametrize("roles", ["agent", "evaluator", "supervisor"])
def test_none_of_this_is_open_to_anybody_else(centre: Centre, roles: str) -> None:
    viktor = centre.admin
    anna = centre.hire("Anna Bondar", roles=roles)
    for command in ("/people", "/invite", "/invite Eve", "/teams"):
        anna.send(command)
        assert anna.text == "This is not open to your role."
    for data in ADMIN_TAPS:
        assert anna.forge(data) == "This is not open to your role.", data
    anna.upload("people.csv", "name,roles\nEve,admin\n")
    assert centre.count("people") == 2
    assert stored(centre, viktor.name).roles == {Role.ADMIN}


def test_a_question_that_outlived_the_role_is_not_answered(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", roles="admin")
    anna.send("/invite")
    card_of(centre.admin, "Anna Bondar")
    centre.admin.tap("✓ Admin")
    anna.send("Eve Intruder")
    assert anna.text == "This is not open to your role."
    assert centre.count("people") == 2
