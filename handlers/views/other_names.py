"""A person's key in another system and their other names, as an admin looks after them."""

from collections.abc import Sequence

from handlers.taps import PeopleAct, PeopleTap
from handlers.views.screen import Button, Screen, bold, in_rows, lines
from handlers.words import Words
from storage.aliases import Alias
from storage.people import Person


def key_screen(t: Words, person: Person) -> Screen:
    """Return the question for a person's key."""
    now = None
    buttons = [Button(t("Back"), PeopleTap(PeopleAct.CARD, person.id))]
    if person.external_key is not None:
        now = t.html("Now: <b>{key}</b>", key=person.external_key)
        buttons.insert(0, Button(t("Remove key"), PeopleTap(PeopleAct.KEY_OFF, person.id)))
    question = t.html(
        "What is the key of <b>{name}</b> in your other system? "
        "An employee number or a login. Write it.",
        name=person.name,
    )
    return Screen(lines(question, now), [buttons])


def aliases_screen(t: Words, person: Person, aliases: Sequence[Alias]) -> Screen:
    """Return a person's other names: a tap removes one, a text adds one."""
    remove = [
        Button(f"✕ {one.alias}", PeopleTap(PeopleAct.ALIAS_OFF, person.id, one.id))
        for one in aliases
    ]
    told = t("A tap removes a name.") if aliases else None
    question = t("What else is this person called in files? Write one name.")
    done = Button(t("Done"), PeopleTap(PeopleAct.CARD, person.id))
    return Screen(lines(bold(person.name), question, told), [*in_rows(remove, 1), [done]])
