"""An admin says what is to be drawn; a supervisor sees it."""

from sqlalchemy import select

from handlers.taps import PlanAct, PlanField, PlanTap, pack
from storage.database import Transaction
from storage.tables import AuditEntryRow
from tests.plans.cases import Floor
from tests.reports.cases import NOVEMBER, Desk

NBSP = "\N{NO-BREAK SPACE}"


def test_a_plan_is_made_and_set_by_tapping(floor: Floor) -> None:
    admin = floor.admin
    admin.send("/plans")
    assert admin.text.startswith("No plans yet.")
    floor.plan()
    assert admin.text.split("\n")[:6] == [
        "Support · 2 contacts per agent a week",
        "All channels",
        "All types",
        "No strata",
        "Drawn on Mondays at 06:00, for last week",
        "",
    ]
    assert "It asks for 4 contacts\nAgents: 2" in admin.text
    floor.set("Per agent", "5")
    floor.set("Week or month", "Every month")
    floor.set("Channels", "Call", "Chat", "E-mail", "✓ Chat")
    floor.set("Types", "Complaint")
    floor.set("Strata", "channel", "type", "✓ type")
    floor.set("Duration bands", "5 min", "10 min", "1 min", "✓ 10 min")
    floor.set("Min. length", "30 s")
    floor.set("Min. age", "24 h")
    floor.set("Scored twice", f"10{NBSP}%")
    assert admin.text.split("\n")[:9] == [
        "Support · 5 contacts per agent a month",
        "Channels: Call, E-mail",
        "Types: Complaint",
        "Strata: channel, duration",
        "Durations divided at 1 min, 5 min",
        "Limits: at least 30 s long, at least 24 h old",
        f"Scored twice, unannounced: 10{NBSP}%",
        "Drawn on first Mondays at 06:00, for last month",
        "",
    ]


def test_the_card_says_how_many_contacts_it_takes_to_know_the_team(floor: Floor) -> None:
    floor.journal(floor.ivan, 16, 17, 18, 19, 20, 21, 22)
    floor.journal(floor.daria, 16, 17, 18)
    floor.plan()
    told = floor.admin.text.split("\n")
    start = told.index("16–22 Nov: 10 contacts in the journal")
    assert told[start + 1 :] == [
        "",
        "Sample size for 95 % confidence:",
        "±5 points: 10 contacts for the mean, 10 for accuracy",
        "±10 points: 8 contacts for the mean, 10 for accuracy",
        "Assumed: deviation 20.0, half of the contacts without errors",
        "This plan: ±37.5 points for the team’s mean",
        "Smallest change it would show: 34.5 points",
        "From 5 contacts on, one agent’s mean is shown with its interval",
        "Cochran 1977, Sampling Techniques, ch. 4, 5",
    ]


def test_the_teams_own_spread_is_used_once_it_is_known(floor: Floor) -> None:
    desk = Desk(floor.centre)
    desk.evaluate(floor.ivan, *["yyy", "ynn"] * 10, at=NOVEMBER)
    floor.plan()
    assert "Sample size for 95 % confidence, of any number:" in floor.admin.text
    sizes = "±5 points: 180 contacts for the mean, 385 for accuracy"
    assert sizes in floor.admin.text
    assert (
        "Deviation 34.2, from 20 evaluations\nAssumed: half of the contacts without errors"
        in floor.admin.text
    )


def test_asking_for_a_new_plan_twice_makes_one(floor: Floor) -> None:
    floor.plan()
    floor.plan()
    assert floor.centre.count("plans") == 1
    floor.set("Per agent", "3")
    floor.plan()
    assert floor.centre.count("plans") == 2


def test_a_plan_is_paused_resumed_and_deleted(floor: Floor) -> None:
    admin = floor.admin
    floor.plan()
    admin.tap("Pause")
    assert "Paused: it draws nothing." in admin.text
    admin.tap("All plans")
    assert admin.buttons == ["⏸ Support · 2 a week", "New plan"]
    admin.tap("⏸ Support · 2 a week")
    admin.tap("Resume")
    assert "Drawn on Mondays at 06:00" in admin.text
    admin.tap("Delete")
    assert admin.text.endswith("Delete this plan?")
    admin.tap("Yes, delete it")
    assert admin.text.startswith("No plans yet.")
    assert floor.centre.count("plans") == 0


