"""Customers' data: masked on the way in, erased on demand and when its time is over."""

import pytest

from storage import audit_reading
from storage.audit import Action, Entry
from storage.audit_reading import Sought
from tests.contacts.files import csv_of, row
from tests.privacy.conftest import PHONE, everything_stored
from tests.story import Centre, Person

TEXT = "Call me on 067 123 45 67 or mail to o.shevchenko@example.com, order 1200481"


def newest(centre: Centre, action: Action) -> Entry:
    found, _ = centre.read(
        lambda tx: audit_reading.page(tx, Sought(action=action), offset=0, limit=1)
    )
    return found[0]


def choose(admin: Person, setting: str, value: str) -> None:
    admin.send("/settings")
    admin.tap(setting)
    admin.tap(value)


def told(reference: str, **cells: str) -> dict[str, str]:
    return row(reference=reference, customer=PHONE, text=TEXT, **cells)


def test_phones_cards_and_mails_are_not_stored(centre: Centre, ivan: Person) -> None:
    topic = "Card 4111 1111 1111 1111"
    centre.admin.upload("contacts.csv", csv_of(told("48213", topic=topic)))
    stored = everything_stored(centre)
    for trace in ("123-45-67", "1234567", "123 45 67", "shevchenko", "4111"):
        assert trace not in stored
    assert "order 1200481" in stored
    assert "48213" in stored


def test_the_same_customer_is_known_again_though_masked(
    centre: Centre, ivan: Person, anna: Person
) -> None:
    file = csv_of(
        told("48213", started_at="2026-11-20 10:00"),
        row(reference="48214", customer="(380) 67 1234567", started_at="2026-11-21 10:00"),
        row(reference="48215", customer="+380 67 765-43-21", started_at="2026-11-22 10:00"),
    )
    centre.admin.upload("contacts.csv", file)
    anna.send("/contacts 48214")
    anna.tap(next(one for one in anna.buttons if "48214" in one))
    assert "1 earlier contact of this customer" in anna.text
    assert "…567" in anna.text
    centre.admin.upload("contacts.csv", file)
    assert centre.admin.heard("As they were: 3")


def test_a_reference_that_looks_like_a_phone_stays(centre: Centre, ivan: Person) -> None:
    centre.admin.upload("contacts.csv", csv_of(row(reference="0501234567")))
    assert "0501234567" in everything_stored(centre)


def test_forwarded_messages_are_masked(centre: Centre, ivan: Person, anna: Person) -> None:
    anna.forward([TEXT])
    stored = everything_stored(centre)
    assert "123 45 67" not in stored
    assert "order 1200481" in stored


def test_masking_can_be_switched_off_and_on_again(centre: Centre, ivan: Person) -> None:
    admin = centre.admin
    choose(admin, "Masking", "Keep as they come")
    assert "kept as they come" in admin.text
    admin.upload("contacts.csv", csv_of(told("48213")))
    assert TEXT in everything_stored(centre)
    choose(admin, "Masking", "Mask them")
    assert TEXT in everything_stored(centre)
    centre.job("housekeeping")
    stored = everything_stored(centre)
    assert "123 45 67" not in stored
    assert "123-45-67" not in stored
    assert newest(centre, Action.MASKED).told() == {"rows": 1}
    assert newest(centre, Action.SETTING_CHANGED).told() == {
        "setting": "masking",
        "before": 0,
        "after": 1,
    }


@pytest.mark.parametrize("typed", ["380671234567", "+380 67 123-45-67", "(380) 67 1234567"])
def test_a_customer_is_found_by_their_number(centre: Centre, ivan: Person, typed: str) -> None:
    admin = centre.admin
    admin.upload("contacts.csv", csv_of(told("48213"), told("48214"), row(reference="48215")))
    admin.send("/forget")
    admin.send(typed)
    found = [one for one in admin.buttons if "customer" in one]
    assert found == ["That customer: 2 contacts"]


def test_a_customer_is_erased_for_good(centre: Centre, ivan: Person, anna: Person) -> None:
    admin = centre.admin
    choose(admin, "Masking", "Keep as they come")
    link = "https://crm.example/77"
    file = csv_of(told("48213", link=link), told("48214"), row(reference="48215", text="Hello"))
    admin.upload("contacts.csv", file)
    admin.send(f"/forget {PHONE}")
    admin.tap("That customer: 2 contacts")
    assert "Journal: the customer's identity, links and texts: 2" in admin.text
    admin.tap("At their request")
    assert "Erase the customer of 2 contacts?" in admin.text
    assert TEXT in everything_stored(centre)
    admin.tap("Erase for good")
    stored = everything_stored(centre)
    for trace in (TEXT, PHONE, "380671234567", link):
        assert trace not in stored
    assert "Hello" in stored
    entry = newest(centre, Action.CUSTOMER_ERASED)
    act = admin.document(f"erasure-{entry.id}.html").decode()
    assert "Customer data, 2 contacts" in act
    assert "1234567" not in act
    admin.upload("contacts.csv", file)
    assert TEXT not in everything_stored(centre)


def test_material_and_comments_go_with_the_customer(
    centre: Centre, ivan: Person, anna: Person
) -> None:
    anna.forward(["My name is Oksana and my parcel is late"])
    anna.tap("Ivan Petrov")
    anna.tap("Chat")
    anna.send("77001")
    anna.tap("All met")
    anna.tap("Submit")
    admin = centre.admin
    assert "Oksana" in everything_stored(centre)
    admin.send("/forget 77001")
    admin.tap("That reference: 1 contact")
    admin.tap("By our own rules")
    admin.tap("Erase for good")
    assert "Oksana" not in everything_stored(centre)
    assert centre.count("evaluations") == 1
    anna.send("/contacts 77001")
    assert "77001" in anna.text


