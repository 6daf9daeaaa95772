"""The walk through a scorecard as a step machine: a walk and an act give the next walk.

What is typed is kept where it belongs (``Place``): the reason of an answer, the comment on a
criterion, the overall comment. A reason answers ``Why?``; a comment stands beside it and answers
nothing. A second text for the same place is added to the first. A comment on a criterion that has
no answer yet waits in ``Walk.notes`` and moves into the answer when one is given. Reasons picked
from the list are dropped when another option is chosen; a reason that was written stays until it
is rewritten or removed.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from scoring.answers import Need, Obstacle, asked, missing, obstacle, wants_reason
from scoring.scorecard import Answer, Criterion, Scorecard
from scoring.text import printable

MAX_TEXT = 1000
"""The most characters of a comment, after blanks at both ends are cut."""


class Stage(StrEnum):
    """Where a draft stands; a walk knows those from ``CRITERION`` on, what precedes is the form.

    In ``MATERIAL`` it is asked whether what came belongs to the evaluation that was open then.
    """

    MATERIAL = "material"
    AGENT = "agent"
    CHANNEL = "channel"
    SCORECARD = "scorecard"
    REFERENCE = "reference"
    CRITERION = "criterion"
    REASON = "reason"
    REASONS = "reasons"
    COMMENT = "comment"
    SUMMARY = "summary"
    CHANGE = "change"
    OVERALL = "overall"
    DISCARD = "discard"


FORM_STAGES = (Stage.MATERIAL, Stage.AGENT, Stage.CHANNEL, Stage.SCORECARD, Stage.REFERENCE)
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
    UNANSWERED = "unanswered"
    """The answer still lacks its reason."""
    ALL_ANSWERED = "all_answered"
    """There is no rest that could be met."""
    UNSURE = "unsure"
    """It is being asked whether to discard it all: nothing is written meanwhile."""


class Slot(StrEnum):
    """What a typed text is."""

    WHY = "why"
    COMMENT = "comment"
    OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a typed text belongs; ``criterion`` is set for all but the overall comment."""

    slot: Slot
    criterion: str | None = None


class NotPossible(Exception):  # noqa: N818 - it is an answer to a person, not a failure
    """The act is not allowed in the walk's present state; the walk is unchanged."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Walk:
    """Where an evaluator stands in a scorecard and all that they have said so far.

    ``criterion`` is set in the stages criterion, reason, reasons and comment. ``returning`` says
    that the criterion was reached from the summary by Change. Answers of criteria that are no
    longer asked stay in ``answers`` and do not count; ``notes`` holds comments on criteria without
    an answer.
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

    def text_at(self, place: Place) -> str | None:
        """Return what was typed at *place*."""
        if place.criterion is None:
            return self.overall
        if place.slot is Slot.COMMENT:
            return self.comment(place.criterion)
        answer = self.answers.get(place.criterion)
        return None if answer is None else answer.why


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
    """Justify the present answer with reason number *index* and move on.

    While several reasons are being picked it picks that one, or takes it back, and stays.
    """
    criterion = _standing(walk, Stage.REASON, Stage.REASONS)
    if not 0 <= index < len(criterion.reasons):
        raise NotPossible(Refusal.NO_SUCH_REASON)
    answer = walk.answers[criterion.key]
    picked = {*answer.reasons} ^ {index} if walk.stage is Stage.REASONS else {index}
    walk = _with_answer(walk, criterion.key, replace(answer, reasons=tuple(sorted(picked))))
    return walk if walk.stage is Stage.REASONS else _onward(walk)


def ask_reasons(walk: Walk) -> Walk:
    """Let several reasons be picked for the present answer."""
    criterion = _standing(walk, Stage.CRITERION, Stage.REASON)
    answer = walk.answers.get(criterion.key)
    if answer is None or not (answer.justified or wants_reason(criterion, answer)):
        raise NotPossible(Refusal.NOT_HERE)
    return replace(walk, stage=Stage.REASONS)


def go_on(walk: Walk) -> Walk:
    """Move on once the reasons are picked."""
    criterion = _standing(walk, Stage.REASONS)
    answer = walk.answers[criterion.key]
    if wants_reason(criterion, answer) and not answer.justified:
        raise NotPossible(Refusal.UNANSWERED)
    return _onward(walk)


def place_of(walk: Walk) -> Place:
    """Return where a text that is typed now belongs; refuse where there is no such place."""
    if walk.stage is Stage.DISCARD:
        raise NotPossible(Refusal.UNSURE)
    if walk.stage in {Stage.SUMMARY, Stage.OVERALL}:
        return Place(Slot.OVERALL)
    stages = (Stage.CRITERION, Stage.REASON, Stage.REASONS, Stage.COMMENT)
    criterion = _standing(walk, *stages)
    why = walk.stage in {Stage.REASON, Stage.REASONS}
    return Place(Slot.WHY if why else Slot.COMMENT, criterion.key)


