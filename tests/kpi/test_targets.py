"""Supervisors say what their teams aim at; admins add metrics."""

from scoring.metrics import Aggregation, Aim, Direction, Kind, Metric, Unit
from storage import kpi, teams
from storage.database import Transaction
from storage.teams import Team
from tests.kpi.cases import Floor, rows


def aims(floor: Floor, team: str = "Support") -> dict[str, Aim]:
    """Return what the team wants, by metric."""

    async def reading(tx: Transaction) -> dict[str, Aim]:
        found = await teams.by_name(tx, team)
        return {aim.metric.key: aim for aim in await kpi.aims(tx, found)}

    return floor.centre.read(reading)


def support(floor: Floor) -> Team:
    found = floor.centre.read(lambda tx: teams.by_name(tx, "Support"))
    assert found is not None
    return found


def test_a_supervisor_sees_what_their_team_aims_at(floor: Floor) -> None:
    floor.olena.send("/targets")
    assert floor.olena.text.split("\n") == [
        "Support · Targets",
        "Quality: no target",
        "Customer satisfaction: no target",
        "First response: no target",
        "Handling time: no target",
        "Repeat contacts: no target",
        "Missed calls: no target",
        "Lateness: counted",
        "Break overrun: counted",
        "",
        "Composite: off",
    ]


def test_a_target_is_typed(floor: Floor) -> None:
    for button, typed, told in (
        ("Customer satisfaction", "90", "at least 90\N{NO-BREAK SPACE}%"),
        ("First response", "27,5 s", "at most 27.5 s"),
        ("Missed calls", "0.25", "at most 0.25 a day"),
        ("Handling time", "1200 seconds", "at most 1,200 s"),
        ("Quality", "85 %", "at least 85"),
    ):
        floor.aim(floor.olena, button, typed)
        assert f"{button}: {told}" in floor.olena.text.split("\n")


def test_a_wrong_target_is_helped_and_can_be_typed_again(floor: Floor) -> None:
    for button, typed, told in (
        ("Customer satisfaction", "101", "at most 100"),
        ("Customer satisfaction", "ninety", "a number such as 90"),
        ("Customer satisfaction", "-5", "a number such as 90"),
        ("Quality", "85.5", "whole number from 0 to 100"),
    ):
        floor.aim(floor.olena, button, typed)
        assert told in floor.olena.text
        floor.olena.send("80")
        assert f"{button}: at least 80" in floor.olena.text


def test_the_quality_target_is_the_one_of_the_teams_settings(floor: Floor) -> None:
    floor.aim(floor.olena, "Quality", "85")
    assert support(floor).target == 85
    floor.centre.admin.send("/teams")
    floor.centre.admin.tap("Support")
    assert "Target: 85" in floor.centre.admin.text
    floor.olena.tap("Quality")
    floor.olena.tap("No target")
    assert support(floor).target is None


def test_a_target_is_taken_away_by_a_button_or_a_word(floor: Floor) -> None:
    for take_away in (floor.olena.tap, floor.olena.send):
        floor.aim(floor.olena, "Handling time", "300")
        floor.olena.tap("Handling time")
        take_away("No target")
        assert aims(floor)["aht_s"].target is None


def test_a_metric_can_be_left_unused_and_used_again(floor: Floor) -> None:
    floor.olena.send("/targets")
    floor.olena.tap("Lateness")
    floor.olena.tap("Do not use")
    floor.olena.tap("Back")
    assert "Lateness: not used" in floor.olena.text
    floor.olena.tap("Lateness")
    floor.olena.tap("Use")
    assert aims(floor)["late_minutes"].used


def test_discipline_takes_no_target(floor: Floor) -> None:
    floor.olena.send("/targets")
    floor.olena.tap("Lateness")
    floor.olena.send("5")
    assert "/help" in floor.olena.text
    assert aims(floor)["late_minutes"].target is None


def test_two_teams_have_targets_of_their_own(floor: Floor) -> None:
    floor.aim(floor.olena, "Handling time", "300")
    floor.aim(floor.pavlo, "Handling time", "240")
    assert aims(floor)["aht_s"].target == 300
    assert aims(floor, "Sales")["aht_s"].target == 240


def test_an_admin_chooses_the_team_or_names_it(floor: Floor) -> None:
    admin = floor.centre.admin
    admin.send("/targets")
    admin.tap("Sales")
    assert "Sales · Targets" in admin.text
    admin.tap("All teams")
    assert admin.text == "Which team?"
    admin.send("/targets supp")
    assert "Support · Targets" in admin.text
    admin.send("/targets moon")
    assert "no team “moon”" in admin.text


def test_agents_have_no_say(floor: Floor) -> None:
    floor.ivan.send("/targets")
    assert floor.ivan.text == "This is not open to your role."
    assert "targets" not in floor.ivan.commands


def test_another_teams_targets_cannot_be_reached_by_forging(floor: Floor) -> None:
    floor.aim(floor.olena, "Handling time", "300")
    before, team = aims(floor), support(floor).id
    floor.pavlo.send("/targets")
    for press in ("k:t:{}::0", "k:m:{}:aht_s:0", "k:u:{}:aht_s:0", "k:s:{}:aht_s:50"):
        assert floor.pavlo.forge(press.format(team)) == "This belongs to somebody else."
        floor.pavlo.send("100")
        assert aims(floor) == before


