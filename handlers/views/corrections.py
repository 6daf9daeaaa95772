"""Putting an evaluation right: whose contact it was, why, consent, and the news of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from handlers.evaluating.casefile import CaseFile
from handlers.taps import CorrectionAct, CorrectionTap, FeedbackAct, FeedbackTap
from handlers.views.casefile import Cut, Line, change_words, contact_line, fitted, heading, whole
from handlers.views.correction_draft import answer_changes, consent_lines
from handlers.views.screen import Button, Screen, bold, in_rows, lines, quote, shorten
from handlers.words import N_, Words
from scoring.draft import MAX_TEXT
from scoring.score import score
from scoring.zones import local_day
from storage.corrections import Correction, Status
from storage.drafts import Draft
from storage.people import Person
from storage.revisions import ANSWERED_ANEW, Kind, Superseded

AGENTS = 16
QUESTIONS = {
    Kind.AGENT: N_("Move this evaluation to {agent}?"),
    Kind.WITHDRAWAL: N_("Withdraw this evaluation?"),
}
EFFECTS = {
    Kind.AGENT: N_("{agent} gets the feedback; for {wrong} it no longer counts."),
    Kind.WITHDRAWAL: N_("It counts in no figure any more; its contact can be scored again."),
}
LABELS = {Kind.AGENT: N_("Move"), Kind.WITHDRAWAL: N_("Withdraw")}
ASKS = {
    Kind.CORRECTION: N_("{name} asks to correct an evaluation"),
    Kind.AGENT: N_("{name} asks to move an evaluation to {agent}"),
    Kind.WITHDRAWAL: N_("{name} asks to withdraw an evaluation"),
}
STATES = {
    Status.DONE: N_("Done: {name}, {moment}"),
    Status.DECLINED: N_("Declined: {name}, {moment}"),
    Status.DROPPED: N_("Taken back, or overtaken by another change."),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for: ``draft`` are the answers of a correction, ``agent`` the right one.

    ``by`` is who asks, ``decider`` who answered.
    """

    file: CaseFile
    correction: Correction
    by: str
    zone: ZoneInfo
    draft: Draft | None = None
    agent: str = ""
    decider: str = ""
    may_answer: bool = False
    may_take_back: bool = False


def chooser_screen(
    t: Words,
    file: CaseFile,
    correction: Correction,
    agents: Sequence[Person],
    skip: int,
    words: str,
) -> Screen:
    """Return the question whose contact it was; *words* narrow the names."""
    page = agents[skip : skip + AGENTS]

    def tap(act: CorrectionAct, value: int = 0) -> CorrectionTap:
        return CorrectionTap(correction.id, act, value)

    rows = in_rows([Button(one.name, tap(CorrectionAct.AGENT, one.id)) for one in page], 2)
    last = [Button(t("Back"), tap(CorrectionAct.DROP))]
    if skip + AGENTS < len(agents):
        last.insert(0, Button(t("More"), tap(CorrectionAct.MORE, skip + AGENTS)))
    if words or skip:
        last.insert(0, Button(t("Everyone"), tap(CorrectionAct.MORE)))
    nobody = None if agents else t("No agent matches “{words}”.", words=shorten(words, 40))
    text = lines(
        t("Now: {agent}", agent=file.agent.name),
        "",
        t.html("<b>Whose contact was it?</b>\nTap a name or type a part of it."),
        nobody,
    )
    return Screen(text, [*rows, last])


def why_screen(
    t: Words,
    file: CaseFile,
    correction: Correction,
    agent: str,
    asked: tuple[str, ...],
    *,
    anew: bool = False,
) -> Screen:
    """Return the question why; with a reason it is the last look before it is done.

    With *anew* another reason is asked for.
    """
    kind, reason = correction.kind, None if anew else correction.reason
    text = fitted(
        lambda cut: [
            bold(t(QUESTIONS[kind], agent=agent)),
            file.agent.name,
            "",
            t(EFFECTS[kind], agent=agent, wrong=file.agent.name),
            t("Write why, up to {limit} characters. All concerned will read it.", limit=MAX_TEXT)
            if reason is None
            else quote(shorten(reason, cut.text)),
            *consent_lines(t, asked),
        ]
    )
    back = Button(t("Back"), CorrectionTap(correction.id, CorrectionAct.DROP))
    if reason is None:
        return Screen(text, [[back]])
    label = t("Ask for consent") if asked else t(LABELS[kind])
    return Screen(
        text,
        [
            [Button(label, CorrectionTap(correction.id, CorrectionAct.SURE))],
            [
                Button(t("Change the reason"), CorrectionTap(correction.id, CorrectionAct.WRITE)),
                back,
            ],
        ],
    )


