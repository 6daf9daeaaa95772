"""The journal of contacts as a list: how many there are, a page of them, and the filters."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers import labels
from handlers.contacts import contact_labels
from handlers.contacts.filters import NO_FILTERS, Filters
from handlers.taps import ContactAct, ContactTap, MenuTap
from handlers.views.screen import Button, Screen, bold, in_rows, lines, shorten
from handlers.words import Words
from scoring.contacts import ContactType, Status
from scoring.scorecard import Channel
from scoring.zones import local_day
from storage.contacts import Contact
from storage.journal import Entry

PAGE = 8
CHOSEN = 2
"""The value of a press that chooses a contact to score without having seen its card."""
REFERENCE = 14
NAME = 18
UNDER_REVIEW = "◔"


@dataclass(frozen=True, slots=True)
class Journal:
    """A page of the journal; ``total`` is what was found, ``all`` and ``week`` what there is."""

    entries: Sequence[Entry]
    total: int
    all: int
    week: int
    zone: ZoneInfo
    today: dt.date
    page: int = 0
    words: str = ""
    filters: Filters = NO_FILTERS

    @property
    def is_narrowed(self) -> bool:
        """Whether something was searched for or filtered."""
        return bool(self.words) or self.filters != NO_FILTERS


def list_screen(t: Words, journal: Journal) -> Screen:
    """Return the page: the number first, then what it rests on, then the contacts as buttons."""
    rows = [[_entry(t, journal, one)] for one in journal.entries]
    text = lines(
        _heading(t, journal),
        _found(t, journal),
        _shown(t, journal),
        _legend(t, journal),
        t("Write a reference, a name or a topic to search.") if journal.all else None,
    )
    return Screen(text, [*rows, *_controls(t, journal)])


def _heading(t: Words, journal: Journal) -> Markup:
    if not journal.all:
        return lines(
            t.html("<b>No contacts yet</b>"),
            t("They come from /score, from forwarded messages and from files that an admin sends."),
        )
    numbers = {"number": t.number(journal.all, 0), "week": t.number(journal.week, 0)}
    return bold(
        t.plural(
            "{number} contact, {week} this week",
            "{number} contacts, {week} this week",
            journal.all,
            **numbers,
        )
    )


def _found(t: Words, journal: Journal) -> Markup | None:
    """Return what was looked for and how much of it there is."""
    if not journal.is_narrowed:
        return None
    filters = journal.filters
    sought = [
        t("“{text}”", text=journal.words) if journal.words else None,
        contact_labels.status(t, filters.one_status) if filters.one_status else None,
        labels.channel(t, filters.one_channel) if filters.one_channel else None,
        contact_labels.contact_type(t, filters.one_type) if filters.one_type else None,
    ]
    return t.html(
        "{sought}: <b>{count}</b>",
        sought=" · ".join(part for part in sought if part),
        count=t.number(journal.total, 0),
    )


def _shown(t: Words, journal: Journal) -> str | None:
    if journal.total <= PAGE:
        return None
    first = journal.page * PAGE + 1
    last = first + len(journal.entries) - 1
    total = t.number(journal.total, 0)
    return t("{first}–{last} of {total}", first=first, last=last, total=total)


def _legend(t: Words, journal: Journal) -> str | None:
    if any(one.status is Status.UNDER_REVIEW for one in journal.entries):
        return f"{UNDER_REVIEW} " + t("under review")
    return None


def _entry(t: Words, journal: Journal, one: Entry) -> Button:
    day = local_day(one.at, journal.zone)
    told = (
        shorten(one.reference or one.topic or "", REFERENCE),
        labels.channel(t, one.channel),
        shorten(one.agent, NAME),
        t.day(day, year=day.year != journal.today.year),
    )
    label = " · ".join(part for part in told if part)
    marked = f"{UNDER_REVIEW} {label}" if one.status is Status.UNDER_REVIEW else label
    return Button(marked, _tap(journal, ContactAct.CARD, contact=one.id))


def _tap(
    journal: Journal,
    act: ContactAct,
    *,
    contact: int = 0,
    value: int = 0,
    page: int | None = None,
) -> ContactTap:
    at = journal.page if page is None else page
    return ContactTap(act, contact, value, at, journal.filters.number())


def _controls(t: Words, journal: Journal) -> list[list[Button]]:
    """Return what turns pages and narrows the list."""
    turning = []
    if journal.page:
        turning.append(Button("‹", _tap(journal, ContactAct.LIST, page=journal.page - 1)))
    if (journal.page + 1) * PAGE < journal.total:
        turning.append(Button("›", _tap(journal, ContactAct.LIST, page=journal.page + 1)))
    if not journal.all:
        return []
    names = (t("Status"), t("Channel"), t("Type"))
    narrowing = [
        Button(name, _tap(journal, ContactAct.FILTER, value=number))
        for number, name in enumerate(names)
    ]
    rows = [turning, narrowing]
    if journal.is_narrowed:
        rows.append([Button(t("All contacts"), ContactTap(ContactAct.EVERYTHING))])
    return [row for row in rows if row]


def filter_screen(t: Words, name: str, filters: Filters) -> Screen:
    """Return the choice of one filter, the present one marked."""
    questions = {
        "status": t("Which status?"),
        "channel": t("Which channel?"),
        "type": t("Which type?"),
    }
    choices = (t("Any"), *_choices(t, name))
    present: int = getattr(filters, name)
    buttons = [
        Button(
            f"● {label}" if number == present else label,
            ContactTap(ContactAct.LIST, chosen=filters.with_choice(name, number).number()),
        )
        for number, label in enumerate(choices)
    ]
    return Screen(lines(bold(questions[name])), in_rows(buttons, 2))


def _choices(t: Words, name: str) -> list[str]:
    if name == "status":
        return [contact_labels.status(t, one) for one in Status]
    if name == "channel":
        return [labels.channel(t, one) for one in Channel]
    return [contact_labels.contact_type(t, one) for one in ContactType]


def choice_screen(
    t: Words, reference: str, found: Sequence[Contact], names: dict[int, str], zone: ZoneInfo
) -> Screen:
    """Return the question which of several contacts with one reference is to be scored."""
    rows = [
        [
            Button(
                f"{labels.channel(t, one.channel)} · {shorten(names[one.agent_id], NAME)} · "
                f"{t.day(local_day(one.at, zone))}",
                ContactTap(ContactAct.SCORE, one.id, CHOSEN),
            )
        ]
        for one in found
    ]
    text = t.html(
        "<b>Which contact?</b>\nSeveral have the reference {reference}.",
        reference=shorten(reference, 40),
    )
    return Screen(text, [*rows, [Button(t("Another contact"), MenuTap("score"))]])
