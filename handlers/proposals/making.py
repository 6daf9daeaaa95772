"""Proposing: the kind, the text, which is stored at once, and then what it rests on."""

from handlers.disputes.disputing import forget, required_text
from handlers.evaluating import casefile
from handlers.proposals.proposal_data import ProposalFile, deciders, opened
from handlers.proposals.proposal_news import NEW, tell
from handlers.refusals import NotYours, OutOfDate
from handlers.reports.report_data import today_of
from handlers.reports.scope import OVERSEERS, NoTeams, team_for, teams_of
from handlers.taps import ProposalAct, ProposalTap
from handlers.turn import Turn
from handlers.views import proposal_making as views
from handlers.views.proposals import card_screen
from handlers.views.screen import Screen
from scoring.roles import Role
from storage import awaiting, evaluations, people, proposals, scorecards
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.proposals import Evidence, Kind

TEXT = "proposal.text"
MOST_EVALUATIONS = 8


async def ask_kind(turn: Turn, _tap: ProposalTap) -> None:
    """Ask what would be improved."""
    async with turn.db.writing() as tx:
        await forget(tx, turn.person, TEXT, 0)
    await turn.show(views.kind_screen(turn.t))


async def ask_text(turn: Turn, tap: ProposalTap) -> None:
    """Ask for the proposal itself."""
    kind = _kind(tap.kind)
    async with turn.db.writing() as tx:
        await awaiting.expect(tx, turn.person.id, Awaited(TEXT, 0, kind.value))
    await turn.show(views.text_screen(turn.t, kind))


async def take_text(turn: Turn, awaited: Awaited) -> None:
    """Store the typed proposal, tell who decides, and ask what it rests on."""
    text = required_text(turn)
    async with turn.db.writing() as tx:
        kind = _kind(awaited.detail)
        proposal_id = await proposals.add(tx, kind, text, turn.person.id, turn.now)
        await awaiting.forget(tx, turn.person.id)
        file = await opened(tx, turn.services, turn.person, proposal_id)
        told = await deciders(tx, file.proposal)
        await tell(tx, NEW, proposal_id, told, turn.now, without=turn.person.id)
    turn.services.wake()
    await turn.say(_evidence(turn, file))


async def ask_evidence(turn: Turn, tap: ProposalTap) -> None:
    """Ask what the proposal rests on."""
    async with turn.db.reading() as tx:
        file = await _own(tx, turn, tap)
    await turn.show(_evidence(turn, file))


def _evidence(turn: Turn, file: ProposalFile) -> Screen:
    reports = turn.person.is_a(*OVERSEERS)
    return views.evidence_screen(turn.t, file.proposal, reports=reports)


async def choose_evaluation(turn: Turn, tap: ProposalTap) -> None:
    """Offer the newest evaluations that the author may read."""
    person = turn.person
    supervised = person.supervises if person.is_a(Role.SUPERVISOR) else ()
    teams = None if person.is_a(Role.ADMIN) else supervised
    async with turn.db.reading() as tx:
        file = await _own(tx, turn, tap)
        found = await evaluations.latest(tx, by=person.id, teams=teams, limit=MOST_EVALUATIONS)
        agents = await people.by_ids(tx, {one.agent_id for one in found})
    names = {one.id: one.name for one in agents.values()}
    screen = views.evaluations_screen(turn.t, file.proposal, found, names, file.zone)
    await turn.show(screen)


async def choose_scorecard(turn: Turn, tap: ProposalTap) -> None:
    """Offer the scorecards in use; the criteria at once where there is one."""
    async with turn.db.reading() as tx:
        file = await _own(tx, turn, tap)
        found = await scorecards.current(tx, turn.services.shelf)
    if len(found) == 1:
        await turn.show(views.criteria_screen(turn.t, file.proposal, found[0]))
    else:
        await turn.show(views.scorecards_screen(turn.t, file.proposal, found))


async def choose_criterion(turn: Turn, tap: ProposalTap) -> None:
    """Offer the scorecard's criteria."""
    async with turn.db.reading() as tx:
        file = await _own(tx, turn, tap)
        try:
            published = await turn.services.shelf.get(tx, tap.version)
        except KeyError as error:
            raise OutOfDate from error
    await turn.show(views.criteria_screen(turn.t, file.proposal, published))


async def choose_team(turn: Turn, tap: ProposalTap) -> None:
    """Offer the teams whose reports the author may see."""
    if not turn.person.is_a(*OVERSEERS):
        raise NoTeams
    async with turn.db.reading() as tx:
        file = await _own(tx, turn, tap)
        found = await teams_of(tx, turn.person)
    await turn.show(views.teams_screen(turn.t, file.proposal, found))


async def rest_on(turn: Turn, tap: ProposalTap) -> None:
    """Store the chosen evidence and show the proposal."""
    async with turn.db.writing() as tx:
        await _own(tx, turn, tap)
        await proposals.rest_on(tx, tap.proposal, await _chosen(tx, turn, tap))
        file = await opened(tx, turn.services, turn.person, tap.proposal)
    await turn.show(card_screen(turn.t, file, turn.person))


async def _chosen(tx: Transaction, turn: Turn, tap: ProposalTap) -> Evidence:
    """Return what the press names, looked at anew: only what the author may read is evidence."""
    if tap.act is ProposalAct.EVALUATION:
        file = await casefile.opened(tx, turn.services, turn.person, tap.value)
        return Evidence(evaluation_id=file.evaluation.id)
    if tap.act is ProposalAct.REPORT:
        team = await team_for(tx, turn, tap.value)
        month = f"{today_of(turn.services, team):%Y-%m}"
        return Evidence(team_id=team.id, period=month)
    if tap.act is ProposalAct.CRITERION:
        try:
            published = await turn.services.shelf.get(tx, tap.version)
            criterion = list(published.scorecard.criteria())[max(tap.value, 0)]
        except (KeyError, IndexError) as error:
            raise OutOfDate from error
        return Evidence(scorecard_version_id=published.id, criterion=criterion.key)
    return Evidence()


async def _own(tx: Transaction, turn: Turn, tap: ProposalTap) -> ProposalFile:
    """Return the proposal whose evidence the person may choose."""
    file = await opened(tx, turn.services, turn.person, tap.proposal)
    if file.proposal.author_id != turn.person.id:
        raise NotYours
    if not file.proposal.is_new:
        raise OutOfDate
    return file


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError as error:
        raise OutOfDate from error
