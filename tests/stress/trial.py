"""The trial: evaluators score while the bot is killed again and again.

Then what is left is held against what they saw.
"""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import select, update

from bot.running import prepare, utc_now
from bot.sandbox import Sandbox
from bot.sandbox.people import Person as Account
from bot.sandbox.values import as_list, as_object, as_objects, as_text
from bot.sandbox.world import World
from handlers.taps import FeedbackAct, FeedbackTap, UnknownTapError, unpack
from handlers.turn import Services
from scoring.answers import asked
from scoring.builtin import builtin_scorecards
from scoring.roles import Role
from scoring.scorecard import Channel
from storage import drafts, evaluations, identity, outbox, people, teams
from storage.database import Database
from storage.drafts import DISCARDED
from storage.people import NewPerson
from storage.scorecards import Shelf
from storage.tables import DraftRow, EvaluationRow, OutboxRow
from tests.stress.evaluator import Evaluator
from tests.stress.process import BotProcess

AGENTS = ("Ivan Petrov", "Daria Kovalenko", "Semen Hlushko")
AT_START = 0.15
"""How many of the kills meet a process that is only starting."""
STARTING_SECONDS, WORKING_SECONDS = 1.0, 1.0
READY_SECONDS = 180.0
LEASES_SECONDS = 180.0


@dataclass(frozen=True)
class Plan:
    """What to try: how many kills, drawn from which seed, with how many evaluators."""

    kills: int
    seed: int
    evaluators: int = 4
    webhook: bool = False


@dataclass
class Figures:
    """What came out."""

    kills: int = 0
    acts: int = 0
    evaluations: int = 0
    answers: int = 0
    feedback: int = 0
    repeated: int = 0
    failures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.acts} acts seen taken, "
            f"{self.evaluations} evaluations with {self.answers} answers, "
            f"{self.feedback} feedbacks delivered, {self.repeated} of them more than once"
        )