def test_a_stale_button_erases_nothing_twice(centre: Centre, ivan: Person) -> None:
    admin = centre.admin
    admin.upload("contacts.csv", csv_of(told("48213")))
    admin.send(f"/forget {PHONE}")
    admin.tap("That customer: 1 contact")
    admin.tap("By our own rules")
    data = admin.message.data["Erase for good"]
    admin.tap("Erase for good")
    assert admin.forge(data) == "That is no longer there."


def test_old_customers_are_erased_at_night(centre: Centre, ivan: Person) -> None:
    admin = centre.admin
    admin.upload(
        "contacts.csv",
        csv_of(
            told("48213", started_at="2026-07-20 10:00"),
            row(reference="48214", started_at="2026-11-20 10:00", text="Just lately"),
        ),
    )
    centre.job("housekeeping")
    assert "order 1200481" in everything_stored(centre)
    choose(admin, "Customers' data", "3 months")
    assert "Customers' data: erased after 3 months" in admin.text
    centre.clock.advance(days=1)
    centre.job("housekeeping")
    stored = everything_stored(centre)
    assert "order 1200481" not in stored
    assert "Just lately" in stored
    assert newest(centre, Action.CUSTOMER_ERASED).told()["basis"] == "retention"
    before = centre.count("audit_entries")
    centre.clock.advance(days=1)
    centre.job("housekeeping")
    assert centre.count("audit_entries") == before


def test_new_teams_take_the_organisations_limits(centre: Centre) -> None:
    admin = centre.admin
    choose(admin, "Dispute days", "10 days")
    choose(admin, "Disputes a month", "No limit")
    admin.send("/teams")
    admin.tap("New team")
    admin.send("Support")
    assert "Disputes within 10 working days" in admin.text
    assert "No limit to an agent's disputes" in admin.text


def test_forged_settings_are_refused(centre: Centre) -> None:
    admin = centre.admin
    admin.send("/settings")
    for data in ("set:s:masking:7", "set:s:customer_key:1", "set:a:nothing:0"):
        assert admin.forge(data) == "This button is out of date."
    assert "customer_key" not in everything_stored(centre)


FORMS = """reference,agent,channel,started_at,duration_s,customer,text
P1,Ivan Petrov,call,2026-11-20 10:00,,+7 (495) 000-00-01,first
P2,Ivan Petrov,call,2026-11-21 10:00,,8 (495) 000-00-01,"second, same person"
P3,Ivan Petrov,call,2026-11-22 10:00,,+380 67 000 00 01,third
P4,Ivan Petrov,call,2026-11-22 11:00,,067 000 00 01,"fourth, same person"
P5,Ivan Petrov,call,2026-11-22 12:00,,00380670000001,"fifth, same person"
P6,Ivan Petrov,chat,2026-11-22 12:30,,O.Koval@Mail.example,mail
P7,Ivan Petrov,chat,2026-11-22 12:40,,o.koval@mail.EXAMPLE,the same
"""


@pytest.mark.parametrize("masking", [True, False])
def test_a_number_written_in_another_way_leaves_nobody_behind(
    centre: Centre, ivan: Person, anna: Person, masking: bool
) -> None:
    """Erased as +7…, the customer stayed as 8…; and 067… and +380 67… were two people."""
    admin = centre.admin
    if not masking:
        choose(admin, "Masking", "Keep as they come")
    admin.upload("contacts.csv", FORMS)
    anna.send("/contacts P2")
    anna.tap(next(one for one in anna.buttons if "P2" in one))
    assert "1 earlier contact of this customer" in anna.text
    for typed, count in (
        ("84950000001", 2),
        ("+38 (067) 000-00-01", 3),
        ("O.KOVAL@mail.example", 2),
    ):
        admin.send(f"/forget {typed}")
        label = f"That customer: {count} contacts"
        admin.tap(label)
        admin.tap("At their request")
        admin.tap("Erase for good")
        admin.send(f"/forget {typed}")
        assert label not in admin.buttons
    stored = everything_stored(centre)
    for said in ("first", "second", "third", "fourth", "fifth", "the same"):
        assert f"'{said}" not in stored


@pytest.mark.parametrize("typed", ["0670000001", "+380 67 000-00-01", "380670000001"])
def test_the_journal_is_searched_by_a_customers_number(
    centre: Centre, ivan: Person, anna: Person, typed: str
) -> None:
    centre.admin.upload("contacts.csv", FORMS)
    anna.send(f"/contacts {typed}")
    assert [any(name in one for one in anna.buttons) for name in ("P3", "P4", "P5", "P2")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_number_that_reads_as_two_customers_names_each(centre: Centre, ivan: Person) -> None:
    centre.hire("Luc Martin", "agent", team="Paris", timezone="Europe/Paris")
    file = csv_of(
        row(reference="F1", agent="Luc Martin", customer="06 70 00 00 01"),
        row(reference="F2", agent="Luc Martin", customer="+33 6 70 00 00 01"),
        row(reference="U1", customer="067 000 00 01"),
    )
    admin = centre.admin
    admin.upload("contacts.csv", file)
    admin.send("/forget 0670000001")
    found = [one for one in admin.buttons if "customer" in one]
    assert sorted(found) == ["That customer: 1 contact", "That customer: 2 contacts"]
    admin.tap("That customer: 2 contacts")
    admin.tap("At their request")
    admin.tap("Erase for good")
    admin.send("/forget 067 000 00 01")
    assert "That customer: 1 contact" in admin.buttons
