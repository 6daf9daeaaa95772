"""Screens of scoring afresh: what they show whom, and that each fits into a message."""

import datetime as dt
from dataclasses import replace

import pytest

from handlers.taps import DraftAct
from handlers.views.disputes import Judging, card_screen, news_screen
from handlers.views.draft_ends import closed_screen, discard_screen, ended_screen
from handlers.views.draft_parts import DraftView, Rescoring
from handlers.views.draft_screens import draft_screen
from handlers.views.feedback import Reading, feedback_screen
from handlers.views.precedents import Case, precedents_view
from handlers.views.receipt import receipt_screen
from handlers.views.rescoring import lapsed_screen, request_screen
from handlers.views.screen import Screen
from handlers.words import LANGUAGES, words
from scoring.draft import Stage, Walk
from scoring.rescoring import part
from scoring.score import score
from scoring.scorecard import Answer
from storage.disputes import Status
from storage.drafts import SUBMITTED, Draft
from storage.revisions import Superseded
from tests.feedback.cases import (
    ALL_MET,
    EGOR,
    IVAN,
    NO,
    NOON,
    OLENA,
    UTC,
    VOICE,
    YES,
    case_file,
    dispute,
)
from tests.feedback.reading import labels, seen

EN = words("en")
SAID = "Only the name & no number"
FIRST = ALL_MET | {"identified": Answer(1, (0,), SAID)}
DISPUTED = dispute(criteria=("identified",))
FILE = case_file(FIRST, dispute=DISPUTED)


def view(
    stage: Stage, *, case: bool, answers: dict[str, Answer], criterion: str | None = None
) -> DraftView:
    draft = Draft(
        4,
        EGOR.id,
        2,
        stage,
        NOON,
        NOON,
        criterion=criterion,
        agent_id=IVAN.id,
        dispute_id=DISPUTED.id,
        scorecard_version_id=1,
        answers=answers,
    )
    walk = Walk(part(VOICE, DISPUTED.criteria), stage=stage, criterion=criterion, answers=answers)
    about = Rescoring(DISPUTED.id, whole=False, is_open=True, case=FILE if case else None)
    return DraftView(draft, agent=IVAN.name, walk=walk, rescoring=about)


BLIND = [
    view(Stage.CRITERION, case=False, answers={}, criterion="identified"),
    view(Stage.CRITERION, case=False, answers={"identified": YES}, criterion="identified"),
    view(Stage.REASON, case=False, answers={"identified": NO}, criterion="identified"),
    view(Stage.COMMENT, case=False, answers={}, criterion="identified"),
    view(Stage.SUMMARY, case=False, answers={"identified": YES}),
    view(Stage.CHANGE, case=False, answers={"identified": YES}),
    view(Stage.OVERALL, case=False, answers={"identified": YES}),
]


@pytest.mark.parametrize("shown", BLIND)
def test_no_blind_screen_shows_the_first_answer_the_score_or_the_reason(shown: DraftView) -> None:
    text = seen(draft_screen(EN, shown))
    assert SAID not in text
    assert DISPUTED.reason not in text
    assert "First answer" not in text
    assert "50.0" not in text
    assert EGOR.name not in text


def test_the_request_says_what_but_not_how_it_was_answered() -> None:
    screen = request_screen(EN, FILE, DISPUTED, UTC)
    assert "• Identifies the customer" in seen(screen)
    assert SAID not in seen(screen)
    assert DISPUTED.reason not in seen(screen)
    assert labels(screen) == ["Score afresh", "Hand to a colleague"]


def test_open_eyes_see_the_first_answer_and_what_the_new_one_does() -> None:
    asking = view(Stage.CRITERION, case=True, answers={}, criterion="identified")
    text = seen(draft_screen(EN, asking))
    assert f"First answer: No\nOnly the name asked. {SAID}\n{DISPUTED.reason}" in text
    summary = view(Stage.SUMMARY, case=True, answers={"identified": YES})
    assert "50.0 → 100.0" in seen(draft_screen(EN, summary))


def test_precedents_are_behind_a_button() -> None:
    standing = view(Stage.CRITERION, case=False, answers={}, criterion="identified")
    screen = draft_screen(EN, replace(standing, precedents=True))
    [button] = [one for row in screen.buttons for one in row if one.label == "Precedents"]
    assert button.tap.act is DraftAct.PRECEDENTS  # type: ignore[attr-defined]  # a DraftTap


def every_screen(language: str, long: str) -> list[Screen]:
    t = words(language)
    answers = {"identified": Answer(1, (0,), long, long)}
    first = ALL_MET | answers
    file = case_file(first, dispute=dispute(criteria=("identified",), reason=long), overall=long)
    before = score(VOICE, first)
    kept = Superseded(1, before.raw, before.final, (), NOON, OLENA.id, 9, first)
    decided = dispute(Status.ACCEPTED, criteria=("identified",), reason=long, decision=long)
    after = replace(
        case_file(ALL_MET | {"sums_up": Answer(1, (), long, long)}, dispute=decided),
        revisions=(kept,),
    )
    asked = replace(decided, reviewer_id=EGOR.id, escalates_at=NOON, status=Status.OPEN)
    judging = Judging(UTC, may_decide=True, own=True, oversees=True, may_withdraw=True)
    about = Rescoring(9, whole=False, is_open=False, case=after)
    shown = [
        replace(one, rescoring=Rescoring(9, whole=False, is_open=True, case=file))
        for one in (*BLIND, view(Stage.SUMMARY, case=True, answers=answers))
    ]
    ended = replace(BLIND[4], rescoring=about)
    case = Case(VOICE.criterion("identified"), 1, None, changed=True, reason=long, decision=long)
    return [
        request_screen(t, file, DISPUTED, UTC),
        request_screen(t, file, replace(DISPUTED, criteria=()), UTC),
        lapsed_screen(t),
        card_screen(t, file, asked, replace(judging, reviewer="Egor")),
        card_screen(t, file, replace(asked, escalated_at=NOON), replace(judging, reviewer="E")),
        card_screen(t, file, asked, judging),
        card_screen(t, after, decided, judging),
        news_screen(t, after, UTC, named=True),
        feedback_screen(t, after, Reading(UTC)),
        receipt_screen(t, after, UTC),
        receipt_screen(t, after, UTC, 0, 0, kept),
        precedents_view(t, BLIND[0].draft, VOICE.criterion("identified"), [case] * 5),
        *(draft_screen(t, one) for one in (*BLIND, *shown)),
        closed_screen(t, BLIND[0]),
        discard_screen(t, BLIND[4]),
        ended_screen(t, BLIND[4]),
        ended_screen(t, ended),
        ended_screen(t, replace(ended, draft=replace(ended.draft, status=SUBMITTED))),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sign", ["я", "&", "<", "👍"])
def test_every_screen_fits_and_is_taken_by_telegram(language: str, sign: str) -> None:
    for screen in every_screen(language, sign * 1000):
        seen(screen)


def test_the_standing_of_an_escalated_dispute_is_told_to_overseers_alone() -> None:
    asked = replace(DISPUTED, reviewer_id=EGOR.id, escalates_at=NOON + dt.timedelta(days=2))
    above = Judging(UTC, may_decide=True, own=False, oversees=True, reviewer="Egor")
    assert "Egor is asked to score it afresh by 6 Nov." in seen(card_screen(EN, FILE, asked, above))
    below = Judging(UTC, may_decide=False, own=True, oversees=False)
    told = seen(card_screen(EN, FILE, asked, below))
    assert "Another evaluator is asked to score it afresh." in told
