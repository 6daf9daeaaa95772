"""Letting somebody do a thing, or saying in one sentence why not."""

import structlog

from handlers.access.rules import Rule
from handlers.refusals import NotAllowed, OnlyInPrivate, OutOfDate, TooQuick
from handlers.turn import Turn

log = structlog.get_logger(__name__)


def admit(turn: Turn, rule: Rule | None) -> None:
    """Raise what speaks against it: the role, that others read along, too much at once.

    What has no rule is refused to everybody: it is missing in the table.
    """
    if rule is None:
        log.error("no_rule_of_access", what=turn.about, add_it_to="handlers/access")
        raise NotAllowed
    if rule.is_for_nobody:
        raise OutOfDate
    if not rule.admits(turn.person.roles):
        raise NotAllowed
    if not turn.private and not rule.groups:
        raise OnlyInPrivate
    if rule.cost and not turn.services.ration.take(turn.person.id, rule.cost, turn.now):
        raise TooQuick
