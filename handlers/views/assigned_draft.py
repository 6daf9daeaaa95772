"""What the draft of an assigned contact shows once it is submitted or discarded.

It claims nothing of what the answers are used for, so it reads alike for every scoring.
"""

from handlers.taps import CorrectionAct, CorrectionTap, MenuTap, TaskAct, TaskTap
from handlers.views.draft_parts import DraftView, heading
from handlers.views.draft_summary import summary_head
from handlers.views.screen import Button, Screen, lines
from handlers.words import Words
from scoring.score import score
from storage.drafts import SUBMITTED


def next_button(t: Words) -> Button:
    """Return the button that goes on to the next assigned contact."""
    return Button(t("Next"), TaskTap(TaskAct.NEXT))


def assigned_ended(t: Words, view: DraftView) -> Screen:
    """Return the message of a draft on an assigned contact, and the way to the next one."""
    going = next_button(t) if view.left else Button(t("Score another"), MenuTap("score"))
    left = (
        t.plural("{count} contact left", "{count} contacts left", view.left)
        if view.left
        else t("Nothing else is assigned to you.")
    )
    if view.draft.status != SUBMITTED or view.walk is None:
        return Screen(lines(heading(t, view) or None, t("Discarded."), left), [[going]])
    reckoned = score(view.walk.scorecard, view.walk.answers)
    text = lines(*summary_head(t, view, reckoned), "", t("Submitted."), left)
    # A second scoring has it as well: the screen must not tell which of the two this was.
    correct = Button(t("Correct"), CorrectionTap(view.draft.id, CorrectionAct.SUBMITTED))
    return Screen(text, [[going, correct]])
