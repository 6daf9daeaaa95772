"""Calibration sessions: the lists, a session's card, a contact to score, the news about them."""

import datetime as dt
from collections.abc import Callable, Sequence

from handlers import labels
from handlers.calibration.access import SessionView
from handlers.taps import CalibrationAct, CalibrationTap, Tap
from handlers.views.casefile import Line
from handlers.views.pager import listed
from handlers.views.screen import Button, Screen, bold, fit, lines, shorten
from handlers.words import Words
from scoring.zones import local_day
from storage.calibrations import Contact

PAGE = 8
TITLE = 18
"""How much of a scorecard's title a button has room for."""


def list_screen(
    t: Words, every: Sequence[SessionView], now: dt.datetime, besides: Sequence[Button] = ()
) -> Screen:
    """Return the sessions that are open or being prepared, each a button; *besides* come below."""
    current = [view for view in every if not view.session.is_over(now)]
    over = len(every) - len(current)
    running = sum(view.session.is_running(now) for view in current)
    text = lines(
        bold(t("Calibration")),
        t.plural("{count} session is open.", "{count} sessions are open.", running)
        if running
        else t("No session is open."),
        t("Several people score the same contacts, each alone, and then compare."),
    )
    entries = [_listed(t, view) for view in current]
    last = [Button(t("New session"), CalibrationTap(CalibrationAct.NEW))]
    if over:
        finished = CalibrationTap(CalibrationAct.FINISHED)
        last.append(Button(t("Finished: {count}", count=over), finished))
    return listed([text], entries, [last, [*besides]], CalibrationTap(CalibrationAct.LIST))


def _listed(t: Words, view: SessionView) -> Button:
    session = view.session
    if session.is_planned:
        return Button(t("Being prepared"), CalibrationTap(CalibrationAct.PLAN, session.id))
    done, total = view.scored_by(view.reader.id), len(session.tasks_of(view.reader.id))
    if not total:  # who only opened it sees how many people are done
        done, total = sum(map(view.is_done, session.people)), len(session.people)
    label = t(
        "{scorecard} · {done} of {all} · by {day}",
        scorecard=shorten(scorecard_title(t, view), TITLE),
        done=done,
        all=total,
        day=_due_day(t, view),
    )
    return Button(label, CalibrationTap(CalibrationAct.CARD, session.id))


def finished_screen(
    t: Words, every: Sequence[SessionView], now: dt.datetime, skipped: int
) -> Screen:
    """Return a page of the sessions that are over, the newest first."""
    over = [view for view in every if view.session.is_over(now)]
    skipped = min(max(skipped, 0), max(len(over) - 1, 0))
    rows = [[_finished(t, view)] for view in over[skipped : skipped + PAGE]]
    head = t.plural("{count} finished session", "{count} finished sessions", len(over))
    turning = turning_row(t, CalibrationTap(CalibrationAct.FINISHED), skipped, PAGE, len(over))
    back = Button(t("Back"), CalibrationTap(CalibrationAct.LIST))
    return Screen(lines(bold(head)), [*rows, *turning, [back]])


def _finished(t: Words, view: SessionView) -> Button:
    contacts = t.plural("{count} contact", "{count} contacts", len(view.session.contacts))
    title = shorten(scorecard_title(t, view), TITLE)
    label = f"{title} · {contacts} · {t.day(_ended(view))}"
    return Button(label, CalibrationTap(CalibrationAct.RESULTS, view.session.id))


def turning_row(
    t: Words, tap: CalibrationTap, skipped: int, page: int, total: int
) -> list[list[Button]]:
    """Return the row that turns a list's pages, where it has several; *tap* shows the list."""

    def at(skip: int) -> CalibrationTap:
        return CalibrationTap(tap.act, tap.session, tap.value, skip)

    return pages_row(t, at, skipped, page, total)


def pages_row(
    t: Words, at: Callable[[int], Tap], skipped: int, page: int, total: int
) -> list[list[Button]]:
    """Return the row that turns a list's pages; *at* is the press that skips so many."""
    row = []
    if skipped:
        row.append(Button(t("‹ Before"), at(max(0, skipped - page))))
    if skipped + page < total:
        row.append(Button(t("More ›"), at(skipped + page)))
    return [row] if row else []


def card_screen(t: Words, view: SessionView, now: dt.datetime) -> Screen:
    """Return the session for somebody who scores in it or has opened it."""
    if view.session.is_over(now):
        return over_screen(t, view)
    text = fit([*_own_lines(t, view), "", *_others_lines(t, view)])
    return Screen(text, _card_buttons(t, view))


def _own_lines(t: Words, view: SessionView) -> list[Line]:
    session, reader = view.session, view.reader.id
    tasks = session.tasks_of(reader)
    told: list[Line] = []
    if tasks:
        done = view.scored_by(reader)
        told.append(t.html("<b>{done} of {all}</b> contacts scored", done=done, all=len(tasks)))
    told += [session_line(t, view), t("Until {moment}", moment=_due(t, view))]
    told.append(t("Opened by {name}", name=view.name(session.opener_id)))
    if tasks:
        told += ["", t("Score alone: nobody sees the answers of others before the end.")]
    return told


def _others_lines(t: Words, view: SessionView) -> list[Line]:
    """Return how many are done; for the opener also who, but nobody's answers."""
    people = view.session.people
    done = sum(view.is_done(one) for one in people)
    told: list[Line] = [t("Done: {done} of {all} people", done=done, all=len(people))]
    if view.is_opener:
        told += [
            t(
                "{name}: {done} of {all}",
                name=view.name(one),
                done=view.scored_by(one),
                all=len(view.session.tasks_of(one)),
            )
            for one in people
        ]
    return told


