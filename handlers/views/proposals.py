"""The register of proposals as people read it: the list, a proposal, and the news of one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from handlers import labels
from handlers.proposals.proposal_data import ProposalFile
from handlers.taps import FeedbackAct, FeedbackTap, ProposalAct, ProposalTap, ReportKind, ReportTap
from handlers.views.pager import paged
from handlers.views.screen import Button, Screen, bold, fit, in_rows, lines, quote, shorten
from handlers.words import N_, Words
from scoring.zones import local_day
from storage.people import Person
from storage.proposals import Kind, Limit, Proposal, Status

Line = str | Markup

PAGE = 8
TITLE = 120

KINDS = {
    Kind.MONITORING: N_("Monitoring"),
    Kind.REPORTING: N_("Reporting"),
    Kind.SCORECARD: N_("Scorecard"),
}
STATUSES = {
    Status.NEW: N_("new"),
    Status.ACCEPTED: N_("accepted"),
    Status.DECLINED: N_("declined"),
    Status.DONE: N_("done"),
}
MARKS = {Status.NEW: "○", Status.ACCEPTED: "◐", Status.DECLINED: "✕", Status.DONE: "✓"}

A_NEW_ONE = N_("A new proposal")
DECIDED = N_("A proposal was decided")
YOURS = N_("A proposal is yours to carry out")
FINISHED = N_("A proposal has its outcome")


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of proposals; ``within`` is what the list is limited to."""

    entries: Sequence[Proposal]
    within: Limit
    skipped: int
    total: int


def list_screen(t: Words, listed: Listed) -> Screen:
    """Return the proposals, each a button, with the buttons that limit the list."""
    within, tap = listed.within, list_tap(listed.within)
    if listed.total:
        head = t.plural("{count} proposal", "{count} proposals", listed.total)
    elif within == Limit():
        head = t("No proposals yet.")
    else:
        head = t("No proposals of that kind.")
    entries = [[_listed(t, one)] for one in listed.entries]
    limits = [
        Button(_status_label(t, within.status), list_tap(_next_status(within))),
        Button(_kind_label(t, within.kind), list_tap(_next_kind(within))),
    ]
    last = [Button(t("New proposal"), ProposalTap(ProposalAct.NEW))]
    if listed.total:
        last.append(Button("CSV", replace(tap, act=ProposalAct.CSV)))
        last.append(Button("XLSX", replace(tap, act=ProposalAct.XLSX)))
    rows = [*entries, _turning(listed, tap), limits, last]
    return Screen(lines(bold(head)), rows)


def list_tap(within: Limit, skip: int = 0) -> ProposalTap:
    """Return the press that shows the list within those limits."""
    status, kind = within.status or "", within.kind or ""
    return ProposalTap(ProposalAct.LIST, value=skip, status=str(status), kind=str(kind))


def card_screen(t: Words, file: ProposalFile, reader: Person) -> Screen:
    """Return the proposal with what *reader* may do with it."""
    again = ProposalTap(ProposalAct.CARD, file.proposal.id)
    return paged(_parts(t, file), _buttons(t, file, reader), again)


def news_screen(t: Words, file: ProposalFile, head: str) -> Screen:
    """Return the proposal as news; *head* is one of the headings above."""
    opening = ProposalTap(ProposalAct.CARD, file.proposal.id)
    text = fit([bold(t(head)), *_parts(t, file)])
    return Screen(text, [[Button(t("Open the proposal"), opening)]])


def evidence_words(t: Words, file: ProposalFile) -> str:
    """Return what the proposal rests on, without any personal result; empty for nothing."""
    case, evidence = file.case, file.proposal.evidence
    if case is not None:
        day = t.day(local_day(case.evaluation.submitted_at, file.zone))
        channel = labels.channel(t, case.evaluation.channel)
        number = case.evaluation.id
        return t("evaluation {number}, {channel}, {day}", number=number, channel=channel, day=day)
    if file.criterion is not None and file.scorecard is not None:
        return t(
            "criterion “{criterion}”, {scorecard}, version {version}",
            criterion=shorten(file.criterion.title.say(t.language), TITLE),
            scorecard=file.scorecard.scorecard.title.say(t.language),
            version=file.scorecard.version,
        )
    if file.team is not None:
        return t("report on {team}, {period}", team=file.team.name, period=evidence.period or "")
    return ""


