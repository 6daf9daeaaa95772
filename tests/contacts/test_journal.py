"""Finding a contact in the journal, reading its card, and who may see what."""

import pytest

from tests.contacts.files import csv_of, row
from tests.story import Centre, Person


@pytest.fixture
def anna(centre: Centre) -> Person:
    """An evaluator; Ivan and Daria of Support and Olha of Sales are agents."""
    centre.hire("Ivan Petrov", roles="agent", team="Support")
    centre.hire("Daria Kovalenko", roles="agent", team="Support")
    centre.hire("Olha Melnyk", roles="agent", team="Sales")
    return centre.hire("Anna Bondar", roles="evaluator")


def send_file(centre: Centre, *rows: dict[str, str]) -> None:
    centre.admin.upload("contacts.csv", csv_of(*rows))


def filled(centre: Centre) -> None:
    """Put five contacts of three agents into the journal."""
    send_file(
        centre,
        row(
            type="complaint",
            topic="Late parcel",
            started_at="2026-11-20 14:20",
            duration_s="312",
            customer="+380 67 123-45-67",
            link="https://crm.example/48213",
            text="Where is my parcel? It was promised for Monday.",
        ),
        row(
            reference="48100",
            channel="chat",
            agent="Daria Kovalenko",
            topic="Refund",
            started_at="2026-11-02 09:00",
            customer="(380) 67 1234567",
        ),
        row(reference="48000", started_at="2026-10-01 09:00", status="deferred"),
        row(reference="S-7", agent="Olha Melnyk", type="gratitude", started_at="2026-11-23 08:00"),
        row(reference="S-8", agent="Olha Melnyk", status="under_review"),
    )


def test_an_admin_sends_a_file_and_hears_what_came_of_it(centre: Centre, anna: Person) -> None:
    send_file(centre, row(), row(reference="2", channel="fax"))
    assert centre.admin.heard("Added: 1")
    assert centre.admin.heard("Rejected: 1")
    assert b"I know no channel" in centre.admin.document("rejected.csv")


def test_nobody_but_an_admin_imports(centre: Centre, anna: Person) -> None:
    ivan = centre.hire("Oleh Agent", roles="agent")
    ivan.upload("contacts.csv", csv_of(row()))
    assert ivan.text == "This is not open to your role."
    assert centre.count("contacts") == 0


def test_a_long_import_says_how_far_it_is(centre: Centre, anna: Person) -> None:
    send_file(centre, *(row(reference=str(number)) for number in range(2_000)))
    [progress] = [one for one in centre.admin.messages if "Stored so far" in one.text]
    assert progress.text == "Stored so far: 2,000 of 2,000"
    assert centre.admin.heard("Added: 2,000")


def test_an_import_goes_on_when_its_progress_cannot_be_told(centre: Centre, anna: Person) -> None:
    centre.admin.send("/start")
    centre.fault("sendMessage", "500")
    send_file(centre, *(row(reference=str(number)) for number in range(2_000)))
    assert centre.count("contacts") == 2_000


def test_an_empty_journal_says_where_contacts_come_from(anna: Person) -> None:
    anna.send("/contacts")
    assert "No contacts yet" in anna.text
    assert anna.message.buttons == []


def test_the_journal_begins_with_the_number(centre: Centre, anna: Person) -> None:
    filled(centre)
    anna.send("/contacts")
    assert anna.text.startswith("5 contacts, 2 this week")
    assert anna.message.buttons[0] == "◔ S-8 · Call · Olha Melnyk · 23 Nov"
    assert "48213 · Call · Ivan Petrov · 20 Nov" in anna.buttons


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("48213", ["48213"]),
        ("481", ["48100"]),
        ("melnyk", ["S-8", "S-7"]),
        ("PARCEL", ["48213"]),
        ("ivan parcel", ["48213"]),
        ("s-7", ["S-7"]),
        ("%", []),
        ("petrov refund", []),
    ],
)
def test_words_search_reference_agent_and_topic(
    centre: Centre, anna: Person, words: str, found: list[str]
) -> None:
    filled(centre)
    anna.send("/contacts")
    anna.send(words)
    assert f"“{words}”: {len(found)}" in anna.text
    listed = [label.removeprefix("◔ ").split(" · ")[0] for label in anna.buttons if " · " in label]
    assert listed == found
    anna.send(f"/contacts {words}")
    assert f"“{words}”: {len(found)}" in anna.text


def test_filters_narrow_and_can_be_taken_back(centre: Centre, anna: Person) -> None:
    filled(centre)
    anna.send("/contacts ivan")
    anna.tap("Status")
    anna.tap("Deferred")
    assert "“ivan” · Deferred: 1" in anna.text
    anna.tap("Channel")
    anna.tap("Chat")
    assert "“ivan” · Deferred · Chat: 0" in anna.text
    anna.tap("Status")
    assert "● Deferred" in anna.buttons
    anna.tap("Any")
    anna.tap("All contacts")
    assert anna.text.startswith("5 contacts")
    anna.tap("Type")
    anna.tap("Gratitude")
    assert "Gratitude: 1" in anna.text


