"""The daily reminder: what waits, in one line each, with buttons that open it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from handlers import labels
from handlers.taps import (
    DisputeAct,
    DisputeTap,
    FeedbackAct,
    FeedbackTap,
    MenuTap,
    TaskAct,
    TaskTap,
)
from handlers.views.casefile import Line, score_words
from handlers.views.screen import Button, Screen, bold, lines, shorten
from handlers.words import Words
from scoring.zones import local_day
from storage.disputes import Waiting
from storage.drafts import Draft
from storage.evaluations import Evaluation

DIRECT = 3
"""How many of a kind have their own button; more are behind the list."""


@dataclass(frozen=True, slots=True)
class Late:
    """How many contacts of a team's plans nobody has scored long after their date."""

    team_id: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits for one person; ``names`` are those of the disputing agents, by id.

    ``reviews`` are the disputes that the person is asked to score afresh, ``tasks`` how many
    assigned contacts are overdue, ``late`` those of each team they oversee that are so for long.
    """

    feedback: Sequence[Evaluation]
    disputes: Sequence[Waiting]
    drafts: Sequence[Draft]
    zone: ZoneInfo
    reviews: Sequence[Waiting] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    tasks: int = 0
    late: Sequence[Late] = ()

    @property
    def anything(self) -> bool:
        """Whether anything waits at all."""
        waiting = (self.feedback, self.disputes, self.reviews, self.drafts, self.tasks, self.late)
        return any(waiting)


def reminder_screen(t: Words, waits: Waits) -> Screen:
    """Return the reminder."""
    rows = [*_feedback_rows(t, waits), *_dispute_rows(t, waits), *_review_rows(t, waits)]
    rows += _task_rows(t, waits)
    if waits.drafts:
        rows.append([Button(t("Drafts"), MenuTap("drafts"))])
    return Screen(lines(bold(t("Waiting for you")), *_counts(t, waits)), rows)


def _counts(t: Words, waits: Waits) -> list[Line]:
    told: list[Line] = []
    if waits.disputes:
        told.append(
            t.plural(
                "{count} dispute to decide now",
                "{count} disputes to decide now",
                len(waits.disputes),
            )
        )
    if waits.reviews:
        told.append(
            t.plural(
                "{count} dispute to score afresh",
                "{count} disputes to score afresh",
                len(waits.reviews),
            )
        )
    if waits.feedback:
        told.append(
            t.plural(
                "{count} evaluation to acknowledge",
                "{count} evaluations to acknowledge",
                len(waits.feedback),
            )
        )
    told += _task_counts(t, waits)
    if waits.drafts:
        told.append(
            t.plural(
                "{count} draft older than two days",
                "{count} drafts older than two days",
                len(waits.drafts),
            )
        )
    return told


def _task_rows(t: Words, waits: Waits) -> list[list[Button]]:
    rows = [
        [
            Button(
                t("To do · {team}", team=shorten(one.name, 20)), TaskTap(TaskAct.TEAM, one.team_id)
            )
        ]
        for one in waits.late[:DIRECT]
    ]
    if waits.tasks:
        rows.insert(0, [Button(t("Next"), MenuTap("next"))])
    return rows


def _task_counts(t: Words, waits: Waits) -> list[Line]:
    told: list[Line] = []
    if waits.tasks:
        told.append(
            t.plural(
                "{count} assigned contact is overdue",
                "{count} assigned contacts are overdue",
                waits.tasks,
            )
        )
    told += [
        t.plural(
            "{team}: {count} contact overdue by more than two days",
            "{team}: {count} contacts overdue by more than two days",
            one.count,
            team=shorten(one.name, 40),
        )
        for one in waits.late
    ]
    return told


def _feedback_rows(t: Words, waits: Waits) -> list[list[Button]]:
    rows = [
        [
            Button(
                " · ".join(
                    (
                        score_words(t, one),
                        labels.channel(t, one.channel),
                        t.day(local_day(one.submitted_at, waits.zone)),
                    )
                ),
                FeedbackTap(one.id, FeedbackAct.OPEN),
            )
        ]
        for one in waits.feedback[:DIRECT]
    ]
    if len(waits.feedback) > DIRECT:
        rows.append([Button(t("All feedback"), MenuTap("feedback"))])
    return rows


def _dispute_rows(t: Words, waits: Waits) -> list[list[Button]]:
    rows = []
    for one in waits.disputes[:DIRECT]:
        name = shorten(waits.names.get(one.agent_id, "…"), 18)
        due = t.day(local_day(one.dispute.due_at, waits.zone))
        label = t("{name} · by {day}", name=name, day=due)
        rows.append([Button(label, DisputeTap(one.dispute.id, DisputeAct.OPEN))])
    if len(waits.disputes) > DIRECT:
        rows.append([Button(t("All disputes"), MenuTap("disputes"))])
    return rows


def _review_rows(t: Words, waits: Waits) -> list[list[Button]]:
    rows = []
    for one in waits.reviews[:DIRECT]:
        name = shorten(waits.names.get(one.agent_id, "…"), 18)
        due = t.day(local_day(one.dispute.due_at, waits.zone))
        label = t("{name} · by {day}", name=name, day=due)
        rows.append([Button(label, DisputeTap(one.dispute.id, DisputeAct.OFFER))])
    return rows
