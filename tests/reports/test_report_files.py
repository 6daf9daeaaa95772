"""Stories of a report as a file: the workbook with its charts, the PDF, and who gets them."""

import datetime as dt
import io
import re
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from handlers.taps import ReportAct, ReportKind, ReportTap, pack
from tests.person import Person
from tests.reports.cases import NOVEMBER, OCTOBER, Desk
from tests.story import Centre

JULY = dt.datetime(2026, 7, 10, 9, tzinfo=dt.UTC)


def newest(person: Person) -> tuple[str, bytes]:
    """Return name and content of the newest file that the person got."""
    document = next(one for one in reversed(person.messages) if one.document).document
    name = str(document["file_name"])
    return name, person.document(name)


def book_of(person: Person) -> Workbook:
    return load_workbook(io.BytesIO(newest(person)[1]))


def rows(book: Workbook, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in book[sheet].iter_rows(min_row=2)]


def charts(content: bytes) -> list[str]:
    """Return the charts that a spreadsheet would draw, as they stand in the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = sorted(name for name in book.namelist() if name.startswith("xl/charts/chart"))
        return [book.read(name).decode() for name in names]


def pages(content: bytes) -> int:
    assert content.startswith(b"%PDF")
    return len(re.findall(rb"/Type /Page\b", content))


def test_export_sends_the_workbook_and_offers_the_same_as_a_pdf(
    desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, "yyy", "nyy", "yny", "yyy", "yyy", at=NOVEMBER)
    olga.send("/team")
    olga.tap("Export")
    assert newest(olga)[0] == "Support-2026-11-01_2026-11-23.xlsx"
    assert olga.buttons == ["PDF"]
    olga.tap("PDF")
    name, content = newest(olga)
    assert name == "Support-2026-11-01_2026-11-23.pdf"
    assert pages(content) >= 1
    assert olga.text == "Personal data: please keep this file to yourself."
    assert not olga.message.buttons


def test_one_agents_report_is_a_pdf_too(desk: Desk, olga: Person, ivan: Person) -> None:
    desk.evaluate(ivan, "yyy", "nyy", at=NOVEMBER)
    olga.send("/agent Ivan")
    olga.tap("Export")
    olga.tap("PDF")
    name, content = newest(olga)
    assert name == "Ivan-Petrov-2026-11-01_2026-11-23.pdf"
    assert pages(content) == 1


@pytest.mark.parametrize(
    ("period", "days", "months"),
    [
        ("year", "2026-01-01_2026-11-23", ["Jul 2026", "Aug 2026", "Sep 2026"]),
        ("quarter", "2026-10-01_2026-11-23", ["Jul 2026", "Aug 2026", "Sep 2026"]),
        ("2026-Q3", "2026-Q3", ["Jul 2026", "Aug 2026", "Sep 2026"]),
        ("last year", "2025-01-01_2025-12-31", ["Dec 2025"]),
    ],
)
def test_quarters_and_years_are_files_like_any_other_period(
    desk: Desk, olga: Person, ivan: Person, period: str, days: str, months: list[str]
) -> None:
    for moment in (JULY.replace(year=2025, month=12), JULY, OCTOBER, NOVEMBER):
        desk.evaluate(ivan, "yyy", "nyy", at=moment)
    olga.send(f"/team {period}")
    olga.tap("Export")
    assert newest(olga)[0] == f"Support-{days}.xlsx"
    trend = [str(row[0]) for row in rows(book_of(olga), "Trend")]
    assert set(months) <= set(trend)
    olga.tap("PDF")
    assert newest(olga)[0] == f"Support-{days}.pdf"


def test_the_workbook_draws_its_own_charts_with_intervals(
    desk: Desk, olga: Person, ivan: Person, maria: Person
) -> None:
    desk.evaluate(ivan, "yyy", "nyy", "yyy", "yyy", "yyy", "yyy", at=NOVEMBER)
    desk.evaluate(maria, "yyy", "nyy", at=NOVEMBER)
    desk.evaluate(maria, "nyy", "yyy", at=OCTOBER)
    olga.send("/team")
    olga.tap("Export")
    book = book_of(olga)
    trend = rows(book, "Trend")
    means = [(row[0], row[1], row[4]) for row in trend]
    assert means == [("Oct 2026", 75, 2), ("Nov 2026", 87.5, 8)]
    line, bars = charts(newest(olga)[1])
    assert "lineChart" in line
    assert "'Trend'!$B$2:$B$3" in line
    assert "barChart" in bars
    assert "'Agents'!$C$2:$C$3" in bars
    # Ivan's 91.7 (70.2-100) stands above Maria's two, which are too few for an interval.
    agents = rows(book, "Agents")
    assert [row[0] for row in agents] == ["Ivan Petrov", "Maria Sidorova"]
    assert list(agents[1][2:7]) == [75, None, None, 2, "too few to compare"]
    plus = bars.partition("<plus>")[2].partition("</plus>")[0]
    (far,) = re.findall(r'idx="0"><v>([\d.]+)', plus)
    assert float(far) == pytest.approx(100 - 550 / 6)
    assert 'idx="1"><v>' not in plus


def test_days_are_days_and_figures_figures(desk: Desk, olga: Person, ivan: Person) -> None:
    desk.evaluate(ivan, "yyy", at=NOVEMBER)
    olga.send("/team")
    olga.tap("Export")
    summary = {row[0].value: row[1] for row in book_of(olga)["Summary"].iter_rows(min_row=2)}
    first = summary["First day"]
    assert isinstance(first.value, dt.datetime)
    assert (str(first.value)[:10], first.number_format) == ("2026-11-01", "yyyy-mm-dd")
    assert summary["Mean score"].number_format == "0.0"


def test_kpi_stand_in_sheets_of_their_own_where_there_are_any(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, "yyy", at=NOVEMBER)
    olga.upload(
        "kpi.csv",
        "agent,date,metric,value\n"
        + "".join(f"Ivan Petrov,2026-11-0{day},csat,{80 + day}\n" for day in range(1, 7))
        + "Ivan Petrov,2026-11-02,late_minutes,12\n",
    )
    olga.send("/team")
    olga.tap("Export")
    book = book_of(olga)
    csat = next(row for row in rows(book, "KPI") if row[0] == "Customer satisfaction")
    assert (csat[1], csat[2], csat[5]) == ("%", 83.5, 6)
    assert rows(book, "Discipline")[0][:5] == ["Lateness", 1, 1, 12, "minutes"]
    olga.tap("PDF")
    assert pages(newest(olga)[1]) >= 1


def test_what_is_worth_a_look_is_a_sheet(desk: Desk, olga: Person, ivan: Person) -> None:
    desk.evaluate(ivan, *["yy-"] * 9, "yyy", at=NOVEMBER)
    olga.send("/team")
    olga.tap("Export")
    (row,) = rows(book_of(olga), "Worth a look")
    assert row[:3] == ["Criterion nearly always N/A", "Sums up", 0.9]
    assert row[5] == 10


def test_the_month_brings_chart_pdf_and_workbook_with_what_is_worth_a_look(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, *["yy-"] * 9, "yyy", at=NOVEMBER)
    centre.clock.set(dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC))
    centre.job("monthly-report")
    centre.delivered()
    chart, paper, workbook = olga.messages[-3:]
    assert chart.photo
    assert paper.document["file_name"] == "Support-2026-11.pdf"
    assert pages(olga.document("Support-2026-11.pdf")) >= 1
    assert workbook.document["file_name"] == "Support-2026-11.xlsx"
    assert workbook.text.splitlines()[:2] == ["Worth a look", "Nearly always N/A: 1"]
    assert not any(one.document for one in ivan.messages)


def test_a_pdf_is_for_who_oversees_in_private(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, "yyy", at=NOVEMBER)
    boss = centre.hire("Boris Sales", "supervisor", supervises="Sales")
    team = pack(ReportTap(ReportKind.TEAM, desk.team("Support"), "month", ReportAct.PDF))
    own = pack(ReportTap(ReportKind.AGENT, ivan.person_id, "month", ReportAct.PDF))
    boss.send("/team")
    ivan.send("/me")
    assert boss.forge(team) == "This belongs to somebody else."
    assert boss.forge(own) == "This belongs to somebody else."
    assert ivan.forge(team) == "This is not open to your role."
    assert not any(one.document for one in boss.messages + ivan.messages)
    group = centre.group("Support chat", olga, ivan)
    olga.send("/team", to=group)
    assert "Export" not in group.messages[-1].buttons
    assert olga.forge(pack(ReportTap(ReportKind.TEAM, 10_000, "month", ReportAct.PDF))) is not None


def test_whoever_asks_for_a_file_hears_at_once_that_it_is_being_made(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    """A paper took up to 15 seconds, an export 24, and nothing was to be seen meanwhile."""
    desk.evaluate(ivan, "yyy", "nyy", at=NOVEMBER)
    olga.send("/team")
    olga.tap("Export")
    olga.tap("PDF")
    olga.send("/export")
    olga.tap("XLSX")
    said = [str(one.get("text")) for one in centre.calls("sendMessage")]
    assert [one for one in said if one.startswith("Making")] == [
        "Making the workbook…",
        "Making the PDF…",
        "Making the workbook…",
    ]
    assert len(centre.calls("sendDocument")) == 3
    assert not any(one.text.startswith("Making") for one in olga.messages)


def test_when_there_is_no_file_the_word_of_it_goes_too(
    centre: Centre, olga: Person, ivan: Person
) -> None:
    olga.send("/export last year")
    assert olga.tap("CSV") == "No evaluations in this period."
    assert not any(one.text.startswith("Making") for one in olga.messages)