def done_screen(t: Words, asked: Asked, *, again: bool) -> Screen:
    """Return what became of an act for whoever acted; *again*: its contact is to be scored."""
    correction, file = asked.correction, asked.file
    if correction.status is Status.WAITING:
        return card_screen(t, asked)
    told = [done_words(t, asked)]
    if again:
        told.append(t("The contact is among your assigned ones again: /next"))
    target = correction.became_id or correction.evaluation_id
    opening = FeedbackTap(target, FeedbackAct.OPEN)
    return Screen(lines(bold(told[0]), file.agent.name, *told[1:]), [[_feedback(t, opening)]])


def done_words(t: Words, asked: Asked) -> str:
    """Return in a sentence what was done."""
    if asked.correction.kind is Kind.AGENT:
        return t("Moved to {agent}.", agent=asked.agent)
    if asked.correction.kind is Kind.WITHDRAWAL:
        return t("Withdrawn: it no longer counts.")
    return t("Corrected.")


def card_screen(t: Words, asked: Asked) -> Screen:
    """Return what somebody asks for, with what consent would change."""
    correction, file = asked.correction, asked.file
    head = t(ASKS[correction.kind], name=asked.by, agent=asked.agent)
    opening = FeedbackTap(correction.evaluation_id, FeedbackAct.OPEN)
    rows = [[_feedback(t, opening)]]
    if asked.may_answer:
        answer = [
            Button(t("Consent"), CorrectionTap(correction.id, CorrectionAct.CONSENT)),
            Button(t("Decline"), CorrectionTap(correction.id, CorrectionAct.DECLINE)),
        ]
        rows.insert(0, answer)
    if asked.may_take_back:
        rows.append([Button(t("Take back"), CorrectionTap(correction.id, CorrectionAct.TAKE_BACK))])
    return whole(
        lambda cut: [
            bold(head),
            *heading(t, file, asked.zone, named=True),
            *_answers(t, asked, cut),
            "",
            quote(shorten(correction.reason or "", cut.text)),
            *_state(t, asked, cut),
        ],
        rows,
        CorrectionTap(correction.id, CorrectionAct.SHOW),
    )


def _answers(t: Words, asked: Asked, cut: Cut) -> list[Line]:
    """Return what a correction that waits makes of the score and the answers."""
    draft, file = asked.draft, asked.file
    if draft is None or asked.correction.status is not Status.WAITING:
        return []
    before = file.evaluation
    final = score(file.published.scorecard, draft.answers).final
    told: list[Line] = ["", t.html("<b>{change}</b>", change=change_words(t, before.final, final))]
    told += answer_changes(t, file, before.answers, draft.answers, cut)
    for text, old in ((draft.overall, before.overall), (draft.advice, before.advice)):
        if text != old:
            told.append(quote(shorten(text, cut.text)) if text else t("A comment is removed."))
    return told


def _state(t: Words, asked: Asked, cut: Cut) -> list[Line]:
    correction = asked.correction
    if correction.status is Status.WAITING:
        return ["", t("It waits for consent. Until then the evaluation stays as it is.")]
    told = t(
        STATES[correction.status],
        name=asked.decider,
        moment=t.moment(correction.decided_at or correction.begun_at, asked.zone),
    )
    decision = correction.decision
    return ["", told, *([quote(shorten(decision, cut.text))] if decision else [])]


def decline_screen(t: Words, asked: Asked) -> Screen:
    """Return the question why consent is refused."""
    text = lines(
        bold(t("Decline?")),
        asked.file.agent.name,
        "",
        t("The evaluation stays as it is. Write why: {name} will read it.", name=asked.by),
    )
    back = CorrectionTap(asked.correction.id, CorrectionAct.SHOW)
    return Screen(text, [[Button(t("Back"), back)]])


def answered_screen(t: Words, asked: Asked) -> Screen:
    """Return that the answer is stored, and who hears of it."""
    if asked.correction.status is Status.DECLINED:
        return Screen(lines(t("Declined. {name} is told.", name=asked.by)))
    return Screen(lines(done_words(t, asked), t("All concerned are told.")))


def news_screen(t: Words, asked: Asked, *, reads: bool, is_agent: bool) -> Screen:
    """Return the news of what was done; *reads* says that they may open the evaluation."""
    correction, file = asked.correction, asked.file
    text = fitted(
        lambda cut: [
            *_news_head(t, asked, is_agent=is_agent),
            contact_line(t, file, asked.zone)
            if is_agent
            else f"{file.agent.name} · {contact_line(t, file, asked.zone)}",
            *_news_answers(t, asked, cut),
            quote(shorten(correction.reason or "", cut.text)),
        ]
    )
    target = correction.evaluation_id
    rows = [[_feedback(t, FeedbackTap(target, FeedbackAct.OPEN))]] if reads else []
    return Screen(text, rows)


