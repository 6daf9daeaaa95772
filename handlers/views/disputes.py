"""Disputing and deciding: choosing what to dispute, asking for words, the card, the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from handlers.evaluating.casefile import CaseFile
from handlers.taps import (
    CorrectionAct,
    CorrectionTap,
    DisputeAct,
    DisputeTap,
    FeedbackAct,
    FeedbackTap,
)
from handlers.views.answers import answer_words, comment_words, justification
from handlers.views.casefile import (
    Cut,
    Line,
    contact_line,
    dispute_lines,
    fitted,
    heading,
    title_words,
    whole,
)
from handlers.views.pager import listed, paged
from handlers.views.screen import Button, Screen, bold, lines, quote, shorten
from handlers.words import N_, Words
from scoring.draft import MAX_TEXT
from scoring.feedback import Mending
from scoring.zones import local_day
from storage.corrections import Correction
from storage.disputes import Dispute, Waiting
from storage.revisions import Kind

ASKED = {
    Kind.CORRECTION: N_("Correct"),
    Kind.AGENT: N_("Wrong agent"),
    Kind.WITHDRAWAL: N_("Withdraw"),
}
TITLE = 36
"""How much of a title a button has room for beside its mark."""


def chooser_screen(
    t: Words,
    file: CaseFile,
    offered: Sequence[Mending],
    chosen: int,
    reading: ZoneInfo,
    left: int | None = None,
    reason: str = "",
) -> Screen:
    """Return the question what is disputed: the errors *offered* as toggles, or everything.

    The bits of *chosen* are the numbers of the chosen errors; *left* is how many disputes the
    agent may still open this month, ``None`` where there is no limit; *reason* is what they have
    typed so far.
    """
    evaluation = file.evaluation.id
    toggles = [_toggle(t, evaluation, number, one, chosen) for number, one in enumerate(offered)]
    count = chosen.bit_count()
    whole = Button(t("The whole evaluation"), DisputeTap(evaluation, DisputeAct.ALL))
    back = Button(t("Back"), DisputeTap(evaluation, DisputeAct.CANCEL))
    rows = [[whole]]
    if count:
        rows.append([Button(t("Go on"), DisputeTap(evaluation, DisputeAct.WRITE, chosen))])
    parts: list[Line | None] = [
        *heading(t, file, reading, named=False),
        "",
        bold(t("What do you dispute?")),
        t("Tap what you see differently, then go on.") if offered else None,
        t.plural("{count} chosen", "{count} chosen", count) if count else None,
        t("There is one dispute for an evaluation, until {day}.", day=t.day(file.last_day)),
        None
        if left is None
        else t.plural(
            "{count} dispute left this month.", "{count} disputes left this month.", left
        ),
        *_reason_lines(t, reason),
    ]
    again = DisputeTap(evaluation, DisputeAct.CRITERION, chosen)
    told = [one for one in parts if one is not None]
    return listed(told, toggles, [*rows, [back]], again, stay=True)


def _reason_lines(t: Words, reason: str) -> list[Line]:
    """Return what was typed before it was chosen what is disputed."""
    return ["", t("Your reason so far:"), quote(reason)] if reason else []


def _toggle(t: Words, evaluation: int, number: int, one: Mending, chosen: int) -> Button:
    bit = 1 << number
    mark = "☑" if chosen & bit else "☐"
    label = f"{mark} {shorten(one.criterion.title.say(t.language), TITLE)}"
    return Button(label, DisputeTap(evaluation, DisputeAct.CRITERION, chosen ^ bit))


def why_screen(
    t: Words,
    file: CaseFile,
    picked: Sequence[Mending],
    chosen: int,
    reason: str,
    *,
    anew: bool = False,
) -> Screen:
    """Return the question why; with a *reason* it is the last look before the dispute is sent.

    With *anew* another reason is asked for, which takes the place of the one before.
    """
    titles = [f"• {one.criterion.title.say(t.language)}" for one in picked]
    what = titles or [t("You dispute the whole evaluation.")]

    def tap(act: DisputeAct) -> DisputeTap:
        return DisputeTap(file.evaluation.id, act, chosen)

    back = Button(t("Back"), DisputeTap(file.evaluation.id, DisputeAct.CANCEL))
    if not reason:
        told = t(
            "Write what you see differently, in up to {limit} characters. You see it once more "
            "before it is sent.",
            limit=MAX_TEXT,
        )
        return paged([bold(t("Why?")), *what, "", told], [[back]], tap(DisputeAct.WRITE))
    if anew:
        told = t("What you write next takes the place of this. You can also edit your message.")
        keep = Button(t("Keep it"), tap(DisputeAct.WRITE))
        parts: list[Line] = [bold(t("Why?")), *what, "", quote(reason), told]
        return paged(parts, [[keep]], tap(DisputeAct.CHANGE))
    told = t("Not sent yet. What you write now is added.")
    parts = [bold(t("Send this dispute?")), *what, "", quote(reason), told]
    rows = [
        [Button(t("Change"), tap(DisputeAct.CHANGE)), back],
        [Button(t("Send"), tap(DisputeAct.SEND))],
    ]
    return paged(parts, rows, tap(DisputeAct.WRITE))


def sent_screen(t: Words, names: Sequence[str], due: str, *, afresh: bool) -> Screen:
    """Return that the dispute is under way, who decides (*afresh*: who scores) and by when."""
    if afresh:
        return Screen(
            lines(
                t("Another evaluator scores it afresh, without seeing the first answers."),
                t("An answer is due by {day}.", day=due),
            )
        )
    if not names:
        return Screen(lines(t("Your dispute is stored. An answer is due by {day}.", day=due)))
    who = ", ".join(names)
    told = t("Your dispute is with {names}. An answer is due by {day}.", names=who, day=due)
    return Screen(lines(told))


@dataclass(frozen=True, slots=True)
class Judging:
    """How somebody stands to a dispute; ``own`` says that the evaluation is their own work.

    ``reviewer`` names who was asked to score it afresh, for those who may know.
    """

    zone: ZoneInfo
    may_decide: bool
    own: bool
    oversees: bool
    may_withdraw: bool = False
    may_reopen: bool = False
    reviewer: str | None = None


def card_screen(t: Words, file: CaseFile, dispute: Dispute, judging: Judging) -> Screen:
    """Return the dispute with everything that a decision rests on, and its buttons."""
    return whole(
        lambda cut: [
            *heading(t, file, judging.zone, named=True),
            t("Evaluator: {name}", name=file.evaluator.name),
            *(_disputed_answers(t, file, dispute, cut) if file.disputed is None else []),
            *dispute_lines(t, file, judging.zone, cut),
            *_standing(t, dispute, judging),
        ],
        _card_buttons(t, dispute, judging),
        DisputeTap(dispute.id, DisputeAct.SHOW),
    )


def _disputed_answers(t: Words, file: CaseFile, dispute: Dispute, cut: Cut) -> list[Line]:
    """Return the answers at issue: those disputed, or every error for a whole evaluation."""
    every = dispute.criteria or tuple(one.criterion.key for one in file.feedback.errors)
    keys = tuple(key for key in every if key in file.evaluation.answers)
    told: list[Line] = [""] if keys else []
    for key in keys[: cut.errors]:
        criterion = file.published.scorecard.criterion(key)
        answer = file.evaluation.answers[key]
        why = shorten(justification(t, criterion, answer), cut.text)
        said = t.html(
            "• {criterion}: {answer}",
            criterion=title_words(t, criterion, cut.title),
            answer=answer_words(t, criterion, answer),
        )
        told.append(lines(said, why or None, comment_words(t, answer, cut.text)))
    return told if len(keys) <= cut.errors else [*told, "…"]


def _standing(t: Words, dispute: Dispute, judging: Judging) -> list[Line]:
    if not dispute.is_open:
        return []
    told: list[Line] = []
    if judging.own and judging.may_decide:
        told = [t("This is your own evaluation, and nobody else is there to decide.")]
    elif judging.own:
        told = [t("This is your own evaluation: somebody else decides.")]
    return ["", *told, *_review_lines(t, dispute, judging)]


def _review_lines(t: Words, dispute: Dispute, judging: Judging) -> list[Line]:
    """Return how far another evaluator is with it, and whether it waits for a supervisor."""
    if dispute.reviewer_id is None:
        alone = t("No other evaluator is there to score it afresh: it waits for a decision.")
        return [alone] if judging.oversees else []
    if judging.reviewer is None or dispute.escalates_at is None:
        return [t("Another evaluator is asked to score it afresh.")]
    if dispute.waits_for_supervisors:
        late = N_("{name} has not scored it afresh in time: it waits for a decision.")
        return [t(late, name=judging.reviewer)]
    by = t.day(local_day(dispute.escalates_at, judging.zone))
    told = N_("{name} is asked to score it afresh by {day}. You can decide at any time.")
    return [t(told, name=judging.reviewer, day=by)]


def _card_buttons(t: Words, dispute: Dispute, judging: Judging) -> list[list[Button]]:
    def tap(act: DisputeAct) -> DisputeTap:
        return DisputeTap(dispute.id, act)

    feedback = FeedbackTap(dispute.evaluation_id, FeedbackAct.SHOW)
    rows = [[Button(t("Feedback"), feedback)]]
    if judging.oversees:
        rows[0].append(Button(t("All disputes"), DisputeTap(0, DisputeAct.LIST)))
    if judging.may_decide:
        deciding = [
            Button(t("Accept"), tap(DisputeAct.ACCEPT)),
            Button(t("Decline"), tap(DisputeAct.DECLINE)),
        ]
        rows.insert(0, deciding)
    if judging.may_reopen:
        rows.append([Button(t("Reopen"), tap(DisputeAct.REOPEN))])
    if judging.may_withdraw:
        rows.append([Button(t("Take it out of the figures"), tap(DisputeAct.WITHDRAW))])
    return rows


def comment_screen(t: Words, file: CaseFile, dispute: Dispute, *, withdrawing: bool) -> Screen:
    """Return the question for the decision's comment, saying what the decision does."""
    text = lines(
        t.html("<b>Take the evaluation out of the figures?</b>")
        if withdrawing
        else t.html("<b>Decline the dispute?</b>"),
        file.agent.name,
        "",
        t("The evaluation will no longer count; it stays readable.")
        if withdrawing
        else t("The score will stand."),
        t("Write why: {agent} and {evaluator} will read it.", **_both(file)),
    )
    return Screen(text, [[Button(t("Back"), DisputeTap(dispute.id, DisputeAct.SHOW))]])


