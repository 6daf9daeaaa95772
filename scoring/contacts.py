"""What a contact is about, how far it is, and how its status may move."""

import re
from collections.abc import Mapping
from enum import StrEnum

SHOWN = 3
"""How many characters of a customer's name or number are shown, at most."""

HIDDEN = "…"
"""What stands for the rest of them."""

NUMBER = re.compile(r"[\d\s+().\-]*\d[\d\s().\-]*")
NOT_A_DIGIT = re.compile(r"\D")


class ContactType(StrEnum):
    """What the customer wanted."""

    COMPLAINT = "complaint"
    CONSULTATION = "consultation"
    APPLICATION = "application"
    SUGGESTION = "suggestion"
    GRATITUDE = "gratitude"


class Status(StrEnum):
    """How far a contact is; a file leaves the cell of a closed one empty."""

    CLOSED = "closed"
    IN_PROGRESS = "in_progress"
    DEFERRED = "deferred"
    UNDER_REVIEW = "under_review"


class Source(StrEnum):
    """How a contact came into the journal."""

    IMPORT = "import"
    SCORE = "score"
    FORWARD = "forward"


MOVES: Mapping[Status, tuple[Status, ...]] = {
    Status.IN_PROGRESS: (Status.DEFERRED, Status.UNDER_REVIEW, Status.CLOSED),
    Status.DEFERRED: (Status.IN_PROGRESS, Status.UNDER_REVIEW, Status.CLOSED),
    Status.UNDER_REVIEW: (Status.CLOSED, Status.IN_PROGRESS),
    Status.CLOSED: (Status.IN_PROGRESS,),
}
"""Where a status may go. From under review, closing approves and the other way sends back."""


def may_move(before: Status, after: Status, *, approver: bool) -> bool:
    """Return whether a contact may go from one status to the other.

    Out of review it is moved by an *approver* alone.
    """
    if before is Status.UNDER_REVIEW and not approver:
        return False
    return after in MOVES[before]


def masked(customer: str) -> str:
    """Return the last characters of a name or digits of a number; of a short one, fewer.

    What was masked before stays as it is.
    """
    if customer.startswith(HIDDEN):
        return customer
    known = _digits(customer) if NUMBER.fullmatch(customer) else customer
    shown = min(SHOWN, len(known) // 2)
    return HIDDEN + known[len(known) - shown :]


def _digits(number: str) -> str:
    return NOT_A_DIGIT.sub("", number)
