"""What a calibration's draft shows once it is submitted or discarded."""

from handlers.taps import CalibrationAct, CalibrationTap
from handlers.views.draft_parts import DraftView, heading
from handlers.views.draft_summary import summary_head
from handlers.views.screen import Button, Screen, lines
from handlers.words import Words
from scoring.score import score
from storage.drafts import SUBMITTED


def calibration_ended(t: Words, view: DraftView) -> Screen:
    """Return the message of a draft that scored a contact blind, or added one to a session."""
    session = view.draft.calibration_id or 0
    adds = view.draft.contact_id is None
    act = CalibrationAct.CONTACTS if adds else CalibrationAct.CARD
    back = Button(t("Back to the session"), CalibrationTap(act, session))
    if view.draft.status != SUBMITTED:
        return Screen(lines(heading(t, view) or None, t("Discarded.")), [[back]])
    if adds or view.walk is None:
        return Screen(lines(heading(t, view), t("Added to the session.")), [[back]])
    reckoned = score(view.walk.scorecard, view.walk.answers)
    text = lines(
        *summary_head(t, view, reckoned),
        "",
        t("Stored for the calibration alone. Nobody else sees it before the end."),
    )
    following = CalibrationTap(CalibrationAct.NEXT, session)
    return Screen(text, [[Button(t("Next contact"), following), back]])
