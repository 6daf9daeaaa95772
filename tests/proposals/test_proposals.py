"""Stories of proposals: written, decided, carried out, and kept in a register."""

import csv
import io

from openpyxl import load_workbook

from handlers.taps import ProposalAct, ProposalTap, pack
from tests.person import Person
from tests.reports.cases import NOVEMBER, Desk
from tests.story import Centre


def propose(person: Person, text: str, kind: str = "Monitoring", rests_on: str = "Nothing") -> None:
    person.send("/propose")
    person.tap("New proposal")
    person.tap(kind)
    person.send(text)
    person.tap(rests_on)


def test_a_proposal_goes_from_its_author_to_its_outcome(
    centre: Centre, desk: Desk, egor: Person, olga: Person, ivan: Person
) -> None:
    (number,) = desk.evaluate(ivan, "nyy", at=NOVEMBER)
    egor.send("/propose")
    assert egor.text == "No proposals yet."
    assert egor.buttons == ["Status: all", "Kind: all", "New proposal"]
    egor.tap("New proposal")
    assert egor.buttons[:3] == ["Monitoring", "Reporting", "Scorecard"]
    egor.tap("Monitoring")
    egor.send("Draw more night calls: nobody hears them.")
    assert "It is in the register. What does it rest on?" in egor.text
    assert egor.buttons == ["An evaluation", "A criterion", "Nothing"]
    egor.tap("An evaluation")
    egor.tap("Ivan Petrov · 50.0 · Call · 10 Nov")
    assert "#1 · Monitoring · new" in egor.text
    assert f"Evidence: evaluation {number}, Call, 10 Nov" in egor.text
    assert egor.buttons == ["Evidence", "See the feedback", "All proposals"]
    centre.delivered()
    assert "Draw more night calls" in olga.sees("A new proposal").text
    olga.tap("Open the proposal")
    assert olga.buttons == ["Accept", "Decline", "See the feedback", "All proposals"]
    olga.tap("Accept")
    olga.send("Right: a fifth of the sample from now on.")
    assert "Accepted by Olga Supervisor, 23 Nov" in olga.text
    assert olga.buttons == ["Owner", "Outcome", "See the feedback", "All proposals"]
    centre.delivered()
    assert "a fifth of the sample" in egor.sees("A proposal was decided").text
    olga.tap("Owner")
    olga.tap("Egor Evaluator")
    assert "Owner: Egor Evaluator" in olga.text
    centre.delivered()
    assert egor.heard("A proposal is yours to carry out")
    egor.tap("Open the proposal")
    egor.tap("Outcome")
    centre.clock.advance(days=14)
    egor.send("Night calls are 21 % of the sample now.")
    assert "#1 · Monitoring · done" in egor.text
    assert "Outcome, 7 Dec" in egor.text
    centre.delivered()
    olga.send("/propose")
    assert "✓ #1 · Monitoring · Draw more night" in olga.buttons[0]


def test_who_proposed_hears_a_refusal_with_its_reason(
    centre: Centre, egor: Person, olga: Person
) -> None:
    propose(egor, "Send the digest twice a week", "Reporting")
    olga.send("/propose")
    olga.tap("○ #1 · Reporting · Send the digest twic…")
    olga.tap("Decline")
    olga.send("People read it once.")
    centre.delivered()
    told = egor.sees("A proposal was decided").text
    assert "Declined by Olga Supervisor, 23 Nov\nPeople read it once." in told
    egor.tap("Open the proposal")
    assert egor.buttons == ["All proposals"]


def test_a_scorecard_is_for_admins_to_decide(
    centre: Centre, desk: Desk, egor: Person, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, "nyy", at=NOVEMBER)
    propose(egor, "Greeting weighs too much", "Scorecard", "A criterion")
    egor.tap("Phone")
    egor.tap("Greets")
    assert "Evidence: criterion “Greets”, Phone, version 1" in egor.text
    olga.send("/propose")
    olga.tap(olga.buttons[0])
    assert olga.buttons == ["All proposals"]
    refused = olga.forge(pack(ProposalTap(ProposalAct.ACCEPT, 1)))
    assert refused == "This is not open to your role."
    assert not olga.heard("A new proposal")
    admin = centre.admin
    admin.send("/propose")
    admin.tap(admin.buttons[0])
    admin.tap("Accept")
    admin.send("The next version will have it lighter.")
    assert "Accepted by Viktor Admin" in admin.text


