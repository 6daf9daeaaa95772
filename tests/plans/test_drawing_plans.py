"""Contacts are drawn on Monday morning, given out, and whoever is concerned hears of it."""

import csv
import datetime as dt
import io
from dataclasses import replace

from scoring.drawing import population_hash, replay
from scoring.sampling import Excluded
from storage import assignments, draws, populations, teams
from storage.database import Transaction
from storage.draws import Draw
from tests.plans.cases import Floor
from tests.reports.cases import Desk
from tests.story import Centre

NEXT_MONDAY = dt.datetime(2026, 11, 30, 10, 0, tzinfo=dt.UTC)
FIRST_MONDAY = dt.datetime(2026, 12, 7, 10, 0, tzinfo=dt.UTC)
NBSP = "\N{NO-BREAK SPACE}"
WEEK = (16, 17, 18, 19, 20, 21, 22)


def stored(centre: Centre, number: int = 1) -> Draw:
    draw = centre.read(lambda tx: draws.by_id(tx, number))
    assert draw is not None
    return draw


def excluded(centre: Centre, number: int = 1) -> dict[int, Excluded | None]:
    """Return why each contact of a draw was left out."""

    async def reading(tx: Transaction) -> dict[int, Excluded | None]:
        members, _ = await populations.kept(tx, number)
        return {one.contact: one.excluded for one in members}

    return centre.read(reading)


def run(centre: Centre) -> list[bool]:
    """Let the job run for what is due now, and everybody hear of it; return what was new."""
    ran = centre.job("draw-samples")
    centre.delivered()
    return [one.new for one in ran]


def test_the_week_that_ended_is_drawn_on_monday_and_given_out(floor: Floor) -> None:
    floor.journal(floor.ivan, *WEEK, 23)
    floor.journal(floor.daria, 15, *WEEK)
    floor.plan()
    assert run(floor.centre) == [True]
    assert stored(floor.centre).occurrence == "2026-W47"
    assert stored(floor.centre).population_size == 14
    given = floor.given()
    assert sorted(one.agent for one in given) == sorted(
        [floor.ivan.person_id] * 2 + [floor.daria.person_id] * 2
    )
    assert sorted(one.evaluator or 0 for one in given) == sorted(
        [floor.anna.person_id] * 2 + [floor.egor.person_id] * 2
    )
    for evaluator in (floor.anna, floor.egor):
        assert evaluator.text == "2 contacts to score\nSupport, by 30 Nov"
        assert evaluator.buttons == ["Next"]
    assert not floor.olena.heard("Support · draw")


def test_a_week_is_drawn_once_however_often_the_job_runs(floor: Floor) -> None:
    floor.journal(floor.ivan, *WEEK)
    floor.plan()
    assert run(floor.centre) == [True]
    assert run(floor.centre) == [False]
    floor.centre.clock.set(NEXT_MONDAY)
    assert run(floor.centre) == [True]
    assert floor.centre.count("draws") == 2
    assert stored(floor.centre, 2).period == "2026-W48"


def test_a_monthly_plan_draws_the_month_before_once(floor: Floor) -> None:
    floor.journal(floor.ivan, 2, 9, 16)
    floor.plan()
    floor.set("Week or month", "Every month")
    run(floor.centre)  # October, which has not been drawn yet
    floor.centre.clock.set(NEXT_MONDAY)
    run(floor.centre)
    assert floor.centre.count("draws") == 1
    floor.centre.clock.set(FIRST_MONDAY)
    floor.journal(floor.ivan, 30)
    run(floor.centre)
    assert stored(floor.centre, 2).period == "2026-11"
    assert stored(floor.centre, 2).population_size == 4


def test_a_paused_plan_draws_nothing(floor: Floor) -> None:
    floor.journal(floor.ivan, *WEEK)
    floor.plan()
    floor.admin.tap("Pause")
    assert run(floor.centre) == [True]
    assert floor.centre.count("draws") == 0


def test_a_short_journal_is_told_and_not_filled_up(floor: Floor) -> None:
    floor.journal(floor.ivan, *WEEK)
    floor.journal(floor.daria, 18)
    floor.plan()
    run(floor.centre)
    assert floor.olena.text.split("\n") == [
        "Support · draw for 16–22 Nov",
        "3 of 4 contacts drawn",
        "from 8 contacts, 0 of them left out",
        "",
        "Too few contacts in the journal",
        "Daria Kovalenko: 1 of 2",
    ]
    drawn = [one.agent for one in floor.given()]
    assert drawn.count(floor.ivan.person_id) == 2
    floor.olena.tap("Open the draw")
    assert "Seed " in floor.olena.text


