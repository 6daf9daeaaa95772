"""Supervisors and admins send files of daily figures and get the mistakes back."""

import pytest
from sqlalchemy import select

from storage.database import Transaction
from storage.tables import KpiFigureRow
from tests.kpi.cases import HEADER, Floor, rows
from tests.people import books
from tests.story import Centre, Person


def reasons(person: Person) -> list[str]:
    """Return why each row was rejected."""
    return [row["reason"] for row in books.csv_rows(person.document("rejected.csv"))]


def test_a_supervisor_brings_figures_of_their_team(floor: Floor) -> None:
    floor.bring(floor.olena, rows("Ivan Petrov", "csat", "2026-11", [91.5, 88]))
    assert floor.olena.text == "kpi.csv\nAdded: 2"
    assert floor.centre.count("kpi_figures") == 2


def test_the_same_file_twice_changes_nothing(floor: Floor) -> None:
    for _ in range(2):
        floor.bring(floor.olena, rows("Ivan Petrov", "csat", "2026-11", [91.5, 88]))
    assert floor.olena.text == "kpi.csv\nAs they were: 2"
    assert floor.centre.count("kpi_figures") == 2


def test_a_changed_value_is_taken_and_told(floor: Floor) -> None:
    floor.bring(floor.olena, rows("Ivan Petrov", "csat", "2026-11", [91.5, 88]))
    floor.bring(floor.olena, rows("ivan  PETROV", "CSAT", "2026-11", [91.5, 98, 90]))
    assert floor.olena.text == "kpi.csv\nAdded: 1\nChanged: 1\nAs they were: 1"


MISTAKES = {
    "Petr Ivanov,2026-11-02,csat,90": "no agent “Petr Ivanov”",
    ",2026-11-02,csat,90": "agent is missing",
    "Ivan Petrov,2026-11-02,nps,90": "no metric “nps”: it is one of csat, frt_s",
    "Ivan Petrov,2026-11-02,quality,90": "no metric “quality”",
    "Ivan Petrov,2026-02-30,csat,90": "“2026-02-30” is no date",
    "Ivan Petrov,11/02/2026,csat,90": "is no date",
    "Ivan Petrov,0026-11-02,csat,90": "is no date",
    "Ivan Petrov,2026-11-24,csat,90": "2026-11-24 has not come yet",
    "Ivan Petrov,2026-11-02,csat,101": "at most 100",
    "Ivan Petrov,2026-11-02,csat,-1": "“-1” is no number",
    "Ivan Petrov,2026-11-02,csat,nan": "“nan” is no number",
    "Ivan Petrov,2026-11-02,csat,1e3": "“1e3” is no number",
    "Ivan Petrov,2026-11-02,csat,": "is no number",
    "Ivan Petrov,2026-11-02,late_minutes,1441": "at most 1440",
    "Ivan Petrov,2026-11-02,csat,90,5": "quotation marks",
    'Ivan Petrov,2026-11-02,aht_s,"1,205"': "“1,205” can be read two ways",
    'Ivan Petrov,2026-11-02,aht_s,"3,80671E+11"': "“3,80671E+11” in value is what a spreadsheet",
    "Ivan Petrov,2026-11-02,aht_s,91%": "“91%” is no number",
    "Ivan Petrov,2026-11-02 14:20,csat,90": "“2026-11-02 14:20” is no date",
    "Viktor Admin,2026-11-02,csat,90": "no agent “Viktor Admin”",
    "Ivan Petrov,2026-11-01,csat,91": "stand in row 2 already",
}


def test_a_row_with_a_mistake_comes_back_with_it(floor: Floor) -> None:
    good = "Ivan Petrov,2026-11-01,csat,90\n"
    floor.bring(floor.centre.admin, good, "\n".join(MISTAKES))
    assert f"Added: 1\nRejected: {len(MISTAKES)}" in floor.centre.admin.sees("kpi.csv").text
    for told, reason in zip(MISTAKES.values(), reasons(floor.centre.admin), strict=True):
        assert told in reason


def test_dates_and_numbers_are_read_as_people_write_them(floor: Floor) -> None:
    floor.bring(floor.olena, rows("Ivan Petrov", "csat", "2026-11", ["0", "91.5"]))
    for date, value in (
        ("2026-11-02", "91,5"),
        ("02.11.2026", "91.5"),
        ("2.11.2026", "91.5 %"),
        ("2026-11-02 00:00:00", "91.50"),
        ("2/11/26".replace("/", "."), "91,5%"),
        ("2026/11/2", "91.5"),
        ("46328", "91.5"),
    ):
        content = f"agent;date;metric;value\nIvan Petrov;{date};csat;{value}\n"
        floor.olena.upload("kpi.csv", content)
        assert floor.olena.text == "kpi.csv\nAs they were: 1"


def test_a_workbook_works_the_same(floor: Floor) -> None:
    content = books.workbook(
        ["Agent", "Date", "Metric", "Value"],
        ["Ivan Petrov", "2026-11-02", "aht_s", 312.25],
        ["Ivan Petrov", "2026-11-03", "aht_s", "soon"],
    )
    floor.olena.upload("kpi.xlsx", content)
    assert "Added: 1\nRejected: 1" in floor.olena.sees("kpi.xlsx").text
    [_, row] = books.sheet_rows(floor.olena.document("rejected.xlsx"))
    assert row[3:] == (
        "soon",
        "“soon” is no number: please write it like 91.5 or 91,5, not below 0.",
    )


