"""Importing KPI: a file of agents' days and metrics becomes figures, the same file none twice."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from handlers.kpi import kpi_watch
from handlers.kpi.rows import COLUMNS, Wanted, habits_of, understand
from handlers.people.known import Known
from handlers.refusals import NotAllowed, Sorry, wording
from handlers.reports.report_data import today_of
from handlers.reports.scope import OVERSEERS
from handlers.tables import import_outcome, tables
from handlers.tables.import_outcome import ImportOutcome, RejectedRow
from handlers.tables.limits import LARGE
from handlers.tables.tables import Row, Table
from handlers.turn import Services
from handlers.views.screen import shorten
from handlers.words import N_, Words
from scoring.metrics import Metric
from scoring.roles import Role
from storage import aliases, audit, kpi, kpi_figures, people, teams
from storage.audit import Action, Subject, Thing
from storage.database import Transaction
from storage.kpi_figures import Figure, Stored
from storage.people import Person
from storage.teams import Team

NAME = 60


class UnknownAgent(Sorry):
    """No agent has that name."""

    sentence = N_("I know no agent “{name}”.")


class NotInTeams(Sorry):
    """No agent whom the sender oversees has that name; who else has it is not told."""

    sentence = N_("I found no agent “{name}” in your teams.")


class SeveralAgents(Sorry):
    """Several agents have that name, so the row could mean any of them."""

    sentence = N_("Several agents have this name.")


class NotYet(Sorry):
    """The day lies ahead for the agent."""

    sentence = N_("{day} has not come yet.")


class Same(Sorry):
    """The file has the agent's day in this metric two times."""

    sentence = N_("This agent, date and metric stand in row {row} already.")


async def import_kpi(
    services: Services, name: str, content: bytes, *, by: Person | None, t: Words
) -> ImportOutcome:
    """Store the figures in the file and return what came of it; raise ``Sorry`` for a bad file.

    The whole file is checked first and its good rows are stored together. *by* is who sent it
    (``None``: the command line, which may do everything); reasons are in *t*.
    """
    return await import_table(
        services, await tables.read(name, content, LARGE, header=_header), by=by, t=t
    )


def _header(names: Sequence[str]) -> Sequence[str]:
    return tables.expect_columns(names, COLUMNS)


async def import_table(
    services: Services, table: Table, *, by: Person | None, t: Words
) -> ImportOutcome:
    """Do what ``import_kpi`` does with a table that has been read already."""
    if by is not None and not by.roles & OVERSEERS:
        raise NotAllowed
    tables.expect(table, COLUMNS)
    async with services.db.reading() as tx:
        metrics = await kpi.catalogue(tx)
    wanted, rejected = await asyncio.to_thread(_understood, table, metrics, t)
    async with services.db.writing() as tx:
        stored, refused = await _store(tx, services, wanted, by, t)
        await kpi_watch.look_again(services, tx, (*stored.added, *stored.changed))
        await _note(tx, services, stored, by)
    services.wake()
    rejected = sorted([*rejected, *refused], key=lambda one: one.row.number)
    file = await import_outcome.returned(table, rejected)
    return ImportOutcome(
        added=len(stored.added),
        changed=len(stored.changed),
        same=stored.same,
        rejected=tuple(rejected),
        files=(file,) if file is not None else (),
    )


async def _note(tx: Transaction, services: Services, stored: Stored, by: Person | None) -> None:
    actor = await audit.acting(tx, by.id if by is not None else None, services.clock())
    details: audit.Details = {
        "what": "kpi",
        "added": len(stored.added),
        "changed": len(stored.changed),
        "same": stored.same,
    }
    await audit.note(tx, actor, Action.IMPORTED, Subject(Thing.FILE), details)


def _understood(
    table: Table, metrics: Mapping[str, Metric], t: Words
) -> tuple[list[Wanted], list[RejectedRow]]:
    known = habits_of(table)

    def read(row: Row) -> Wanted:
        return understand(metrics, known, row)

    return import_outcome.understood(table.rows, read, t)


async def _store(
    tx: Transaction, services: Services, wanted: Iterable[Wanted], by: Person | None, t: Words
) -> tuple[Stored, list[RejectedRow]]:
    agents = [one for one in await people.known(tx) if one.is_a(Role.AGENT)]
    in_scope = [one for one in agents if _may(by, one)]
    matching = _Matching(
        services,
        Known(in_scope, await aliases.everybody(tx)),
        {team.id: team for team in await teams.everything(tx)},
        NotInTeams if by is not None and not by.is_a(Role.ADMIN) else UnknownAgent,
    )
    figures: list[Figure] = []
    refused: list[RejectedRow] = []
    for one in wanted:
        try:
            figures.append(matching.figure(one))
        except Sorry as sorry:
            refused.append(RejectedRow(one.row, wording(t, sorry)))
    sender = by.id if by is not None else None
    return await kpi_figures.put(tx, figures, services.clock(), by=sender), refused


def _may(by: Person | None, agent: Person) -> bool:
    """Return whether the sender may bring figures of the agent."""
    if by is None or by.is_a(Role.ADMIN):
        return True
    return not set(agent.teams).isdisjoint(by.supervises)


@dataclass(slots=True)
class _Matching:
    """Finds the agent that each row means; remembers the rows before it."""

    services: Services
    agents: Known
    teams: Mapping[int, Team]
    unknown: type[Sorry]
    seen: dict[kpi_figures.Identity, int] = field(default_factory=dict)

    def figure(self, wanted: Wanted) -> Figure:
        """Return the figure that the row is; raise why it cannot be stored."""
        agent = self._agent(wanted.agent, wanted.agent_key)
        team = self.teams.get(agent.teams[0]) if agent.teams else None
        if wanted.day > today_of(self.services, team):
            raise NotYet(day=wanted.day.isoformat())
        team_id = team.id if team is not None else None
        figure = Figure(agent.id, wanted.day, wanted.metric.key, wanted.value, team_id)
        if figure.identity in self.seen:
            raise Same(row=self.seen[figure.identity])
        self.seen[figure.identity] = wanted.row.number
        return figure

    def _agent(self, name: str, key: str) -> Person:
        found = self.agents.meant(name, key)
        # Who left keeps their figures, but a name means first of all somebody who is here.
        here = [one for one in found if one.active] or found
        if not here:
            raise self.unknown(name=shorten(name or key, NAME))
        if len(here) > 1:
            raise SeveralAgents
        return here[0]