def write(walk: Walk, text: str) -> Walk:
    """Add a typed *text* to what stands where it belongs in this stage.

    Under ``Why?`` it justifies the answer and moves on; as a comment it returns to the criterion;
    on a criterion it is that criterion's comment and stays; on the summary it is the overall one.
    """
    place = place_of(walk)
    noted = with_text(walk, place, joined([walk.text_at(place) or "", cleaned(text)]))
    if place.slot is Slot.OVERALL:
        return replace(noted, stage=Stage.SUMMARY)
    if walk.stage is Stage.REASON:
        return _onward(noted)
    return noted if walk.stage is Stage.REASONS else replace(noted, stage=Stage.CRITERION)


def joined(texts: Iterable[str]) -> str:
    """Return the texts typed for one place as the one that is kept; refuse too much."""
    said = "\n".join(filter(None, texts))
    if len(said) > MAX_TEXT:
        raise NotPossible(Refusal.TOO_LONG)
    return said


def with_text(walk: Walk, place: Place, text: str | None) -> Walk:
    """Return the walk with *text*, or nothing, at *place*; it stands where it stood."""
    if place.criterion is None:
        return replace(walk, overall=text)
    if place.slot is Slot.COMMENT:
        return _with_comment(walk, place.criterion, text)
    answer = walk.answers.get(place.criterion)
    if answer is None:
        raise NotPossible(Refusal.NOT_HERE)
    return _with_answer(walk, place.criterion, replace(answer, why=text))


def ask_again(walk: Walk, key: str) -> Walk:
    """Return to ``Why?`` of criterion *key* where its answer lacks the reason it had."""
    answer = walk.answers.get(key)
    if answer is None or answer.justified or key not in asked(walk.scorecard, walk.answers):
        return walk
    if walk.stage is Stage.REASONS or not wants_reason(walk.scorecard.criterion(key), answer):
        return walk
    return replace(walk, stage=Stage.REASON, criterion=key)


def erase(walk: Walk) -> Walk:
    """Remove the text that is being written; the stage closes as it does after writing."""
    if walk.stage is Stage.OVERALL:
        return replace(walk, stage=Stage.SUMMARY, overall=None)
    criterion = _standing(walk, Stage.COMMENT, Stage.REASONS)
    if walk.stage is Stage.REASONS:
        return with_text(walk, Place(Slot.WHY, criterion.key), None)
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


def ask_discard(walk: Walk) -> Walk:
    """Ask whether all of it is to be thrown away."""
    return _from_summary(walk, Stage.DISCARD)


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
    if walk.stage in {Stage.REASON, Stage.REASONS, Stage.COMMENT}:
        return replace(walk, stage=Stage.CRITERION)
    if walk.stage in {Stage.CHANGE, Stage.OVERALL, Stage.DISCARD}:
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
    """Give every asked criterion its best option and go to the summary; comments stay.

    A criterion of which the scorecard says so is left N/A.
    """
    criterion = _standing(walk, Stage.CRITERION)
    if criterion.key != asked(walk.scorecard, walk.answers)[0]:
        raise NotPossible(Refusal.NOT_FIRST)
    return _met(walk, kept=())


def rest_met(walk: Walk) -> Walk:
    """Do so for every criterion that has no answer yet; what was answered stays."""
    _standing(walk, Stage.CRITERION)
    if not missing(walk.scorecard, walk.answers):
        raise NotPossible(Refusal.ALL_ANSWERED)
    return _met(walk, kept=walk.answers)


def _met(walk: Walk, kept: Container[str]) -> Walk:
    for each in walk.scorecard.criteria():
        if each.key in asked(walk.scorecard, walk.answers) and each.key not in kept:
            walk = _with_option(walk, each, None if each.rest_na else each.best)
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
    """Return the walk with *option* chosen; texts stay, the reasons picked for another one go."""
    before = walk.answers.get(criterion.key)
    comment = walk.comment(criterion.key)
    if before is None:
        return _with_answer(walk, criterion.key, Answer(option, comment=comment))
    picked = before.reasons if before.option == option else ()
    answer = Answer(option, picked, before.why, comment)
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


def cleaned(text: str) -> str:
    """Return *text* as it is kept; refuse none and too much."""
    said = printable(text)
    if not said:
        raise NotPossible(Refusal.EMPTY)
    if len(said) > MAX_TEXT:
        raise NotPossible(Refusal.TOO_LONG)
    return said
