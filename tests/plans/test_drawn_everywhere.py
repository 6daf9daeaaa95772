"""The chart, the digest, the files and the KPI of a team speak of the same contacts as /team."""

import datetime as dt

import pytest
from sqlalchemy import select, update

from handlers.kpi.kpi_data import Sheet, team_sheet
from handlers.reports.file_data import FileData, team_data
from handlers.reports.report_data import TeamReport, team_report
from handlers.turn import Services
from handlers.views import report_charts
from handlers.views.chart_data import TeamChart
from handlers.views.paper import Text
from handlers.views.report_paper import report_paper
from handlers.views.report_sheets import report_sheets
from handlers.views.reports import agents_screen, team_text
from handlers.views.sheets import Figure
from handlers.words import words
from scoring.periods import parse_period
from scoring.sampling import Member
from storage import assignments, draws, evaluations, plans, teams
from storage.assignments import NewAssignment
from storage.database import Transaction
from storage.draws import NewDraw
from storage.tables import ContactRow, EvaluationRow
from tests.plans.cases import Floor
from tests.reports.cases import NOVEMBER, OCTOBER, store

WEEK = dt.timedelta(weeks=1)
FIRST = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def draw(floor: Floor, ivan: int = 3, daria: int = 3, first: dt.datetime = FIRST) -> None:
    """Draw from what both handled since *first*; so many of each were scored 100 and 66.7."""

    async def drawing(tx: Transaction) -> None:
        now = floor.centre.clock()
        team = await teams.by_name(tx, "Support")
        assert team is not None
        plan = await plans.add(tx, team.id, now, by=None)
        imported = ContactRow.reference.endswith("-call")
        wanted = select(ContactRow.id, ContactRow.agent_id).where(imported)
        there = (await tx.execute(wanted)).all()
        members = [Member(ident, agent, "") for ident, agent in there]
        new = NewDraw(plan, "2026-11", "2026-11", (first, now), {}, 1, members, ())
        drawn = await draws.add(tx, new, now)
        for agent, answers, count in ((floor.ivan, "yyy", ivan), (floor.daria, "yny", daria)):
            for day in range(2, 2 + count):
                reference = f"{agent.person_id}-{day}-call"
                made = await evaluations.by_id(
                    tx, await put(tx, floor, agent.person_id, answers, now, reference)
                )
                assert made is not None
                mine = update(EvaluationRow).where(EvaluationRow.id == made.id)
                await tx.execute(mine.values(selection="drawn"))
                one = NewAssignment(drawn, made.contact_id, made.agent_id, None, False, now + WEEK)
                ids = await assignments.add(tx, [one], now)
                await assignments.finish(tx, ids, floor.anna.person_id, made.id, now)

    floor.centre.write(drawing)


async def put(
    tx: Transaction,
    floor: Floor,
    agent: int,
    answers: str,
    at: dt.datetime,
    reference: str | None = None,
) -> int:
    team = await teams.by_name(tx, "Support")
    assert team is not None
    by = floor.anna.person_id
    return await store(tx, agent, answers, by=by, at=at, team=team.id, reference=reference)


def pick(floor: Floor, *answers: str, at: dt.datetime = NOVEMBER) -> None:
    """Let some more of Ivan's contacts, picked by hand, be scored so."""

    async def storing(tx: Transaction) -> None:
        for one in answers:
            await put(tx, floor, floor.ivan.person_id, one, at)

    floor.centre.write(storing)


def report(floor: Floor) -> TeamReport:
    found: list[TeamReport] = []

    async def reading(services: Services) -> None:
        async with services.db.reading() as tx:
            team = await teams.by_name(tx, "Support")
            assert team is not None
            period = parse_period("2026-11", dt.date(2026, 11, 23))
            found.append(await team_report(tx, services, team, period))

    floor.centre.run(reading)
    return found[0]


def charted(floor: Floor) -> TeamChart:
    chart = report_charts.team_chart(words("en"), report(floor), named=True)
    assert chart is not None
    return chart


@pytest.fixture
def handled(floor: Floor) -> Floor:
    """Ivan handled 18 contacts and Daria 6, and five of Ivan's were picked by hand."""
    floor.journal(floor.ivan, *range(2, 20))
    floor.journal(floor.daria, 2, 3, 4, 5, 6, 9)
    pick(floor, *["nyy"] * 5)
    return floor


def test_the_chart_drew_a_trend_of_all_beside_the_mean_of_what_was_drawn(handled: Floor) -> None:
    pick(handled, *["nyy"] * 5, at=OCTOBER)
    draw(handled)
    chart = charted(handled)
    assert round(chart.mean.score, 1) == 91.7
    assert chart.mean.label == "mean of drawn 91.7"
    october, november = chart.trend.marks
    assert october is not None
    assert november is not None
    assert round(november.mean, 1) == 91.7
    assert (october.mean, october.hollow, november.hollow) == (50, True, False)
    assert chart.trend.note == "hollow: not drawn"
    text = str(team_text(words("en"), report(handled)))
    assert "the period before was not drawn: no comparison" in text


