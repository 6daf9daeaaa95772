"""Who may use a command, answer a question with a text, or send a file."""

from collections.abc import Mapping

from handlers.access.rules import (
    ADMINS,
    ALL,
    EVERYBODY,
    FILE_COST,
    OVERSEERS,
    OWN,
    REPORT_COST,
    TEAMS,
    Rule,
    may,
)

COMMANDS: Mapping[str, Rule] = {
    "start": EVERYBODY,
    "help": EVERYBODY,
    "cancel": EVERYBODY,
    "language": EVERYBODY,
    # agents
    "me": may(agent=OWN, cost=REPORT_COST),
    "feedback": may(agent=OWN, evaluator=OWN),
    "goals": may(agent=OWN, supervisor=TEAMS, admin=ALL),
    # evaluators
    "score": may(evaluator=ALL),
    "next": may(evaluator=OWN),
    "drafts": may(evaluator=OWN),
    "calibrate": may(evaluator=OWN, supervisor=OWN),
    "contacts": may(evaluator=ALL, supervisor=TEAMS, admin=ALL, cost=REPORT_COST),
    "propose": may(evaluator=ALL, supervisor=ALL, admin=ALL),
    # supervisors
    "team": may(supervisor=TEAMS, admin=ALL, groups=True, cost=REPORT_COST),
    "agent": may(supervisor=TEAMS, admin=ALL, cost=REPORT_COST),
    "disputes": OVERSEERS,
    "targets": OVERSEERS,
    "export": OVERSEERS,
    # admins
    "people": ADMINS,
    "invite": ADMINS,
    "teams": ADMINS,
    "scorecards": ADMINS,
    "plans": OVERSEERS,
    "settings": ADMINS,
    "audit": ADMINS,
    "forget": ADMINS,
}
"""Commands by name."""

TEXTS: Mapping[str, Rule] = {
    "draft": may(evaluator=OWN, supervisor=OWN, admin=OWN),
    "advice": may(evaluator=OWN, admin=OWN),
    "task.skip": may(evaluator=OWN, supervisor=TEAMS, admin=ALL),
    "contacts.search": may(evaluator=ALL, supervisor=TEAMS, admin=ALL, cost=REPORT_COST),
    "contacts.comment": may(evaluator=ALL, supervisor=TEAMS, admin=ALL),
    "dispute": may(agent=OWN),
    "dispute_decision": OVERSEERS,
    "dispute_reopening": OVERSEERS,
    "correction.reason": may(evaluator=OWN, admin=OWN),
    "correction.agent": may(evaluator=OWN, admin=OWN),
    "correction.decision": OVERSEERS,
    "learning": may(evaluator=OWN, supervisor=OWN, admin=OWN),
    "goal.date": OVERSEERS,
    "proposal.text": may(evaluator=OWN, supervisor=OWN, admin=OWN),
    "proposal.decision": may(supervisor=ALL, admin=ALL),
    "proposal.outcome": may(evaluator=OWN, supervisor=ALL, admin=ALL),
    "targets.target": OVERSEERS,
    "targets.weight": OVERSEERS,
    "targets.new": ADMINS,
    "people.search": ADMINS,
    "people.rename": ADMINS,
    "people.key": ADMINS,
    "people.alias": ADMINS,
    "people.merge": ADMINS,
    "invite.name": ADMINS,
    "invite.twin": ADMINS,
    "team.new": ADMINS,
    "team.set": ADMINS,
    "audit.search": ADMINS,
    "forget.search": ADMINS,
    "forget.sure": ADMINS,
}
"""Typed texts by what is awaited."""

FILES: Mapping[str, Rule] = {
    "scorecard": may(admin=ALL, cost=FILE_COST),
    "table": may(supervisor=TEAMS, admin=ALL, cost=FILE_COST),
    "people": ADMINS,
    "contacts": ADMINS,
    "kpi": OVERSEERS,
    "material": may(evaluator=ALL, supervisor=OWN),
}
"""Files by what they are: a table is one of the three after it, as its header shows.

Material starts an evaluation, or belongs to one's own calibration.
"""
