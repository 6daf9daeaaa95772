"""Walking through a scorecard: where each act leads, what it stores, what is refused."""

from dataclasses import replace

from scoring.answers import Need, Obstacle, asked
from scoring.draft import (
    MAX_TEXT,
    Place,
    Refusal,
    Slot,
    Stage,
    all_met,
    ask_again,
    ask_change,
    ask_comment,
    ask_discard,
    ask_overall,
    ask_reasons,
    back,
    begin,
    change,
    choose,
    erase,
    first_obstacle,
    give_reason,
    go_on,
    mark_na,
    mend,
    progress,
    ready,
    rest_met,
    with_text,
    write,
)
from scoring.scorecard import Answer, Justify
from tests.scoring.walks import NO, VOICE, YES, card, finished, question, refused, where


def test_answering_leads_from_criterion_to_criterion_to_the_summary() -> None:
    walk = begin(VOICE)
    assert where(walk) == (Stage.CRITERION, "greeting")
    walk = choose(walk, YES)
    assert where(walk) == (Stage.CRITERION, "transfer")
    assert progress(walk) == (2, 3)
    walk = choose(choose(walk, YES), YES)
    assert where(walk) == (Stage.SUMMARY, None)
    assert progress(walk) == (3, 3)
    assert ready(walk)


def test_a_deduction_asks_why_and_takes_a_reason_from_the_list() -> None:
    walk = choose(begin(VOICE), NO)
    assert where(walk) == (Stage.REASON, "greeting")
    walk = give_reason(walk, 1)
    assert walk.answers["greeting"] == Answer(NO, reasons=(1,))
    assert where(walk) == (Stage.CRITERION, "transfer")


def test_a_deduction_takes_a_typed_reason_too() -> None:
    walk = write(choose(begin(VOICE), NO), "  Swallowed the company's name.\n")
    assert walk.answers["greeting"] == Answer(NO, why="Swallowed the company's name.")
    assert where(walk) == (Stage.CRITERION, "transfer")


def test_a_comment_is_not_a_reason() -> None:
    walk = write(ask_comment(begin(VOICE)), "Whispered.")
    assert where(walk) == (Stage.CRITERION, "greeting")
    assert walk.comment("greeting") == "Whispered."
    assert walk.answers == {}
    walk = choose(walk, NO)
    assert where(walk) == (Stage.REASON, "greeting")
    assert walk.answers["greeting"].comment == walk.comment("greeting") == "Whispered."
    assert walk.notes == {}
    walk = write(walk, "No name at all.")
    assert where(walk) == (Stage.CRITERION, "transfer")
    assert walk.answers["greeting"] == Answer(NO, (), "No name at all.", "Whispered.")


def test_several_reasons_are_picked_and_taken_back() -> None:
    walk = ask_reasons(choose(begin(VOICE), NO))
    assert refused(lambda: go_on(walk)) is Refusal.UNANSWERED
    both = give_reason(give_reason(walk, 1), 0)
    assert (where(both), both.answers["greeting"].reasons) == ((Stage.REASONS, "greeting"), (0, 1))
    one = write(give_reason(both, 1), "Mumbled.")
    assert one.answers["greeting"] == Answer(NO, (0,), "Mumbled.")
    assert where(go_on(one)) == (Stage.CRITERION, "transfer")
    assert erase(one).answers["greeting"] == Answer(NO, (0,))


def test_another_reason_is_added_later() -> None:
    walk = back(give_reason(choose(begin(VOICE), NO), 0))
    walk = go_on(give_reason(ask_reasons(walk), 1))
    assert walk.answers["greeting"] == Answer(NO, (0, 1))
    assert where(walk) == (Stage.CRITERION, "transfer")
    assert refused(lambda: ask_reasons(begin(VOICE))) is Refusal.NOT_HERE
    assert refused(lambda: ask_reasons(back(choose(begin(VOICE), YES)))) is Refusal.NOT_HERE


def test_a_second_text_is_added_to_the_first() -> None:
    walk = write(write(begin(VOICE), "First thought."), "Second thought.")
    assert where(walk) == (Stage.CRITERION, "greeting")
    assert walk.comment("greeting") == "First thought.\nSecond thought."
    full = write(walk, "x" * (MAX_TEXT - len("First thought.\nSecond thought.\n")))
    assert refused(lambda: write(full, "y")) is Refusal.TOO_LONG


