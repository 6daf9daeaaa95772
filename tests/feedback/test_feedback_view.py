"""Feedback as people read it: what it says to whom, and that it fits whatever was written."""

from dataclasses import replace
from fractions import Fraction

import pytest

from handlers.evaluating.casefile import CaseFile
from handlers.views.archive import Archive, archive_screen
from handlers.views.disputes import (
    Judging,
    card_screen,
    chooser_screen,
    comment_screen,
    news_screen,
    why_screen,
)
from handlers.views.feedback import Reading, alert_screen, feedback_screen
from handlers.views.material import caption, conversation
from handlers.views.receipt import receipt_screen
from handlers.views.screen import Screen
from handlers.words import LANGUAGES, words
from scoring.roles import Role
from scoring.scorecard import Answer, CriticalClass, Scorecard, Section, Wording
from storage.attachments import Attachment
from storage.disputes import Status
from tests.feedback.cases import (
    ALL_MET,
    NA,
    NO,
    NOON,
    UTC,
    VOICE,
    acknowledged,
    case_file,
    criterion,
    dispute,
    person,
    plain,
    withdrawn,
)
from tests.feedback.reading import labels, seen

EN = words("en")
AGENT = Reading(UTC, is_agent=True, may_dispute=True)
SUPERVISOR = Reading(UTC)

MISSED = {**ALL_MET, "identified": Answer(1, (0,), "He said only Ivan"), "greets": NO}


def test_the_score_stands_first_then_the_contact() -> None:
    text = seen(feedback_screen(EN, case_file(MISSED), AGENT)).splitlines()
    assert text[:3] == [
        "50.0 of 100",
        "Call · ref 48213",
        "without the effect of the critical error: 80.0",
    ]


def test_an_error_comes_with_its_class_its_reason_and_what_to_do() -> None:
    text = seen(feedback_screen(EN, case_file(MISSED), AGENT))
    assert (
        "• Identifies the customer (compliance)\n"
        "Only the name asked. He said only Ivan\n"
        "→ Ask for the contract number first.\n"
    ) in text


def test_the_reason_speaks_the_readers_language() -> None:
    reason = Wording.of({"en": "Spoke too fast", "uk": "Говорив зашвидко"})
    told = replace(criterion("pace"), reasons=(reason,))
    scorecard = replace(VOICE, sections=(Section(plain("All"), Fraction(1), (told,)),))
    file = case_file({"pace": Answer(1, (0,))}, scorecard)
    assert "Говорив зашвидко" in seen(feedback_screen(words("uk"), file, AGENT))
    assert "Spoke too fast" in seen(feedback_screen(EN, file, AGENT))


def test_a_repeated_error_is_named_with_its_count() -> None:
    file = case_file(MISSED, earlier=[frozenset({"greets"}), frozenset(), frozenset({"greets"})])
    text = seen(feedback_screen(EN, file, AGENT))
    assert "“Greets”: the same error in 3 of the last 4 contacts." in text


def test_the_evaluator_signs_their_comment() -> None:
    file = case_file(ALL_MET, overall="Good pace.")
    assert "Egor, 4 Nov, 12:00\nGood pace." in seen(feedback_screen(EN, file, AGENT))


def test_everything_na_is_no_score_and_no_list_of_errors() -> None:
    text = seen(feedback_screen(EN, case_file(dict.fromkeys(ALL_MET, NA)), AGENT))
    assert text.startswith("No score: everything was N/A")
    assert "To improve" not in text
    assert "No errors" not in text


def test_the_agent_has_every_button() -> None:
    material = (Attachment("voice", 1, "file"),)
    file = replace(case_file(MISSED), material=material)
    screen = feedback_screen(EN, file, AGENT)
    assert labels(screen) == ["Acknowledge", "Dispute", "Receipt", "Material"]


def test_once_acknowledged_a_line_stands_for_the_button() -> None:
    screen = feedback_screen(EN, acknowledged(case_file(MISSED)), AGENT)
    assert "Acknowledged on 4 Nov, 12:00" in seen(screen)
    assert labels(screen) == ["Dispute", "Receipt"]


def test_others_read_whose_it_is_and_cannot_acknowledge() -> None:
    screen = feedback_screen(EN, case_file(MISSED), SUPERVISOR)
    assert "Ivan Petrov · Call · ref 48213" in seen(screen)
    assert "Not acknowledged yet" in seen(screen)
    assert labels(screen) == ["Receipt"]


def test_a_withdrawn_evaluation_says_that_it_no_longer_counts() -> None:
    screen = feedback_screen(EN, withdrawn(case_file(MISSED)), replace(AGENT, may_dispute=False))
    assert "Withdrawn on 4 Nov: it no longer counts." in seen(screen)
    assert labels(screen) == ["Receipt"]


def test_both_sides_of_a_dispute_are_kept_in_feedback_and_receipt() -> None:
    decided = dispute(Status.DECLINED, criteria=("greets",))
    file = case_file(MISSED, dispute=decided)
    for screen in (feedback_screen(EN, file, SUPERVISOR), receipt_screen(EN, file, UTC)):
        text = seen(screen)
        assert "Disputed on 4 Nov, 12:00: Greets\nI asked for both." in text
        assert "Declined by Olena on 4 Nov, 12:00: the score stands." in text
        assert "The recording proves it." in text


def test_a_toggle_carries_the_choice_that_it_leads_to() -> None:
    file = case_file(MISSED)
    screen = chooser_screen(EN, file, file.feedback.errors, 0b10, UTC)
    assert labels(screen)[:2] == ["☐ Identifies the customer", "☑ Greets"]
    packed = [button.tap for row in screen.buttons[:2] for button in row]
    assert [getattr(tap, "value", None) for tap in packed] == [0b11, 0b00]


