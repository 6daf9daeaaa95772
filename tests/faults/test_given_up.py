"""An update that takes far too long is given up, and whoever sent it hears of it."""

from tests.contacts.files import csv_of, row
from tests.story import Centre


def test_an_import_that_is_cut_off_says_so(centre: Centre) -> None:
    admin = centre.admin
    centre.hire("Ivan Petrov", "agent", team="Support")
    centre.stop()
    centre.handling_seconds = 0.5
    centre.start()
    centre.fault("getFile", "429", retry_after=15)
    admin.upload("contacts.csv", csv_of(row()))
    assert admin.text == (
        "This took too long, so I stopped. What was stored by then stays. "
        "Please try again, a big file in parts."
    )


def test_what_fits_into_the_time_is_answered_as_ever(centre: Centre) -> None:
    admin = centre.admin
    admin.send("/people")
    assert not admin.heard("took too long")
