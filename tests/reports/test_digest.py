"""Stories of what arrives by itself: the weekly digest and the monthly report."""

import datetime as dt

from storage import evaluations, teams
from storage.database import Transaction
from storage.teams import Team
from tests.person import Person
from tests.reports.cases import Desk
from tests.story import Centre

MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
LAST_WEEK = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
WEEK = dt.timedelta(weeks=1)


def digest(centre: Centre, at: dt.datetime = MONDAY) -> None:
    centre.clock.set(at)
    centre.job("weekly-digest")
    centre.delivered()


def acknowledge(centre: Centre, ids: list[int]) -> None:
    async def reading(tx: Transaction) -> None:
        for one in ids:
            await evaluations.acknowledge(tx, one, centre.clock())

    centre.write(reading)


def change(centre: Centre, team: Team) -> None:
    async def saving(tx: Transaction) -> None:
        await teams.save(tx, team)

    centre.write(saving)


def test_an_agent_reads_their_week(centre: Centre, desk: Desk, ivan: Person) -> None:
    earlier = desk.evaluate(ivan, "nyy", "yyy", at=LAST_WEEK - WEEK)
    acknowledge(centre, earlier)
    acknowledge(centre, desk.evaluate(ivan, "yyy", "yyn", "yyn", "yyy", at=LAST_WEEK))
    desk.evaluate(ivan, "yyn", at=LAST_WEEK)
    digest(centre)
    # 100, 66.7 three times, 100: mean 80, s = 18.26, 80 ± 2.7764 · 18.26 / √5
    assert "Your week · 80.0 from 5 contacts (57.3–100.0)" in ivan.text
    assert "Last four weeks: – – 75 80" in ivan.text
    assert "Best: Opening, 100\N{NO-BREAK SPACE}% of its criteria met" in ivan.text
    assert "Worth practising: Sums up, missed in 3 of 5\n→ Practise: sums up." in ivan.text
    assert "Waiting for you: 1 evaluation to acknowledge" in ivan.text
    assert ivan.buttons == ["Open it", "My month"]
    ivan.tap("My month")
    assert "Ivan Petrov · November" in ivan.text
    assert ivan.heard("Your week · 80.0")


def test_where_there_is_too_little_to_say_little_is_said(
    centre: Centre, desk: Desk, ivan: Person
) -> None:
    acknowledge(centre, desk.evaluate(ivan, "yyy", at=LAST_WEEK))
    acknowledge(centre, desk.evaluate(ivan, "yyy", at=LAST_WEEK))
    digest(centre)
    assert ivan.text == "2 contacts this week: 100.0 and 100.0. Too few for a trend."
    assert ivan.buttons == ["My month"]


def test_what_waits_is_told_though_the_week_was_empty(
    centre: Centre, desk: Desk, ivan: Person
) -> None:
    desk.evaluate(ivan, "yyy", "yyy", at=LAST_WEEK - WEEK)
    digest(centre)
    assert "No new scores this week." in ivan.text
    assert "Waiting for you: 2 evaluations to acknowledge" in ivan.text
    assert ivan.buttons == ["Open them", "My month"]


def test_a_week_without_anything_is_silent(
    centre: Centre, desk: Desk, ivan: Person, olga: Person
) -> None:
    heard = [len(one.messages) for one in (ivan, olga, desk.evaluator)]
    digest(centre)
    assert [len(one.messages) for one in (ivan, olga, desk.evaluator)] == heard


def test_a_supervisor_gets_the_teams_week_with_its_chart(
    centre: Centre, desk: Desk, ivan: Person, olga: Person
) -> None:
    desk.evaluate(ivan, *["yyy"] * 5, at=LAST_WEEK)
    digest(centre)
    assert "Support · 16–22 Nov · 100.0" in olga.text
    assert olga.message.photo
    olga.tap("Agents")
    assert "Ivan Petrov 100.0" in olga.text


