"""The parts people play; one person may hold several."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may do in the contact centre."""

    AGENT = "agent"
    EVALUATOR = "evaluator"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class Relation(StrEnum):
    """How a person belongs to a team."""

    MEMBER = "member"
    SUPERVISOR = "supervisor"
