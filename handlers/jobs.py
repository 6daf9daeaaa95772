"""The vocabulary of what runs by itself: jobs, their rules and their occurrences."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from handlers.turn import Services
from scoring.recurrence import Rule, parse_rule
from storage.database import Transaction
from storage.teams import Team


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a job is due for a team.

    ``key`` names the day, week or month (``2026-11-22``, ``2026-W47``, ``2026-11``) and makes the
    run the only one; ``due`` is the moment (UTC) it belongs to, which may be long past when it is
    caught up; ``zone`` is the team's.
    """

    key: str
    due: dt.datetime
    zone: ZoneInfo


JobAction = Callable[[Services, Transaction, Team, Occurrence], Awaitable[None]]
"""Does one occurrence in the given transaction, which also notes that it has run.

What it raises rolls both back, and the occurrence is tried again. Messages go to the outbox.
"""


@dataclass(frozen=True, slots=True)
class Job:
    """Something that recurs for each team.

    ``rule`` is a text such as ``daily 10:00`` in the team's time zone; ``{digest_time}`` in it
    stands for the team's own digest time. ``about`` is a line for ``etalon jobs list``.
    """

    name: str
    rule: str
    action: JobAction
    about: str = ""

    def rule_for(self, team: Team) -> Rule:
        """Return when the job recurs for *team*."""
        return parse_rule(self.rule.format(digest_time=f"{team.digest_time:%H:%M}"))
