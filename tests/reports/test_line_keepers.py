"""Stories of what is worth a look: under /team, for those who oversee the team, and nobody else."""

from dataclasses import replace

import pytest

from handlers.taps import ReportAct, ReportKind, ReportTap, pack
from storage.database import Transaction
from tests.person import Person
from tests.reports.cases import NOVEMBER, Desk, dispute, store
from tests.story import Centre

PERCENT = "\N{NO-BREAK SPACE}%"


def score(centre: Centre, team: int, by: Person, agent: Person, *answers: str) -> None:
    """Let *by* have scored the agent so."""

    async def storing(tx: Transaction) -> None:
        for one in answers:
            await store(tx, agent.person_id, one, by=by.person_id, at=NOVEMBER, team=team)

    centre.write(storing)


@pytest.fixture
def agents(centre: Centre) -> list[Person]:
    """The agents of Support."""
    names = ("Ivan Petrov", "Maria Sidorova", "Petro New", "Nina Best")
    return [centre.hire(name, "agent", team="Support") for name in names]


@pytest.fixture
def strict(centre: Centre, desk: Desk, agents: list[Person]) -> Person:
    """An evaluator who finds a mistake where two colleagues find none."""
    strict = centre.hire("Stas Strict")
    third = centre.hire("Tanya Third")
    team = desk.team("Support")
    for agent in agents:
        score(centre, team, strict, agent, "ynn", "yny", "yyn", "ynn")
        score(centre, team, desk.evaluator, agent, "yyy", "yyn", "yyy", "yyy")
        score(centre, team, third, agent, "yyy", "yny", "yyy", "yyy")
    return strict


def test_a_supervisor_is_shown_who_scores_unlike_colleagues(olga: Person, strict: Person) -> None:
    olga.send("/team")
    olga.tap("Worth a look")
    # 50 on average against 91.7; s² within agents 370.4 and 238.1, so the error is 5.53 with 20
    # degrees of freedom; one of six comparisons, so t is 2.93
    assert olga.text.splitlines() == [
        "Worth a look · Support · November",
        "Compared: agents 4, evaluators 3, criteria 3",
        "",
        "Scores differ from colleagues', same agents",
        "−41.7 (−57.8 to −25.5) · Stas Strict, 16 evaluations against 32",
    ]
    assert olga.photo.startswith(b"\x89PNG")
    assert olga.buttons == ["Evaluators", "Back"]
    olga.tap("Back")
    assert "Support · November" in olga.text


def test_an_agent_outside_the_funnel_is_named_with_the_limits(
    centre: Centre, desk: Desk, olga: Person, agents: list[Person]
) -> None:
    ivan, *others = agents
    desk.evaluate(ivan, *["nnn"] * 10, at=NOVEMBER)
    for agent in others:
        desk.evaluate(agent, *["yyy", "yny"] * 6, at=NOVEMBER)
    olga.send("/team")
    olga.tap("Worth a look")
    # The mean is 65.2, s within agents 15.43; 65.2 ± 3.09 · 15.43 / √10
    assert olga.text.splitlines()[2:] == [
        "",
        "Agents outside the limits of chance",
        f"0.0 from 10 · Ivan Petrov, below 99.8{PERCENT} (50.1–80.3)",
        f"83.3 from 12 · Maria Sidorova, above 99.8{PERCENT} (51.5–79.0)",
        f"83.3 from 12 · Petro New, above 99.8{PERCENT} (51.5–79.0)",
        f"83.3 from 12 · Nina Best, above 99.8{PERCENT} (51.5–79.0)",
    ]


def test_a_criterion_that_is_nearly_always_na_is_named_without_a_chart(
    desk: Desk, olga: Person, agents: list[Person]
) -> None:
    desk.evaluate(agents[0], *["yy-"] * 9, "yyy", at=NOVEMBER)
    olga.send("/team")
    olga.tap("Worth a look")
    assert olga.text.splitlines() == [
        "Worth a look · Support · November",
        "Compared: agents 0, evaluators 0, criteria 3",
        "",
        "Nearly always N/A",
        f"90{PERCENT} (60–98) · Sums up, 9 of 10",
    ]
    assert not olga.message.photo