def test_every_exclusion_is_kept_with_its_reason_and_counted(floor: Floor) -> None:
    floor.journal(floor.ivan, 16, duration_s="20")
    floor.journal(floor.ivan, 17, channel="chat", duration_s="500")
    floor.journal(floor.ivan, 18, status="in_progress", duration_s="500")
    floor.journal(floor.ivan, 19, duration_s="500")
    floor.journal(floor.ivan, 22, duration_s="500")
    desk = Desk(floor.centre)
    desk.evaluate(floor.ivan, "yyy", reference=f"{floor.ivan.person_id}-19-call")
    floor.plan()
    floor.set("Channels", "Call")
    floor.set("Min. length", "30 s")
    floor.set("Min. age", "24 h")
    floor.admin.tap("Draw now")
    assert sorted(str(reason) for reason in excluded(floor.centre).values()) == [
        "channel",
        "not_closed",
        "scored",
        "short",
        "young",
    ]
    told = floor.admin.text.split("\n")
    start = told.index("Left out")
    assert told[start + 1 : start + 6] == [
        "1 · scored already",
        "1 · not closed yet",
        "1 · another channel",
        "1 · too short",
        "1 · too recent",
    ]


def test_what_one_plan_drew_is_not_drawn_by_another(floor: Floor) -> None:
    floor.journal(floor.ivan, 16, 17)
    floor.plan()
    floor.set("Per agent", "1")
    floor.plan()
    run(floor.centre)
    given = [one.contact for one in floor.given()]
    assert sorted(given) == [1, 2]
    assert list(excluded(floor.centre, 2).values()).count(Excluded.DRAWN) == 1


def test_draw_now_draws_what_is_lacking_and_no_more(floor: Floor) -> None:
    admin = floor.admin
    floor.journal(floor.ivan, *WEEK)
    floor.plan()
    admin.tap("Draw now")
    assert "2 of 4 contacts drawn" in admin.text
    admin.tap("The plan")
    assert admin.tap("Draw now") == (
        "There is nothing more to draw: all is drawn, or the journal has no more."
    )
    floor.journal(floor.daria, *WEEK)
    admin.send("/plans")
    admin.tap("Support · 2 a week")
    admin.tap("Draw now")
    assert admin.text.startswith("Support · draw 2 for 16–22 Nov\n2 of 2 contacts drawn")
    assert [one.agent for one in floor.given()].count(floor.daria.person_id) == 2
    # The job finds the week drawn.
    run(floor.centre)
    assert floor.centre.count("draws") == 2
    admin.tap("Draws")
    assert admin.buttons[:2] == ["16–22 Nov: 2 of 2", "16–22 Nov: 2 of 4"]
    admin.tap("Back")
    assert admin.tap("Draw now") == (
        "There is nothing more to draw: all is drawn, or the journal has no more."
    )


def test_nobody_is_given_their_own_contacts_or_those_of_their_team(floor: Floor) -> None:
    centre = floor.centre
    both = centre.hire("Maria Both", roles="agent|evaluator", team="Support")
    lead = centre.hire("Lev Lead", roles="supervisor|evaluator", supervises="Support")
    for one in (floor.ivan, floor.daria, both):
        floor.journal(one, *WEEK)
    floor.plan()
    floor.set("Per agent", "4")
    floor.set("Scored twice", f"50{NBSP}%")
    run(centre)
    given = floor.given()
    assert sum(one.second for one in given) == 6
    assert {one.evaluator for one in given} == {
        floor.anna.person_id,
        floor.egor.person_id,
        both.person_id,
    }
    assert not any(one.evaluator == one.agent for one in given)
    assert not any(one.evaluator == lead.person_id for one in given)
    first = {one.contact: one.evaluator for one in given if not one.second}
    assert all(first[one.contact] != one.evaluator for one in given if one.second)


