"""Wandering through a scorecard: which act belongs where, and what no wandering can break."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.answers import asked
from scoring.draft import (
    NotPossible,
    Refusal,
    Stage,
    Walk,
    all_met,
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
    give_reason,
    go_on,
    mark_na,
    mend,
    progress,
    ready,
    rest_met,
    write,
)
from scoring.scorecard import Scorecard
from tests.scoring.strategies import scorecards
from tests.scoring.walks import NO, VOICE, YES, finished, refused

STAGES: dict[Stage, Walk] = {
    Stage.CRITERION: begin(VOICE),
    Stage.REASON: choose(begin(VOICE), NO),
    Stage.COMMENT: ask_comment(begin(VOICE)),
    Stage.SUMMARY: finished(),
    Stage.CHANGE: ask_change(finished()),
    Stage.OVERALL: ask_overall(finished()),
    Stage.REASONS: give_reason(ask_reasons(choose(begin(VOICE), NO)), 0),
    Stage.DISCARD: ask_discard(finished()),
}
ACTS: dict[str, tuple[Callable[[Walk], Walk], set[Stage]]] = {
    "choose": (lambda walk: choose(walk, YES), {Stage.CRITERION}),
    "mark_na": (mark_na, {Stage.CRITERION}),
    "give_reason": (lambda walk: give_reason(walk, 0), {Stage.REASON, Stage.REASONS}),
    "ask_reasons": (ask_reasons, {Stage.REASON}),
    "go_on": (go_on, {Stage.REASONS}),
    "write": (lambda walk: write(walk, "Text."), set(STAGES) - {Stage.CHANGE, Stage.DISCARD}),
    "erase": (erase, {Stage.COMMENT, Stage.OVERALL, Stage.REASONS}),
    "ask_discard": (ask_discard, {Stage.SUMMARY}),
    "rest_met": (rest_met, {Stage.CRITERION}),
    "ask_comment": (ask_comment, {Stage.CRITERION}),
    "ask_overall": (ask_overall, {Stage.SUMMARY}),
    "ask_change": (ask_change, {Stage.SUMMARY}),
    "change": (lambda walk: change(walk, "greeting"), {Stage.CHANGE}),
    "all_met": (all_met, {Stage.CRITERION}),
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("act", ACTS)
def test_each_act_belongs_to_its_stages(act: str, stage: Stage) -> None:
    do, belongs = ACTS[act]
    if (act, stage) == ("erase", Stage.REASONS):
        assert do(STAGES[stage]) == STAGES[stage]  # nothing was written
    elif stage in belongs:
        assert do(STAGES[stage]) != STAGES[stage]
    else:
        assert refused(lambda: do(STAGES[stage])) in {Refusal.NOT_HERE, Refusal.UNSURE}


@given(scorecards(), st.data())
def test_any_wandering_keeps_the_walk_whole(scorecard: Scorecard, data: st.DataObject) -> None:
    """Whatever is tapped, nothing but an answering act changes an answer and no text is lost."""
    walk = begin(scorecard)
    for _ in range(data.draw(st.integers(0, 12))):
        name = data.draw(st.sampled_from([*ACTS, "back"]))
        try:
            after = _wander(name, walk, data)
        except NotPossible:
            continue
        if name in {
            "back",
            "ask_comment",
            "ask_overall",
            "ask_change",
            "ask_reasons",
            "go_on",
            "change",
        }:
            assert after.answers == walk.answers
        if name != "erase":
            for criterion in scorecard.criteria():
                assert texts(walk, criterion.key) <= texts(after, criterion.key)
        assert set(walk.answers) <= set(after.answers)
        assert not set(after.answers) & set(after.notes)
        standing = after.stage in {Stage.CRITERION, Stage.REASON, Stage.REASONS, Stage.COMMENT}
        assert standing == (after.criterion is not None)
        assert after.criterion is None or after.criterion in asked(scorecard, after.answers)
        assert 1 <= progress(after)[0] <= progress(after)[1]
        walk = after
    walk = _walk_out(walk)
    assert ready(walk)


def texts(walk: Walk, key: str) -> set[str]:
    """Return every text typed on the criterion, whatever it is."""
    answer = walk.answers.get(key)
    said = [walk.comment(key), answer.why if answer is not None else None]
    return {one for text in said if text for one in text.split("\n")}


def _wander(name: str, walk: Walk, data: st.DataObject) -> Walk:
    if name == "back":
        return back(walk)
    if name == "choose":
        return choose(walk, data.draw(st.integers(0, 2)))
    if name == "change":
        keys = asked(walk.scorecard, walk.answers)
        return change(walk, data.draw(st.sampled_from(keys)))
    return ACTS[name][0](walk)


def _walk_out(walk: Walk) -> Walk:
    """Answer on, plainly, from wherever *walk* stands; more steps than criteria mean a circle."""
    for _ in range(4 + 3 * len(list(walk.scorecard.criteria()))):
        if walk.stage in {Stage.COMMENT, Stage.CHANGE, Stage.OVERALL, Stage.DISCARD}:
            walk = back(walk)
        elif walk.stage is Stage.REASONS:
            justified = walk.answers[walk.criterion or ""].justified
            walk = go_on(walk if justified else write(walk, "Because."))
        elif walk.stage is Stage.REASON:
            walk = write(walk, "Because.")
        elif walk.stage is Stage.CRITERION:
            walk = choose(walk, walk.scorecard.criterion(walk.criterion or "").worst)
        elif ready(walk):
            return walk
        else:
            walk = mend(walk)
    raise AssertionError(f"still in {walk.stage} at {walk.criterion}")
