"""The walk through a scorecard as a step machine: a walk and an act give the next walk.

One free text per criterion reaches the agent. It is the answer's ``comment`` once the criterion is
answered; a comment written earlier waits in ``Walk.notes`` and moves into the answer when one is
given. A text written under ``Why?`` and one written as a comment are therefore the same text, and
either justifies the answer. A reason picked from the list stands beside the text; it is dropped
when another option is chosen, while the text stays until it is rewritten or erased.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from scoring.answers import Need, Obstacle, asked, obstacle, wants_reason
from scoring.scorecard import Answer, Criterion, Scorecard
from scoring.text import printable

MAX_TEXT = 1000
"""The most characters of a comment, after blanks at both ends are cut."""


class Stage(StrEnum):
    """Where a draft stands; a walk knows those from ``CRITERION`` on, what precedes is the form."""

    AGENT = "agent"
    CHANNEL = "channel"
    SCORECARD = "scorecard"
    REFERENCE = "reference"
    CRITERION = "criterion"
    REASON = "reason"
    COMMENT = "comment"
    SUMMARY = "summary"
    CHANGE = "change"
    OVERALL = "overall"


FORM_STAGES = (Stage.AGENT, Stage.CHANNEL, Stage.SCORECARD, Stage.REFERENCE)
"""The stages of the form, before there is a walk."""


class Refusal(StrEnum):
    """Why an act was not possible."""

    NOT_HERE = "not_here"
    """The act does not belong to this stage."""
    NO_SUCH_OPTION = "no_such_option"
    NO_SUCH_REASON = "no_such_reason"
    NO_SUCH_CRITERION = "no_such_criterion"
    """The criterion does not exist or is not asked under the present answers."""
    NA_NOT_ALLOWED = "na_not_allowed"
    AT_START = "at_start"
    """There is nothing before the first criterion."""
    NOT_FIRST = "not_first"
    """All met is offered on the first criterion alone."""
    TOO_LONG = "too_long"
    EMPTY = "empty"


class NotPossible(Exception):  # noqa: N818 - it is an answer to a person, not a failure
    """The act is not allowed in the walk's present state; the walk is unchanged."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Walk:
    """Where an evaluator stands in a scorecard and all that they have said so far.

    ``criterion`` is set in the stages criterion, reason and comment. ``returning`` says that the
    criterion was reached from the summary by Change. Answers of criteria that are no longer asked
    stay in ``answers`` and do not count; ``notes`` holds comments on criteria without an answer.
    """

    scorecard: Scorecard
    stage: Stage = Stage.SUMMARY
    criterion: str | None = None
    returning: bool = False
    answers: Mapping[str, Answer] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    overall: str | None = None

    def comment(self, key: str) -> str | None:
        """Return the free text on criterion *key*, wherever it waits."""
        answer = self.answers.get(key)
        return self.notes.get(key) if answer is None else answer.comment


def begin(scorecard: Scorecard) -> Walk:
    """Return a fresh walk that stands at the first criterion of *scorecard*."""
    return _onward(Walk(scorecard))


def choose(walk: Walk, option: int) -> Walk:
    """Answer the present criterion with *option* and move on.

    Leads to ``Why?`` where a justification is wanted and missing, else to the first criterion
    that still needs an answer or a reason, else to the summary.
    """
    criterion = _standing(walk, Stage.CRITERION)
    if not 0 <= option < len(criterion.options):
        raise NotPossible(Refusal.NO_SUCH_OPTION)
    return _answered(walk, criterion, option)


def mark_na(walk: Walk) -> Walk:
    """Answer the present criterion with N/A and move on as ``choose`` does."""
    criterion = _standing(walk, Stage.CRITERION)
    if not criterion.na:
        raise NotPossible(Refusal.NA_NOT_ALLOWED)
    return _answered(walk, criterion, None)


def give_reason(walk: Walk, index: int) -> Walk:
    """Justify the present answer with reason number *index* and move on."""
    criterion = _standing(walk, Stage.REASON)
    if not 0 <= index < len(criterion.reasons):
        raise NotPossible(Refusal.NO_SUCH_REASON)
    justified = replace(walk.answers[criterion.key], reason=index)
    return _onward(_with_answer(walk, criterion.key, justified))


def write(walk: Walk, text: str) -> Walk:
    """Take a typed *text* for what it is in this stage.

    Under ``Why?`` it justifies the answer and moves on; as a comment it returns to the criterion;
    on a criterion it is that criterion's comment and stays; on the summary it is the overall one.
    A text replaces the one before it.
    """
    said = _cleaned(text)
    if walk.stage in {Stage.SUMMARY, Stage.OVERALL}:
        return replace(walk, stage=Stage.SUMMARY, overall=said)
    criterion = _standing(walk, Stage.CRITERION, Stage.REASON, Stage.COMMENT)
    noted = _with_comment(walk, criterion.key, said)
    if walk.stage is Stage.REASON:
        return _onward(noted)
    return replace(noted, stage=Stage.CRITERION)


def erase(walk: Walk) -> Walk:
    """Remove the comment that is being written; the stage closes as it does after writing."""
    if walk.stage is Stage.OVERALL:
        return replace(walk, stage=Stage.SUMMARY, overall=None)
    criterion = _standing(walk, Stage.COMMENT)
    return replace(_with_comment(walk, criterion.key, None), stage=Stage.CRITERION)


def ask_comment(walk: Walk) -> Walk:
    """Open the present criterion's comment for writing."""
    _standing(walk, Stage.CRITERION)
    return replace(walk, stage=Stage.COMMENT)


def ask_overall(walk: Walk) -> Walk:
    """Open the overall comment for writing."""
    return _from_summary(walk, Stage.OVERALL)


