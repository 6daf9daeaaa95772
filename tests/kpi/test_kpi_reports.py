"""What agents and supervisors see of KPI, beside the quality score."""

import pytest

from tests.access.sentences import is_denial
from tests.kpi.cases import Floor, rows
from tests.reports.cases import Desk
from tests.story import Person

CALLS = (310, 320, 330, 340, 350)


def open_kpi(person: Person, command: str) -> list[str]:
    """Ask for a report, go on to its KPI, and return the lines."""
    person.send(command)
    person.tap("KPI")
    return person.text.split("\n")


@pytest.fixture
def busy(floor: Floor) -> Floor:
    """Support has three months of figures and a target for handling time."""
    floor.aim(floor.olena, "Handling time", "300")
    floor.bring(
        floor.olena,
        rows("Ivan Petrov", "aht_s", "2026-09", [280] * 6),
        rows("Ivan Petrov", "aht_s", "2026-10", [400] * 3),
        rows("Ivan Petrov", "aht_s", "2026-11", CALLS),
        rows("Ivan Petrov", "missed_calls", "2026-11", [2, 0, 1, 3, 4]),
        rows("Ivan Petrov", "late_minutes", "2026-11", [0, 12, 0, 0, 7.5]),
        rows("Daria Lysenko", "aht_s", "2026-11", [200] * 5),
    )
    floor.bring(floor.pavlo, rows("Maria Sydorenko", "aht_s", "2026-11", [999] * 6))
    return floor


def test_an_agent_sees_each_figure_with_count_interval_target_and_months(busy: Floor) -> None:
    assert open_kpi(busy.ivan, "/me") == [
        "Ivan Petrov · KPI · November",
        "",
        "Quality: no figures",
        "no target",
        "",
        "Handling time 330.0 s (310.4–349.6 s) ✗",
        "at most 300 s · 5 days",
        "Sep 280.0 · Oct – · Nov 330.0",
        "",
        "Missed calls 2.0 a day (0.0–4.0)",
        "no target · 10 in 5 days",
        "Sep – · Oct – · Nov 2.0",
        "",
        "Discipline, counted apart",
        "Lateness: 2 events in 5 days, 19.5 min in all",
        "Sep – · Oct – · Nov 2",
    ]


def test_the_report_itself_says_which_targets_are_missed(busy: Floor) -> None:
    busy.ivan.send("/me")
    assert "KPI: 0 of 1 target met; missed: Handling time" in busy.ivan.text
    busy.aim(busy.olena, "Handling time", "400")
    busy.ivan.send("/me")
    assert "KPI: 1 of 1 target met" in busy.ivan.text.split("\n")


def test_met_missed_and_what_cannot_be_told_yet_add_up(busy: Floor) -> None:
    """A mean hardly above its target was called met, and one hardly below it missed."""
    busy.aim(busy.olena, "Missed calls", "3")
    busy.ivan.send("/me")
    told = "KPI: 0 of 2 targets met; missed: Handling time; cannot tell yet: Missed calls"
    assert told in busy.ivan.text
    lines = open_kpi(busy.ivan, "/me")
    assert "Missed calls 2.0 a day (0.0–4.0) ?" in lines


def test_the_quality_score_stands_beside_and_is_not_touched(busy: Floor) -> None:
    desk = Desk(busy.centre)
    desk.evaluate(busy.ivan, *["yny"] * 5)
    busy.aim(busy.olena, "Quality", "60")
    busy.ivan.send("/me")
    assert "66.7" in busy.ivan.text
    lines = open_kpi(busy.ivan, "/me")
    assert lines[2:4] == ["Quality 66.7 (66.7–66.7) ✓", "at least 60 · 5 evaluations"]


def test_few_days_are_too_few_to_compare(busy: Floor) -> None:
    lines = open_kpi(busy.ivan, "/me 2026-10")
    assert "Handling time 400.0 s" in lines
    assert "at most 300 s · 3 days · too few to compare" in lines
    busy.ivan.send("/me 2026-10")
    assert "target met" not in busy.ivan.text


def test_a_supervisor_sees_the_team_and_who_is_behind(busy: Floor) -> None:
    lines = open_kpi(busy.olena, "/team")
    assert lines[0] == "Support · KPI · November"
    # Two agents, at 200 and 330: their standard error is 65, Student's t for one degree 12.706.
    assert "Handling time 265.0 s (0.0–1,090.9 s) ?" in lines
    assert "at most 300 s · 10 agents' days · cannot tell yet" in lines
    assert "Behind: Ivan Petrov 330.0 s (5 days)" in lines
    assert "Lateness: 2 events in 5 agents' days, 19.5 min in all" in lines
    assert "Maria" not in busy.olena.text


def test_a_supervisor_sees_one_agent(busy: Floor) -> None:
    lines = open_kpi(busy.olena, "/agent ivan")
    assert lines[0] == "Ivan Petrov · KPI · November"
    assert not any(line.startswith("Behind") for line in lines)


def test_two_teams_are_apart(busy: Floor) -> None:
    lines = open_kpi(busy.pavlo, "/team")
    assert "Handling time 999.0 s (999.0–999.0 s)" in lines
    assert "no target · 6 agents' days" in lines


