"""Evaluations and reports as files: exact columns, real numbers, nothing that runs."""

import csv
import datetime as dt
import io

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from handlers.reports.export import export_evaluations
from handlers.words import words
from tests.far_side import Message
from tests.person import Person
from tests.reports.cases import Desk
from tests.story import Centre

NOVEMBER = dt.datetime(2026, 11, 4, 12, 20, tzinfo=dt.UTC)
OCTOBER = dt.datetime(2026, 10, 10, 9, tzinfo=dt.UTC)
COLUMNS = [
    *("evaluation", "contact", "agent", "team", "evaluator", "scorecard", "version", "section"),
    *("criterion", "option", "points", "weight", "critical_class", "justification", "comment"),
    *("raw_score", "final_score", "submitted_at"),
    *("counts", "selection", "plan", "stratum", "probability", "contact_at", "revision"),
]


@pytest.fixture
def ivan(centre: Centre) -> Person:
    """An agent in Kyiv."""
    return centre.hire("Ivan Petrov", "agent", team="Support", timezone="Europe/Kyiv")


@pytest.fixture
def olga(centre: Centre, ivan: Person) -> Person:
    """The supervisor of his team."""
    assert ivan.person_id
    return centre.hire("Olga Supervisor", "supervisor", supervises="Support")


def file_of(person: Person) -> bytes:
    """Return the newest file that the person got."""
    newest = next(one for one in reversed(person.messages) if one.document)
    return person.document(name_of(newest))


