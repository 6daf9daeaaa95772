"""A person's key in another system and other names: on the card, in files, in searches."""

import pytest

from storage import aliases, people
from tests.people.test_people_import import Office, office, reasons
from tests.story import Centre, Person

__all__ = ["office"]

HEADER = "name,roles,team,external_key,aliases"


def card_of(admin: Person, name: str) -> None:
    admin.send(f"/people {name}")
    admin.tap(name)


def test_a_key_is_set_shown_found_and_removed(centre: Centre) -> None:
    centre.invite("Ivan Petrov", roles="agent")
    admin = centre.admin
    card_of(admin, "Ivan Petrov")
    admin.tap("Key")
    admin.send("PBX-17")
    assert "Key: PBX-17" in admin.text
    admin.send("/people pbx-17")
    assert ": 1 found" in admin.text
    card_of(admin, "Ivan Petrov")
    admin.tap("Key")
    admin.tap("Remove key")
    assert "Key:" not in admin.text


def test_a_key_belongs_to_one_person(centre: Centre) -> None:
    for name in ("Ivan Petrov", "Daria Lys"):
        centre.invite(name, roles="agent")
        card_of(centre.admin, name)
        centre.admin.tap("Key")
        centre.admin.send("17")
    assert "“Ivan Petrov” has this key already" in centre.admin.text


def test_other_names_are_added_found_and_removed(centre: Centre) -> None:
    centre.invite("Ivan Petrov", roles="agent")
    centre.invite("Daria Lys", roles="agent")
    admin = centre.admin
    card_of(admin, "Ivan Petrov")
    admin.tap("Other names")
    admin.send("Vanya P.")
    admin.send("Daria Lys")
    assert "Somebody else is called so already" in admin.text
    admin.send("/people vanya")
    assert "Ivan Petrov" in admin.text
    admin.tap("Ivan Petrov")
    assert "Also: Vanya P." in admin.text
    admin.tap("Other names")
    admin.tap("✕ Vanya P.")
    assert "✕ Vanya P." not in admin.buttons


def test_contacts_and_figures_find_an_agent_by_key_and_by_alias(centre: Centre) -> None:
    admin = centre.admin
    admin.bring_people(
        "people.csv", f"{HEADER}\nIvan Petrov,agent,Support,PBX-17,Vanya P.|I. Petrov\n"
    )
    admin.upload(
        "contacts.csv",
        "agent,agent_key,channel,reference\nVanya P.,,call,1\npbx-17,,call,2\n,PBX-17,call,3\n"
        "Ivan Petrov,PBX-17,call,4\nI. Petrov,99,call,5\nViktor Admin,PBX-17,call,6\n",
    )
    assert "Added: 4" in admin.sees("contacts.csv").text
    told = admin.document("rejected.csv").decode()
    assert "I know nobody with the key “99”." in told
    assert "belongs to somebody else than the name in this row" in told
    admin.upload("kpi.csv", "agent_key,date,metric,value\npbx-17,2026-11-20,csat,91.5\n")
    assert "Added: 1" in admin.sees("kpi.csv").text


async def test_a_key_knows_somebody_again_under_a_new_name(office: Office) -> None:
    await office.send("Ivan Petrov,agent,Support,17,", header=HEADER)
    outcome = await office.send("Ivan Sydorenko,agent,Support,17,", header=HEADER)
    assert (outcome.added, outcome.changed) == (0, 1)
    [ivan] = await office.everybody()
    assert (ivan.name, ivan.external_key) == ("Ivan Sydorenko", "17")


async def test_namesakes_are_told_apart_by_their_keys(office: Office) -> None:
    rows = ("Ivan Petrov,agent,A,17,", "Ivan Petrov,agent,B,18,")
    assert (await office.send(*rows, header=HEADER)).added == 2
    assert (await office.send(*rows, header=HEADER)).same == 2
    assert "Several people" in reasons(await office.send("Ivan Petrov,agent,,,", header=HEADER))[0]


async def test_another_key_is_not_taken_for_a_namesake(office: Office) -> None:
    await office.send("Ivan Petrov,agent,,17,", header=HEADER)
    outcome = await office.send("Ivan Petrov,agent,,18,", header=HEADER)
    assert "another key" in reasons(outcome)[0]
    assert len(await office.everybody()) == 1


async def test_an_alias_in_a_file_is_the_same_person(office: Office) -> None:
    await office.send("Ivan Petrov,agent,,,Vanya", header=HEADER)
    outcome = await office.send("vanya,agent,,,", header=HEADER)
    assert (outcome.added, outcome.same) == (0, 1)
    [ivan] = await office.everybody()
    async with office.db.reading() as tx:
        assert [one.alias for one in await aliases.of_person(tx, ivan.id)] == ["Vanya"]
        assert [one.id for one in await people.by_name(tx, "VANYA")] == [ivan.id]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (("A B,agent,,17,", "C D,agent,,17,"), "This key stands in row 2 already."),
        (("Old One,agent,,17,", "C D,agent,,,Old Timer"), "is called “Old Timer” already"),
        (("A B,agent,," + "1" * 65 + ",",), "too long: at most 64"),
        (("A B,agent,,," + "|".join(f"name {one}" for one in range(11)),), "at most 10"),
    ],
)
async def test_a_key_or_alias_that_cannot_be_is_told_in_its_row(
    office: Office, rows: tuple[str, ...], reason: str
) -> None:
    await office.send("Old Timer,agent,,,", header=HEADER)
    assert reason in reasons(await office.send(*rows, header=HEADER))[0]