def _parts(t: Words, file: ProposalFile) -> list[Line]:
    proposal = file.proposal
    kind, status = t(KINDS[proposal.kind]), t(STATUSES[proposal.status])
    day = t.day(local_day(proposal.created_at, file.zone))
    evidence = evidence_words(t, file)
    return [
        bold(f"#{proposal.id} · {kind} · {status}"),
        quote(proposal.text),
        t("{name}, {day}", name=file.author.name if file.author is not None else "…", day=day),
        *([t("Evidence: {evidence}", evidence=evidence)] if evidence else []),
        *([t("Owner: {name}", name=file.owner.name)] if file.owner is not None else []),
        *_decision(t, file),
        *_outcome(t, file),
    ]


def _decision(t: Words, file: ProposalFile) -> list[Line]:
    proposal = file.proposal
    if proposal.decided_at is None:
        return []
    values: dict[str, object] = {
        "name": file.decider.name if file.decider is not None else "…",
        "day": t.day(local_day(proposal.decided_at, file.zone)),
    }
    if proposal.status is Status.DECLINED:
        told = t.html("<b>Declined</b> by {name}, {day}", **values)
    else:
        told = t.html("<b>Accepted</b> by {name}, {day}", **values)
    return ["", told, quote(proposal.decision or "")]


def _outcome(t: Words, file: ProposalFile) -> list[Line]:
    proposal = file.proposal
    if proposal.outcome_at is None:
        return []
    day = t.day(local_day(proposal.outcome_at, file.zone))
    told = t.html("<b>Outcome</b>, {day}", day=day)
    return ["", told, quote(proposal.outcome or "")]


def _buttons(t: Words, file: ProposalFile, reader: Person) -> list[list[Button]]:
    proposal = file.proposal

    def button(label: str, act: ProposalAct) -> Button:
        return Button(label, ProposalTap(act, proposal.id))

    acts: list[Button] = []
    if file.may_decide(reader):
        acts.append(button(t("Accept"), ProposalAct.ACCEPT))
        acts.append(button(t("Decline"), ProposalAct.DECLINE))
    if file.may_give(reader):
        acts.append(button(t("Owner"), ProposalAct.OWNERS))
    if file.may_finish(reader):
        acts.append(button(t("Outcome"), ProposalAct.OUTCOME))
    if file.may_change_evidence(reader):
        acts.append(button(t("Evidence"), ProposalAct.EVIDENCE))
    every = Button(t("All proposals"), ProposalTap(ProposalAct.LIST))
    return [*in_rows(acts, 2), [*_evidence_button(t, file, reader), every]]


def _evidence_button(t: Words, file: ProposalFile, reader: Person) -> list[Button]:
    evidence = file.proposal.evidence
    if file.may_open_case(reader) and evidence.evaluation_id is not None:
        return [
            Button(t("See the feedback"), FeedbackTap(evidence.evaluation_id, FeedbackAct.OPEN))
        ]
    if file.may_open_report(reader) and evidence.team_id is not None and evidence.period:
        report = ReportTap(ReportKind.TEAM, evidence.team_id, evidence.period)
        return [Button(t("See the report"), report)]
    return []


def _listed(t: Words, one: Proposal) -> Button:
    kind = t(KINDS[one.kind])
    text = " ".join(one.text.split())
    label = f"{MARKS[one.status]} #{one.id} · {kind} · {text}"
    return Button(label, ProposalTap(ProposalAct.CARD, one.id))


def _turning(listed: Listed, tap: ProposalTap) -> list[Button]:
    turning: list[Button] = []
    if listed.skipped:
        turning.append(Button("‹", replace(tap, value=max(0, listed.skipped - PAGE))))
    following = listed.skipped + len(listed.entries)
    if following < listed.total:
        turning.append(Button("›", replace(tap, value=following)))
    return turning


def _status_label(t: Words, status: Status | None) -> str:
    if status is None:
        return t("Status: all")
    return t("Status: {status}", status=t(STATUSES[status]))


def _kind_label(t: Words, kind: Kind | None) -> str:
    if kind is None:
        return t("Kind: all")
    return t("Kind: {kind}", kind=t(KINDS[kind]))


def _next_status(within: Limit) -> Limit:
    every = (None, *Status)
    return replace(within, status=every[(every.index(within.status) + 1) % len(every)])


def _next_kind(within: Limit) -> Limit:
    every = (None, *Kind)
    return replace(within, kind=every[(every.index(within.kind) + 1) % len(every)])
