"""What becomes of a proposal: its decision, its owner, its outcome."""

from handlers.disputes.disputing import forget, required_text
from handlers.proposals.proposal_data import PROPOSERS, ProposalFile, opened
from handlers.proposals.proposal_news import DECIDED, FINISHED, OWNED, tell
from handlers.refusals import NotAllowed, NotFound, OutOfDate, Sorry
from handlers.taps import ProposalAct, ProposalTap
from handlers.turn import Turn
from handlers.views import proposal_making as views
from handlers.views.proposals import card_screen
from handlers.words import N_
from scoring.names import fold
from storage import awaiting, people, proposals
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.people import Person
from storage.proposals import Status

DECISION = "proposal.decision"
OUTCOME = "proposal.outcome"
ANSWERS = {ProposalAct.ACCEPT: Status.ACCEPTED, ProposalAct.DECLINE: Status.DECLINED}


class DecidedAlready(Sorry):
    """Somebody else was quicker."""

    sentence = N_("This proposal has been decided already.")


async def ask_comment(turn: Turn, tap: ProposalTap) -> None:
    """Ask for the decision's comment."""
    status = ANSWERS[tap.act]
    async with turn.db.writing() as tx:
        file = await _decidable(tx, turn, tap.proposal)
        expected = Awaited(DECISION, tap.proposal, status.value)
        await awaiting.expect(tx, turn.person.id, expected)
    await turn.show(views.comment_screen(turn.t, file.proposal, status))


async def take_comment(turn: Turn, awaited: Awaited) -> None:
    """Decide with the typed comment and tell the author."""
    comment = required_text(turn)
    status = Status(awaited.detail)
    async with turn.db.writing() as tx:
        file = await _decidable(tx, turn, awaited.subject)
        decided = await proposals.decide(
            tx, file.proposal.id, status, turn.now, by=turn.person.id, comment=comment
        )
        if not decided:
            raise DecidedAlready
        await forget(tx, turn.person, DECISION, awaited.subject)
        told = [file.author]
        await tell(tx, DECIDED, file.proposal.id, told, turn.now, without=turn.person.id)
        file = await opened(tx, turn.services, turn.person, file.proposal.id)
    turn.services.wake()
    await turn.say(card_screen(turn.t, file, turn.person))


async def choose_owner(turn: Turn, tap: ProposalTap) -> None:
    """Ask who carries the proposal out."""
    async with turn.db.reading() as tx:
        file = await _given(tx, turn, tap.proposal)
        found = await _able(tx, turn.person)
    await turn.show(views.owners_screen(turn.t, file.proposal, found))


async def give(turn: Turn, tap: ProposalTap) -> None:
    """Make the chosen person the owner and tell them."""
    async with turn.db.writing() as tx:
        await _given(tx, turn, tap.proposal)
        owner = next((one for one in await _able(tx, turn.person) if one.id == tap.value), None)
        if owner is None:
            raise NotFound
        await proposals.give_to(tx, tap.proposal, owner.id)
        await tell(tx, OWNED, tap.proposal, [owner], turn.now, without=turn.person.id)
        file = await opened(tx, turn.services, turn.person, tap.proposal)
    turn.services.wake()
    await turn.show(card_screen(turn.t, file, turn.person))


async def ask_outcome(turn: Turn, tap: ProposalTap) -> None:
    """Ask what came of the proposal."""
    async with turn.db.writing() as tx:
        file = await _finishable(tx, turn, tap.proposal)
        await awaiting.expect(tx, turn.person.id, Awaited(OUTCOME, tap.proposal))
    await turn.show(views.outcome_screen(turn.t, file.proposal))


async def take_outcome(turn: Turn, awaited: Awaited) -> None:
    """Store the typed outcome and tell the author and the owner."""
    outcome = required_text(turn)
    async with turn.db.writing() as tx:
        file = await _finishable(tx, turn, awaited.subject)
        if not await proposals.finish(tx, file.proposal.id, outcome, turn.now):
            raise OutOfDate
        await forget(tx, turn.person, OUTCOME, awaited.subject)
        told = [file.author, file.owner]
        await tell(tx, FINISHED, file.proposal.id, told, turn.now, without=turn.person.id)
        file = await opened(tx, turn.services, turn.person, file.proposal.id)
    turn.services.wake()
    await turn.say(card_screen(turn.t, file, turn.person))


async def _decidable(tx: Transaction, turn: Turn, proposal_id: int) -> ProposalFile:
    file = await opened(tx, turn.services, turn.person, proposal_id)
    if not file.proposal.is_new:
        raise DecidedAlready
    if not file.may_decide(turn.person):
        raise NotAllowed
    return file


async def _under_way(tx: Transaction, turn: Turn, proposal_id: int) -> ProposalFile:
    file = await opened(tx, turn.services, turn.person, proposal_id)
    if not file.proposal.is_under_way:
        raise OutOfDate
    return file


async def _given(tx: Transaction, turn: Turn, proposal_id: int) -> ProposalFile:
    file = await _under_way(tx, turn, proposal_id)
    if not file.may_give(turn.person):
        raise NotAllowed
    return file


async def _finishable(tx: Transaction, turn: Turn, proposal_id: int) -> ProposalFile:
    file = await _under_way(tx, turn, proposal_id)
    if not file.may_finish(turn.person):
        raise NotAllowed
    return file


async def _able(tx: Transaction, person: Person) -> list[Person]:
    """Return who may own a proposal: whoever may propose, *person* first, then by name."""
    found = {one.id: one for role in sorted(PROPOSERS) for one in await people.with_role(tx, role)}
    return sorted(found.values(), key=lambda one: (one.id != person.id, fold(one.name)))
