"""The questions around a proposal: its kind, its text, its evidence, its decision and owner."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from handlers import labels
from handlers.taps import ProposalAct, ProposalTap
from handlers.views.casefile import score_words
from handlers.views.pager import listed
from handlers.views.proposals import KINDS
from handlers.views.screen import Button, Screen, bold, in_rows, lines, quote, shorten
from handlers.words import Words
from scoring.draft import MAX_TEXT
from scoring.zones import local_day
from storage.evaluations import Evaluation
from storage.people import Person
from storage.proposals import Kind, Proposal, Status
from storage.scorecards import Published
from storage.teams import Team

A_PAGE = 20
"""How many names stand on a page, two in a row."""


def kind_screen(t: Words) -> Screen:
    """Return the question what would be improved."""
    kinds = [
        Button(t(label), ProposalTap(ProposalAct.KIND, kind=kind.value))
        for kind, label in KINDS.items()
    ]
    back = Button(t("All proposals"), ProposalTap(ProposalAct.LIST))
    return Screen(lines(bold(t("What would you improve?"))), [kinds, [back]])


def text_screen(t: Words, kind: Kind) -> Screen:
    """Return the request to write the proposal."""
    text = lines(
        bold(t(KINDS[kind])),
        t(
            "Write what should change and why, in one message of up to {limit} characters.",
            limit=MAX_TEXT,
        ),
    )
    return Screen(text, [[Button(t("Back"), ProposalTap(ProposalAct.NEW))]])


def evidence_screen(t: Words, proposal: Proposal, *, reports: bool) -> Screen:
    """Return the question what the proposal rests on; *reports* offers a report as well."""
    choices = [
        (t("An evaluation"), ProposalAct.EVALUATIONS),
        (t("A criterion"), ProposalAct.SCORECARDS),
        (t("Nothing"), ProposalAct.NOTHING),
    ]
    if reports:
        choices.insert(2, (t("A report"), ProposalAct.TEAMS))
    rows = in_rows((Button(label, ProposalTap(act, proposal.id)) for label, act in choices), 2)
    text = lines(
        bold(f"#{proposal.id} · {t(KINDS[proposal.kind])}"),
        quote(proposal.text),
        t("It is in the register. What does it rest on?"),
    )
    return Screen(text, rows)


def evaluations_screen(
    t: Words,
    proposal: Proposal,
    found: Sequence[Evaluation],
    names: dict[int, str],
    reading: ZoneInfo,
) -> Screen:
    """Return the newest evaluations that the author may read, to choose one."""
    rows = [
        [
            Button(
                " · ".join(
                    (
                        shorten(names.get(one.agent_id, "…"), 14),
                        score_words(t, one),
                        labels.channel(t, one.channel),
                        t.day(local_day(one.submitted_at, reading)),
                    )
                ),
                ProposalTap(ProposalAct.EVALUATION, proposal.id, one.id),
            )
        ]
        for one in found
    ]
    told = t("Which evaluation?") if found else t("There is no evaluation that you may read.")
    return Screen(lines(bold(told)), [*rows, [_back(t, proposal)]])


def scorecards_screen(t: Words, proposal: Proposal, found: Sequence[Published]) -> Screen:
    """Return the question which scorecard is meant."""
    buttons = [
        Button(
            one.scorecard.title.say(t.language),
            ProposalTap(ProposalAct.CRITERIA, proposal.id, version=one.id),
        )
        for one in found
    ]
    again = ProposalTap(ProposalAct.SCORECARDS, proposal.id)
    return listed([bold(t("Which scorecard?"))], buttons, [[_back(t, proposal)]], again)


def criteria_screen(t: Words, proposal: Proposal, published: Published) -> Screen:
    """Return the question which criterion is meant."""
    buttons = [
        Button(
            criterion.title.say(t.language),
            ProposalTap(ProposalAct.CRITERION, proposal.id, number, published.id),
        )
        for number, criterion in enumerate(published.scorecard.criteria())
    ]
    text = lines(bold(t("Which criterion?")), published.scorecard.title.say(t.language))
    again = ProposalTap(ProposalAct.CRITERIA, proposal.id, version=published.id)
    return listed([text], buttons, [[_back(t, proposal)]], again)


def teams_screen(t: Words, proposal: Proposal, found: Sequence[Team]) -> Screen:
    """Return the question on which team this month's report is meant."""
    buttons = [
        Button(one.name, ProposalTap(ProposalAct.REPORT, proposal.id, one.id)) for one in found
    ]
    again = ProposalTap(ProposalAct.TEAMS, proposal.id)
    head = bold(t("This month's report on which team?"))
    return listed([head], buttons, [[_back(t, proposal)]], again, per_row=2, a_page=A_PAGE)


def comment_screen(t: Words, proposal: Proposal, status: Status) -> Screen:
    """Return the question for the decision's comment."""
    if status is Status.ACCEPTED:
        head, told = t("Accept the proposal?"), t("Write why, and what is to be done.")
    else:
        head, told = t("Decline the proposal?"), t("Write why: the author reads it.")
    return Screen(lines(bold(head), quote(proposal.text), told), [[_card(t, proposal)]])


def outcome_screen(t: Words, proposal: Proposal) -> Screen:
    """Return the question what came of the proposal."""
    text = lines(
        bold(t("What came of it?")),
        quote(proposal.text),
        t("Write what changed: the author reads it."),
    )
    return Screen(text, [[_card(t, proposal)]])


def owners_screen(t: Words, proposal: Proposal, found: Sequence[Person]) -> Screen:
    """Return the question who carries the proposal out."""
    buttons = [
        Button(one.name, ProposalTap(ProposalAct.OWNER, proposal.id, one.id)) for one in found
    ]
    again = ProposalTap(ProposalAct.OWNERS, proposal.id)
    head = bold(t("Who carries it out?"))
    return listed([head], buttons, [[_card(t, proposal)]], again, per_row=2, a_page=A_PAGE)


def _back(t: Words, proposal: Proposal) -> Button:
    return Button(t("Back"), ProposalTap(ProposalAct.EVIDENCE, proposal.id))


def _card(t: Words, proposal: Proposal) -> Button:
    return Button(t("Back"), ProposalTap(ProposalAct.CARD, proposal.id))
