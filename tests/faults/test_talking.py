"""A reply fails: what was done stays done, once, and the next act works."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from storage import drafts
from storage.database import Transaction
from tests.faults.conftest import Stage, score_with_recordings
from tests.faults.kinds import KINDS, TALKING

Step = Callable[[Stage], None]


def nothing(_stage: Stage) -> None:
    """Prepare nothing."""


@dataclass(frozen=True)
class Case:
    """Acts around a failing call: *once* before all, *before* each, *act* while it fails, *after*.

    The last asserts that the act had its effect, or none that is half, and that the next one works.
    """

    act: Step
    after: Step
    before: Step = nothing
    once: Step = nothing


def begin_a_draft(stage: Stage) -> None:
    stage.anna.send("/score petrov")


def the_draft_is_there_once(stage: Stage) -> None:
    stage.anna.send("/drafts")
    assert "1 draft" in stage.anna.text
    stage.anna.tap("Ivan Petrov")
    assert "Which channel?" in stage.anna.text
    for label in ("Call", "Voice calls", "Skip", "All met", "Discard", "Discard"):
        stage.anna.tap(label)


def stand_at_the_first_criterion(stage: Stage) -> None:
    stage.anna.send("/score petrov")
    for label in ("Call", "Voice calls", "Skip"):
        stage.anna.tap(label)


def answer_the_first(stage: Stage) -> None:
    stage.anna.tap("Fully")


def one_answer_is_there(stage: Stage) -> None:
    async def stored(tx: Transaction) -> int:
        (mine,) = await drafts.open_of(tx, stage.anna.person_id)
        found = await drafts.by_id(tx, mine.id)
        return len(found.answers) if found is not None else 0

    assert stage.centre.read(stored) == 1
    stage.anna.send("/drafts")
    stage.anna.tap("Ivan Petrov · Call")
    assert "2/" in stage.anna.text
    for label in ("Back", "All met", "Discard", "Discard"):
        stage.anna.tap(label)


def ask_for_the_team(stage: Stage) -> None:
    stage.olga.send("/team")


def the_team_comes(stage: Stage) -> None:
    stage.olga.send("/team")
    assert stage.olga.message.photo


def turn_to_the_quarter(stage: Stage) -> None:
    stage.olga.tap("Quarter")


def turn_to_the_year(stage: Stage) -> None:
    stage.olga.tap("Year")
    assert stage.olga.heard("Support · 2026")


def turn_to_an_empty_month(stage: Stage) -> None:
    stage.olga.tap("Last month")


def the_empty_month_is_told(stage: Stage) -> None:
    assert "No evaluations in this period." in stage.olga.text
    stage.olga.tap("Month")
    assert stage.olga.message.photo


def export(stage: Stage) -> None:
    stage.olga.tap("Export")


def the_export_comes(stage: Stage) -> None:
    stage.olga.send("/team")
    stage.olga.tap("Export")
    assert stage.olga.document("Support-2026-11-01_2026-11-23.xlsx")


def listen(stage: Stage) -> None:
    stage.ivan.tap("Material")


def everything_can_be_heard(stage: Stage) -> None:
    before = len(stage.ivan.messages)
    stage.ivan.tap("Material")
    heard = {key for one in stage.ivan.messages[before:] for key in one.raw}
    assert {"voice", "audio", "video"} <= heard


def upload(stage: Stage) -> None:
    stage.centre.admin.bring_people("people.csv", "name,roles,team\nPetro Newcomer,agent,Support\n")


def the_newcomer_is_there_once(stage: Stage) -> None:
    upload(stage)
    stage.centre.admin.send("/people newcomer")
    assert "1 found" in stage.centre.admin.text


LISTENING = Case(listen, everything_can_be_heard, once=score_with_recordings)
CASES = {
    "sendMessage": Case(begin_a_draft, the_draft_is_there_once),
    "editMessageText": Case(answer_the_first, one_answer_is_there, stand_at_the_first_criterion),
    "answerCallbackQuery": Case(
        answer_the_first, one_answer_is_there, stand_at_the_first_criterion
    ),
    "sendPhoto": Case(ask_for_the_team, the_team_comes),
    "editMessageMedia": Case(turn_to_the_quarter, turn_to_the_year, ask_for_the_team),
    "deleteMessage": Case(turn_to_an_empty_month, the_empty_month_is_told, ask_for_the_team),
    "sendDocument": Case(export, the_export_comes, ask_for_the_team),
    "sendVoice": LISTENING,
    "sendAudio": LISTENING,
    "sendVideo": LISTENING,
    "getFile": Case(upload, the_newcomer_is_there_once),
}


@pytest.mark.parametrize("method", TALKING)
def test_a_reply_that_fails_in_every_way(stage: Stage, method: str) -> None:
    case = CASES[method]
    case.once(stage)
    for kind in KINDS:
        case.before(stage)
        made = len(stage.centre.calls(method))
        stage.failing(method, kind)
        case.act(stage)
        assert len(stage.centre.calls(method)) > made, f"{method} was not called"
        stage.healed()
        case.after(stage)


def test_a_form_that_can_be_neither_removed_nor_bared_goes_on(stage: Stage) -> None:
    stand_at_the_first_criterion(stage)
    stage.centre.fault("deleteMessage", "refuse")
    stage.centre.fault("editMessageReplyMarkup", "refuse")
    stage.anna.send("A warm voice")
    assert "A warm voice" in stage.anna.text
    answer_the_first(stage)
    one_answer_is_there(stage)