def test_while_it_is_asked_whether_to_discard_a_text_changes_nothing() -> None:
    walk = ask_discard(finished())
    assert refused(lambda: write(walk, "Wait.")) is Refusal.UNSURE
    assert back(walk) == finished()


def test_a_reason_taken_back_is_asked_for_again() -> None:
    walk = write(choose(begin(VOICE), NO), "Mumbled.")
    without = with_text(walk, Place(Slot.WHY, "greeting"), None)
    assert where(ask_again(without, "greeting")) == (Stage.REASON, "greeting")
    assert ask_again(walk, "greeting") == walk
    assert ask_again(finished(), "greeting") == finished()


def test_a_comment_can_be_erased_before_and_after_the_answer() -> None:
    noted = write(begin(VOICE), "Whispered.")
    assert erase(ask_comment(noted)).comment("greeting") is None
    answered = back(choose(noted, YES))
    walk = erase(ask_comment(answered))
    assert where(walk) == (Stage.CRITERION, "greeting")
    assert walk.answers["greeting"] == Answer(YES)


def test_na_leads_on_without_a_reason_unless_one_is_always_wanted() -> None:
    assert where(mark_na(begin(VOICE))) == (Stage.CRITERION, "transfer")
    strict = card(replace(question("greeting"), justify=Justify.ALWAYS))
    assert where(mark_na(begin(strict))) == (Stage.REASON, "greeting")


def test_a_criterion_that_depends_on_another_is_asked_when_it_applies() -> None:
    walk = write(choose(choose(begin(VOICE), YES), NO), "Transferred.")
    assert where(walk) == (Stage.CRITERION, "warm")
    assert progress(walk) == (3, 4)


def test_a_dependents_answer_is_kept_but_ignored_when_it_is_no_longer_asked() -> None:
    walk = write(choose(choose(begin(VOICE), YES), NO), "Transferred.")
    walk = choose(choose(walk, YES), YES)
    walk = choose(change(ask_change(walk), "transfer"), YES)
    assert where(walk) == (Stage.SUMMARY, None)
    assert walk.answers["warm"] == Answer(YES)
    assert "warm" not in asked(VOICE, walk.answers)
    again = choose(change(ask_change(walk), "transfer"), NO)
    assert where(again) == (Stage.SUMMARY, None)
    assert "warm" in asked(VOICE, again.answers)


def test_changing_from_the_summary_returns_to_it() -> None:
    walk = change(ask_change(finished()), "greeting")
    assert where(walk) == (Stage.CRITERION, "greeting")
    assert walk.returning
    walk = choose(walk, NO)
    assert where(walk) == (Stage.REASON, "greeting")
    walk = give_reason(walk, 0)
    assert where(walk) == (Stage.SUMMARY, None)
    assert not walk.returning


def test_a_change_that_asks_something_new_asks_it_before_the_summary() -> None:
    walk = change(ask_change(finished()), "transfer")
    walk = write(choose(walk, NO), "Transferred after all.")
    assert where(walk) == (Stage.CRITERION, "warm")
    assert where(choose(walk, YES)) == (Stage.SUMMARY, None)


def test_another_option_drops_the_reasons_picked_and_keeps_every_text() -> None:
    walk = give_reason(choose(begin(VOICE), NO), 0)
    walk = write(back(walk), "Too fast to follow.")
    assert walk.answers["greeting"] == Answer(NO, (0,), comment="Too fast to follow.")
    assert choose(walk, NO).answers["greeting"].reasons == (0,)
    assert choose(walk, YES).answers["greeting"] == Answer(YES, comment="Too fast to follow.")
    spoken = write(ask_reasons(walk), "Mumbled.")
    mended = choose(back(spoken), YES)
    assert mended.answers["greeting"] == Answer(YES, (), "Mumbled.", "Too fast to follow.")
    assert erase(ask_reasons(back(mended))).answers["greeting"].why is None


def test_back_retraces_every_step() -> None:
    walk = finished()
    assert where(back(ask_overall(walk))) == (Stage.SUMMARY, None)
    assert where(back(ask_change(walk))) == (Stage.SUMMARY, None)
    assert where(back(change(ask_change(walk), "transfer"))) == (Stage.CHANGE, None)
    walk = back(walk)
    assert where(walk) == (Stage.CRITERION, "goodbye")
    walk = back(walk)
    assert where(walk) == (Stage.CRITERION, "transfer")
    assert where(back(ask_comment(walk))) == (Stage.CRITERION, "transfer")
    assert where(back(choose(walk, NO))) == (Stage.CRITERION, "transfer")
    assert refused(lambda: back(back(walk))) is Refusal.AT_START