def ask_change(walk: Walk) -> Walk:
    """Open the list of criteria to change one."""
    return _from_summary(walk, Stage.CHANGE)


def change(walk: Walk, key: str) -> Walk:
    """Go back to criterion *key* from the list; once answered the walk returns to the summary.

    Where the new answer asks something that was not asked before, that comes first.
    """
    if walk.stage is not Stage.CHANGE:
        raise NotPossible(Refusal.NOT_HERE)
    if key not in asked(walk.scorecard, walk.answers):
        raise NotPossible(Refusal.NO_SUCH_CRITERION)
    return replace(walk, stage=Stage.CRITERION, criterion=key, returning=True)


def back(walk: Walk) -> Walk:
    """Return one step back: to where this stage was opened, or to the criterion before.

    A criterion reached by Change leads back to the list, the list to the summary, and the summary
    to the last criterion. Raises ``NotPossible(AT_START)`` on the first criterion.
    """
    if walk.stage in {Stage.REASON, Stage.COMMENT}:
        return replace(walk, stage=Stage.CRITERION)
    if walk.stage in {Stage.CHANGE, Stage.OVERALL}:
        return replace(walk, stage=Stage.SUMMARY)
    keys = asked(walk.scorecard, walk.answers)
    if walk.stage is Stage.SUMMARY:
        return replace(walk, stage=Stage.CRITERION, criterion=keys[-1])
    criterion = _standing(walk, Stage.CRITERION)
    if walk.returning:
        return replace(walk, stage=Stage.CHANGE, criterion=None, returning=False)
    position = keys.index(criterion.key)
    if position == 0:
        raise NotPossible(Refusal.AT_START)
    return replace(walk, criterion=keys[position - 1])


def all_met(walk: Walk) -> Walk:
    """Give every asked criterion its best option and go to the summary; comments stay."""
    criterion = _standing(walk, Stage.CRITERION)
    if criterion.key != asked(walk.scorecard, walk.answers)[0]:
        raise NotPossible(Refusal.NOT_FIRST)
    for each in walk.scorecard.criteria():
        if each.key in asked(walk.scorecard, walk.answers):
            walk = _with_option(walk, each, each.best)
    return _at_summary(walk)


def mend(walk: Walk) -> Walk:
    """Go from the summary to what still stands in the way of submitting."""
    if walk.stage is not Stage.SUMMARY or ready(walk):
        raise NotPossible(Refusal.NOT_HERE)
    return replace(_onward(walk), returning=True)


def progress(walk: Walk) -> tuple[int, int]:
    """Return the present criterion's place, from 1, and how many are asked; at the end both."""
    keys = asked(walk.scorecard, walk.answers)
    return (len(keys) if walk.criterion is None else keys.index(walk.criterion) + 1, len(keys))


def ready(walk: Walk) -> bool:
    """Return whether everything asked is answered and justified."""
    return first_obstacle(walk) is None


def first_obstacle(walk: Walk) -> Obstacle | None:
    """Return the first criterion that lacks an answer or a reason, or ``None``."""
    return obstacle(walk.scorecard, walk.answers)


def _standing(walk: Walk, *stages: Stage) -> Criterion:
    """Return the criterion the walk stands on; refuse any stage but *stages*."""
    if walk.stage not in stages or walk.criterion is None:
        raise NotPossible(Refusal.NOT_HERE)
    return walk.scorecard.criterion(walk.criterion)


def _answered(walk: Walk, criterion: Criterion, option: int | None) -> Walk:
    """Store the answer, then ask why or move on."""
    walk = _with_option(walk, criterion, option)
    answer = walk.answers[criterion.key]
    if wants_reason(criterion, answer) and not answer.justified:
        return replace(walk, stage=Stage.REASON)
    return _onward(walk)


def _with_option(walk: Walk, criterion: Criterion, option: int | None) -> Walk:
    """Return the walk with *option* chosen; the comment stays, the reason of another one goes."""
    before = walk.answers.get(criterion.key)
    reason = before.reason if before and before.option == option else None
    answer = Answer(option, reason, walk.comment(criterion.key))
    return _with_answer(walk, criterion.key, answer)


def _with_answer(walk: Walk, key: str, answer: Answer) -> Walk:
    notes = {own: text for own, text in walk.notes.items() if own != key}
    return replace(walk, answers={**walk.answers, key: answer}, notes=notes)


def _with_comment(walk: Walk, key: str, text: str | None) -> Walk:
    """Return the walk with the one free text on criterion *key*."""
    answer = walk.answers.get(key)
    if answer is not None:
        return _with_answer(walk, key, replace(answer, comment=text))
    notes = {own: said for own, said in walk.notes.items() if own != key}
    return replace(walk, notes=notes if text is None else {**notes, key: text})


def _onward(walk: Walk) -> Walk:
    """Return the walk at the first obstacle, or at the summary where nothing is missing."""
    found = first_obstacle(walk)
    if found is None:
        return _at_summary(walk)
    stage = Stage.CRITERION if found.need is Need.ANSWER else Stage.REASON
    return replace(walk, stage=stage, criterion=found.key)


def _at_summary(walk: Walk) -> Walk:
    return replace(walk, stage=Stage.SUMMARY, criterion=None, returning=False)


def _from_summary(walk: Walk, stage: Stage) -> Walk:
    if walk.stage is not Stage.SUMMARY:
        raise NotPossible(Refusal.NOT_HERE)
    return replace(walk, stage=stage)


def _cleaned(text: str) -> str:
    """Return *text* as it is kept; refuse none and too much."""
    said = printable(text)
    if not said:
        raise NotPossible(Refusal.EMPTY)
    if len(said) > MAX_TEXT:
        raise NotPossible(Refusal.TOO_LONG)
    return said