def test_where_nothing_stands_out_it_says_so(
    desk: Desk, olga: Person, agents: list[Person]
) -> None:
    for agent in agents:
        desk.evaluate(agent, *["yyy", "yny"] * 6, at=NOVEMBER)
    olga.send("/team")
    olga.tap("Worth a look")
    assert "Nothing stands out by more than chance." in olga.text
    assert olga.message.photo


def test_of_few_evaluations_nothing_is_said(desk: Desk, olga: Person, agents: list[Person]) -> None:
    desk.evaluate(agents[0], "nnn", "n--", "n--", at=NOVEMBER)
    olga.send("/team")
    olga.tap("Worth a look")
    assert olga.text.splitlines()[1:] == ["Too few evaluations to compare anything."]


def test_it_is_for_who_oversees_the_team_and_in_private(
    centre: Centre, desk: Desk, olga: Person, agents: list[Person], strict: Person
) -> None:
    boss = centre.hire("Boris Sales", "supervisor", supervises="Sales")
    look = ReportTap(ReportKind.TEAM, desk.team("Support"), "month", ReportAct.WORTH_A_LOOK)
    boss.send("/team")
    agents[0].send("/me")
    strict.send("/help")
    assert boss.forge(pack(look)) == "This belongs to somebody else."
    # Whoever may see no team is refused, an evaluator too.
    assert agents[0].forge(pack(look)) is not None
    assert strict.forge(pack(look)) is not None
    assert not any("Worth a look" in one.text for one in agents[0].messages + strict.messages)
    olga.send("/team")
    wrong = ReportTap(ReportKind.AGENT, strict.person_id, "month", ReportAct.WORTH_A_LOOK)
    assert olga.forge(pack(wrong)) == "This button is out of date."
    group = centre.group("Support chat", olga, agents[0])
    olga.send("/team", to=group)
    assert "Worth a look" not in group.messages[-1].buttons
    assert "Strict" not in group.text


def test_a_report_with_disputes_keeps_its_rows_short(
    centre: Centre, desk: Desk, olga: Person, agents: list[Person]
) -> None:
    (disputed,) = desk.evaluate(agents[0], "nyy", at=NOVEMBER)

    async def disputing(tx: Transaction) -> None:
        await dispute(tx, disputed, centre.clock())

    centre.write(disputing)
    olga.send("/team")
    assert olga.buttons[-4:] == ["Disputes", "Training", "Praise", "Worth a look"]


def test_an_evaluators_page_tells_how_they_differ_and_in_which_criteria(
    centre: Centre, desk: Desk, olga: Person, strict: Person
) -> None:
    olga.send("/team")
    olga.tap("Worth a look")
    olga.tap("Evaluators")
    assert olga.text.splitlines()[:3] == [
        "Evaluators · Support · November",
        "Compared over all teams, with the same agents. The clearest differences stand first.",
        "",
    ]
    assert olga.buttons[0] == "Stas Strict"
    olga.tap("Stas Strict")
    assert "−41.7 (−57.8 to −25.5) against colleagues, more than chance" in olga.text
    assert "16 evaluations against 32 of colleagues" in olga.text
    assert "Corrected 0, moved 0, withdrawn 0" in olga.text
    assert "Disputed criteria overturned: 0 of 0" in olga.text
    assert "At its best more or less often than by colleagues" in olga.text
    olga.tap("Back")
    olga.tap("Tanya Third")
    assert "may be chance" in olga.text


def test_an_evaluators_page_is_for_who_oversees_a_team_they_scored_in(
    centre: Centre, desk: Desk, olga: Person, strict: Person
) -> None:
    boss = centre.hire("Boris Sales", "supervisor", supervises="Sales")
    data = pack(
        ReportTap(
            ReportKind.TEAM,
            desk.team("Support"),
            "month",
            ReportAct.EVALUATOR,
            strict.person_id,
        )
    )
    boss.send("/team")
    assert boss.forge(data) == "This belongs to somebody else."
    own = ReportTap(
        ReportKind.TEAM, desk.team("Sales"), "month", ReportAct.EVALUATOR, strict.person_id
    )
    assert boss.forge(pack(own)) == boss.forge(pack(replace(own, value=999)))
    assert "Strict" not in boss.text
