"""Preparing a calibration: what is chosen so far, and each thing that can be chosen."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from handlers.calibration.access import SessionView
from handlers.taps import CalibrationAct, CalibrationTap
from handlers.views.calibration import PAGE, contact_words, scorecard_title, turning_row
from handlers.views.screen import Button, Screen, bold, in_rows, lines
from handlers.words import Words
from storage.calibrations import Contact, Session
from storage.people import Person

CHOSEN, NOT_CHOSEN = "☑", "☐"


def plan_screen(t: Words, view: SessionView, deadline: dt.datetime) -> Screen:
    """Return the session as it is prepared so far, with a button for each part of it."""
    session = view.session

    def button(label: str, act: CalibrationAct) -> Button:
        return Button(label, CalibrationTap(act, session.id))

    reference = view.name(session.reference_id) if session.reference_id is not None else t("nobody")
    text = lines(
        bold(t("A new calibration")),
        _contacts_line(t, view),
        t.plural("{count} person scores", "{count} people score", len(session.people)),
        t("Reference: {name}", name=reference),
        t("Until {moment}", moment=t.moment(deadline, view.zone)),
        "",
        t("Everybody scores the same contacts alone. The answers count as nobody's evaluation."),
    )
    rows = [
        [
            button(t("Contacts"), CalibrationAct.CONTACTS),
            button(t("People"), CalibrationAct.PEOPLE),
        ],
        [
            button(t("Reference"), CalibrationAct.REFERENCES),
            button(t("Deadline"), CalibrationAct.DEADLINES),
        ],
        [
            button(t("Open the session"), CalibrationAct.OPEN),
            button(t("Discard"), CalibrationAct.DROP),
        ],
        [Button(t("Back"), CalibrationTap(CalibrationAct.LIST))],
    ]
    return Screen(text, rows)


def _contacts_line(t: Words, view: SessionView) -> str:
    count = len(view.session.contacts)
    if not count:
        return t("No contacts yet")
    told = t.plural("{count} contact", "{count} contacts", count)
    return f"{told} · {scorecard_title(t, view)}"


def contacts_screen(
    t: Words, view: SessionView, offered: Sequence[tuple[Contact, str]], skipped: int
) -> Screen:
    """Return the contacts as toggles, each with its agent's name."""
    session = view.session
    skipped = min(max(skipped, 0), max(len(offered) - 1, 0))
    rows = [
        [_contact_toggle(t, session, one, name, skipped)]
        for one, name in offered[skipped : skipped + PAGE]
    ]
    listing = CalibrationTap(CalibrationAct.CONTACTS, session.id)
    count = len(session.contacts)
    text = lines(
        bold(t("Which contacts?")),
        t.plural("{count} chosen", "{count} chosen", count) if count else None,
        t("The contacts evaluated last; the first one chosen decides which scorecard is used.")
        if offered
        else t("No contact has been evaluated yet."),
    )
    attach = Button(t("Another contact"), CalibrationTap(CalibrationAct.ATTACH, session.id))
    return Screen(
        text,
        [
            *rows,
            *turning_row(t, listing, skipped, PAGE, len(offered)),
            [attach, _done(t, session)],
        ],
    )


def _contact_toggle(
    t: Words, session: Session, contact: Contact, name: str, skipped: int
) -> Button:
    chosen = session.contact(contact.id) is not None
    mark, value = (CHOSEN, -contact.id) if chosen else (NOT_CHOSEN, contact.id)
    label = f"{mark} {contact_words(t, contact, name)}"
    return Button(label, CalibrationTap(CalibrationAct.PICK, session.id, value, skipped))


def with_hint(t: Words, screen: Screen) -> Screen:
    """Return the form's first screen with how its material comes along."""
    hint = t("Forward its messages or send its recording here, at any step.")
    return replace(screen, text=lines(screen.text, "", hint))


def people_screen(t: Words, view: SessionView, every: Sequence[Person], skipped: int) -> Screen:
    """Return who can be invited, as toggles."""
    session = view.session
    skipped = min(max(skipped, 0), max(len(every) - 1, 0))
    rows = [[_person_toggle(t, view, one, skipped)] for one in every[skipped : skipped + PAGE]]
    listing = CalibrationTap(CalibrationAct.PEOPLE, session.id)
    text = lines(
        bold(t("Who scores?")),
        t.plural("{count} chosen", "{count} chosen", len(session.people)),
    )
    turning = turning_row(t, listing, skipped, PAGE, len(every))
    return Screen(text, [*rows, *turning, [_done(t, session)]])


def _person_toggle(t: Words, view: SessionView, person: Person, skipped: int) -> Button:
    session = view.session
    chosen = person.id in session.people
    mark, value = (CHOSEN, -person.id) if chosen else (NOT_CHOSEN, person.id)
    name = t("{name} (you)", name=person.name) if person.id == view.reader.id else person.name
    tap = CalibrationTap(CalibrationAct.INVITE, session.id, value, skipped)
    return Button(f"{mark} {name}", tap)


def references_screen(t: Words, view: SessionView) -> Screen:
    """Return who can be the reference."""
    session = view.session
    text = lines(
        bold(t("Is there a reference?")),
        t("The others are held against the reference, who scores as blind as they do.")
        if session.people
        else t("Invite people first."),
    )
    nobody = Button(t("Nobody"), CalibrationTap(CalibrationAct.REFERENCE, session.id))
    people = [
        Button(view.name(one), CalibrationTap(CalibrationAct.REFERENCE, session.id, one))
        for one in session.people
    ]
    return Screen(text, [*in_rows(people, 2), [nobody, _done(t, session)]])


def deadlines_screen(
    t: Words, session: Session, choices: Sequence[tuple[int, dt.datetime]], zone: ZoneInfo
) -> Screen:
    """Return the deadlines to choose from, each with the days that it gives."""
    buttons = [
        Button(
            t.plural(
                "{count} working day: {moment}",
                "{count} working days: {moment}",
                days,
                moment=t.moment(at, zone),
            ),
            CalibrationTap(CalibrationAct.DAYS, session.id, days),
        )
        for days, at in choices
    ]
    text = lines(bold(t("Until when?")), t("Everybody who is not done is reminded once before."))
    return Screen(text, [*in_rows(buttons, 1), [_done(t, session)]])


def dropped_screen(t: Words) -> Screen:
    """Return what is left of a session that was given up."""
    back = Button(t("Back"), CalibrationTap(CalibrationAct.LIST))
    return Screen(lines(t("Discarded.")), [[back]])


def _done(t: Words, session: Session) -> Button:
    return Button(t("Back"), CalibrationTap(CalibrationAct.PLAN, session.id))