def test_buttons_lead_to_another_period_and_back_to_the_report(busy: Floor) -> None:
    open_kpi(busy.olena, "/team")
    busy.olena.tap("Last month")
    assert busy.olena.text.startswith("Support · KPI · October")
    busy.olena.tap("Quarter")
    assert "Handling time" in busy.olena.text
    busy.olena.tap("Back")
    assert "Support · Quarter 4" in busy.olena.text
    assert "KPI" in busy.olena.message.buttons


def test_from_an_agent_in_the_list_one_comes_back_to_the_list(busy: Floor) -> None:
    Desk(busy.centre).evaluate(busy.ivan, "yyy")
    busy.olena.send("/team")
    busy.olena.tap("Agents")
    busy.olena.tap("Ivan Petrov")
    busy.olena.tap("KPI")
    busy.olena.tap("Back")
    busy.olena.tap("Back")
    assert "Daria Lysenko" in busy.olena.text


def test_a_report_with_a_picture_gives_way_to_the_text_and_returns(busy: Floor) -> None:
    Desk(busy.centre).evaluate(busy.ivan, *["yyy"] * 5)
    open_kpi(busy.ivan, "/me")
    assert not busy.ivan.message.photo
    busy.ivan.tap("Back")
    assert busy.ivan.message.photo


def test_without_any_figures_there_is_no_button(floor: Floor) -> None:
    floor.ivan.send("/me")
    assert "KPI" not in floor.ivan.message.buttons
    assert "KPI" not in floor.ivan.text


def test_an_agent_sees_their_own_figures_alone(busy: Floor) -> None:
    busy.olena.send("/team")
    of_team = busy.olena.message.data["KPI"]
    busy.daria.send("/me")
    for forged in (f"r:a:{busy.ivan.person_id}:month:k:0", of_team):
        assert is_denial(busy.daria.forge(forged))
    assert busy.daria.forge("r:a:9999:month:k:0") == "That is no longer there."
    assert not busy.daria.heard("330.0")


def test_another_teams_supervisor_sees_nothing_of_it(busy: Floor) -> None:
    busy.pavlo.send("/team")
    told = busy.pavlo.forge(f"r:a:{busy.ivan.person_id}:month:k:0")
    assert told == "This belongs to somebody else."


def test_in_a_group_there_are_no_names(busy: Floor) -> None:
    group = busy.centre.group("Support floor", busy.olena, busy.ivan)
    busy.aim(busy.olena, "Handling time", "2000")
    busy.olena.send("/team", to=group)
    assert "KPI: 1 of 1 target met" in group.text
    assert "KPI" not in group.messages[-1].buttons
    assert "Ivan" not in group.text


def test_an_unused_metric_is_not_shown(busy: Floor) -> None:
    busy.olena.send("/targets")
    busy.olena.tap("Lateness")
    busy.olena.tap("Do not use")
    assert "Discipline" not in "\n".join(open_kpi(busy.ivan, "/me"))


def test_a_composite_is_shown_with_its_parts(busy: Floor) -> None:
    Desk(busy.centre).evaluate(busy.ivan, *["yny"] * 5)
    busy.aim(busy.olena, "Quality", "100")
    busy.aim(busy.olena, "Customer satisfaction", "90")
    busy.olena.tap("Composite")
    for part, weight in (("Quality 0", "50"), ("Handling time 0", "30")):
        busy.olena.tap(part)
        busy.olena.tap(weight)
    busy.olena.tap("Customer satisfaction 0")
    busy.olena.send("20")
    lines = open_kpi(busy.ivan, "/me")
    # 66.67 of 100 and 300 of 330 seconds, weighed 50 to 30; satisfaction has no figures.
    where = lines.index("Composite 75.8 of 100")
    assert lines[where + 1 : where + 5] == [
        "Quality 66.7, weight 50",
        "Customer satisfaction is left out: no figures, weight 20",
        "Handling time 90.9, weight 30",
        "Each part is the share of its target that was reached, at most 100.",
    ]
    busy.ivan.send("/me")
    assert "75.8" not in busy.ivan.text


def test_off_by_default_there_is_no_composite(busy: Floor) -> None:
    assert "Composite" not in "\n".join(open_kpi(busy.ivan, "/me"))


def test_names_that_look_like_markup_stay_names(floor: Floor) -> None:
    floor.centre.hire("<b>Bob</b> & Co", "agent", team="Support")
    floor.aim(floor.olena, "Handling time", "300")
    floor.bring(floor.olena, rows("<b>Bob</b> & Co", "aht_s", "2026-11", CALLS))
    lines = open_kpi(floor.olena, "/team")
    assert "Behind: <b>Bob</b> & Co 330.0 s (5 days)" in lines


def test_many_metrics_and_agents_still_fit_one_message(floor: Floor) -> None:
    names = [f"Agent {number:02} {'x' * 90}" for number in range(12)]
    for name in names:
        floor.centre.invite(name, "agent", team="Support")
    keys = [("csat", "Customer satisfaction", "90"), ("aht_s", "Handling time", "300")]
    for _, label, target in keys:
        floor.aim(floor.olena, label, target)
    floor.bring(
        floor.olena,
        *(rows(name, "csat", "2026-11", [50] * 5) for name in names),
        *(rows(name, "aht_s", "2026-11", [500] * 5) for name in names),
    )
    lines = open_kpi(floor.olena, "/team")
    behind = [line for line in lines if line.startswith("Behind")]
    assert len(behind) == 2
    assert all(line.endswith("…") for line in behind)