def test_without_a_plan_the_chart_says_that_its_contacts_were_picked_by_hand(
    handled: Floor,
) -> None:
    chart = charted(handled)
    assert (chart.mean.label, chart.trend.note) == ("mean 50.0", "picked by hand")
    assert "picked by hand, may not represent all" in team_text(words("en"), report(handled))


def test_one_drawn_evaluation_spoke_for_all_contacts(handled: Floor) -> None:
    draw(handled, ivan=1, daria=0)
    text = str(team_text(words("en"), report(handled)))
    assert "Support · November · 58.3" in text
    assert "drawn: 1, too few to speak for all contacts" in text
    assert "others picked by hand, may not represent all" in text
    assert charted(handled).trend.note == "picked by hand"


def test_a_plan_that_began_yesterday_does_not_speak_for_the_month(handled: Floor) -> None:
    draw(handled, first=dt.datetime(2026, 11, 20, tzinfo=dt.UTC))
    text = str(team_text(words("en"), report(handled)))
    assert "drawn: 6, for a part of the period only" in text
    assert "Support · November · 68.2" in text


def test_agents_keep_all_their_evaluations_and_say_how_many_were_drawn(handled: Floor) -> None:
    draw(handled)
    screen = agents_screen(words("en"), report(handled), None, 0)
    assert "8 evaluations, drawn: 3" in screen.text
    handled.olena.send("/agent petrov")
    assert "drawn: 3 of 8" in handled.olena.text


def test_the_files_told_another_mean_trend_and_basis_than_the_report(handled: Floor) -> None:
    draw(handled)
    found: list[FileData] = []

    async def reading(services: Services) -> None:
        async with services.db.reading() as tx:
            team = await teams.by_name(tx, "Support")
            assert team is not None
            period = parse_period("2026-11", dt.date(2026, 11, 23))
            seen = await team_report(tx, services, team, period)
        found.append(await team_data(services, words("en"), seen))

    handled.centre.run(reading)
    data = found[0]
    sheets = {one.title: list(one.rows) for one in report_sheets(words("en"), data)}
    summary = {row[0]: row[1] for row in sheets["Summary"]}
    basis = "drawn: 6 of 24 contacts handled; not drawn, apart: 50.0 from 5"
    assert summary["Mean and accuracies rest on"] == basis
    assert summary["Contacts handled"] == 24
    (november,) = sheets["Trend"]
    assert isinstance(november[1], Figure)
    assert (round(november[1].value, 1), november[-1]) == (91.7, "drawn contacts")
    agents = next(one for one in report_sheets(words("en"), data) if one.title == "Agents")
    place = [name for name, _ in agents.columns].index("Drawn")
    assert [row[place] for row in agents.rows] == [3, 3]
    blocks = report_paper(words("en"), data).blocks
    told = [str(one.words) for one in blocks if isinstance(one, Text)]
    assert any(one.startswith("91.7") for one in told)
    assert "drawn: 6 of 24 contacts handled" in told


def test_the_weekly_digest_and_the_monthly_report_say_what_the_report_says(
    handled: Floor,
) -> None:
    draw(handled)
    centre = handled.centre
    pick(handled, "nyy", at=centre.clock())
    centre.clock.set(dt.datetime(2026, 11, 30, 10, tzinfo=dt.UTC))
    centre.job("weekly-digest")
    centre.delivered()
    week = handled.olena.sees("not drawn, apart: 50.0 from 1").text
    assert "drawn: 6 of 24 contacts handled" in week
    assert " · 91.7" in week
    centre.clock.set(dt.datetime(2026, 12, 1, 10, tzinfo=dt.UTC))
    centre.job("monthly-report")
    centre.delivered()
    month = handled.olena.sees("not drawn, apart: 50.0 from 6").text
    assert "drawn: 6 of 24 contacts handled" in month
    assert " · 91.7" in month


def test_kpi_showed_another_quality_of_the_team_than_its_report(handled: Floor) -> None:
    draw(handled)
    handled.admin.upload("kpi.csv", "agent,date,metric,value\nIvan Petrov,2026-11-20,csat,90\n")
    found: list[Sheet] = []

    async def reading(services: Services) -> None:
        async with services.db.reading() as tx:
            team = await teams.by_name(tx, "Support")
            assert team is not None
            period = parse_period("2026-11", dt.date(2026, 11, 23))
            sheet = await team_sheet(tx, services, team, period)
            assert sheet is not None
            found.append(sheet)

    handled.centre.run(reading)
    quality = found[0].quality.now
    assert quality is not None
    assert (round(quality.mean, 1), quality.count) == (91.7, 6)
