"""Strangers learn how to come in; an invitation lets in one person, once, within its week."""

import pytest

from storage import invitations
from tests.story import Centre


@pytest.mark.parametrize("text", ["/start", "/help", "/people", "/score", "hello", "/nonsense"])
def test_a_stranger_learns_their_id_and_that_they_need_an_invitation(
    centre: Centre, text: str
) -> None:
    stranger = centre.passer_by("Nobody Known")
    stranger.send(text)
    assert str(stranger.id) in stranger.text
    assert "invitation" in stranger.text
    [code] = [one for one in stranger.message.entities if one["type"] == "code"]
    assert code["length"] == len(str(stranger.id))
    assert stranger.buttons == []
    assert centre.count("people") == 0


def test_a_stranger_is_greeted_in_the_language_of_their_messenger(centre: Centre) -> None:
    stranger = centre.passer_by("Nobody Known", language="de")
    stranger.send("/start")
    assert "personal invitation link" in stranger.text


def test_a_strangers_forged_press_does_nothing(centre: Centre) -> None:
    stranger = centre.passer_by("Nobody Known")
    stranger.send("/start")
    assert "invitation" in (stranger.forge("p:y:1:0") or "")
    assert centre.count("people") == 0


def test_an_invitation_lets_in_with_its_role_and_menu(centre: Centre) -> None:
    ivan = centre.hire("Ivan Petrov", roles="agent", team="Support")
    assert "Welcome, Ivan Petrov!" in ivan.text
    assert ivan.buttons == ["My month", "My feedback"]
    assert {"start", "help", "language", "cancel", "me"} <= set(ivan.commands)
    assert "people" not in ivan.commands
    assert "score" not in ivan.commands


def test_somebody_with_several_roles_gets_a_door_for_each(centre: Centre) -> None:
    egor = centre.hire("Egor Boss", roles="supervisor|evaluator", supervises="Support")
    assert egor.buttons == ["Score a contact", "My team"]


def test_an_invitation_works_once(centre: Centre) -> None:
    token, _ = centre.invite("Ivan Petrov", roles="agent")
    first, second = centre.passer_by("First Comer"), centre.passer_by("Second Comer")
    first.open(token)
    second.open(token)
    assert "Welcome" in first.text
    assert second.text == (
        "This invitation link does not work, or not any more. Please ask for a new one."
    )
    second.send("/start")
    assert str(second.id) in second.text


def test_an_invitation_that_nobody_issued_is_refused(centre: Centre) -> None:
    stranger = centre.passer_by("Nobody Known")
    for token in ("x", "0" * 64, "-_-"):
        stranger.open(token)
        assert "does not work" in stranger.text


def test_an_invitation_expires_after_a_week(centre: Centre) -> None:
    token, _ = centre.invite("Ivan Petrov", roles="agent")
    ivan = centre.passer_by("Ivan Petrov")
    centre.clock.advance(days=7)
    ivan.open(token)
    assert ivan.text == "This invitation link has expired. Please ask your admin for a new one."


def test_a_newer_invitation_replaces_the_older_one(centre: Centre) -> None:
    old, person_id = centre.invite("Ivan Petrov", roles="agent")
    new = centre.write(lambda tx: invitations.issue(tx, person_id, centre.clock()))
    ivan = centre.passer_by("Ivan Petrov")
    ivan.open(old)
    assert "does not work" in ivan.text
    ivan.open(new)
    assert "Welcome" in ivan.text


def test_a_foreign_invitation_is_refused_and_stays_unused(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", roles="evaluator")
    token, _ = centre.invite("Ivan Petrov", roles="admin")
    anna.open(token)
    assert "belongs to somebody here already" in anna.text
    assert "people" not in anna.commands
    ivan = centre.passer_by("Ivan Petrov")
    ivan.open(token)
    assert "Welcome, Ivan Petrov!" in ivan.text


def test_opening_ones_own_link_again_leads_home(centre: Centre) -> None:
    token, _ = centre.invite("Ivan Petrov", roles="agent")
    ivan = centre.passer_by("Ivan Petrov")
    ivan.open(token)
    ivan.open(token)
    assert ivan.text.startswith("Ivan Petrov\n")


def test_an_invitation_is_not_taken_where_others_read_along(centre: Centre) -> None:
    token, _ = centre.invite("Ivan Petrov", roles="agent")
    ivan = centre.passer_by("Ivan Petrov")
    group = centre.group("Everybody", ivan)
    ivan.send(f"/start {token}", to=group)
    assert "private chat" in group.text
    ivan.open(token)
    assert "Welcome" in ivan.text


def test_the_first_admin_is_told_how_to_begin(centre: Centre) -> None:
    assert "Nobody else is here yet" in centre.admin.text
    centre.hire("Anna Bondar")
    centre.admin.send("/start")
    assert "Nobody else" not in centre.admin.text
    assert centre.admin.buttons == ["People", "Invite somebody"]


def test_help_lists_ones_own_commands_alone(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", roles="evaluator")
    anna.send("/help")
    assert "/score: " in anna.text
    assert "/language: " in anna.text
    assert "/people" not in anna.text
    centre.admin.send("/help")
    assert "/people: " in centre.admin.text
    assert "/score: " not in centre.admin.text


def test_cancel_forgets_what_was_asked(centre: Centre) -> None:
    admin = centre.admin
    admin.send("/cancel")
    assert admin.text == "Nothing to cancel."
    admin.send("/invite")
    admin.send("/cancel")
    assert admin.text == "Cancelled. Drafts are kept."
    admin.send("Ivan Petrov")
    assert centre.count("people") == 1