def test_contacts_that_only_their_own_lead_could_score_are_left_out(centre: Centre) -> None:
    ivan = centre.hire("Ivan Petrov", roles="agent", team="Support")
    lead = centre.hire("Lev Lead", roles="supervisor|evaluator", supervises="Support")
    floor = Floor(centre, ivan, ivan, lead, lead, lead)
    floor.journal(ivan, *WEEK)
    floor.plan()
    run(centre)
    assert set(excluded(centre).values()) == {Excluded.LEAD}
    assert floor.given() == []
    assert "Too few contacts in the journal\nIvan Petrov: 0 of 2" in lead.text


def test_without_an_evaluator_the_supervisor_hears_that_contacts_wait(centre: Centre) -> None:
    ivan = centre.hire("Ivan Petrov", roles="agent", team="Support")
    olena = centre.hire("Olena Koval", roles="supervisor", supervises="Support")
    floor = Floor(centre, ivan, ivan, olena, olena, olena)
    floor.journal(ivan, *WEEK)
    floor.plan()
    run(centre)
    assert [one.evaluator for one in floor.given()] == [None, None]
    assert "2 contacts have no evaluator yet." in olena.text


def test_who_has_open_work_already_gets_less_of_the_next_draw(centre: Centre) -> None:
    ivan = centre.hire("Ivan Petrov", roles="agent", team="Support")
    anna = centre.hire("Anna Bondar", roles="evaluator")
    floor = Floor(centre, ivan, ivan, ivan, anna, anna)
    floor.journal(ivan, *WEEK)
    floor.plan()
    floor.set("Per agent", "4")
    run(centre)
    egor = centre.hire("Egor Sydorenko", roles="evaluator")
    centre.clock.set(NEXT_MONDAY)
    floor.journal(ivan, 24, 25, 26, 27, 28, 29)
    run(centre)
    assert [one.evaluator for one in floor.given()].count(anna.person_id) == 4
    assert egor.text.startswith("4 contacts to score")


def test_the_population_comes_as_a_file_that_replays_the_draw(floor: Floor) -> None:
    floor.journal(floor.ivan, *WEEK, duration_s="100")
    floor.journal(floor.daria, 16, 17, duration_s="5")
    floor.plan()
    floor.set("Min. length", "30 s")
    floor.set("Strata", "channel")
    floor.admin.tap("Draw now")
    floor.admin.tap("Population")
    draw = stored(floor.centre)
    assert draw.population_hash in floor.admin.text
    assert str(draw.seed) in floor.admin.text
    text = floor.admin.document("draw-1.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == [
        "contact",
        "agent",
        "stratum",
        "excluded",
        "chosen",
        "name",
        "reference",
    ]
    assert len(rows) == draw.population_size == 9
    assert {(row["name"], row["excluded"], row["stratum"]) for row in rows} == {
        ("Ivan Petrov", "", "call"),
        ("Daria Kovalenko", "short", "call"),
    }
    members, chosen = floor.centre.read(lambda tx: populations.kept(tx, 1))
    assert {int(row["contact"]) for row in rows if row["chosen"] == "1"} == chosen
    assert population_hash(members) == draw.population_hash
    found = replay(members, draw.wanted, draw.seed, chosen)
    assert (found.missing, found.extra) == ((), ())


def test_news_that_waits_for_the_morning_tells_what_is_left_by_then(floor: Floor) -> None:
    centre = floor.centre
    floor.journal(floor.ivan, *WEEK)
    floor.journal(floor.daria, *WEEK)
    quiet_from_nine_to_twelve(centre)
    floor.plan()
    run(centre)
    assert not floor.anna.heard("to score")

    async def some_done(tx: Transaction) -> None:
        mine = await assignments.next_of(tx, floor.anna.person_id)
        assert mine is not None
        await assignments.finish(tx, [mine.id], floor.anna.person_id, None, centre.clock())

    centre.write(some_done)
    centre.clock.advance(hours=3)
    centre.delivered()
    assert floor.anna.text.startswith("1 contact to score")
    assert floor.egor.text.startswith("2 contacts to score")


def quiet_from_nine_to_twelve(centre: Centre) -> None:
    async def setting(tx: Transaction) -> None:
        team = await teams.by_name(tx, "Support")
        assert team is not None
        quiet = replace(team, quiet_from=dt.time(9), quiet_to=dt.time(12))
        await teams.save(tx, quiet)

    centre.write(setting)
