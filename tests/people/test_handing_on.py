"""The open work of somebody who leaves is handed on in one step."""

from storage import drafts, handing_on, people
from storage.drafts import Draft
from tests.story import Centre


def test_whoever_is_shut_out_leaves_no_work_behind(centre: Centre) -> None:
    centre.hire("Ivan Petrov", roles="agent", team="Support")
    anna = centre.hire("Anna Bondar", roles="evaluator")
    boris = centre.hire("Boris Lys", roles="evaluator")
    anna.send("/score Ivan")
    admin = centre.admin
    admin.send("/people Anna")
    admin.tap("Anna Bondar")
    admin.tap("Shut out")
    assert "Open work: drafts 1" in admin.text
    admin.tap("Shut out, hand the work on")
    admin.tap("Boris Lys · Evaluator")
    assert "Handed on to Boris Lys: drafts 1." in admin.text
    assert "Shut out: can do nothing here" in admin.text

    def open_of(person: int) -> list[Draft]:
        return list(centre.read(lambda tx: drafts.open_of(tx, person)))

    assert len(open_of(boris.person_id)) == 1
    assert open_of(anna.person_id) == []
    assert centre.read(lambda tx: handing_on.count(tx, anna.person_id)) == {}
    gone = centre.read(lambda tx: people.by_id(tx, anna.person_id))
    assert gone is not None
    assert not gone.active
    boris.send("/drafts")
    assert "Ivan Petrov" in boris.text or any("Ivan" in one for one in boris.buttons)


def test_nobody_takes_over_a_draft_about_themself(centre: Centre) -> None:
    centre.hire("Ivan Petrov", roles="agent|evaluator", team="Support")
    anna = centre.hire("Anna Bondar", roles="evaluator")
    anna.send("/score Ivan")
    admin = centre.admin
    admin.send("/people Anna")
    admin.tap("Anna Bondar")
    admin.tap("Shut out")
    admin.tap("Only hand the work on")
    admin.tap("Ivan Petrov · Agent, Evaluator")
    assert "Not for them: drafts 1." in admin.text