def test_a_supervisor_rests_on_a_report_and_does_not_decide_their_own(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, "nyy", at=NOVEMBER)
    propose(olga, "Show the queue beside the score", "Reporting", "A report")
    olga.tap("Support")
    assert "Evidence: report on Support, 2026-11" in olga.text
    assert olga.buttons == ["Evidence", "See the report", "All proposals"]
    assert olga.forge(pack(ProposalTap(ProposalAct.ACCEPT, 1))) == "This is not open to your role."
    olga.tap("See the report")
    assert "Support · November · 50.0" in olga.text


def test_of_two_decisions_the_first_stands(centre: Centre, egor: Person, olga: Person) -> None:
    nina = centre.hire("Nina Next", "supervisor", supervises="Sales")
    propose(egor, "Listen to whole shifts")
    for one in (olga, nina):
        one.send("/propose")
        one.tap(one.buttons[0])
        one.tap("Accept")
    olga.send("Yes")
    nina.send("No, wait")
    assert nina.text == "This proposal has been decided already."
    nina.send("/propose")
    nina.tap(nina.buttons[0])
    assert "Accepted by Olga Supervisor" in nina.text


def test_evidence_is_only_what_one_may_read_and_only_ones_own_to_choose(
    centre: Centre, desk: Desk, egor: Person, ivan: Person
) -> None:
    other = centre.hire("Anna Other")
    (number,) = desk.evaluate(ivan, "nyy", at=NOVEMBER)
    propose(other, "Score chats as well", rests_on="An evaluation")
    assert other.text == "There is no evaluation that you may read."
    forged = pack(ProposalTap(ProposalAct.EVALUATION, 1, number))
    assert other.forge(forged) == "This belongs to somebody else."
    assert egor.forge(forged) == "This belongs to somebody else."
    assert other.forge(pack(ProposalTap(ProposalAct.CRITERION, 1, 999, 1))) == (
        "This button is out of date."
    )
    assert other.forge(pack(ProposalTap(ProposalAct.REPORT, 1, desk.team("Support")))) == (
        "This is not open to your role."
    )
    ivan.send("/propose")
    assert ivan.text == "This is not open to your role."


def test_the_register_is_filtered_by_status_and_kind(egor: Person, olga: Person) -> None:
    propose(egor, "First", "Monitoring")
    propose(egor, "Second", "Reporting")
    olga.send("/propose")
    assert olga.text == "2 proposals"
    olga.tap("○ #1 · Monitoring · First")
    olga.tap("Accept")
    olga.send("Yes")
    olga.send("/propose")
    olga.tap("Status: all")
    assert olga.buttons[:2] == ["○ #2 · Reporting · Second", "Status: new"]
    olga.tap("Status: new")
    assert olga.buttons[0] == "◐ #1 · Monitoring · First"
    olga.tap("Kind: all")
    olga.tap("Kind: Monitoring")
    assert olga.text == "No proposals of that kind."
    assert olga.buttons == ["Status: accepted", "Kind: Reporting", "New proposal"]
    assert olga.forge(pack(ProposalTap(ProposalAct.LIST, status="lost"))) == (
        "This button is out of date."
    )


def test_many_proposals_are_turned_page_by_page(egor: Person) -> None:
    for number in range(10):
        propose(egor, f"Idea {number}")
    egor.send("/propose")
    assert egor.text == "10 proposals"
    egor.tap("›")
    assert egor.buttons[:3] == ["○ #2 · Monitoring · Idea 1", "○ #1 · Monitoring · Idea 0", "‹"]


def test_the_register_goes_out_as_a_file_without_formulas(egor: Person, olga: Person) -> None:
    propose(egor, "=1+1 is what the sheet should not say")
    olga.send("/propose")
    olga.tap("CSV")
    text = olga.document("proposals.csv").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["text"] == "'=1+1 is what the sheet should not say"
    assert (row["number"], row["kind"], row["author"], row["status"]) == (
        *("1", "monitoring", "Egor Evaluator"),
        "new",
    )
    assert row["created_at"] == "2026-11-23T10:00:00+00:00"
    olga.tap("XLSX")
    sheet = load_workbook(io.BytesIO(olga.document("proposals.xlsx")))["proposals"]
    assert [cell.value for cell in sheet[2]][:3][0::2] == [1, "monitoring"]


def test_too_long_a_text_is_not_lost_and_a_blank_one_is_nothing(egor: Person) -> None:
    egor.send("/propose")
    egor.tap("New proposal")
    egor.tap("Monitoring")
    egor.send("x" * 1001)
    assert "at most 1000 characters" in egor.text
    egor.send("Shorter")
    assert "It is in the register." in egor.text