def test_a_plan_that_has_drawn_stays(floor: Floor) -> None:
    admin = floor.admin
    floor.plan()
    card = admin.message
    admin.tap("Draw now")
    admin.tap("The plan")
    assert "Delete" not in admin.buttons
    stale = pack(PlanTap(PlanAct.DROP_SURE, 1))
    assert admin.forge(stale, card.message_id) == (
        "This plan has drawn already, so it stays. Pause it instead."
    )
    assert floor.centre.count("plans") == 1


def test_a_supervisor_sees_their_teams_plans_and_changes_nothing(floor: Floor) -> None:
    floor.centre.hire("Petro Sales", roles="supervisor", supervises="Sales")
    floor.plan()
    floor.admin.tap("Draw now")
    floor.centre.delivered()
    olena = floor.olena
    olena.send("/plans")
    assert olena.buttons == ["Support · 2 a week"]
    olena.tap("Support · 2 a week")
    assert olena.buttons == ["To do", "Draws", "All plans"]
    olena.tap("Draws")
    olena.tap("16–22 Nov: 0 of 4")
    assert olena.buttons == ["Population", "Draws", "The plan"]
    for act in (PlanAct.TEAMS, PlanAct.NEW, PlanAct.ASK, PlanAct.SET, PlanAct.RUNS, PlanAct.DROP):
        tap = PlanTap(act, 1, PlanField.COUNT.value, 5)
        assert olena.forge(pack(tap)) == "This is not open to your role."
    for act in (PlanAct.DROP_SURE, PlanAct.NOW):
        assert olena.forge(pack(PlanTap(act, 1))) == "This is not open to your role."


def test_other_teams_plans_and_draws_are_closed(floor: Floor) -> None:
    petro = floor.centre.hire("Petro Sales", roles="supervisor", supervises="Sales")
    floor.plan()
    floor.admin.tap("Draw now")
    petro.send("/plans")
    assert petro.text.startswith("No plans yet.")
    for act in (PlanAct.CARD, PlanAct.DRAWS, PlanAct.DRAW, PlanAct.FILE):
        assert petro.forge(pack(PlanTap(act, 1))) == "This belongs to somebody else."
    assert petro.forge(pack(PlanTap(PlanAct.CARD, 99))) == "That is no longer there."


def test_agents_and_evaluators_have_no_plans(floor: Floor) -> None:
    for person in (floor.ivan, floor.anna):
        person.send("/plans")
        assert person.text == "This is not open to your role."
        assert "plans" not in person.commands


def test_a_choice_that_was_never_offered_is_out_of_date(floor: Floor) -> None:
    floor.plan()
    for name, value in [("n", 7), ("n", -1), ("p", 3), ("p", 0), ("c", 9), ("b", -99), ("q", 1)]:
        tap = PlanTap(PlanAct.SET, 1, name, value)
        assert floor.admin.forge(pack(tap)) == "This button is out of date."


def test_plans_and_what_becomes_of_them_stand_in_the_audit_log(floor: Floor) -> None:
    floor.plan()
    floor.set("Per agent", "5")
    floor.admin.tap("Draw now")

    async def noted(tx: Transaction) -> list[tuple[str, str, str]]:
        about = AuditEntryRow.subject.in_(["plan", "draw"])
        rows = select(AuditEntryRow.__table__).where(about).order_by(AuditEntryRow.id)
        return [
            (row["action"], row["subject"], row["details"])
            for row in (await tx.execute(rows)).mappings()
        ]

    assert floor.centre.read(noted) == [
        ("plan_made", "plan", "{}"),
        ("plan_changed", "plan", '{"per_agent":5}'),
        ("plan_drawn", "draw", '{"drawn":0,"plan":1,"short":true}'),
    ]
