"""Recognition: a team's best of a period, praised in its group; only of people who agreed."""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden

from handlers.refusals import NotAllowed, NotYours, OnlyInPrivate, OutOfDate, Sorry
from handlers.reports.report_data import pool_of, today_of, zone_of
from handlers.reports.report_words import period_of
from handlers.reports.scope import OVERSEERS, team_for
from handlers.reports.showing import show_beside
from handlers.routing import press
from handlers.taps import PraiseAct, PraiseTap, ReportTap
from handlers.turn import Turn, send
from handlers.views import praise as views
from handlers.views.screen import Screen
from handlers.words import N_, words
from handlers.workshop import making
from handlers.workshop.process import PICTURES
from scoring.periods import Period
from scoring.recognition import Standing, Standout
from scoring.roles import Relation
from storage import groups, people, reports
from storage.database import Transaction
from storage.groups import Group
from storage.reports import Scope
from storage.teams import Team

log = structlog.get_logger(__name__)


class NobodyToPraise(Sorry):
    """Nobody stands out any more, or nobody who agreed."""

    sentence = N_("There is nobody to praise any more.")


class PraisedAlready(Sorry):
    """The group has read it."""

    sentence = N_("This has been posted there already.")


class GroupGone(Sorry):
    """The bot cannot write to the group."""

    sentence = N_("I cannot write to that group any more. Send /team there once I am back in it.")


@dataclass(frozen=True, slots=True)
class Results:
    """Who stands out in a team's period, whoever agreed to be praised."""

    team: Team
    period: Period
    standing: Standing


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who stands out in a team's period, and who of them agreed to be praised."""

    team: Team
    period: Period
    standing: Standing
    agreed: tuple[Standout, ...]
    names: Mapping[int, str]


async def pressed_report(turn: Turn, tap: ReportTap) -> None:
    """Say who may be praised for the report's period, or why nobody; ask in which group."""
    if not turn.private:
        raise OnlyInPrivate
    results = await _results(turn, tap.subject, tap.period)
    async with turn.db.reading() as tx:
        found = await _candidates(tx, results)
        known = await groups.of(tx, turn.person.id, tap.subject)
    today = today_of(turn.services, found.team)
    screen = views.choice_screen(turn.t, _praise(found), found.standing, known, today)
    await show_beside(turn, screen)


async def pressed(turn: Turn, tap: PraiseTap) -> None:
    """Handle a press on the way to a praise."""
    await (_preview if tap.act is PraiseAct.PREVIEW else _post)(turn, tap)


async def consent(turn: Turn, tap: ReportTap) -> None:
    """Note whether the agent who presses may be praised in the group."""
    if not turn.private:
        raise OnlyInPrivate
    if tap.subject != turn.person.id:
        raise NotYours
    if tap.value not in (0, 1):
        raise OutOfDate
    async with turn.db.writing() as tx:
        await groups.agree(tx, turn.person.id, turn.now, agreed=bool(tap.value))


async def may_be_praised(turn: Turn) -> bool:
    """Return whether the person agreed to be praised in the group."""
    async with turn.db.reading() as tx:
        return turn.person.id in await groups.agreed(tx)


async def remember_group(turn: Turn, team: Team) -> None:
    """Note that this group is one of the team's, where this is a group."""
    if turn.private:
        return
    group = Group(turn.chat.id, turn.chat.title or "", turn.thread)
    async with turn.db.writing() as tx:
        await groups.remember(tx, group, team.id, turn.person.id, turn.now)


async def _preview(turn: Turn, tap: PraiseTap) -> None:
    results = await _results(turn, tap.team, tap.period)
    async with turn.db.reading() as tx:
        found, group = await _aim(tx, turn, tap, results)
    today = today_of(turn.services, found.team)
    post = views.post_text(words(found.team.language), _praise(found), today)
    await turn.show(views.preview_screen(turn.t, post, group, tap))


async def _post(turn: Turn, tap: PraiseTap) -> None:
    """Post the praise, once for the period's days, however often the button is pressed."""
    results = await _results(turn, tap.team, tap.period)
    async with turn.db.writing() as tx:
        found, group = await _aim(tx, turn, tap, results)
        team, by = found.team, turn.person.id
        if not await groups.claim_praise(tx, team.id, group.chat_id, found.period, turn.now, by=by):
            raise PraisedAlready
    today = today_of(turn.services, team)
    screen = Screen(views.post_text(words(team.language), _praise(found), today))
    try:
        await _send(turn, group, screen)
    except (BadRequest, Forbidden) as error:
        log.info("praise_refused", cause=type(error).__name__)
        async with turn.db.writing() as tx:
            await groups.drop_praise(tx, team.id, group.chat_id, found.period)
            await groups.forget(tx, group.chat_id)
        raise GroupGone from error
    await turn.show(views.posted_screen(turn.t, group))


async def _send(turn: Turn, group: Group, screen: Screen) -> None:
    """Send the screen to the group, which may have moved to another id."""
    try:
        await send(turn.bot, turn.services, group.chat_id, screen, group.thread)
    except ChatMigrated as moved:
        async with turn.db.writing() as tx:
            await groups.moved(tx, group.chat_id, moved.new_chat_id)
        await send(turn.bot, turn.services, moved.new_chat_id, screen, group.thread)


async def _aim(
    tx: Transaction, turn: Turn, tap: PraiseTap, results: Results
) -> tuple[Candidates, Group]:
    """Return who is praised where, looked at anew; raise what stands against it."""
    found = await _candidates(tx, results)
    known = await groups.of(tx, turn.person.id, tap.team)
    group = next((one for one in known if one.chat_id == tap.chat), None)
    if group is None:
        raise GroupGone
    if not found.agreed:
        raise NobodyToPraise
    return found, group


async def _results(turn: Turn, team_id: int, period: str) -> Results:
    """Return who stands out in the team's period, which takes a helper some time to find."""
    if not turn.person.is_a(*OVERSEERS):
        raise NotAllowed
    async with turn.db.reading() as tx:
        team = await team_for(tx, turn, team_id)
        asked = period_of(period, today_of(turn.services, team))
        window = asked.bounds(zone_of(turn.services, team))
        facts = await reports.facts(tx, Scope(team=team.id), window)
        pool = await pool_of(tx, turn.services, team, asked)
    scores = [(fact.agent_id, fact.final) for fact in facts]
    found = await PICTURES.do(making.standing, scores, pool)
    return Results(team, asked, found)


async def _candidates(tx: Transaction, results: Results) -> Candidates:
    team, found = results.team, results.standing
    members = {one.id: one.name for one in await people.in_team(tx, team.id, Relation.MEMBER)}
    willing = await groups.agreed(tx) & members.keys()
    agreed = tuple(one for one in found.standouts if one.agent_id in willing)
    return Candidates(team, results.period, found, agreed, members)


def _praise(found: Candidates) -> views.Praise:
    return views.Praise(found.team, found.period, found.agreed, found.names)


PRESSES = (press(PraiseTap, pressed, OVERSEERS),)
