"""Greetings, help and the choice of a language."""

from collections.abc import Iterable

from markupsafe import Markup

from handlers.routing import Command
from handlers.taps import LanguageTap, MenuTap
from handlers.views.screen import Button, Screen, bold, fit, in_rows, lines
from handlers.words import LANGUAGE_NAMES, LANGUAGES, N_, Words
from scoring.roles import Role
from storage.people import Person

DUTIES = {
    Role.EVALUATOR: N_("Score contacts: /score starts one, /drafts keeps what is not finished."),
    Role.SUPERVISOR: N_("See how your teams are doing: /team."),
    Role.ADMIN: N_("Take care of people, teams and scorecards: /people, /teams, /scorecards."),
    Role.AGENT: N_("Your feedback comes here by itself; /me shows how you are doing."),
}
"""What each role can do now, in the order in which they are told."""

DOORS = {
    Role.EVALUATOR: (("score", N_("Score a contact")), ("drafts", N_("Drafts"))),
    Role.SUPERVISOR: (("team", N_("My team")), ("disputes", N_("Disputes"))),
    Role.ADMIN: (("people", N_("People")), ("invite", N_("Invite somebody"))),
    Role.AGENT: (("me", N_("My month")), ("feedback", N_("My feedback"))),
}
"""The commands behind the buttons; somebody with several roles gets the first of each."""


def stranger_text(t: Words, telegram_id: int) -> Markup:
    """Return what somebody unknown is told: their ID, which an admin may ask for, and no more."""
    return lines(
        t("Hello! This is Etalon, quality control for a contact centre."),
        t("To come in, you need a personal invitation link: please ask your admin for one."),
        t.html("Your Telegram ID: <code>{id}</code>", id=telegram_id),
    )


def welcome_screen(t: Words, person: Person, *, alone: bool) -> Screen:
    """Return the first screen of somebody who has just joined."""
    return _home(t, person, t.html("<b>Welcome, {name}!</b>", name=person.name), alone=alone)


def home_screen(t: Words, person: Person, *, alone: bool) -> Screen:
    """Return what somebody known sees on /start; *alone* means that nobody else is here yet."""
    return _home(t, person, bold(person.name), alone=alone)


def _home(t: Words, person: Person, heading: Markup, *, alone: bool) -> Screen:
    told = [t(text) for role, text in DUTIES.items() if role in person.roles]
    if not told:
        told = [t("You have no role yet: please ask your admin for one.")]
    if alone and person.is_a(Role.ADMIN):
        told.append(
            t(
                "Nobody else is here yet. Invite people one by one with /invite, or send me a "
                "table (.csv or .xlsx) with the columns name, roles, team, supervisor_of."
            )
        )
    return Screen(lines(heading, *told), in_rows(_doors(t, person), 2))


def _doors(t: Words, person: Person) -> list[Button]:
    theirs = [doors for role, doors in DOORS.items() if role in person.roles]
    chosen = theirs[0] if len(theirs) == 1 else [doors[0] for doors in theirs]
    return [Button(t(label), MenuTap(command)) for command, label in chosen]


def help_screen(t: Words, commands: Iterable[Command]) -> Screen:
    """Return the commands with a line on each."""
    told = [lines(f"/{command.name}: {t(command.about)}") for command in commands]
    return Screen(fit([bold(t("What I can do for you")), *told]))


def language_screen(t: Words) -> Screen:
    """Return the choice of languages, the present one marked."""
    buttons = [
        Button(f"✓ {name}" if code == t.language else name, LanguageTap(code))
        for code, name in ((code, LANGUAGE_NAMES[code]) for code in LANGUAGES)
    ]
    return Screen(lines(t("Which language shall I speak?")), [[button] for button in buttons])