def _card_buttons(t: Words, view: SessionView) -> list[list[Button]]:
    session, reader = view.session, view.reader.id
    left = [one for one in session.tasks_of(reader) if (one.id, reader) not in view.done]
    rows = [
        [
            Button(
                contact_words(t, one, view.name(one.agent_id)),
                CalibrationTap(CalibrationAct.CONTACT, session.id, one.id),
            )
        ]
        for one in left
    ]
    last = [Button(t("Back"), CalibrationTap(CalibrationAct.LIST))]
    if view.is_opener:
        last.insert(0, Button(t("Close now"), CalibrationTap(CalibrationAct.CLOSE, session.id)))
    return [*rows, last]


def contact_screen(
    t: Words, view: SessionView, contact: Contact, pieces: int, link: str | None
) -> Screen:
    """Return a contact with its material, before it is scored."""
    session = view.session.id
    text = lines(
        bold(contact_words(t, contact, view.name(contact.agent_id))),
        t.plural("{count} piece of material", "{count} pieces of material", pieces)
        if pieces
        else None,
        link,
    )
    material = Button(t("Material"), CalibrationTap(CalibrationAct.MATERIAL, session, contact.id))
    score = Button(t("Score"), CalibrationTap(CalibrationAct.SCORE, session, contact.id))
    back = Button(t("Back"), CalibrationTap(CalibrationAct.CARD, session))
    return Screen(text, [[material, score] if pieces else [score], [back]])


def close_screen(t: Words, view: SessionView) -> Screen:
    """Return the question before a session is ended early."""
    session = view.session
    tasks = sum(len(session.tasks_of(one)) for one in session.people)
    missing = tasks - sum(view.scored_by(one) for one in session.people)
    text = lines(
        bold(t("Close this session now?")),
        t.plural("{count} scoring will be missing.", "{count} scorings will be missing.", missing)
        if missing
        else None,
        t("The results come out for everybody at once."),
    )
    keep = Button(t("Keep it open"), CalibrationTap(CalibrationAct.CARD, session.id))
    sure = Button(t("Close it"), CalibrationTap(CalibrationAct.CLOSE_SURE, session.id))
    return Screen(text, [[sure, keep]])


def invitation_screen(t: Words, view: SessionView) -> Screen:
    """Return the news that somebody is asked to score in a session."""
    count = len(view.session.tasks_of(view.reader.id))
    text = lines(
        t.html(
            "<b>{name} invites you to a calibration</b>", name=view.name(view.session.opener_id)
        ),
        t.plural("{count} contact to score", "{count} contacts to score", count),
        session_line(t, view),
        t("Until {moment}", moment=_due(t, view)),
        "",
        t("Score alone: nobody sees the answers of others before the end."),
    )
    return Screen(text, [[_begin(t, view)]])


def reminder_screen(t: Words, view: SessionView) -> Screen:
    """Return the reminder of what is left to score."""
    left = len(view.session.tasks_of(view.reader.id)) - view.scored_by(view.reader.id)
    text = lines(
        bold(
            t.plural(
                "{count} contact left to score for the calibration",
                "{count} contacts left to score for the calibration",
                left,
            )
        ),
        session_line(t, view),
        t("Until {moment}", moment=_due(t, view)),
    )
    return Screen(text, [[_begin(t, view)]])


def _begin(t: Words, view: SessionView) -> Button:
    return Button(t("Open it"), CalibrationTap(CalibrationAct.CARD, view.session.id))


def over_screen(t: Words, view: SessionView) -> Screen:
    """Return the news that a session is over."""
    session = view.session
    tasks = sum(len(session.tasks_of(one)) for one in session.people)
    done = sum(view.scored_by(one) for one in session.people)
    text = lines(
        t.html("<b>The calibration is over</b>"),
        session_line(t, view),
        t("{done} of {all} scorings are in.", done=done, all=tasks),
    )
    see = Button(t("See the results"), CalibrationTap(CalibrationAct.RESULTS, session.id))
    return Screen(text, [[see]])


def session_line(t: Words, view: SessionView) -> str:
    """Return what is scored: the scorecard with its version, contacts and people."""
    session = view.session
    version = view.published.version if view.published is not None else 0
    return " · ".join(
        (
            t(
                "{scorecard}, version {version}",
                scorecard=scorecard_title(t, view),
                version=version,
            ),
            t.plural("{count} contact", "{count} contacts", len(session.contacts)),
            t.plural("{count} person", "{count} people", len(session.people)),
        )
    )


def scorecard_title(t: Words, view: SessionView) -> str:
    """Return the title of the session's scorecard."""
    return view.published.scorecard.title.say(t.language) if view.published is not None else "…"


def contact_words(t: Words, contact: Contact, agent: str) -> str:
    """Return a contact in one line for a button."""
    parts = [shorten(agent, 20), labels.channel(t, contact.channel)]
    if contact.reference:
        parts.append(shorten(contact.reference, 12))
    return " · ".join(parts)


def _due(t: Words, view: SessionView) -> str:
    due = view.session.due_at
    return "…" if due is None else t.moment(due, view.zone)


def _due_day(t: Words, view: SessionView) -> str:
    due = view.session.due_at
    return "…" if due is None else t.day(local_day(due, view.zone))


def _ended(view: SessionView) -> dt.date:
    session = view.session
    return local_day(session.closed_at or session.due_at or session.created_at, view.zone)
