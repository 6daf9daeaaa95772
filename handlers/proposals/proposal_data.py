"""A proposal with everybody and everything it names, and who may do what with it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from handlers.evaluating import casefile
from handlers.evaluating.casefile import CaseFile, clock_of, oversees
from handlers.refusals import NotFound
from handlers.turn import Services
from scoring.names import fold
from scoring.roles import Role
from scoring.scorecard import Criterion
from storage import people, proposals, teams
from storage.database import Transaction
from storage.people import Person
from storage.proposals import Kind, Proposal
from storage.scorecards import Published
from storage.teams import Team

PROPOSERS = frozenset({Role.EVALUATOR, Role.SUPERVISOR, Role.ADMIN})
"""Who may propose and read the register."""


@dataclass(frozen=True, slots=True)
class ProposalFile:
    """A proposal with what it names; evidence that is gone is ``None``.

    ``zone`` is the one that its reader reads times in.
    """

    proposal: Proposal
    author: Person | None
    owner: Person | None
    decider: Person | None
    case: CaseFile | None
    scorecard: Published | None
    criterion: Criterion | None
    team: Team | None
    zone: ZoneInfo

    def may_change_evidence(self, person: Person) -> bool:
        """Return whether *person* may say what the proposal rests on."""
        return self.proposal.is_new and self.proposal.author_id == person.id

    def may_decide(self, person: Person) -> bool:
        """Return whether *person* may decide it now."""
        return self.proposal.is_new and decides(person, self.proposal)

    def may_give(self, person: Person) -> bool:
        """Return whether *person* may name its owner."""
        return self.proposal.is_under_way and oversees_kind(person, self.proposal.kind)

    def may_finish(self, person: Person) -> bool:
        """Return whether *person* may say what came of it."""
        able = person.id == self.proposal.owner_id or oversees_kind(person, self.proposal.kind)
        return self.proposal.is_under_way and able

    def may_open_case(self, person: Person) -> bool:
        """Return whether *person* may read the evaluation that it rests on."""
        return self.case is not None and self.case.may_be_read_by(person)

    def may_open_report(self, person: Person) -> bool:
        """Return whether *person* may read the report that it rests on."""
        return self.team is not None and oversees(person, frozenset({self.team.id}))


def oversees_kind(person: Person, kind: Kind) -> bool:
    """Return whether proposals of that kind are *person*'s to decide: a scorecard's are admins'."""
    if person.is_a(Role.ADMIN):
        return True
    return kind is not Kind.SCORECARD and person.is_a(Role.SUPERVISOR)


def decides(person: Person, proposal: Proposal) -> bool:
    """Return whether *person* may decide the proposal; one's own is for an admin to decide."""
    own = proposal.author_id == person.id
    return oversees_kind(person, proposal.kind) and (not own or person.is_a(Role.ADMIN))


async def deciders(tx: Transaction, proposal: Proposal) -> list[Person]:
    """Return who may decide the proposal, the author aside, by name."""
    found = {one.id: one for one in await people.with_role(tx, Role.ADMIN)}
    if proposal.kind is not Kind.SCORECARD:
        found |= {one.id: one for one in await people.with_role(tx, Role.SUPERVISOR)}
    found.pop(proposal.author_id or 0, None)
    return sorted(found.values(), key=lambda one: (fold(one.name), one.id))


async def opened(
    tx: Transaction, services: Services, reader: Person, proposal_id: int
) -> ProposalFile:
    """Return the proposal for *reader*; raise ``NotFound``."""
    proposal = await proposals.by_id(tx, proposal_id)
    if proposal is None:
        raise NotFound
    named = (proposal.author_id, proposal.owner_id, proposal.decided_by)
    who = await people.by_ids(tx, {one for one in named if one is not None})
    evidence = proposal.evidence
    scorecard = await _scorecard(tx, services, evidence.scorecard_version_id)
    return ProposalFile(
        proposal=proposal,
        author=who.get(proposal.author_id or 0),
        owner=who.get(proposal.owner_id or 0),
        decider=who.get(proposal.decided_by or 0),
        case=await _case(tx, services, evidence.evaluation_id),
        scorecard=scorecard,
        criterion=_criterion(scorecard, evidence.criterion),
        team=await teams.by_id(tx, evidence.team_id) if evidence.team_id is not None else None,
        zone=clock_of(services, reader, await own_team(tx, reader)),
    )


async def own_team(tx: Transaction, person: Person) -> Team | None:
    """Return the first team that *person* belongs to or supervises."""
    ids = (*person.teams, *person.supervises)
    return await teams.by_id(tx, ids[0]) if ids else None


async def _case(tx: Transaction, services: Services, evaluation_id: int | None) -> CaseFile | None:
    return await casefile.load(tx, services, evaluation_id) if evaluation_id is not None else None


async def _scorecard(
    tx: Transaction, services: Services, version_id: int | None
) -> Published | None:
    return await services.shelf.get(tx, version_id) if version_id is not None else None


def _criterion(published: Published | None, key: str | None) -> Criterion | None:
    if published is None or key is None:
        return None
    return published.scorecard.criterion(key)