def reopen_screen(t: Words, file: CaseFile, dispute: Dispute) -> Screen:
    """Return the question why a decision is taken back."""
    text = lines(
        bold(t("Reopen this dispute?")),
        file.agent.name,
        "",
        t("It is decided once more; the evaluation is as it was disputed until then."),
        t("Write why: {agent} and {evaluator} will read it.", **_both(file)),
    )
    return Screen(text, [[Button(t("Back"), DisputeTap(dispute.id, DisputeAct.SHOW))]])


def reopened_screen(t: Words, file: CaseFile, dispute: Dispute) -> Screen:
    """Return that the dispute is open again, and who hears of it."""
    told = t("Reopened. {agent} and {evaluator} are told.", **_both(file))
    opening = Button(t("Decide"), DisputeTap(dispute.id, DisputeAct.SHOW))
    return Screen(lines(told), [[opening]])


def reopened_news(t: Words, file: CaseFile, reading: ZoneInfo, *, named: bool) -> Screen:
    """Return the news that a dispute is open again, for the agent or (*named*) for others."""
    text = fitted(
        lambda cut: [
            t.html("<b>A dispute was reopened</b>"),
            f"{file.agent.name} · {contact_line(t, file, reading)}"
            if named
            else contact_line(t, file, reading),
            *dispute_lines(t, file, reading, cut),
        ]
    )
    opening = FeedbackTap(file.evaluation.id, FeedbackAct.OPEN)
    return Screen(text, [[Button(t("Open the feedback"), opening)]])


