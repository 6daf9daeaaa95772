"""Erasing somebody: whom, what that means, and the last question before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers.taps import ForgetAct, ForgetTap, MenuTap
from handlers.views.erasure_act import KEPT_TABLES, TABLES
from handlers.views.screen import Button, Screen, bold, fit, in_rows, lines, shorten
from handlers.words import Words
from storage.erasure import Counts
from storage.erasure_people import Forecast
from storage.people import Person

MOST_PEOPLE = 16
NAME_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Matches:
    """What a typed text may mean: people, customers' contacts, contacts with that reference."""

    people: Sequence[Person]
    more: bool
    customer: Sequence[Sequence[int]]
    reference: Sequence[int]


def who_screen(t: Words) -> Screen:
    """Return the question who is to be erased."""
    return Screen(
        lines(
            bold(t("Whom shall I erase?")),
            t("Write a part of an employee's name, or a customer's number or name as it came."),
            t("A contact's reference finds its customer, too."),
        )
    )


def found_screen(t: Words, words: str, found: Matches) -> Screen:
    """Return what the typed words may mean."""
    buttons = [
        Button(one.name, ForgetTap(ForgetAct.PERSON, one.id)) for one in found.people[:MOST_PEOPLE]
    ]
    rows = in_rows(buttons, 2)
    for contacts, by_reference in (*((one, 0) for one in found.customer), (found.reference, 1)):
        if contacts:
            label = _customer_label(t, len(contacts), by_reference=bool(by_reference))
            tap = ForgetTap(ForgetAct.CUSTOMER, contacts[0], by_reference)
            rows.append([Button(label, tap)])
    nothing = None if rows else t("I found nobody and no contact. Write something else.")
    more = t("There are more: write more of the name.") if found.more else None
    heading = t.html("<b>{words}</b>: whom do you mean?", words=shorten(words, NAME_SHOWN))
    return Screen(lines(nothing or heading, more), rows)


def _customer_label(t: Words, count: int, *, by_reference: bool) -> str:
    if by_reference:
        return t.plural(
            "That reference: {count} contact", "That reference: {count} contacts", count
        )
    return t.plural("That customer: {count} contact", "That customer: {count} contacts", count)


def person_screen(t: Words, person: Person, seen: Forecast) -> Screen:
    """Return what erasing the person means."""
    kept = _counted(t, seen.kept, KEPT_TABLES)
    named = sum(seen.unnamed.values())
    parts = [
        t.html("Erase <b>{name}</b> for good?", name=shorten(person.name, NAME_SHOWN)),
        "",
        bold(t("Erased")),
        "• " + t("Name, Telegram account, language, time zone"),
        *_counted(t, seen.erased, TABLES),
        "",
        bold(t("Kept under a number")),
        *(kept or ["• " + t("nothing: no scores or figures yet")]),
    ]
    if named:
        texts = t.plural(
            "{count} text of theirs about others, without their name",
            "{count} texts of theirs about others, without their name",
            named,
        )
        parts.append(f"• {texts}")
    parts += [
        "",
        t("Messages that Telegram has delivered stay in people's chats."),
        t("Why is it erased?"),
    ]
    return Screen(fit(parts), _whose(t, ForgetAct.PERSON_SURE, person.id, 0))


def _whose(t: Words, act: ForgetAct, subject: int, reference: int) -> list[list[Button]]:
    return [
        [Button(t("At their request"), ForgetTap(act, subject, reference))],
        [Button(t("By our own rules"), ForgetTap(act, subject, reference, own=1))],
        [Button(t("Back"), ForgetTap(ForgetAct.AGAIN))],
    ]


def _counted(t: Words, counts: Counts, words: Mapping[str, str]) -> list[str]:
    return [
        f"• {t(label)}: {t.number(counts[table], 0)}"
        for table, label in words.items()
        if counts.get(table)
    ]


def name_screen(t: Words, person: Person) -> Screen:
    """Return the last question: the name, to be typed."""
    text = lines(
        t.html("This cannot be undone. To erase them, write <b>{name}</b>.", name=person.name)
    )
    return Screen(text, [[Button(t("Back"), ForgetTap(ForgetAct.AGAIN))]])


def customer_screen(t: Words, tap: ForgetTap, counts: Counts) -> Screen:
    """Return what erasing the customer means."""
    return Screen(
        lines(
            bold(t("Erase this customer for good?")),
            "",
            bold(t("Erased")),
            *_counted(t, counts, TABLES),
            "",
            bold(t("Kept")),
            t("The contacts' references, dates and scores."),
            "",
            t("Why is it erased?"),
        ),
        _whose(t, ForgetAct.CUSTOMER_ASK, tap.subject, tap.reference),
    )


def customer_sure_screen(t: Words, tap: ForgetTap, contacts: int) -> Screen:
    """Return the last question before a customer is erased."""
    question = t.plural(
        "Erase the customer of {count} contact? This cannot be undone.",
        "Erase the customer of {count} contacts? This cannot be undone.",
        contacts,
    )
    sure = ForgetTap(ForgetAct.CUSTOMER_SURE, tap.subject, tap.reference, tap.own)
    back = ForgetTap(ForgetAct.CUSTOMER, tap.subject, tap.reference)
    return Screen(lines(question), [[Button(t("Erase for good"), sure)], [Button(t("Back"), back)]])


def done_screen(t: Words, number: int) -> Screen:
    """Return that it is done."""
    text = lines(
        Markup("✓ ") + t.html("<b>Erased.</b> The act is below; /audit has it again."),
        t("Entry {number} of the audit log.", number=number),
    )
    return Screen(text, [[Button(t("Audit log"), MenuTap("audit"))]])