def test_agents_of_other_teams_are_not_the_senders_to_change(floor: Floor) -> None:
    floor.bring(
        floor.olena,
        rows("Maria Sydorenko", "csat", "2026-11", [10]),
        rows("Nobody There", "csat", "2026-11", [10]),
    )
    assert reasons(floor.olena) == [
        "I found no agent “Maria Sydorenko” in your teams.",
        "I found no agent “Nobody There” in your teams.",
    ]
    assert floor.centre.count("kpi_figures") == 0


def test_the_day_is_the_agents_own(centre: Centre) -> None:
    centre.hire("Aiko Tanaka", "agent", team="Night", timezone="Pacific/Auckland")
    centre.clock.advance(hours=12)
    centre.admin.upload("kpi.csv", HEADER + "Aiko Tanaka,2026-11-24,csat,90\n")
    assert centre.admin.text == "kpi.csv\nAdded: 1"


@pytest.mark.parametrize("name", ["Ivan Petrov", "Egor Evaluator"])
def test_others_cannot_bring_figures(floor: Floor, name: str) -> None:
    egor = floor.centre.hire("Egor Evaluator")
    sender = egor if name == egor.name else floor.ivan
    floor.bring(sender, rows("Ivan Petrov", "csat", "2026-11", [100]))
    assert floor.centre.count("kpi_figures") == 0


def test_a_supervisor_cannot_bring_people(floor: Floor) -> None:
    before = floor.centre.count("people")
    floor.olena.upload("people.csv", "name,roles\nOlena Koval,admin\n")
    assert floor.olena.text == "This is not open to your role."
    assert floor.centre.count("people") == before


def test_a_supervisors_file_with_a_wrong_header_is_told_which_columns_there_are(
    floor: Floor,
) -> None:
    floor.olena.upload("kpi.csv", "who,what\nIvan Petrov,90\n")
    assert "agent, date, metric, value" in floor.olena.text


def test_of_two_agents_of_one_name_the_one_who_is_here_is_meant(floor: Floor) -> None:
    for team in ("Support", "Sales"):
        floor.centre.hire("Anna Bondar", "agent", team=team)
    floor.bring(floor.olena, rows("Anna Bondar", "csat", "2026-11", [90]))
    assert floor.olena.text == "kpi.csv\nAdded: 1"
    floor.bring(floor.centre.admin, rows("Anna Bondar", "csat", "2026-11", [90]))
    assert reasons(floor.centre.admin) == ["Several agents have this name."]


def values(floor: Floor) -> list[float]:
    """Return the stored values, the smallest first."""

    async def reading(tx: Transaction) -> list[float]:
        return sorted((await tx.execute(select(KpiFigureRow.value))).scalars())

    return floor.centre.read(reading)


def test_a_cell_shown_in_percent_keeps_its_unit(floor: Floor) -> None:
    """91.5 % stands in a workbook as 0.915, and was taken for 0.9 %."""
    content = books.formatted(
        [("agent", ""), ("date", ""), ("metric", ""), ("value", "")],
        [("Ivan Petrov", ""), (46328, "dd.mm.yyyy"), ("csat", ""), (0.915, "0.0%")],
        [("Ivan Petrov", ""), (46329, "dd.mm.yyyy"), ("csat", ""), (0.93, "0%")],
        [("Ivan Petrov", ""), (46330, "yyyy-mm-dd"), ("csat", ""), (0.1 + 0.2, '[Red]0.00"!"%')],
        [("Ivan Petrov", ""), (46331, "yyyy-mm-dd"), ("csat", ""), (92.5, '0.0" %"')],
    )
    floor.olena.upload("kpi.xlsx", content)
    assert floor.olena.text == "kpi.xlsx\nAdded: 4"
    assert values(floor) == [30, 91.5, 92.5, 93]


@pytest.mark.parametrize(
    ("others", "read"), [(["91,5"], 1.205), (["91.5"], 1205), (["1,234,567"], 1205)]
)
def test_the_other_rows_say_what_a_comma_before_three_digits_means(
    floor: Floor, others: list[str], read: float
) -> None:
    every = [f'"{one}"' for one in ("1,205", *others)]
    floor.bring(floor.olena, rows("Ivan Petrov", "aht_s", "2026-11", every))
    assert read in values(floor)


def test_rows_that_write_both_ways_decide_nothing(floor: Floor) -> None:
    every = [f'"{one}"' for one in ("1,205", "91,5", "91.5")]
    floor.bring(floor.olena, rows("Ivan Petrov", "aht_s", "2026-11", every))
    [reason] = reasons(floor.olena)
    assert reason.startswith("“1,205” can be read two ways")


def test_day_and_month_are_told_apart_by_the_other_rows(floor: Floor) -> None:
    floor.bring(floor.olena, "Ivan Petrov,02/11/2026,csat,90\nIvan Petrov,15/11/2026,csat,91\n")
    assert floor.olena.text == "kpi.csv\nAdded: 2"
