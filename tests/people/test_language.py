"""Each person is spoken to in their own language, which Telegram tells and /language changes."""

import pytest

from storage import people
from tests.story import Centre, Person


def language_of(centre: Centre, person: Person) -> str | None:
    found = centre.read(lambda tx: people.by_telegram_id(tx, person.id))
    assert found is not None
    return found.language


@pytest.mark.parametrize(
    ("telegram", "ours"), [("en", "en"), ("uk", "uk"), ("ru", "ru"), ("en-GB", "en")]
)
def test_telegrams_language_is_taken_over_at_first(
    centre: Centre, telegram: str, ours: str
) -> None:
    anna = centre.hire("Anna Bondar", language=telegram)
    assert language_of(centre, anna) == ours


def test_where_telegrams_language_is_none_of_ours_the_teams_is_spoken(centre: Centre) -> None:
    centre.invite("Daria Kovalenko", roles="agent", team="Kyiv", language="uk")
    hans = centre.hire("Hans Meier", roles="agent", team="Kyiv", language="de")
    assert language_of(centre, hans) == "uk"


def test_an_invited_persons_language_stays_as_it_was_imported(centre: Centre) -> None:
    centre.admin.bring_people("people.csv", "name,roles,language\nHans Meier,agent,uk\n")
    link = centre.admin.document("invites.csv").decode().split(",")[-1].strip()
    hans = centre.passer_by("Hans Meier", language="en")
    hans.open(link)
    assert language_of(centre, hans) == "uk"


def test_the_choice_is_marked_and_can_be_changed(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", language="en")
    anna.send("/language")
    assert anna.buttons == ["✓ English", "Русский", "Українська"]
    shown = anna.message.message_id
    anna.tap("Українська")
    assert anna.message.message_id == shown
    assert anna.buttons == ["English", "Русский", "✓ Українська"]
    assert language_of(centre, anna) == "uk"
    anna.send("/language")
    assert "✓ Українська" in anna.buttons


def test_the_menu_follows_the_language(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", language="en")
    before = len(centre.calls("setMyCommands"))
    anna.send("/language")
    anna.tap("Русский")
    [call] = centre.calls("setMyCommands")[before:]
    assert str(anna.id) in str(call["scope"])


def test_an_unknown_language_cannot_be_forged(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", language="en")
    anna.send("/language")
    assert anna.forge("lang:xx") == "This button is out of date."
    assert language_of(centre, anna) == "en"
