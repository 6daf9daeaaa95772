"""An assigned contact: its card, why it is skipped, and to whom it is passed on."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.taps import ContactAct, ContactTap, MenuTap, TaskAct, TaskTap
from handlers.views.casefile import Line
from handlers.views.contact_card import Card, excerpt, facts, title
from handlers.views.pager import listed
from handlers.views.screen import Button, Screen, bold, fit, lines, shorten
from handlers.words import N_, Words
from scoring.draft import MAX_TEXT
from scoring.zones import local_day
from storage.assignments import Assignment
from storage.plan_progress import Queue

REASONS = (
    N_("The recording or text is missing"),
    N_("No conversation with a customer"),
    N_("Wrong agent or channel"),
    N_("I know this customer"),
)
"""Why contacts are skipped; what is stored is the English text, which is shown translated."""

NAME = 28


@dataclass(frozen=True, slots=True)
class Task:
    """An assignment with its contact's ``card``; ``tap`` leads to it.

    ``queue`` is there for its evaluator, ``evaluator`` their name for those who oversee them;
    ``begun`` says that answers may be lost with it.
    """

    assignment: Assignment
    card: Card
    now: dt.datetime
    begun: bool
    queue: Queue | None
    evaluator: str | None
    tap: TaskTap

    @property
    def is_overdue(self) -> bool:
        """Whether it was to be scored before now."""
        return self.assignment.due_at < self.now


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody who may score a contact, and how many others they have to."""

    id: int
    name: str
    load: int


def task_screen(t: Words, task: Task) -> Screen:
    """Return the contact with its material, and what may be done with it."""
    card = task.card
    told = [
        *_head(t, task),
        "",
        title(t, card.contact),
        *facts(t, card),
        *excerpt(card.contact),
        *_gone(t, task),
    ]
    return Screen(fit(told), _buttons(t, task))


def _head(t: Words, task: Task) -> list[Line]:
    """Return the number first: how many there are, or with whom it is; then until when."""
    told: list[Line] = []
    if task.queue is not None:
        told.append(
            bold(t.plural("{count} contact to score", "{count} contacts to score", task.queue.left))
        )
    elif task.evaluator is not None:
        told.append(t.html("With <b>{name}</b>", name=task.evaluator))
    else:
        told.append(bold(t("With nobody yet")))
    told.append(_due(t, task))
    if task.queue is not None and task.queue.overdue > task.is_overdue:
        told.append(
            t.plural(
                "{count} contact is overdue", "{count} contacts are overdue", task.queue.overdue
            )
        )
    if task.begun:
        told.append(t("Begun already"))
    return told


def _due(t: Words, task: Task) -> str:
    day = t.day(local_day(task.assignment.due_at, task.card.zone))
    if task.is_overdue:
        return t("This one was due on {day}", day=day)
    return t("This one by {day}", day=day)


def _gone(t: Words, task: Task) -> list[Line]:
    if task.card.may_score:
        return []
    return ["", t("This agent has left: the contact can only be skipped.")]


def _buttons(t: Words, task: Task) -> list[list[Button]]:
    acting = []
    if task.queue is not None and task.card.may_score:
        label = t("Continue") if task.begun else t("Score")
        acting.append(Button(label, _act(task, TaskAct.SCORE)))
    if task.card.pieces:
        material = ContactTap(ContactAct.MATERIAL, task.card.contact.id)
        acting.append(Button(t("Material"), material))
    handing = [Button(t("Skip"), _act(task, TaskAct.SKIP))]
    if task.card.may_score:
        handing.append(Button(t("Hand to a colleague"), _act(task, TaskAct.HAND_ON)))
    if task.queue is None:
        handing.append(Button(t("Back"), list_tap(task)))
    return [row for row in (acting, handing) if row]


def _act(task: Task, act: TaskAct, value: int = 0) -> TaskTap:
    return replace(task.tap, act=act, subject=task.assignment.id, value=value)


def list_tap(task: Task) -> TaskTap:
    """Return the press that leads an overseer back to the evaluator's list."""
    who = task.assignment.evaluator_id or 0
    return TaskTap(TaskAct.PERSON, task.tap.team, who, task.tap.team, task.tap.page)


def _back(t: Words, task: Task) -> Button:
    act = TaskAct.TASK if task.tap.team else TaskAct.NEXT
    return Button(t("Back"), _act(task, act))


def reasons_screen(t: Words, task: Task) -> Screen:
    """Return the question why a contact is skipped; a press or a typed text answers it."""
    text = lines(
        title(t, task.card.contact),
        bold(t("Why is it skipped?")),
        t("Tap a reason or write it, in up to {limit} characters.", limit=MAX_TEXT),
        _loss(t, task),
    )
    rows = [
        [Button(t(reason), _act(task, TaskAct.WHY, number))]
        for number, reason in enumerate(REASONS)
    ]
    return Screen(text, [*rows, [_back(t, task)]])


def takers_screen(t: Words, task: Task, takers: Sequence[Taker]) -> Screen:
    """Return the question to whom a contact is passed on, whoever has least to do first."""
    text = lines(
        title(t, task.card.contact),
        bold(t("Pass it on to whom?")),
        t("The number is how many contacts they have to score."),
        _loss(t, task),
    )
    buttons = [
        Button(f"{shorten(one.name, NAME)} · {one.load}", _act(task, TaskAct.TO, one.id))
        for one in takers
    ]
    return listed([text], buttons, [[_back(t, task)]], _act(task, TaskAct.HAND_ON))


def _loss(t: Words, task: Task) -> str | None:
    return t("What was answered so far will be discarded.") if task.begun else None


def empty_screen(t: Words) -> Screen:
    """Return what /next says where nothing is assigned."""
    text = lines(t("Nothing is assigned to you just now."))
    return Screen(text, [[Button(t("Score a contact"), MenuTap("score"))]])


def handed_screen(t: Words, name: str | None) -> Screen:
    """Return the news that somebody passed a contact on to the reader."""
    told = (
        t.html("<b>{name} passed a contact on to you</b>", name=name)
        if name is not None
        else t.html("<b>A contact was passed on to you</b>")
    )
    return Screen(lines(told), [[Button(t("Open it"), TaskTap(TaskAct.NEXT))]])
