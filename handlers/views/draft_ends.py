"""What a draft's message shows once it is closed, discarded or submitted."""

from handlers.taps import (
    CorrectionAct,
    CorrectionTap,
    DraftAct,
    FeedbackAct,
    FeedbackTap,
    MenuTap,
)
from handlers.views.assigned_draft import assigned_ended, next_button
from handlers.views.calibration_draft import calibration_ended
from handlers.views.correction_draft import correction_closed, correction_ended
from handlers.views.draft_parts import DraftView, heading, tap_on
from handlers.views.draft_summary import summary_head
from handlers.views.rescoring import kept_screen, settled_screen
from handlers.views.screen import Button, Screen, bold, italic, lines
from handlers.words import Words
from scoring.score import score
from storage.drafts import SUBMITTED


def discard_screen(t: Words, view: DraftView, *, unchanged: bool = False) -> Screen:
    """Return the question before a draft with answers is thrown away.

    *unchanged* says that a text which came meanwhile has changed nothing.
    """
    count = len(view.draft.answers)
    text = lines(
        heading(t, view),
        "",
        bold(_question(t, view)),
        t("The evaluation stays as it is.")
        if view.correcting is not None
        else t.plural("{count} answer would be lost.", "{count} answers would be lost.", count),
        *(
            ["", italic(t("Nothing was changed. First tap Keep it or Discard."))]
            if unchanged
            else []
        ),
    )
    # A second tap where Discard stood finds what keeps the answers.
    keep = Button(t("Keep it"), tap_on(view, DraftAct.BACK))
    return Screen(text, [[keep], [Button(t("Discard"), tap_on(view, DraftAct.DISCARD_SURE))]])


def _question(t: Words, view: DraftView) -> str:
    if view.correcting is not None:
        return t("Discard this correction?")
    if view.rescoring is not None:
        return t("Discard these answers?")
    return t("Discard this evaluation?")


def closed_screen(t: Words, view: DraftView) -> Screen:
    """Return what is left of a closed draft's message."""
    if view.correcting is not None:
        return correction_closed(t, view, view.correcting)
    if view.rescoring is not None:
        return kept_screen(t, view, view.rescoring)
    if view.draft.calibration_id is not None:
        told = t("Kept. /calibrate leads back to it.")
    else:
        told = t("Kept as a draft. /drafts lists them all.")
    text = lines(heading(t, view) or None, told)
    going = [Button(t("Continue"), tap_on(view, DraftAct.OPEN))]
    if view.draft.assignment_id is not None:
        going.append(next_button(t))
    return Screen(text, [going])


def ended_screen(t: Words, view: DraftView) -> Screen:
    """Return the message of a draft that was submitted or discarded."""
    if view.correcting is not None:
        return correction_ended(t, view, view.correcting)
    if view.rescoring is not None:
        return settled_screen(t, view, view.rescoring)
    if view.draft.calibration_id is not None:
        return calibration_ended(t, view)
    if view.draft.assignment_id is not None:
        return assigned_ended(t, view)
    following = Button(t("Score another"), MenuTap("score"))
    if view.draft.status != SUBMITTED or view.walk is None:
        return Screen(lines(heading(t, view) or None, t("Discarded.")), [[following]])
    reckoned = score(view.walk.scorecard, view.walk.answers)
    text = lines(
        *summary_head(t, view, reckoned),
        "",
        t("Submitted. The agent and their supervisor will read it."),
    )
    rows = [[following]]
    if view.evaluation_id is not None:
        opened = FeedbackTap(view.evaluation_id, FeedbackAct.OPEN)
        correct = CorrectionTap(view.evaluation_id, CorrectionAct.CORRECT)
        rows.insert(0, [Button(t("See the feedback"), opened), Button(t("Correct"), correct)])
    return Screen(text, rows)