def test_an_evaluator_reads_their_workload(centre: Centre, desk: Desk, ivan: Person) -> None:
    desk.evaluate(ivan, "yyy", "yyy", at=LAST_WEEK)
    desk.evaluate(ivan, "yyy", at=MONDAY)
    desk.evaluator.send("/score")
    desk.evaluator.tap("Ivan Petrov")
    digest(centre, MONDAY + dt.timedelta(hours=1))
    assert "Your week: 2 evaluations" in desk.evaluator.text
    assert "1 open draft" in desk.evaluator.text
    assert desk.evaluator.buttons == ["Drafts"]


def test_everybody_hears_once_however_often_it_runs_and_in_however_many_teams(
    centre: Centre, desk: Desk
) -> None:
    both = centre.hire("Bohdan Both", "agent", team="Support|Sales")
    boss = centre.hire("Boss", "supervisor", supervises="Support|Sales")
    desk.evaluate(both, *["yyy"] * 5, at=LAST_WEEK)
    desk.evaluate(both, "yyy", team="Sales", at=LAST_WEEK)
    digest(centre)
    digest(centre, MONDAY + dt.timedelta(minutes=5))
    assert len([one for one in both.messages if "Your week" in one.text]) == 1
    assert len([one for one in boss.messages if "16–22 Nov" in one.text]) == 2
    assert len([one for one in desk.evaluator.messages if "Your week" in one.text]) == 1


def test_the_week_stays_the_one_that_ended_however_late_it_arrives(
    centre: Centre, desk: Desk, ivan: Person
) -> None:
    desk.evaluate(ivan, *["yyy"] * 5, at=LAST_WEEK)
    desk.evaluate(ivan, *["nyy"] * 5, at=MONDAY)
    centre.clock.set(MONDAY + dt.timedelta(days=2))
    centre.job("weekly-digest")
    centre.clock.advance(days=7)
    centre.delivered()
    assert "Your week · 100.0 from 5 contacts" in ivan.text


def test_quiet_hours_hold_the_digest_back(centre: Centre, desk: Desk, ivan: Person) -> None:
    quiet = Team(
        desk.team("Support"), "Support", "UTC", "en", quiet_from=dt.time(8), quiet_to=dt.time(11)
    )
    change(centre, quiet)
    desk.evaluate(ivan, *["yyy"] * 5, at=LAST_WEEK)
    digest(centre)
    assert "Your week" not in ivan.text
    centre.clock.set(MONDAY + dt.timedelta(hours=2))
    centre.delivered()
    assert "Your week" in ivan.text


def test_an_agent_gets_no_report_on_the_team(
    centre: Centre, desk: Desk, ivan: Person, olga: Person
) -> None:
    desk.evaluate(ivan, *["yyy"] * 5, at=LAST_WEEK)
    digest(centre)
    assert not any("16–22 Nov" in one.text for one in ivan.messages)
    assert not any("Your week" in one.text for one in olga.messages)


def test_last_months_report_comes_as_chart_and_workbook(
    centre: Centre, desk: Desk, ivan: Person, olga: Person
) -> None:
    desk.evaluate(ivan, *["yyy"] * 5, at=LAST_WEEK)
    centre.clock.set(dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC))
    centre.job("monthly-report")
    centre.delivered()
    chart, paper, workbook = olga.messages[-3:]
    assert chart.photo
    assert "Support · November · 100.0" in chart.text
    assert paper.document["file_name"] == "Support-2026-11.pdf"
    assert workbook.document["file_name"] == "Support-2026-11.xlsx"
    assert not any(one.document for one in ivan.messages)


def test_a_digest_that_was_run_ahead_of_its_time_arrives(
    centre: Centre, desk: Desk, ivan: Person
) -> None:
    desk.evaluate(ivan, "yyy", "yyn", at=LAST_WEEK)
    centre.clock.set(LAST_WEEK - WEEK)
    centre.job("weekly-digest", at=MONDAY)
    centre.delivered()
    assert "2 contacts this week" in ivan.text