def name_of(message: Message) -> str:
    return str(message.document["file_name"])


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def book_of(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def test_a_csv_has_a_row_per_answer_and_the_promised_columns(
    desk: Desk, olga: Person, ivan: Person
) -> None:
    (number,) = desk.evaluate(ivan, "ny-", at=NOVEMBER, reference="48213")
    olga.send("/export month")
    assert "Support · November" in olga.text
    assert olga.buttons == ["CSV", "XLSX"]
    olga.tap("CSV")
    content = file_of(olga)
    assert next(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == COLUMNS
    first, second, third = rows_of(content)
    assert first == {
        "evaluation": str(number),
        "contact": "48213",
        "agent": "Ivan Petrov",
        "team": "Support",
        "evaluator": "Egor Evaluator",
        "scorecard": "phone",
        "version": "1",
        "section": "Opening",
        "criterion": "Identifies the customer",
        "option": "No",
        "points": "0",
        "weight": "1",
        "critical_class": "compliance",
        "justification": "Not done",
        "comment": "",
        "raw_score": "50.0",
        "final_score": "50.0",
        "submitted_at": "2026-11-04T14:20:00+02:00",
        "counts": "yes",
        "selection": "chosen",
        "plan": "",
        "stratum": "",
        "probability": "",
        "contact_at": "",
        "revision": "1",
    }
    assert (second["option"], second["points"]) == ("Yes", "1")
    assert (third["option"], third["points"], third["criterion"]) == ("N/A", "", "Sums up")


def test_scores_are_rounded_half_up_and_an_empty_one_stays_empty(
    desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, "yny", "---", at=NOVEMBER)
    olga.send("/export")
    olga.tap("CSV")
    scores = {row["evaluation"]: row["final_score"] for row in rows_of(file_of(olga))}
    assert sorted(scores.values()) == ["", "66.7"]


@pytest.mark.parametrize("typed", ["=1+1", "+380", "-5", "@SUM(A1)", "\t=1", " =1+1"])
def test_a_cell_that_a_spreadsheet_would_run_is_neutralised(
    desk: Desk, olga: Person, ivan: Person, typed: str
) -> None:
    desk.evaluate(ivan, "yny", at=NOVEMBER, reference=typed, comment=typed, why=typed)
    olga.send("/export")
    olga.tap("CSV")
    row = next(row for row in rows_of(file_of(olga)) if row["option"] == "No")
    # A tab begins a cell for whoever takes it for the delimiter.
    neutral = f"'{typed}".replace("\t", "\t'")
    assert row["contact"] == neutral
    assert (row["justification"], row["comment"]) == (neutral, neutral)
    olga.tap("XLSX")
    sheet = book_of(file_of(olga)).worksheets[0]
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert f"'{typed}" in [cell.value for cell in cells]


def test_a_workbook_holds_numbers_moments_and_a_frozen_header(
    desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, "yny", at=NOVEMBER)
    olga.send("/export")
    olga.tap("XLSX")
    sheet = book_of(file_of(olga)).worksheets[0]
    header, _, greets, _ = sheet.iter_rows()
    assert [cell.value for cell in header] == COLUMNS
    assert header[0].font.bold
    assert sheet.freeze_panes == "A2"
    row = dict(zip(COLUMNS, greets, strict=True))
    assert row["final_score"].value == pytest.approx(200 / 3)
    assert row["final_score"].number_format == "0.0"
    assert row["points"].value == 0
    assert row["submitted_at"].value == dt.datetime(2026, 11, 4, 14, 20)  # noqa: DTZ001  a cell's
    assert row["submitted_at"].number_format == "yyyy-mm-dd hh:mm"
    assert sheet.column_dimensions["I"].width > 30


def test_rows_come_from_the_period_and_the_teams_that_were_asked_for(
    centre: Centre, desk: Desk, ivan: Person
) -> None:
    chief = centre.hire("Chief", "admin")
    seller = centre.hire("Sveta Seller", "agent", team="Sales")
    desk.evaluate(ivan, "yyy", at=OCTOBER)
    desk.evaluate(ivan, "yyy", at=NOVEMBER)
    desk.evaluate(seller, "yyy", team="Sales", at=NOVEMBER)
    chief.send("/export")
    assert "Sales, Support · November" in chief.text
    chief.tap("CSV")
    assert {row["team"] for row in rows_of(file_of(chief))} == {"Sales", "Support"}
    chief.send("/export supp last month")
    chief.tap("CSV")
    found = {(row["team"], row["submitted_at"][:7]) for row in rows_of(file_of(chief))}
    assert found == {("Support", "2026-10")}
    assert name_of(chief.message).startswith("Support-2026-10-01_2026-10-31")


def test_a_supervisor_exports_their_own_teams_alone(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    seller = centre.hire("Sveta Seller", "agent", team="Sales")
    desk.evaluate(ivan, "yyy", at=NOVEMBER)
    desk.evaluate(seller, "yyy", team="Sales", at=NOVEMBER)
    olga.send("/export")
    olga.tap("CSV")
    assert {row["team"] for row in rows_of(file_of(olga))} == {"Support"}
    olga.send("/export Sales")
    assert "I do not understand “Sales”" in olga.text
    ivan.send("/export")
    assert "This is not open to your role." in ivan.text


def test_an_empty_period_gives_no_file(desk: Desk, olga: Person) -> None:
    olga.send("/export last year")
    assert olga.tap("CSV") == "No evaluations in this period."


def test_an_ambiguous_team_is_asked_back(centre: Centre, desk: Desk) -> None:
    boss = centre.hire("Boss", "supervisor", supervises="Sales North|Sales South")
    boss.send("/export sales")
    assert "Sales North, Sales South" in boss.text


def test_the_reports_button_sends_a_workbook_of_all_its_sheets(
    desk: Desk, olga: Person, ivan: Person
) -> None:
    for number, answers in enumerate(("yyy", "yny", "nyy", "yyy", "yyy")):
        desk.evaluate(ivan, answers, at=NOVEMBER, reference=f"={48212 + number}")
    olga.send("/team")
    olga.tap("Export")
    book = book_of(file_of(olga))
    assert book.sheetnames == [
        *("Summary", "Agents", "Criteria", "Errors", "Evaluations"),
        *("Trend", "Training needs", "Worth a look"),
    ]
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    summary = {row[0].value: row[1:] for row in book["Summary"].iter_rows()}
    # 100, 66.7, 50, 100, 100
    assert summary["Mean score"][0].value == pytest.approx(250 / 3)
    assert summary["Mean score"][0].number_format == "0.0"
    assert summary["Mean score"][3].value == 5
    assert summary["Evaluations"][0].value == 5
    accuracy = summary["Without critical errors: compliance"]
    assert (accuracy[0].value, accuracy[0].number_format) == (0.8, "0%")
    (agent,) = list(book["Agents"].iter_rows(min_row=2))
    assert (agent[0].value, agent[1].value) == ("Ivan Petrov", 5)
    criteria = {row[1].value: row for row in book["Criteria"].iter_rows(min_row=2)}
    assert criteria["Identifies the customer"][3].value == pytest.approx(10)
    errors = list(book["Errors"].iter_rows(min_row=2))
    assert [row[5].value for row in errors] == ["Greets", "Identifies the customer"]
    assert errors[0][2].value == "'=48213"
    evaluations = list(book["Evaluations"].iter_rows(min_row=2))
    assert [row[7].value for row in evaluations] == [0, 1, 1, 0, 0]


def test_one_agents_report_is_exported_for_them_alone(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    maria = centre.hire("Maria Sidorova", "agent", team="Support")
    desk.evaluate(ivan, "yyy", at=NOVEMBER)
    desk.evaluate(maria, "yyy", at=NOVEMBER)
    olga.send("/agent Ivan")
    olga.tap("Export")
    book = book_of(file_of(olga))
    values = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "Ivan Petrov" in values
    assert "Maria Sidorova" not in values


def test_the_command_line_gets_everybodys_evaluations_of_all_time(
    centre: Centre, desk: Desk, ivan: Person
) -> None:
    desk.evaluate(ivan, "yyy", at=NOVEMBER)
    desk.evaluate(ivan, "yyy", at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    content = centre.run(
        lambda services: export_evaluations(
            services, teams=None, window=None, ending=".csv", t=words("en")
        )
    )
    assert len(rows_of(content)) == 6


def test_no_evaluations_are_a_header_alone_and_another_ending_is_refused(centre: Centre) -> None:
    def asked(ending: str) -> bytes:
        return centre.run(
            lambda services: export_evaluations(
                services, teams=[], window=None, ending=ending, t=words("en")
            )
        )

    assert rows_of(asked(".csv")) == []
    assert book_of(asked(".xlsx")).worksheets[0].max_row == 1
    with pytest.raises(ValueError, match=r"not \.pdf"):
        asked(".pdf")


def test_a_file_speaks_the_readers_language(centre: Centre, desk: Desk, ivan: Person) -> None:
    boss = centre.hire("Олег", "supervisor", supervises="Support", language="ru")
    desk.evaluate(ivan, "yny", at=NOVEMBER)
    boss.send("/export")
    boss.tap("CSV")
    assert {row["option"] for row in rows_of(file_of(boss))} == {"Да", "Нет"}