def test_a_reason_left_open_is_asked_again_before_the_summary() -> None:
    open_end = back(back(choose(choose(begin(VOICE), YES), NO)))
    assert where(open_end) == (Stage.CRITERION, "greeting")
    assert where(choose(open_end, YES)) == (Stage.REASON, "transfer")


def test_what_is_missing_at_the_summary_can_be_mended() -> None:
    walk = choose(change(ask_change(finished()), "greeting"), NO)
    walk = back(back(back(walk)))
    assert where(walk) == (Stage.SUMMARY, None)
    assert not ready(walk)
    assert first_obstacle(walk) == Obstacle("greeting", Need.REASON)
    walk = mend(walk)
    assert where(walk) == (Stage.REASON, "greeting")
    walk = give_reason(walk, 0)
    assert ready(walk)
    assert refused(lambda: mend(walk)) is Refusal.NOT_HERE


def test_all_met_gives_every_asked_criterion_its_best_option() -> None:
    walk = all_met(write(begin(VOICE), "Lovely."))
    assert where(walk) == (Stage.SUMMARY, None)
    assert walk.answers == {
        "greeting": Answer(YES, comment="Lovely."),
        "transfer": Answer(YES),
        "goodbye": Answer(YES),
    }


def test_all_met_is_offered_on_the_first_criterion_alone() -> None:
    walk = choose(begin(VOICE), YES)
    assert refused(lambda: all_met(walk)) is Refusal.NOT_FIRST
    assert refused(lambda: all_met(finished())) is Refusal.NOT_HERE


def test_rest_met_keeps_what_was_answered() -> None:
    walk = give_reason(choose(begin(VOICE), NO), 0)
    walk = rest_met(walk)
    assert where(walk) == (Stage.SUMMARY, None)
    assert walk.answers == {
        "greeting": Answer(NO, (0,)),
        "transfer": Answer(YES),
        "goodbye": Answer(YES),
    }
    assert refused(lambda: rest_met(back(walk))) is Refusal.ALL_ANSWERED


def test_rest_met_asks_for_the_reason_that_is_still_missing() -> None:
    walk = back(choose(begin(VOICE), NO))
    walk = rest_met(walk)
    assert where(walk) == (Stage.SUMMARY, None)
    assert first_obstacle(walk) == Obstacle("greeting", Need.REASON)


def test_a_scorecard_says_what_all_met_leaves_na() -> None:
    rare = replace(question("transfer"), rest_na=True)
    scorecard = card(question("greeting"), rare, question("goodbye"))
    assert all_met(begin(scorecard)).answers["transfer"] == Answer(None)
    walk = rest_met(choose(begin(scorecard), YES))
    assert walk.answers == {
        "greeting": Answer(YES),
        "transfer": Answer(None),
        "goodbye": Answer(YES),
    }


def test_the_overall_comment_is_written_on_the_summary() -> None:
    walk = write(ask_overall(finished()), "Good pace.")
    assert (where(walk), walk.overall) == ((Stage.SUMMARY, None), "Good pace.")
    walk = write(walk, "Mind the check.")
    assert walk.overall == "Good pace.\nMind the check."
    assert erase(ask_overall(walk)).overall is None


def test_texts_are_refused_when_blank_or_too_long() -> None:
    walk = begin(VOICE)
    assert refused(lambda: write(walk, " \n\x00 ")) is Refusal.EMPTY
    assert refused(lambda: write(walk, "x" * (MAX_TEXT + 1))) is Refusal.TOO_LONG
    assert write(walk, f" {'x' * MAX_TEXT} ").comment("greeting") == "x" * MAX_TEXT


def test_what_a_scorecard_does_not_offer_is_refused() -> None:
    walk = begin(VOICE)
    assert refused(lambda: choose(walk, 2)) is Refusal.NO_SUCH_OPTION
    assert refused(lambda: choose(walk, -1)) is Refusal.NO_SUCH_OPTION
    assert refused(lambda: give_reason(choose(walk, NO), 2)) is Refusal.NO_SUCH_REASON
    assert refused(lambda: change(ask_change(finished()), "warm")) is Refusal.NO_SUCH_CRITERION
    assert refused(lambda: mark_na(back(finished()))) is Refusal.NA_NOT_ALLOWED
