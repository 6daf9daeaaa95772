"""Every act that somebody may have to answer for leaves its entry."""

from storage import audit_reading
from storage.audit import Action
from storage.audit_reading import Sought
from tests.contacts.files import csv_of, row
from tests.feedback.conftest import Team, team  # noqa: F401  a fixture
from tests.privacy.test_audit_log import entries, holds
from tests.scorecards.test_publishing import CARD
from tests.story import Centre, Person


def actions(centre: Centre, since: int = 0) -> list[str]:
    """Return what was noted after that entry, oldest first."""
    found, _ = centre.read(lambda tx: audit_reading.page(tx, Sought(), offset=0, limit=500))
    return [one.action for one in found[::-1] if one.id > since]


def test_an_evaluation_its_dispute_and_its_revision(team: Team) -> None:  # noqa: F811  a fixture
    centre, begun = team.centre, len(actions(team.centre))
    team.score()
    team.dispute_error()
    team.olena.tap("Accept")
    team.olena.tap("Yes")
    team.olena.send("It is on the recording")
    team.olena.tap("Submit")
    assert actions(centre, begun) == [
        Action.SUBMITTED,
        Action.DISPUTE_OPENED,
        Action.DISPUTE_DECIDED,
        Action.REVISED,
    ]
    (submitted,) = entries(centre, Action.SUBMITTED)
    assert (submitted.actor_id, submitted.roles) == (team.anna.person_id, "evaluator")
    assert submitted.told() == {"agent": team.ivan.person_id}
    (decided,) = entries(centre, Action.DISPUTE_DECIDED)
    assert decided.actor_id == team.olena.person_id
    assert decided.told()["status"] == "accepted"
    assert holds(centre)


def test_a_dispute_that_is_declined(team: Team) -> None:  # noqa: F811  a fixture
    team.score()
    team.dispute_error()
    team.olena.tap("Decline")
    team.olena.send("It was not said")
    (decided,) = entries(team.centre, Action.DISPUTE_DECIDED)
    assert decided.told()["status"] == "declined"
    assert not entries(team.centre, Action.REVISED)


def test_files_in(centre: Centre, ivan: Person) -> None:
    admin = centre.admin
    admin.bring_people(
        "people.csv", "name,roles,team\nDaria New,agent,Support\nIvan Petrov,agent|evaluator,\n"
    )
    admin.upload("contacts.csv", csv_of(row()))
    admin.upload("kpi.csv", "agent,date,metric,value\nIvan Petrov,2026-11-20,csat,91.5\n")
    people, contacts, kpi = [one.told() for one in entries(centre, Action.IMPORTED)]
    assert (people["what"], people["added"]) == ("people", 1)
    assert people["roles_changed"] == [ivan.person_id]
    assert (contacts["what"], contacts["added"]) == ("contacts", 1)
    assert kpi["what"] == "kpi"
    assert {one.roles for one in entries(centre, Action.IMPORTED)} == {"admin"}


def test_files_out(centre: Centre, ivan: Person, anna: Person, olha: Person) -> None:
    anna.send("/score ivan petrov")
    for label in ("Call", "Skip", "All met", "Submit"):
        anna.tap(label)
    olha.send("/export")
    olha.tap("CSV")
    olha.send("/team month")
    olha.tap("Export")
    (rows,) = entries(centre, Action.EXPORTED)
    (report,) = entries(centre, Action.REPORT_TAKEN)
    assert (rows.actor_id, rows.told()["what"]) == (olha.person_id, "rows_csv")
    assert (report.actor_id, report.told()["what"]) == (olha.person_id, "export")


def test_scorecards(centre: Centre) -> None:
    admin = centre.admin
    admin.upload("letters.yaml", CARD)
    begun = len(actions(centre))
    admin.tap("Publish")
    (published,) = entries(centre, Action.SCORECARD_PUBLISHED)
    assert published.told() == {"key": "mail", "version": 1}
    assert len(actions(centre)) == begun + 1


def test_targets(centre: Centre, ivan: Person, olha: Person) -> None:
    olha.send("/targets")
    olha.tap("Customer satisfaction")
    olha.send("90")
    (target,) = entries(centre, Action.TARGET_CHANGED)
    assert (target.actor_id, target.told()) == (olha.person_id, {"metric": "csat", "target": 90.0})


def test_a_configured_admin_is_appointed_by_the_program(centre: Centre) -> None:
    assert "audit" in centre.admin.commands
    (appointed,) = entries(centre, Action.ROLES_CHANGED)
    assert (appointed.actor_id, appointed.told()) == (None, {"by": "ADMIN_IDS"})
