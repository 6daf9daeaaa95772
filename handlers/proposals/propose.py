"""/propose: the register of improvements to monitoring, reporting and the scorecard."""

from collections.abc import Awaitable, Callable, Mapping

from handlers.disputes.disputing import forget
from handlers.proposals import deciding, files, making, proposal_news
from handlers.proposals.proposal_data import PROPOSERS, opened
from handlers.refusals import OutOfDate
from handlers.routing import Command, Typed, press
from handlers.taps import ProposalAct, ProposalTap
from handlers.turn import Turn
from handlers.views import export as export_views
from handlers.views import proposals as views
from handlers.views.screen import File, Screen
from handlers.words import N_
from storage import audit, proposals
from storage.audit import Action, Subject, Thing
from storage.database import Transaction
from storage.proposals import Kind, Limit, Status

FILE = "proposals"


async def list_proposals(turn: Turn) -> None:
    """Answer /propose: the register, with a button for a new proposal."""
    async with turn.db.reading() as tx:
        screen = await _list(tx, turn, Limit(), 0)
    await turn.say(screen)


async def pressed(turn: Turn, tap: ProposalTap) -> None:
    """Handle a press about proposals."""
    await ACTS[tap.act](turn, tap)


async def _turn_page(turn: Turn, tap: ProposalTap) -> None:
    async with turn.db.reading() as tx:
        screen = await _list(tx, turn, _within(tap), max(tap.value, 0))
    await turn.show(screen)


async def _list(tx: Transaction, turn: Turn, within: Limit, skip: int) -> Screen:
    entries, total = await proposals.page(tx, within, limit=views.PAGE, offset=skip)
    return views.list_screen(turn.t, views.Listed(entries, within, skip, total))


async def _card(turn: Turn, tap: ProposalTap) -> None:
    async with turn.db.writing() as tx:
        for what in (deciding.DECISION, deciding.OUTCOME):
            await forget(tx, turn.person, what, tap.proposal)
        file = await opened(tx, turn.services, turn.person, tap.proposal)
    await turn.show(views.card_screen(turn.t, file, turn.person))


async def _export(turn: Turn, tap: ProposalTap) -> None:
    async with turn.db.reading() as tx:
        found, _ = await proposals.page(tx, _within(tap))
        every = [await opened(tx, turn.services, turn.person, one.id) for one in found]
    if tap.act is ProposalAct.CSV:
        file = File(f"{FILE}.csv", files.csv(turn.t, every))
    else:
        file = File(f"{FILE}.xlsx", await files.xlsx(turn.t, every))
    async with turn.db.writing() as tx:
        details: audit.Details = {"what": "proposals", "rows": len(every)}
        await audit.note(tx, turn.actor, Action.EXPORTED, Subject(Thing.FILE), details)
    await turn.say(Screen(export_views.caption(turn.t), file=file))


def _within(tap: ProposalTap) -> Limit:
    try:
        status = Status(tap.status) if tap.status else None
        return Limit(status, Kind(tap.kind) if tap.kind else None)
    except ValueError as error:
        raise OutOfDate from error


ACTS: Mapping[ProposalAct, Callable[[Turn, ProposalTap], Awaitable[None]]] = {
    ProposalAct.LIST: _turn_page,
    ProposalAct.CARD: _card,
    ProposalAct.CSV: _export,
    ProposalAct.XLSX: _export,
    ProposalAct.NEW: making.ask_kind,
    ProposalAct.KIND: making.ask_text,
    ProposalAct.EVIDENCE: making.ask_evidence,
    ProposalAct.EVALUATIONS: making.choose_evaluation,
    ProposalAct.SCORECARDS: making.choose_scorecard,
    ProposalAct.CRITERIA: making.choose_criterion,
    ProposalAct.TEAMS: making.choose_team,
    ProposalAct.EVALUATION: making.rest_on,
    ProposalAct.CRITERION: making.rest_on,
    ProposalAct.REPORT: making.rest_on,
    ProposalAct.NOTHING: making.rest_on,
    ProposalAct.ACCEPT: deciding.ask_comment,
    ProposalAct.DECLINE: deciding.ask_comment,
    ProposalAct.OWNERS: deciding.choose_owner,
    ProposalAct.OWNER: deciding.give,
    ProposalAct.OUTCOME: deciding.ask_outcome,
}

COMMANDS = (Command("propose", list_proposals, N_("Propose an improvement"), PROPOSERS),)
PRESSES = (press(ProposalTap, pressed, PROPOSERS),)
TYPED = (
    Typed(making.TEXT, making.take_text, PROPOSERS),
    Typed(deciding.DECISION, deciding.take_comment, PROPOSERS),
    Typed(deciding.OUTCOME, deciding.take_outcome, PROPOSERS),
)
NOTICES = proposal_news.NOTICES
