"""Publishing among others: old previews, discarded files, retired scorecards, earlier versions."""

import pytest

from handlers.taps import UploadAct, UploadTap, pack
from scoring.builtin import builtin_scorecards
from tests.far_side import Message
from tests.person import Person
from tests.scorecards.test_publishing import CARD
from tests.story import Centre

KINDER = CARD.replace("Friendly", "Kind")
HEAVIER = CARD.replace("weight: 1", "weight: 9")
COPY = CARD.replace("key: mail", "key: mail_2")


@pytest.fixture
def admin(centre: Centre) -> Person:
    """An admin who has published the letters' scorecard."""
    admin = centre.admin
    admin.upload("letters.yaml", CARD)
    admin.tap("Publish")
    return admin


def now(person: Person, message: Message) -> str:
    """Return what that message says by now."""
    return next(one.text for one in person.messages if one.message_id == message.message_id)


def test_an_old_preview_does_not_undo_a_newer_version_unasked(admin: Person) -> None:
    admin.upload("warm.yaml", CARD.replace("Friendly", "Warm"))
    old = admin.message
    admin.upload("kind.yaml", KINDER)
    admin.tap("Publish")
    assert "version 2, is published" in admin.text
    admin.tap("Publish", old)
    assert "Version 2 was published meanwhile" in now(admin, old)
    assert "1 change against version 2" in now(admin, old)
    assert "“Kind” → “Warm”" in now(admin, old)
    admin.tap("Publish", old)
    assert "version 3, is published" in now(admin, old)


def test_an_old_preview_of_what_is_in_use_by_now_publishes_nothing(
    centre: Centre, admin: Person
) -> None:
    admin.upload("kind.yaml", KINDER)
    old = admin.message
    admin.upload("kind.yaml", KINDER)
    admin.tap("Publish")
    admin.tap("Publish", old)
    assert "Nothing differs from version 2." in now(admin, old)
    assert centre.count("scorecard_versions") == len(builtin_scorecards()) + 2


def test_a_published_preview_says_so_and_what_came_after(admin: Person) -> None:
    admin.upload("kind.yaml", KINDER)
    data = admin.message.data
    admin.tap("Publish")
    admin.forge(data["Publish"])
    assert "Letters: this file was published already, as version 2." in admin.text
    admin.upload("heavier.yaml", CARD)
    admin.tap("Publish")
    for label in ("Publish", "Discard"):
        admin.forge(data[label])
        assert "published already, as version 2." in admin.text
        assert "Version 3 came after it." in admin.text


def test_a_discarded_file_is_gone(centre: Centre, admin: Person) -> None:
    admin.upload("kind.yaml", KINDER)
    publish = admin.message.data["Publish"]
    admin.tap("Discard")
    assert "Discarded. Nothing has changed." in admin.text
    assert admin.forge(publish) == "That is no longer there."
    assert centre.count("scorecard_versions") == len(builtin_scorecards()) + 1
    admin.tap("Scorecards")
    assert "Letters · v1" in admin.buttons


@pytest.mark.parametrize("act", list(UploadAct))
def test_a_file_that_never_was_is_not_there(centre: Centre, act: UploadAct) -> None:
    centre.admin.send("/scorecards")
    assert centre.admin.forge(pack(UploadTap(act, 77, -5))) == "That is no longer there."


def test_a_second_scorecard_of_a_channel_says_what_it_stands_beside(admin: Person) -> None:
    admin.upload("copy.yaml", COPY)
    assert "A new scorecard." in admin.text
    assert "Evaluators will choose between it and: Letters, Chats, e-mail, social" in admin.text


def test_a_retired_scorecard_is_listed_and_comes_back(centre: Centre, admin: Person) -> None:
    centre.hire("Ivan Petrov", roles="agent", team="Support")
    anna = centre.hire("Anna Bondar", roles="evaluator")
    admin.send("/scorecards")
    admin.tap("Letters · v1")
    admin.tap("Retire")
    assert "You can bring it back any time." in admin.text
    admin.tap("Retire")
    assert "Letters · retired" in admin.buttons
    admin.tap("Letters · retired")
    assert "It is retired: nobody is offered it." in admin.text
    assert "Retire" not in admin.buttons
    admin.tap("Bring back")
    assert "Letters · v1" in admin.buttons
    anna.send("/score petrov")
    anna.tap("E-mail")
    assert "Letters" in anna.buttons


def test_the_same_file_brings_a_retired_scorecard_back(centre: Centre, admin: Person) -> None:
    admin.send("/scorecards")
    admin.tap("Letters · v1")
    admin.tap("Retire")
    admin.tap("Retire")
    admin.upload("letters.yaml", CARD)
    assert "Nothing differs from version 1.\nIt is retired" in admin.text
    admin.tap("Bring back")
    assert "Letters, version 1, is in use again." in admin.text
    assert centre.count("scorecard_versions") == len(builtin_scorecards()) + 1
    admin.tap("Scorecards")
    assert "Letters · v1" in admin.buttons


def test_a_changed_file_brings_a_retired_scorecard_back_too(admin: Person) -> None:
    admin.send("/scorecards")
    admin.tap("Letters · v1")
    admin.tap("Retire")
    admin.tap("Retire")
    admin.upload("letters.yaml", HEAVIER)
    assert "It is retired; publishing it brings it back." in admin.text
    admin.tap("Publish")
    admin.send("/scorecards")
    assert "Letters · v2" in admin.buttons


def test_an_earlier_versions_card_leads_to_the_one_in_use(admin: Person) -> None:
    admin.send("/scorecards")
    card, opening = admin.message, admin.message.data["Letters · v1"]
    admin.upload("kind.yaml", KINDER)
    admin.tap("Publish")
    assert "Drafts that were begun before keep their version." in admin.text
    admin.forge(opening, card.message_id)
    assert "Version 2 is in use." in now(admin, card)
    admin.tap("Version 2", card)
    assert "• Kind" in now(admin, card)
    assert "is in use." not in now(admin, card)


def test_a_condition_is_told_by_its_words(admin: Person) -> None:
    bound = '        title: Friendly\n        only_if: {criterion: answer, option: "No"}'
    admin.upload("letters.yaml", CARD.replace("        title: Friendly", bound))
    assert "asked only if none → “Answers the question” is “No”" in admin.text


def test_channels_are_told_by_their_names(admin: Person) -> None:
    admin.upload("letters.yaml", CARD.replace("[email]", "[email, social]"))
    assert "Letters: channels E-mail → E-mail, Social" in admin.text
