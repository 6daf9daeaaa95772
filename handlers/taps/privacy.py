"""Buttons of the organisation's settings, the audit log and erasure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.taps.base import Tap


class SettingAct(StrEnum):
    """What can be pressed under /settings."""

    LIST = "l"
    ASK = "a"
    SET = "s"


@dataclass(frozen=True, slots=True)
class SettingTap(Tap):
    """A press about the organisation's setting of that ``name``."""

    prefix: ClassVar[str] = "set"
    act: SettingAct
    name: str = ""
    value: int = 0


class AuditAct(StrEnum):
    """What can be pressed under /audit."""

    LIST = "l"
    ACTIONS = "a"
    EXPORT = "x"
    ACT = "d"


@dataclass(frozen=True, slots=True)
class AuditTap(Tap):
    """A press about the audit log as limited to a ``person`` (0: anybody) and an ``action``.

    The action is 1 more than its place in their list, 0 for any. For ACT ``page`` is the number of
    the entry whose act of erasure is wanted.
    """

    prefix: ClassVar[str] = "aud"
    act: AuditAct
    person: int = 0
    action: int = 0
    page: int = 0


class ForgetAct(StrEnum):
    """What can be pressed on the way to an erasure."""

    PERSON = "p"
    PERSON_SURE = "s"
    CUSTOMER = "c"
    CUSTOMER_ASK = "a"
    CUSTOMER_SURE = "y"
    AGAIN = "g"


@dataclass(frozen=True, slots=True)
class ForgetTap(Tap):
    """A press about erasing the person ``subject``, or the customer of that contact.

    ``reference`` is 1 where all contacts with its reference are meant; ``own`` is 1 where nobody
    asked for it and the organisation's own rules do.
    """

    prefix: ClassVar[str] = "fgt"
    act: ForgetAct
    subject: int = 0
    reference: int = 0
    own: int = 0