def _news_head(t: Words, asked: Asked, *, is_agent: bool) -> list[Line]:
    correction = asked.correction
    if correction.kind is Kind.CORRECTION:
        ended = ended_by(asked.file, correction)
        after = asked.file.after(ended).final if ended is not None else None
        change = change_words(t, ended.final if ended is not None else None, after)
        return [t.html("<b>Corrected: {change}</b>", change=change)]
    if correction.kind is Kind.WITHDRAWAL:
        return [t.html("<b>An evaluation was withdrawn: it no longer counts.</b>")]
    if is_agent:
        return [
            t.html("<b>An evaluation was not of your contact: it no longer counts.</b>"),
        ]
    return [t.html("<b>An evaluation was moved to {agent}</b>", agent=asked.agent)]


def _news_answers(t: Words, asked: Asked, cut: Cut) -> list[Line]:
    ended = ended_by(asked.file, asked.correction)
    if ended is None or asked.correction.kind is not Kind.CORRECTION:
        return []
    return answer_changes(t, asked.file, ended.answers, asked.file.after(ended).answers, cut)


def declined_news(t: Words, asked: Asked) -> Screen:
    """Return the news that consent was refused, for whoever asked."""
    text = fitted(
        lambda cut: [
            bold(t("{name} declines: the evaluation stays as it is", name=asked.decider)),
            f"{asked.file.agent.name} · {contact_line(t, asked.file, asked.zone)}",
            quote(shorten(asked.correction.decision or "", cut.text)),
        ]
    )
    opening = FeedbackTap(asked.correction.evaluation_id, FeedbackAct.OPEN)
    return Screen(text, [[_feedback(t, opening)]])


def overtaken_news(t: Words, asked: Asked) -> Screen:
    """Return the news that the evaluation has changed before anybody consented."""
    text = lines(
        bold(t("The evaluation has changed meanwhile")),
        f"{asked.file.agent.name} · {contact_line(t, asked.file, asked.zone)}",
        t("What you asked consent for is dropped. Please look whether it is still needed."),
    )
    opening = FeedbackTap(asked.correction.evaluation_id, FeedbackAct.OPEN)
    return Screen(text, [[_feedback(t, opening)]])


def ended_by(file: CaseFile, correction: Correction) -> Superseded | None:
    """Return the version that the correction put an end to."""
    return next((one for one in file.revisions if one.number == correction.number), None)


def history_lines(t: Words, file: CaseFile, reading: ZoneInfo, cut: Cut) -> list[Line]:
    """Return what was put right of the evaluation, each act with its reason, the last one first."""
    told: list[Line] = []
    for version in reversed(file.revisions):
        if version.kind is Kind.DISPUTE:
            continue
        told += [_history_line(t, file, version, reading)]
        told += [quote(shorten(version.reason, cut.text))] if version.reason else []
    for one in file.corrections:
        if one.became_id == file.evaluation.id and one.decided_at is not None:
            day = t.day(local_day(one.decided_at, reading))
            told.append(t("Moved here on {day}: it was entered for somebody else.", day=day))
            told += [quote(shorten(one.reason, cut.text))] if one.reason else []
    if file.waiting is not None:
        told.append(t("A change waits for consent."))
    return ["", *told] if told else []


def _history_line(t: Words, file: CaseFile, version: Superseded, reading: ZoneInfo) -> str:
    values: dict[str, object] = {
        "day": t.day(local_day(version.revised_at, reading)),
        "name": file.names.get(version.revised_by, "…"),
    }
    if version.kind is Kind.WITHDRAWAL:
        return t("Withdrawn: {name}", **values)
    if version.kind is Kind.AGENT:
        return t("Somebody else's contact, withdrawn: {name}", **values)
    after = file.after(version)
    values["change"] = change_words(t, version.final, after.final)
    if version.kind is Kind.REOPENING:
        return t("Dispute reopened on {day}, {name}", **values)
    return t("Corrected on {day}, {name}: {change}", **values)


def shown_versions(file: CaseFile) -> list[Superseded]:
    """Return the versions whose answers may differ from those after them."""
    return [one for one in file.revisions if one.kind in ANSWERED_ANEW]


def act_buttons(t: Words, file: CaseFile) -> list[list[Button]]:
    """Return what puts an evaluation right, for whoever may do so now."""
    ident = file.evaluation.id
    if file.waiting is not None:
        card = CorrectionTap(file.waiting.id, CorrectionAct.SHOW)
        return [[Button(t("Waiting for consent"), card)]]
    if file.evaluation.withdrawn_at is not None:
        return []
    disputed = file.dispute is not None and file.dispute.is_open
    first = [] if disputed else [Button(t("Correct"), CorrectionTap(ident, CorrectionAct.CORRECT))]
    return [
        [
            *first,
            Button(t("Wrong agent"), CorrectionTap(ident, CorrectionAct.MOVE)),
            Button(t("Withdraw"), CorrectionTap(ident, CorrectionAct.WITHDRAW)),
        ]
    ]


def _feedback(t: Words, tap: FeedbackTap) -> Button:
    return Button(t("Open the feedback"), tap)
