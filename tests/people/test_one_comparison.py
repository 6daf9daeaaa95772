"""However a name is written, it is one person's: in files, searches, confirmations, the log."""

from collections.abc import Callable

import pytest

from scoring.roles import Role
from storage import people, people_search, teams
from tests.story import Centre, Person

HEADER = "name,roles,team,supervisor_of,timezone,language\r\n"
STRAIGHT = HEADER + (
    "Мар'яна Приклад,agent,Тест,,,\r\n"
    "Сергій Приклад,agent,Тест,,,\r\n"
    "Олег Примерёв,agent,Тест,,,\r\n"
)
OTHER_BYTES = HEADER + (
    "Мар’яна Приклад,agent,Тест,,,\r\n"
    "Сергіи\u0306 Приклад,agent,Тест,,,\r\n"
    "Олег Примерев,agent,Тест\u200b,,,\r\n"
)


def names(centre: Centre) -> list[str]:
    return [one.name for one in centre.read(people.known)]


def test_the_same_people_in_other_bytes_add_no_twins(centre: Centre) -> None:
    centre.admin.bring_people("people.csv", STRAIGHT)
    before = names(centre)
    centre.admin.bring_people("people.csv", OTHER_BYTES)
    assert centre.admin.text == "people.csv\nAs they were: 3"
    assert names(centre) == before
    assert len(centre.read(teams.everything)) == 1


def test_a_name_is_kept_as_it_was_written(centre: Centre) -> None:
    centre.admin.bring_people("people.csv", STRAIGHT)
    assert "Олег Примерёв" in names(centre)
    assert "Мар'яна Приклад" in names(centre)


def test_a_zero_width_twin_in_one_file_is_said_to_stand_there_already(centre: Centre) -> None:
    twins = "Сергій Приклад,agent,,,,\r\nПриклад Сергій\u200b,agent,,,,\r\n"
    centre.admin.bring_people("people.csv", HEADER + twins)
    assert "This name stands in row 2 already" in centre.admin.document("rejected.csv").decode()


@pytest.mark.parametrize(
    "typed", ["tkach", "ТКАЧ", "bohdan tkach", "Ткач Богдан", "тка", "Ткач\u200b", "Tkač"]
)
def test_a_search_finds_a_name_in_another_script(centre: Centre, typed: str) -> None:
    centre.invite("Богдан Ткач", roles="agent")
    centre.invite("Сидор Коваль", roles="agent")
    centre.admin.send(f"/people {typed}")
    assert ": 1 found" in centre.admin.text
    assert "Богдан Ткач" in centre.admin.text


def test_a_latin_name_is_found_by_cyrillic_letters(centre: Centre) -> None:
    centre.invite("Ivan Petrov", roles="agent")
    centre.admin.send("/people петров иван")
    assert ": 1 found" in centre.admin.text


def test_scoring_begins_with_an_agent_typed_in_another_script(centre: Centre) -> None:
    centre.invite("Ірина Ковальчук", roles="agent")
    centre.invite("Сидор Бондар", roles="agent")
    anna = centre.hire("Anna Bondar")
    anna.send("/score kovalchuk iryna")
    assert "Ірина Ковальчук" in anna.text
    assert "Call" in anna.buttons


def test_a_report_is_found_by_name_and_team_in_another_script(centre: Centre) -> None:
    centre.hire("Богдан Ткач", roles="agent", team="Продажі")
    centre.hire("Петро Лис", roles="agent", team="Підтримка")
    centre.admin.send("/agent tkach")
    assert "Богдан Ткач" in centre.admin.text
    centre.admin.send("/team prodazhi")
    assert "Продажі" in centre.admin.text
    assert "Підтримка" not in centre.admin.text


def test_the_log_of_a_person_is_found_however_the_name_is_typed(centre: Centre) -> None:
    centre.hire("Мар'яна Приклад", roles="agent")
    centre.hire("Мар'яна Прикладенко", roles="agent")
    centre.admin.send("/audit Приклад Мар’яна")
    assert "Мар'яна Приклад" in centre.admin.text.splitlines()[1]


def test_an_erasure_is_confirmed_with_the_name_in_other_bytes(centre: Centre) -> None:
    centre.hire("Мар'яна Примерёва", roles="agent")
    admin = centre.admin
    admin.send("/forget maryana")
    admin.tap("Мар'яна Примерёва")
    admin.tap("At their request")
    admin.send("Примерева Мар’яна")
    assert "Мар'яна Примерёва" not in names(centre)


def test_transliteration_never_says_who_somebody_is(centre: Centre) -> None:
    centre.admin.bring_people("people.csv", HEADER + "Ivan Petrov,agent,,,,\r\n")
    centre.admin.bring_people("people.csv", HEADER + "Иван Петров,agent,,,,\r\n")
    assert {"Ivan Petrov", "Иван Петров"} <= set(names(centre))


def by_invite(admin: Person, name: str) -> None:
    admin.send(f"/invite {name}")


def by_new_team(admin: Person, name: str) -> None:
    admin.send("/teams")
    admin.tap("New team")
    admin.send(name)


def by_renaming(admin: Person, name: str) -> None:
    admin.send("/people Ivan")
    admin.tap("Ivan Petrov")
    admin.tap("Rename")
    admin.send(name)


@pytest.mark.parametrize("way", [by_invite, by_new_team, by_renaming])
@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("\u200b\u200d\u2060", "Nothing of this name can be seen"),
        ("\u3164\u2800", "Nothing of this name can be seen"),
        ("Ivan \u202evortep", "hidden character that reverses text"),
        ("\u2067Ivan\u2069", "hidden character that reverses text"),
    ],
)
def test_a_name_that_does_not_show_or_turns_text_is_refused(
    centre: Centre, way: Callable[[Person, str], None], name: str, answer: str
) -> None:
    centre.invite("Ivan Petrov", roles="agent")
    way(centre.admin, name)
    assert answer in centre.admin.text
    assert names(centre) == ["Ivan Petrov", "Viktor Admin"]
    assert centre.read(teams.everything) == []


def test_a_file_with_such_names_says_so_in_its_rows(centre: Centre) -> None:
    rows = "\u200b,agent,,,,\r\nIvan\u202e,agent,,,,\r\nOlha,agent,\u2060,,,\r\n"
    centre.admin.bring_people("people.csv", HEADER + rows)
    told = centre.admin.document("rejected.csv").decode()
    assert told.count("Nothing of this name can be seen") == 2
    assert told.count("reverses text") == 1


def test_a_second_team_in_other_bytes_is_no_second_team(centre: Centre) -> None:
    by_new_team(centre.admin, "Під’їзд")
    by_new_team(centre.admin, "ПІД'ЇЗД\u200b")
    assert "There is a team of that name already" in centre.admin.text
    assert len(centre.read(teams.everything)) == 1


def test_signs_with_a_meaning_in_sql_stay_signs_when_they_sound(centre: Centre) -> None:
    centre.invite("Ткач_Ко", roles="agent")
    found = centre.read(lambda tx: people_search.matching(tx, Role.AGENT, "t_ach"))
    assert found == []