def test_ones_own_evaluation_is_judged_by_somebody_else() -> None:
    file = case_file(MISSED, dispute=dispute())
    barred = Judging(UTC, may_decide=False, own=True, oversees=True)
    screen = card_screen(EN, file, dispute(), barred)
    assert "somebody else decides" in seen(screen)
    assert "Accept" not in labels(screen)


def test_an_archive_marks_what_is_new_disputed_and_withdrawn() -> None:
    new = case_file(MISSED).evaluation
    read, gone = acknowledged(case_file(MISSED)).evaluation, withdrawn(case_file(MISSED)).evaluation
    entries = [replace(new, id=3), replace(read, id=2), replace(gone, id=1)]
    archive = Archive(
        agent=0, name=None, entries=entries, disputes={2: dispute()}, skipped=8, total=40, page=8,
        zone=UTC, today=NOON.date(),
    )  # fmt: skip
    screen = archive_screen(EN, archive)
    assert labels(screen) == [
        "● 50.0 · Call · 4 Nov · 48213",
        "⚖ 50.0 · Call · 4 Nov · 48213",
        "✕ 50.0 · Call · 4 Nov · 48213",
        "‹ Newer",
        "Older ›",
    ]
    assert seen(screen).splitlines()[:2] == ["Your feedback", "9–11 of 40"]


# At the limits: every text as long as it may be, in the signs that cost most.

TRAPS = ["<b>&'\"", "👍🏽", "я", "A\n"]


def stuffed(sign: str, length: int) -> str:
    return (sign * length)[:length]


def worst_scorecard(sign: str, count: int) -> Scorecard:
    """Return a scorecard as large as one may be, with nothing but *sign* in its texts."""
    made = [
        replace(
            criterion(
                f"criterion_{number}",
                title=stuffed(sign, 120),
                critical=CriticalClass.COMPLIANCE,
                reasons=[stuffed(sign, 60)],
                advice=stuffed(sign, 400),
            )
        )
        for number in range(count)
    ]
    half = max(1, count // 2)
    sections = [
        Section(plain(stuffed(sign, 80)), Fraction(1), tuple(made[at : at + half]))
        for at in range(0, count, half)
    ]
    return replace(VOICE, title=plain(stuffed(sign, 60)), sections=tuple(sections))


def worst_case(sign: str, count: int, answer: Answer) -> CaseFile:
    scorecard = worst_scorecard(sign, count)
    keys = tuple(one.key for one in scorecard.criteria())
    spoken = replace(answer, comment=stuffed(sign, 1000))
    decided = dispute(
        Status.DECLINED,
        criteria=keys[:40],
        reason=stuffed(sign, 1000),
        decision=stuffed(sign, 1000),
    )
    return case_file(
        dict.fromkeys(keys, spoken),
        scorecard,
        earlier=[frozenset(keys)] * 4,
        dispute=decided,
        agent=person(1, stuffed(sign, 120), Role.AGENT),
        evaluator=person(2, stuffed(sign, 120), Role.EVALUATOR),
        overall=stuffed(sign, 1000),
        reference=stuffed(sign, 80),
    )


def every_screen(language: str, file: CaseFile, sign: str = "x") -> list[Screen]:
    t, errors = words(language), file.feedback.errors[:40]
    judging = Judging(UTC, may_decide=True, own=True, oversees=True)
    decided = file.dispute
    assert decided is not None
    return [
        feedback_screen(t, file, AGENT),
        feedback_screen(t, acknowledged(file), replace(SUPERVISOR, may_decide=True), back=1),
        alert_screen(t, file, UTC),
        chooser_screen(t, file, errors, (1 << len(errors)) - 1, UTC),
        why_screen(t, file, errors, 0, ""),
        why_screen(t, file, errors, (1 << len(errors)) - 1, sign * 1000),
        card_screen(t, file, decided, judging),
        comment_screen(t, file, decided, withdrawing=True),
        news_screen(t, file, UTC, named=True),
        *(receipt_screen(t, file, UTC, page) for page in (0, 1, 99)),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sign", TRAPS)
@pytest.mark.parametrize(("count", "answer"), [(1, NA), (12, Answer(0)), (30, Answer(1, (0,)))])
def test_every_screen_fits_and_is_taken_by_telegram(
    language: str, sign: str, count: int, answer: Answer
) -> None:
    for first in every_screen(language, worst_case(sign, count, answer), sign):
        for screen in (first, *first.further):
            seen(screen)


def test_a_comment_of_full_length_is_shown_whole_where_there_is_room() -> None:
    said = "Asked for the name only. " * 40
    file = case_file({**ALL_MET, "greets": Answer(1, comment=said.strip())})
    assert said.strip() in seen(feedback_screen(EN, file, AGENT))


def test_errors_that_do_not_fit_stand_on_further_pages() -> None:
    screen = feedback_screen(EN, worst_case("я", 200, Answer(1, (0,))), AGENT)
    text = "\n".join(seen(one) for one in (screen, *screen.further))
    assert text.count("• ") >= 200
    assert "Declined by" in text


def test_a_conversation_is_quoted_whole_in_as_many_messages_as_it_takes() -> None:
    said: list[tuple[str | None, str]] = [("A <b>", "x" * 4096), (None, "short"), ("B", "y" * 4000)]
    messages = [seen(Screen(one)) for one in conversation(EN, said)]
    whole = "".join(messages)
    assert "x" * 4096 in whole
    assert "y" * 4000 in whole
    assert "Unknown sender\nshort" in whole


def test_a_caption_fits_whatever_was_written() -> None:
    told = caption(EN, "👍" * 120, "👍" * 1024)
    assert told is not None
    assert len(told.encode("utf-16-le")) // 2 <= 1024
    assert caption(EN, None, None) is None