FORGED = (
    "k:m:{}:nothing:0",
    "k:s:{}:aht_s:101",
    "k:s:{}:aht_s:-1",
    "k:s:{}:csat:50",
    "k:w:{}:late_minutes:0",
    "k:u:{}:quality:0",
    "k:n:{}::0",
    "k:g:{}:aht_s:1",
    "k:r:{}:aht_s:0",
    "k:m:999:aht_s:0",
)


def test_a_forged_press_changes_nothing(floor: Floor) -> None:
    floor.aim(floor.olena, "Handling time", "300")
    before, team = aims(floor), support(floor).id
    for press in FORGED:
        assert floor.olena.forge(press.format(team)), press
        assert aims(floor) == before


def test_who_no_longer_supervises_the_team_cannot_finish_typing(floor: Floor) -> None:
    floor.olena.send("/targets")
    floor.olena.tap("Handling time")
    floor.centre.admin.bring_people(
        "people.csv", "name,roles,supervisor_of\nOlena Koval,supervisor,Sales\n"
    )
    floor.olena.send("300")
    assert aims(floor)["aht_s"].target is None


def test_weights_make_a_composite_and_can_be_switched_off(floor: Floor) -> None:
    floor.aim(floor.olena, "Quality", "85")
    floor.aim(floor.olena, "Handling time", "300")
    floor.olena.tap("Composite")
    assert floor.olena.message.rows == [["Quality 0", "Handling time 0"], ["Back"]]
    floor.olena.tap("Quality 0")
    floor.olena.tap("50")
    floor.olena.tap("Handling time 0")
    floor.olena.send("35")
    assert "Composite: Quality 50, Handling time 35" in floor.olena.text
    floor.olena.tap("Switch off")
    assert "Composite: off" in floor.olena.text
    assert not any(aim.weight for aim in aims(floor).values())


def test_without_targets_there_is_nothing_to_weigh(floor: Floor) -> None:
    floor.olena.send("/targets")
    floor.olena.tap("Composite")
    assert "Set targets first" in floor.olena.text
    assert floor.olena.message.buttons == ["Back"]


def test_an_admin_adds_a_metric_and_says_what_it_is_like(floor: Floor) -> None:
    admin = floor.centre.admin
    admin.send("/targets support")
    admin.tap("New metric")
    admin.send("fcr First contact <resolution>")
    for trait in ("percent", "mean of days", "higher is better"):
        admin.tap(trait if trait == "percent" else f"✓ {trait}")
    admin.send("75")
    assert "First contact <resolution>: at least 75\N{NO-BREAK SPACE}%" in admin.text
    expected = Metric(
        "fcr",
        Unit.PERCENT,
        Direction.HIGHER,
        Aggregation.MEAN,
        name="First contact <resolution>",
    )
    assert aims(floor)["fcr"] == Aim(expected, target=75)
    floor.bring(floor.olena, rows("Ivan Petrov", "fcr", "2026-11", [80]))
    assert "Added: 1" in floor.olena.text


def test_a_metric_of_discipline_is_added(floor: Floor) -> None:
    admin = floor.centre.admin
    admin.send("/targets support")
    admin.tap("New metric")
    admin.send("absences Absences")
    admin.tap("discipline")
    assert aims(floor)["absences"].metric.kind is Kind.DISCIPLINE
    assert "Write a number" not in admin.text


def test_with_figures_a_metric_stays_what_it_is(floor: Floor) -> None:
    admin = floor.centre.admin
    admin.send("/targets support")
    admin.tap("New metric")
    admin.send("fcr First contact")
    data = admin.message.data
    floor.bring(admin, rows("Ivan Petrov", "fcr", "2026-11", [80]))
    before = aims(floor)
    for label in ("percent", "lower is better", "Remove"):
        assert "figures of this metric" in (admin.forge(data[label]) or "")
    assert aims(floor) == before
    admin.send("/targets support")
    admin.tap("First contact")
    assert "Remove" not in admin.message.buttons


def test_a_metric_without_figures_can_be_removed(floor: Floor) -> None:
    admin = floor.centre.admin
    admin.send("/targets support")
    admin.tap("New metric")
    admin.send("fcr First contact")
    admin.tap("Remove")
    assert "fcr" not in aims(floor)


def test_a_wrong_metric_is_helped_and_can_be_typed_again(floor: Floor) -> None:
    floor.centre.admin.send("/targets support")
    floor.centre.admin.tap("New metric")
    before = aims(floor)
    for typed, told in (
        ("fcr", "then the name"),
        ("FCR First contact", "small Latin letters"),
        ("f:r First contact", "small Latin letters"),
        ("csat Satisfaction", "the key csat already"),
        ("quality Quality", "the key quality already"),
        ("fcr " + "x" * 61, "then the name"),
    ):
        floor.centre.admin.send(typed)
        assert told in floor.centre.admin.text
        assert aims(floor) == before
    floor.centre.admin.send("fcr First contact")
    assert "fcr" in aims(floor)


def test_a_supervisor_has_no_button_for_new_metrics(floor: Floor) -> None:
    floor.olena.send("/targets")
    assert "New metric" not in floor.olena.message.buttons
