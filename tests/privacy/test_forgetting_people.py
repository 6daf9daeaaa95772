"""/forget: somebody who left is made anonymous; their figures stay."""

import datetime as dt

import pytest

from storage import audit_reading, people
from storage.audit import Action
from storage.audit_reading import Sought
from storage.database import Transaction
from tests.privacy.conftest import everything_stored
from tests.story import Centre, Person


def score(anna: Person, comment: str = "") -> None:
    """Score a call of Ivan's with one comment and an overall one."""
    anna.send("/score ivan petrov")
    anna.tap("Call")
    anna.tap("Skip")
    anna.tap("Partly")
    anna.send(comment or "He mumbled his name")
    anna.send("/drafts")
    anna.tap(anna.buttons[0])
    for _ in range(30):
        if anna.message.label("Submit"):
            break
        best = next(one for one in anna.buttons if one not in {"Comment", "Back", "Close"})
        anna.tap(best)
    anna.tap("Feedback")
    anna.send("Petrov has a friendly voice")
    anna.tap("Submit")


def forget(admin: Person, name: str, why: str = "At their request") -> None:
    """Erase somebody whom the search finds by their whole name."""
    admin.send(f"/forget {name}")
    admin.tap(name)
    admin.tap(why)
    admin.send(name)


@pytest.fixture
def scored(centre: Centre, ivan: Person, anna: Person, olha: Person) -> Person:
    """Ivan, scored and with a dispute of his own decided."""
    score(anna)
    centre.delivered()
    ivan.tap("Dispute")
    ivan.tap("The whole evaluation")
    ivan.send("I said my name twice, Ivan Petrov")
    ivan.tap("Send")
    return ivan


def test_nothing_of_them_is_left_but_figures(centre: Centre, scored: Person) -> None:
    admin = centre.admin
    before = everything_stored(centre)
    for trace in ("Petrov", "mumbled", "friendly voice", "I said my name twice", str(scored.id)):
        assert trace in before
    forget(admin, "Ivan Petrov")
    after = everything_stored(centre)
    for trace in ("Petrov", "mumbled", "friendly voice", "I said my name twice", str(scored.id)):
        assert trace not in after
    assert f"Former employee {scored.person_id}" in after
    assert centre.count("evaluations") == 1
    assert centre.read(audit_reading.verify).broken is None


def test_reports_of_the_past_add_up(centre: Centre, scored: Person, olha: Person) -> None:
    olha.send("/team month")
    before = olha.text
    forget(centre.admin, "Ivan Petrov")
    olha.send("/team month")
    assert olha.text == before
    olha.tap("Agents")
    assert f"Former employee {scored.person_id}" in olha.text
    assert "Petrov" not in olha.text


def test_they_are_strangers_from_then_on(centre: Centre, scored: Person) -> None:
    forget(centre.admin, "Ivan Petrov")
    assert "feedback" not in scored.commands
    scored.send("/me")
    assert "invitation" in scored.text


def test_what_it_means_is_said_before(centre: Centre, scored: Person) -> None:
    admin = centre.admin
    admin.send("/forget")
    assert "Whom shall I erase?" in admin.text
    admin.send("petr")
    admin.tap("Ivan Petrov")
    told = admin.text
    assert "Evaluations: comments on criteria: 1" in told
    assert "Disputes: reasons and decisions: 1" in told
    assert "Evaluations with their scores: 1" in told
    assert admin.buttons == ["At their request", "By our own rules", "Back"]
    admin.tap("Back")
    assert "Whom shall I erase?" in admin.text
    assert "Petrov" in everything_stored(centre)


def test_another_name_erases_nothing(centre: Centre, ivan: Person) -> None:
    admin = centre.admin
    admin.send("/forget ivan")
    admin.tap("Ivan Petrov")
    admin.tap("At their request")
    admin.send("Ivan Petrow")
    assert admin.text == "That is not their name. Nothing was erased."
    assert "Ivan Petrov" in everything_stored(centre)
    admin.send("  IVAN   petrov ")
    assert admin.heard("Erased.")


def test_the_act_of_erasure(centre: Centre, scored: Person) -> None:
    admin = centre.admin
    forget(admin, "Ivan Petrov", "By our own rules")
    (entry,), _ = centre.read(
        lambda tx: audit_reading.page(tx, Sought(action=Action.ERASED), offset=0, limit=2)
    )
    assert entry.told()["basis"] == "own"
    act = admin.document(f"erasure-{entry.id}.html").decode()
    assert f"Act of erasure No. {entry.id}" in act
    assert entry.hash in act
    assert "Viktor Admin (Admin)" in act
    assert "The organisation decided it by its own rules." in act
    assert "<td>Evaluations: comments on criteria</td><td>1 record</td>" in act
    assert "<td>Evaluations with their scores</td><td>1 record</td>" in act
    assert f"Former employee {scored.person_id}" in act
    assert "Petrov" not in act
    admin.send("/audit")
    admin.tap(f"Act {entry.id}")
    assert admin.document(f"erasure-{entry.id}.html").decode() == act