def decided_screen(t: Words, file: CaseFile, *, withdrawn: bool) -> Screen:
    """Return that the decision is stored, and who hears of it."""
    if withdrawn:
        return Screen(lines(t("Accepted. {agent} and {evaluator} are told.", **_both(file))))
    return Screen(lines(t("Declined. {agent} and {evaluator} are told.", **_both(file))))


def _both(file: CaseFile) -> dict[str, object]:
    return {"agent": file.agent.name, "evaluator": file.evaluator.name}


def news_screen(t: Words, file: CaseFile, reading: ZoneInfo, *, named: bool) -> Screen:
    """Return how a dispute was decided, for the agent or (*named*) for the evaluator."""
    text = fitted(
        lambda cut: [
            t.html("<b>A dispute was decided</b>"),
            f"{file.agent.name} · {contact_line(t, file, reading)}"
            if named
            else contact_line(t, file, reading),
            *dispute_lines(t, file, reading, cut),
        ]
    )
    opening = FeedbackTap(file.evaluation.id, FeedbackAct.OPEN)
    return Screen(text, [[Button(t("Open the feedback"), opening)]])


@dataclass(frozen=True, slots=True)
class Listed:
    """The open disputes and, in ``asked``, what waits for consent; ``names`` are agents' by id."""

    entries: Sequence[Waiting]
    names: dict[int, str]
    zone: ZoneInfo
    asked: Sequence[tuple[Correction, int]] = ()


def list_screen(t: Words, open_ones: Listed) -> Screen:
    """Return the open disputes, each a button, those due first at the top.

    What waits for consent follows them.
    """
    count, asked = len(open_ones.entries), open_ones.asked
    waiting = t("{count} waiting for consent", count=len(asked)) if asked else None
    head = (
        bold(t.plural("{count} open dispute", "{count} open disputes", count))
        if count
        else t("No open disputes.")
    )
    entries = [
        *(_listed(t, open_ones, one) for one in open_ones.entries),
        *(_asked(t, open_ones, one, agent) for one, agent in asked),
    ]
    return listed([lines(head, waiting)], entries, [], DisputeTap(0, DisputeAct.LIST))


def _asked(t: Words, listed: Listed, one: Correction, agent: int) -> Button:
    name = shorten(listed.names.get(agent, "…"), 18)
    label = f"{name} · {t(ASKED[one.kind])}"
    return Button(label, CorrectionTap(one.id, CorrectionAct.SHOW))


def _listed(t: Words, listed: Listed, one: Waiting) -> Button:
    due = t.day(local_day(one.dispute.due_at, listed.zone))
    score = t("no score") if one.final is None else t.number(one.final)
    name = shorten(listed.names.get(one.agent_id, "…"), 18)
    label = t("{name} · {score} · by {day}", name=name, score=score, day=due)
    return Button(label, DisputeTap(one.dispute.id, DisputeAct.SHOW))
