"""Scoring disputed criteria afresh: the request, what the walk adds, its summary and its end.

A view without a case belongs to somebody who scores blind: nothing here can show first answers.
"""

from zoneinfo import ZoneInfo

from handlers.evaluating.casefile import CaseFile
from handlers.taps import DisputeAct, DisputeTap, DraftAct, FeedbackAct, FeedbackTap
from handlers.views.answers import answer_words, comment_words, justification
from handlers.views.casefile import (
    Cut,
    Line,
    change_words,
    contact_line,
    fitted,
    score_of,
    whole,
)
from handlers.views.draft_parts import (
    DraftView,
    Rescoring,
    added_lines,
    added_row,
    back_button,
    close_button,
    heading,
    tap_on,
)
from handlers.views.screen import Button, Screen, bold, lines, quote, shorten
from handlers.words import Words
from scoring.answers import Need, asked
from scoring.draft import MAX_TEXT, Walk, first_obstacle
from scoring.rescoring import revised
from scoring.score import score
from scoring.scorecard import Criterion
from scoring.zones import local_day
from storage.disputes import Dispute
from storage.drafts import SUBMITTED


def request_screen(t: Words, file: CaseFile, dispute: Dispute, reading: ZoneInfo) -> Screen:
    """Return what somebody is asked to score afresh, and nothing of how it was scored before."""
    scorecard = file.published.scorecard
    titles = [scorecard.criterion(key).title.say(t.language) for key in dispute.criteria]
    day = t.day(local_day(dispute.due_at, reading))
    text = fitted(
        lambda cut: [
            bold(t("Please score this afresh")),
            f"{file.agent.name} · {contact_line(t, file, reading)}",
            *(f"• {shorten(title, cut.title)}" for title in titles[: cut.errors]),
            *([] if titles else [t("Every criterion")]),
            "",
            t("The agent disputes it. You see the first answers once yours are submitted."),
            t("Please answer by {day}.", day=day),
        ]
    )
    rows = [[Button(t("Score afresh"), DisputeTap(dispute.id, DisputeAct.TAKE))]]
    if file.material:
        rows[0].append(Button(t("Material"), DisputeTap(dispute.id, DisputeAct.MATERIAL)))
    rows.append([Button(t("Hand to a colleague"), DisputeTap(dispute.id, DisputeAct.HAND_ON))])
    return Screen(text, rows)


def pass_on_screen(t: Words, dispute: Dispute, *, begun: bool) -> Screen:
    """Return the question before a request goes to somebody else, and what was *begun* with it."""
    text = lines(
        bold(t("Pass this request on?")),
        t("Another evaluator is asked instead, or a supervisor where there is none."),
        t("What you have answered so far is discarded.") if begun else None,
    )
    rows = [
        [
            Button(t("Hand to a colleague"), DisputeTap(dispute.id, DisputeAct.HAND_ON_SURE)),
            Button(t("Back"), DisputeTap(dispute.id, DisputeAct.OFFER)),
        ]
    ]
    return Screen(text, rows)


def passed_on_screen(t: Words, *, afresh: bool) -> Screen:
    """Return who is asked now: another evaluator who scores *afresh*, or the supervisors."""
    if afresh:
        return Screen(lines(t("Passed on. Another evaluator is asked now.")))
    told = t("Passed on. No other evaluator can score it afresh, so a supervisor decides.")
    return Screen(lines(told))


def lapsed_screen(t: Words) -> Screen:
    """Return that a request needs no answer any more."""
    told = t("A dispute that you were asked to score afresh has been decided. Thank you anyway.")
    return Screen(lines(told))


def first_lines(t: Words, view: DraftView, criterion: Criterion) -> list[Line]:
    """Return the first answer and the agent's words, for whoever decides with open eyes."""
    case = view.rescoring.case if view.rescoring is not None else None
    given = case.evaluation.answers.get(criterion.key) if case is not None else None
    if case is None or given is None or case.dispute is None:
        return []
    why = justification(t, criterion, given)
    return [
        "",
        t("First answer: {answer}", answer=answer_words(t, criterion, given)),
        *([why] if why else []),
        *([comment] if (comment := comment_words(t, given)) else []),
        quote(case.dispute.reason),
    ]


def why_line(t: Words, view: DraftView) -> str | None:
    """Return who will read the comment of a decision; ``None`` for an ordinary draft."""
    if view.rescoring is None:
        return None
    case = view.rescoring.case
    if case is None:
        return t(
            "Write why, up to {limit} characters: the agent and the first evaluator will read it.",
            limit=MAX_TEXT,
        )
    return t(
        "Write why: {agent} and {evaluator} will read it.",
        agent=case.agent.name,
        evaluator=case.evaluator.name,
    )


def decision_summary(t: Words, view: DraftView, walk: Walk, about: Rescoring) -> Screen:
    """Return the fresh answers before they count; the score only where it may be seen."""
    rows = [
        [
            Button(t("Submit"), tap_on(view, DraftAct.SUBMIT)),
            Button(t("Change"), tap_on(view, DraftAct.CHANGE)),
        ],
        [
            Button(t("Comment"), tap_on(view, DraftAct.OVERALL)),
            Button(t("Discard"), tap_on(view, DraftAct.DISCARD)),
        ],
        *(
            []
            if about.whole
            else [[Button(t("Note for learning"), tap_on(view, DraftAct.LEARNING))]]
        ),
        [back_button(t, view), close_button(t, view)],
    ]
    return whole(
        lambda cut: _apart(
            [*added_lines(t, view), heading(t, view)],
            _score_lines(t, walk, about),
            _answer_lines(t, walk, about, cut),
            _missing_lines(t, walk),
            [quote(shorten(walk.overall, cut.text)) if walk.overall else why_line(t, view) or ""],
            _learning_lines(t, view, cut),
        ),
        [*added_row(t, view), *rows],
        tap_on(view, DraftAct.OPEN),
    )


