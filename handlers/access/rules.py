"""The vocabulary of the table of access: who may do a thing, and about whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from scoring.roles import Role


class Reach(StrEnum):
    """Whose things a role may do something about.

    OWN are those that a person made, was asked to do or is themself spoken of in.
    """

    OWN = "own"
    TEAMS = "teams they supervise"
    ALL = "everybody's"


Said: TypeAlias = tuple[StrEnum, ...]
"""What a button says besides numbers and texts: its enumerations, in the order of its fields."""

OWN, TEAMS, ALL = Reach.OWN, Reach.TEAMS, Reach.ALL

REPORT_COST = 1
FILE_COST = 5
"""What a press costs of a person's ration, see ``handlers.ration``."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may do a thing: the reach of each role that may; *everybody* here, whatever their roles.

    *groups* says that it may be done where others read along, *cost* what it takes of a ration.
    """

    reach: Mapping[Role, Reach] = field(default_factory=dict)
    everybody: bool = False
    groups: bool = False
    cost: int = 0

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of which one is needed; empty where everybody may, or nobody."""
        return frozenset(self.reach)

    def admits(self, roles: frozenset[Role]) -> bool:
        """Return whether somebody with those roles may do it at all."""
        return self.everybody or not roles.isdisjoint(self.reach)

    @property
    def is_for_nobody(self) -> bool:
        """Whether no button or command of ours says it."""
        return not self.everybody and not self.reach


def may(
    *,
    agent: Reach | None = None,
    evaluator: Reach | None = None,
    supervisor: Reach | None = None,
    admin: Reach | None = None,
    groups: bool = False,
    cost: int = 0,
) -> Rule:
    """Return the rule by which those roles reach as far as that, and no other role may."""
    named = {
        Role.AGENT: agent,
        Role.EVALUATOR: evaluator,
        Role.SUPERVISOR: supervisor,
        Role.ADMIN: admin,
    }
    reach = {role: one for role, one in named.items() if one is not None}
    return Rule(reach, groups=groups, cost=cost)


def each(acts: Iterable[StrEnum], rule: Rule) -> dict[Said, Rule]:
    """Return the rule for the buttons of each of those acts."""
    return {(act,): rule for act in acts}


EVERYBODY = Rule(everybody=True)
NOBODY = Rule()
"""Of combinations that no button carries: only a forgery says them."""

ADMINS = may(admin=ALL)
OVERSEERS = may(supervisor=TEAMS, admin=ALL)
READERS = may(agent=OWN, evaluator=OWN, supervisor=TEAMS, admin=ALL)
"""Of feedback, disputes and goals: whom they are about, who made them, who oversees them."""