def test_a_long_journal_is_turned_page_by_page(centre: Centre, anna: Person) -> None:
    send_file(centre, *(row(reference=f"R{number:02}") for number in range(20)))
    anna.send("/contacts")
    assert "1–8 of 20" in anna.text
    anna.tap("›")
    anna.tap("›")
    assert "17–20 of 20" in anna.text
    assert "›" not in anna.buttons
    anna.tap("R00 · Call · Ivan Petrov · 23 Nov")
    anna.tap("To the list")
    assert "17–20 of 20" in anna.text


def test_a_card_shows_the_contact_and_hides_the_customer(centre: Centre, anna: Person) -> None:
    filled(centre)
    anna.send("/contacts 48213")
    anna.tap("48213 · Call · Ivan Petrov · 20 Nov")
    assert anna.text.startswith("48213 · Call · Complaint")
    for told in (
        "Agent: Ivan Petrov",
        "Topic: Late parcel",
        "20 Nov 2026, 14:20 · 5 min 12 s",
        "Customer: …567",
        "Open it at crm.example",
        "Status: Closed",
        "Where is my parcel?",
        "Not scored yet",
        "1 earlier contact of this customer",
    ):
        assert told in anna.text
    assert not any("123-45" in text.text for text in anna.messages)
    links = [one for one in anna.message.entities if one["type"] == "text_link"]
    assert [one["url"] for one in links] == ["https://crm.example/48213"]


def test_a_customers_earlier_contact_is_a_tap_away(centre: Centre, anna: Person) -> None:
    filled(centre)
    anna.send("/contacts 48213")
    anna.tap("48213 · Call · Ivan Petrov · 20 Nov")
    anna.tap("2 Nov 2026 · Chat · Refund")
    assert anna.text.startswith("48100 · Chat")
    assert "earlier contact" not in anna.text


def test_a_link_that_is_no_web_address_is_only_text(centre: Centre, anna: Person) -> None:
    send_file(centre, row(link="javascript:alert(1)"))
    anna.send("/contacts")
    anna.tap("48213 · Call · Ivan Petrov · 23 Nov")
    assert "Link: javascript:alert(1)" in anna.text
    assert all(one["type"] != "text_link" for one in anna.message.entities)


def test_markup_in_a_file_is_shown_as_it_is(centre: Centre, anna: Person) -> None:
    send_file(centre, row(reference="<b>1</b>", topic="a & b", text="<i>hello</i>"))
    anna.send("/contacts <b>1")
    anna.tap("<b>1</b> · Call · Ivan Petrov · 23 Nov")
    assert anna.text.startswith("<b>1</b> · Call")
    assert "<i>hello</i>" in anna.text


def test_a_long_text_is_cut_on_the_card_and_sent_whole_on_demand(
    centre: Centre, anna: Person
) -> None:
    text = " ".join(f"word{number}" for number in range(1500))
    send_file(centre, row(text=text))
    anna.send("/contacts")
    anna.tap("48213 · Call · Ivan Petrov · 23 Nov")
    assert "word1499" not in anna.text
    anna.tap("Material")
    assert "word1499" in anna.text


def test_a_supervisor_sees_their_own_teams_contacts_alone(centre: Centre, anna: Person) -> None:
    filled(centre)
    egor = centre.hire("Egor Boss", roles="supervisor", supervises="Support")
    egor.send("/contacts")
    assert egor.text.startswith("3 contacts, 0 this week")
    assert not any("Olha" in label for label in egor.buttons)
    egor.send("melnyk")
    assert "“melnyk”: 0" in egor.text
    anna.send("/contacts S-7")
    data = anna.message.data["S-7 · Call · Olha Melnyk · 23 Nov"]
    assert egor.forge(data) == "This belongs to somebody else."


def test_a_supervisor_hears_of_no_other_teams_earlier_contacts(
    centre: Centre, anna: Person
) -> None:
    filled(centre)
    send_file(centre, row(reference="S-9", agent="Olha Melnyk", customer="380671234567"))
    egor = centre.hire("Egor Boss", roles="supervisor", supervises="Sales")
    egor.send("/contacts S-9")
    egor.tap("S-9 · Call · Olha Melnyk · 23 Nov")
    assert "earlier contact" not in egor.text


def test_an_agent_has_no_access_to_the_journal(centre: Centre, anna: Person) -> None:
    filled(centre)
    oleh = centre.hire("Oleh Agent", roles="agent", team="Support")
    oleh.send("/contacts")
    assert oleh.text == "This is not open to your role."
    assert "contacts" not in oleh.commands
    assert "contacts" in anna.commands
    anna.send("/contacts")
    data = anna.message.data["48213 · Call · Ivan Petrov · 20 Nov"]
    assert oleh.forge(data) == "This is not open to your role."


@pytest.mark.parametrize(
    "data", ["j:c:999:0:0:0", "j:l:0:0:0:999", "j:l:0:0:0:-1", "j:f:0:7:0:0", "j:m:1:9:0:0"]
)
def test_a_forged_press_gets_one_sentence(centre: Centre, anna: Person, data: str) -> None:
    filled(centre)
    anna.send("/contacts")
    assert anna.forge(data) in {"This button is out of date.", "That is no longer there."}