def _learning_lines(t: Words, view: DraftView, cut: Cut) -> list[Line]:
    noted = view.draft.advice
    if not noted:
        return []
    return [t("Noted for learning, without points:"), quote(shorten(noted, cut.text))]


def learning_screen(t: Words, view: DraftView) -> Screen:
    """Return the question what else the agent can learn from the contact."""
    noted = view.draft.advice
    text = lines(
        heading(t, view),
        "",
        bold(t("Note for learning")),
        t("Something outside what is disputed? It never lowers the score."),
        quote(noted) if noted else None,
        t("Write it, up to {limit} characters: the agent will read it.", limit=MAX_TEXT),
    )
    rows = [[Button(t("Back"), tap_on(view, DraftAct.OPEN))]]
    if noted:
        rows.insert(0, [Button(t("Remove the note"), tap_on(view, DraftAct.UNLEARN))])
    return Screen(text, rows)


def _apart(*parts: list[Line]) -> list[Line]:
    """Return the parts that hold anything, with an empty line between any two."""
    told: list[Line] = []
    for part in parts:
        if part:
            told += ["", *part] if told else part
    return told


def _score_lines(t: Words, walk: Walk, about: Rescoring) -> list[Line]:
    """Return what the answers make of the score, for whoever knows the first one."""
    case = about.case
    if case is None or case.dispute is None:
        return []
    scorecard = case.published.scorecard
    first = case.evaluation.answers
    keys = [key for key in asked(walk.scorecard, walk.answers) if key in walk.answers]
    afresh = {key: walk.answers[key] for key in keys}
    now = revised(scorecard, first, afresh, case.dispute.criteria)
    after = score(scorecard, now).final
    return [bold(change_words(t, case.evaluation.final, after))]


def _answer_lines(t: Words, walk: Walk, about: Rescoring, cut: Cut) -> list[Line]:
    keys = [key for key in asked(walk.scorecard, walk.answers) if key in walk.answers]
    if about.case is not None and about.whole:
        # Most of a whole evaluation stays as it was; what matters is what does not.
        first = about.case.evaluation.answers
        keys = [key for key in keys if key not in first or first[key] != walk.answers[key]]
    told: list[Line] = []
    for key in keys[: cut.errors]:
        criterion = walk.scorecard.criterion(key)
        title = shorten(criterion.title.say(t.language), cut.title)
        said = answer_words(t, criterion, walk.answers[key])
        why = shorten(justification(t, criterion, walk.answers[key]), cut.text)
        comment = comment_words(t, walk.answers[key], cut.text)
        told.append(lines(f"• {title}: {said}", why or None, comment))
    return told if len(keys) <= cut.errors else [*told, "…"]


def _missing_lines(t: Words, walk: Walk) -> list[Line]:
    obstacle = first_obstacle(walk)
    if obstacle is None:
        return []
    title = walk.scorecard.criterion(obstacle.key).title.say(t.language)
    if obstacle.need is Need.ANSWER:
        return [t.html("Still to answer: <b>{criterion}</b>", criterion=title)]
    return [t.html("Still needs a reason: <b>{criterion}</b>", criterion=title)]


def kept_screen(t: Words, view: DraftView, about: Rescoring) -> Screen:
    """Return what is left of the walk's message when it is closed."""
    text = lines(heading(t, view), t("Kept as it is. The dispute waits for an answer."))
    going_on = Button(t("Continue"), tap_on(view, DraftAct.OPEN))
    return Screen(text, [[going_on, _to_dispute(t, about)]])


def settled_screen(t: Words, view: DraftView, about: Rescoring) -> Screen:
    """Return what became of the walk: decided by it, decided by somebody else, or discarded."""
    if view.draft.status != SUBMITTED:
        if about.is_open:
            return Screen(
                lines(heading(t, view), t("Discarded. The dispute still waits for an answer.")),
                [[_to_dispute(t, about)]],
            )
        told = t("Somebody else has decided this dispute meanwhile.")
        return Screen(lines(heading(t, view), told))
    case = about.case
    if case is None:
        return Screen(lines(heading(t, view), t("Submitted.")))
    before = case.disputed
    head = (
        t.html("The score stands: <b>{score}</b>", score=score_of(t, case.evaluation.final))
        if before is None
        else bold(change_words(t, before.final, case.after(before).final))
    )
    told = t(
        "Submitted. {agent} and {evaluator} are told.",
        agent=case.agent.name,
        evaluator=case.evaluator.name,
    )
    opening = FeedbackTap(case.evaluation.id, FeedbackAct.OPEN)
    return Screen(
        lines(head, heading(t, view), "", told), [[Button(t("See the feedback"), opening)]]
    )


def _to_dispute(t: Words, about: Rescoring) -> Button:
    """Return the way back to the request, or to the dispute for whoever may read it."""
    act = DisputeAct.OFFER if about.case is None else DisputeAct.SHOW
    return Button(t("Back"), DisputeTap(about.dispute_id, act))