def test_the_act_is_in_the_admins_language(centre: Centre, ivan: Person) -> None:
    admin = centre.hire("Second Boss", "admin", language="uk")
    admin.send("/forget Ivan Petrov")
    admin.forge(f"fgt:s:{ivan.person_id}:0:0")
    admin.send("Ivan Petrov")
    (entry,), _ = centre.read(
        lambda tx: audit_reading.page(tx, Sought(action=Action.ERASED), offset=0, limit=2)
    )
    act = admin.document(f"erasure-{entry.id}.html").decode()
    assert '<html lang="uk">' in act
    assert "23 лист. 2026" in act


def test_what_an_evaluator_wrote_about_others_stays_without_their_name(
    centre: Centre, ivan: Person, anna: Person
) -> None:
    score(anna, "Bondar heard no name, says Anna")
    forget(centre.admin, "Anna Bondar")
    after = everything_stored(centre)
    assert "… heard no name, says …" in after
    assert "Petrov has a friendly voice" in after
    assert "Bondar" not in after
    ivan.send("/feedback")
    assert "Former employee" not in ivan.text


def test_an_open_draft_of_theirs_ends(centre: Centre, ivan: Person, anna: Person) -> None:
    anna.send("/score ivan petrov")
    anna.tap("Call")
    anna.tap("Skip")
    anna.tap("Partly")
    anna.send("A thing said in a draft")
    forget(centre.admin, "Ivan Petrov")
    assert "A thing said in a draft" not in everything_stored(centre)
    anna.send("/drafts")
    assert "Petrov" not in anna.text


def test_oneself_the_last_admin_and_a_configured_one_stay(centre: Centre) -> None:
    admin = centre.admin
    second = centre.hire("Second Boss", "admin")
    admin.send("/forget Viktor")
    assert admin.tap("Viktor Admin") == "You cannot erase yourself; another admin can."
    second.send("/forget Viktor")
    toast = second.tap("Viktor Admin")
    assert toast is not None
    assert "ADMIN_IDS" in toast
    forget(admin, "Second Boss")
    assert "Second Boss" not in everything_stored(centre)


def test_somebody_who_was_shut_out_can_be_forgotten_once(centre: Centre, ivan: Person) -> None:
    admin = centre.admin

    async def shut_out(tx: Transaction) -> None:
        await people.set_active(tx, ivan.person_id, active=False)

    centre.write(shut_out)
    forget(admin, "Ivan Petrov")
    admin.send("/forget former")
    assert "found nobody" in admin.text
    assert admin.forge(f"fgt:p:{ivan.person_id}:0:0") == "This person has been erased already."
    admin.send("/people former")
    admin.tap(f"Former employee {ivan.person_id}")
    assert "Let back in" not in admin.buttons
    toast = admin.forge(f"p:b:{ivan.person_id}:0")
    assert toast is not None
    assert "has been erased" in toast


def test_what_an_admin_is_just_looking_for_is_forgotten_too(centre: Centre, ivan: Person) -> None:
    other = centre.hire("Second Boss", "admin")
    other.send("/people petrov")
    assert "petrov" in everything_stored(centre)
    forget(centre.admin, "Ivan Petrov")
    assert "petrov" not in everything_stored(centre)


def test_former_employees_are_forgotten_after_the_months_that_are_set(
    centre: Centre, ivan: Person, anna: Person
) -> None:
    admin = centre.admin
    admin.send("/settings")
    assert "Former employees: stay as they are" in admin.text
    admin.tap("Former employees")
    admin.tap("6 months")
    assert "Former employees: made anonymous after 6 months" in admin.text

    async def shut_out(tx: Transaction) -> None:
        await people.set_active(tx, ivan.person_id, active=False)

    centre.write(shut_out)
    centre.job("housekeeping")
    centre.clock.advance(days=170)
    centre.job("housekeeping")
    assert "Ivan Petrov" in everything_stored(centre)
    centre.clock.advance(days=20)
    centre.job("housekeeping")
    after = everything_stored(centre)
    assert "Ivan Petrov" not in after
    assert "Anna Bondar" in after
    (entry,), _ = centre.read(
        lambda tx: audit_reading.page(tx, Sought(action=Action.ERASED), offset=0, limit=2)
    )
    assert (entry.actor_id, entry.told()["basis"]) == (None, "retention")
    admin.send("/audit")
    admin.tap(f"Act {entry.id}")
    assert "The program, at night" in admin.document(f"erasure-{entry.id}.html").decode()


def test_who_comes_back_in_time_is_not_forgotten(centre: Centre, ivan: Person) -> None:
    async def active(tx: Transaction, *, now: bool) -> None:
        await people.set_active(tx, ivan.person_id, active=now)

    admin = centre.admin
    admin.send("/settings")
    admin.tap("Former employees")
    admin.tap("1 month")
    centre.write(lambda tx: active(tx, now=False))
    centre.job("housekeeping")
    centre.clock.advance(days=20)
    centre.write(lambda tx: active(tx, now=True))
    centre.job("housekeeping")
    centre.clock.advance(days=20)
    centre.write(lambda tx: active(tx, now=False))
    centre.job("housekeeping")
    centre.job("housekeeping", centre.clock() + dt.timedelta(days=20))
    assert "Ivan Petrov" in everything_stored(centre)
