"""Turning the pages of what somebody sees, to the end."""

from tests.story import Message, Person

MOST_BUTTONS = 30


def every_page(person: Person) -> list[Message]:
    """Return the pages of the newest message, turned from the first one until it comes again."""
    assert not person.heard("Something went wrong")
    found = [person.message]
    assert len(found[0].buttons) <= MOST_BUTTONS
    if "›" not in found[0].buttons:
        return found
    place = found[0].rows.index(["‹", "›"])
    while True:
        person.tap("›")
        assert person.message.message_id == found[0].message_id, "a page came as a new message"
        if person.text == found[0].text and person.buttons == found[0].buttons:
            return found
        found.append(person.message)
        assert len(person.buttons) <= MOST_BUTTONS
        assert person.message.rows.index(["‹", "›"]) == place
        assert len(found) < 100


def everything_said(person: Person) -> str:
    """Return the texts of all pages, without the lines that count them."""
    return "\n".join(one.text.rpartition("\n")[0] or one.text for one in every_page(person))


def entries(person: Person, *without: str) -> list[str]:
    """Return the labels of the buttons on all pages, but those under each page."""
    apart = {"‹", "›", *without}
    return [one for page in every_page(person) for one in page.buttons if one not in apart]
