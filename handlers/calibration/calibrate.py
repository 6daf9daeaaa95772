"""/calibrate: several people score the same contacts blind, and see how far they agree."""

from handlers.assignments import doubles
from handlers.calibration import blind_scoring as calibrate_scoring
from handlers.calibration import news as calibrate_news
from handlers.calibration import preparation as calibrate_plan
from handlers.calibration import results as calibrate_results
from handlers.calibration.access import CALIBRATORS, SessionView, view_of
from handlers.refusals import OutOfDate
from handlers.routing import Command, press
from handlers.taps import CalibrationAct, CalibrationTap
from handlers.turn import Turn
from handlers.views import calibration as views
from handlers.words import N_
from storage import calibrations


async def calibrate(turn: Turn) -> None:
    """Answer /calibrate: the sessions that are open or being prepared."""
    every = await _sessions(turn)
    await turn.say(views.list_screen(turn.t, every, turn.now, await doubles.entry(turn)))


async def _show_list(turn: Turn, _tap: CalibrationTap) -> None:
    every = await _sessions(turn)
    await turn.show(views.list_screen(turn.t, every, turn.now, await doubles.entry(turn)))


async def _show_finished(turn: Turn, tap: CalibrationTap) -> None:
    every = await _sessions(turn)
    await turn.show(views.finished_screen(turn.t, every, turn.now, tap.page))


async def _sessions(turn: Turn) -> list[SessionView]:
    async with turn.db.reading() as tx:
        found = await calibrations.of_person(tx, turn.person.id)
        return [await view_of(tx, turn.services, turn.person, one) for one in found]


ACTS = {
    CalibrationAct.LIST: _show_list,
    CalibrationAct.FINISHED: _show_finished,
    **calibrate_plan.ACTS,
    **calibrate_scoring.ACTS,
    **calibrate_results.ACTS,
}


async def pressed(turn: Turn, tap: CalibrationTap) -> None:
    """Handle a press about calibration."""
    act = ACTS.get(tap.act)
    if act is None:
        raise OutOfDate
    await act(turn, tap)


COMMANDS = (Command("calibrate", calibrate, N_("Calibrate with colleagues"), CALIBRATORS),)

PRESSES = (press(CalibrationTap, pressed, CALIBRATORS),)

NOTICES = calibrate_news.NOTICES