@dataclass
class Trial:
    """One centre under trial, in *folder*, on the database at *url*."""

    plan: Plan
    folder: Path
    url: str
    figures: Figures = field(default_factory=Figures)

    async def run(self) -> Figures:
        """Try everything and return the figures; raises ``AssertionError`` for what is lost."""
        async with Sandbox().serving() as sandbox, _opened(self.url) as db:
            evaluators = await self._hire(db, sandbox.world)
            bot = BotProcess(
                self.folder, sandbox.address, sandbox.token, self.url, self.plan.webhook
            )
            try:
                await self._torment(db, bot, evaluators)
                await self._settle(db, bot)
            finally:
                bot.close()
            self.figures.failures = bot.failures()
            self.figures.acts = sum(one.acts for one in evaluators)
            await self._examine(db, sandbox.world, evaluators)
        return self.figures

    async def _hire(self, db: Database, world: World) -> list[Evaluator]:
        await prepare(Services(db, Shelf(), utc_now))
        scorecard = next(one for one in builtin_scorecards() if Channel.CALL in one.channels)
        async with db.writing() as tx:
            # Accounts as low as these would be taken for a sandbox's.
            await identity.claim(tx, identity.Owner.TELEGRAM, utc_now())
            team = await teams.add(tx, "Support", "UTC", "en", utc_now())
            for name in AGENTS:
                new = NewPerson(name, {Role.AGENT}, teams=[team.id], telegram_id=_account(world))
                await people.add(tx, new, utc_now())
            found = []
            for number in range(self.plan.evaluators):
                account = _account(world)
                new = NewPerson(f"Evaluator {number}", {Role.EVALUATOR}, telegram_id=account)
                await people.add(tx, new, utc_now())
                random = Random(f"{self.plan.seed}:{number}")  # noqa: S311  a script, no secret
                found.append(Evaluator(world, account, AGENTS, scorecard, random))
        return found

    async def _torment(self, db: Database, bot: BotProcess, evaluators: list[Evaluator]) -> None:
        stopping = asyncio.Event()
        bot.start()
        try:
            async with asyncio.TaskGroup() as group:
                work = [group.create_task(one.work(stopping)) for one in evaluators]
                await self._kills(db, bot, evaluators)
                stopping.set()
                await asyncio.wait(work)
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from errors

    async def _kills(self, db: Database, bot: BotProcess, evaluators: list[Evaluator]) -> None:
        random = Random(self.plan.seed)  # noqa: S311  a script, no secret
        for _ in range(self.plan.kills):
            await self._live(bot, evaluators, random)
            self.figures.kills += 1
            bot.kill()
            await self._compare(db, evaluators)
            bot.start()

    async def _live(self, bot: BotProcess, evaluators: list[Evaluator], random: Random) -> None:
        """Let the process live until its random end comes."""
        if random.random() < AT_START:
            await asyncio.sleep(random.uniform(0, STARTING_SECONDS))
            return
        before = sum(one.acts for one in evaluators)
        async with asyncio.timeout(READY_SECONDS):
            while sum(one.acts for one in evaluators) == before:
                assert bot.running, bot.failures()
                await asyncio.sleep(0.01)
        await asyncio.sleep(random.uniform(0, WORKING_SECONDS))

    async def _compare(self, db: Database, evaluators: list[Evaluator]) -> None:
        """Hold every draft that somebody is at against what they saw of it."""
        seen = [
            (ident, one.version, one.walk.answers, one.walk.notes, one.walk.overall)
            for evaluator in evaluators
            for ident, one in evaluator.drafts.items()
            if not one.submitted
        ]
        async with db.reading() as tx:
            for ident, version, answers, notes, overall in seen:
                stored = await drafts.by_id(tx, ident)
                assert stored is not None, f"draft {ident} is gone"
                assert stored.version >= version, f"draft {ident} lost what was confirmed"
                if stored.version == version and stored.is_open:
                    theirs = (stored.answers, stored.notes, stored.overall)
                    assert theirs == (answers, notes, overall), f"draft {ident} differs"

    async def _settle(self, db: Database, bot: BotProcess) -> None:
        """Wait until the outbox is empty; what killed processes had claimed comes free at once."""
        async with db.writing() as tx:
            held = update(OutboxRow).where(OutboxRow.state == outbox.QUEUED)
            await tx.execute(held.values(lease_until=None, lease_owner=None))
        async with asyncio.timeout(LEASES_SECONDS):
            while await _waiting(db):
                assert bot.running, bot.failures()
                await asyncio.sleep(0.1)

    async def _examine(self, db: Database, world: World, evaluators: list[Evaluator]) -> None:
        done = {ident: one for each in evaluators for ident, one in each.drafts.items()}
        assert not self.figures.failures, self.figures.failures[:3]
        assert all(one.submitted for one in done.values()), "a draft was left unfinished"
        async with db.reading() as tx:
            begun = select(DraftRow.id).where(DraftRow.status != DISCARDED)
            assert set((await tx.execute(begun)).scalars()) == set(done), "a draft nobody began"
            rows = (await tx.execute(select(EvaluationRow.id, EvaluationRow.draft_id))).all()
            assert sorted(row.draft_id for row in rows) == sorted(done), "lost or doubled"
            for row in rows:
                walk = done[row.draft_id].walk
                stored = await evaluations.by_id(tx, row.id)
                assert stored is not None
                wanted = {key: walk.answers[key] for key in asked(walk.scorecard, walk.answers)}
                assert stored.answers == wanted, f"evaluation {row.id} differs"
                assert stored.overall == walk.overall
                self.figures.answers += len(wanted)
            states = set((await tx.execute(select(OutboxRow.state).distinct())).scalars())
            assert states <= {outbox.SENT}, states
        self.figures.evaluations = len(rows)
        told = _feedbacks(world)
        assert set(told) == {row.id for row in rows}, "feedback that never arrived"
        self.figures.feedback = sum(told.values())
        self.figures.repeated = sum(count > 1 for count in told.values())
        assert all(count <= 1 + self.plan.kills for count in told.values())


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()


def _account(world: World) -> int:
    """Let somebody in who has pressed START already, and return their account."""
    return world.add_person(Account(0, "Somebody", started=True)).id


async def _waiting(db: Database) -> int:
    async with db.reading() as tx:
        count, _ = await outbox.depth(tx, utc_now() + dt.timedelta(hours=1))
    return count


def _feedbacks(world: World) -> Mapping[int, int]:
    """Return how often the feedback on each evaluation was sent to anybody."""
    told: Counter[int] = Counter()
    for chat in world.chats.values():
        for message in chat.messages.values():
            told.update(_evaluations_in(message.body) if message.by_bot else ())
    return told


def _evaluations_in(body: Mapping[str, object]) -> set[int]:
    keyboard = as_object(body.get("reply_markup")).get("inline_keyboard")
    found = set()
    for button in (one for row in as_list(keyboard) for one in as_objects(row)):
        try:
            tap = unpack(as_text(button.get("callback_data")))
        except UnknownTapError:
            continue
        if isinstance(tap, FeedbackTap) and tap.act is FeedbackAct.ACKNOWLEDGE:
            found.add(tap.evaluation)
    return found
