"""The words for channels, classes and effects, wherever they are shown."""

from handlers.views.screen import shorten
from handlers.words import N_, Words
from scoring.references import bare_reference
from scoring.roles import Role
from scoring.scorecard import Channel, CriticalClass
from scoring.selection import Selection

CHANNELS = {
    Channel.CALL: N_("Call"),
    Channel.CHAT: N_("Chat"),
    Channel.EMAIL: N_("E-mail"),
    Channel.SOCIAL: N_("Social"),
}

CLASSES = {
    CriticalClass.CUSTOMER: N_("customer"),
    CriticalClass.BUSINESS: N_("business"),
    CriticalClass.COMPLIANCE: N_("compliance"),
}

ROLES = {
    Role.AGENT: N_("Agent"),
    Role.EVALUATOR: N_("Evaluator"),
    Role.SUPERVISOR: N_("Supervisor"),
    Role.ADMIN: N_("Admin"),
}

SELECTIONS = {
    Selection.DRAWN: N_("drawn"),
    Selection.TARGETED: N_("targeted"),
    Selection.CHOSEN: N_("picked by hand"),
}


def channel(t: Words, one: Channel) -> str:
    """Return the channel's name."""
    return t(CHANNELS[one])


def critical_class(t: Words, one: CriticalClass | None) -> str:
    """Return the critical class's name, or an empty text where there is none."""
    return t(CLASSES[one]) if one is not None else ""


def critical_mark(t: Words, one: CriticalClass | None) -> str:
    """Return words that say on their own of which class a criterion is critical, or nothing."""
    return t("critical: {name}", name=critical_class(t, one)) if one is not None else ""


def role(t: Words, one: Role) -> str:
    """Return the role's name."""
    return t(ROLES[one])


def selection(t: Words, one: Selection) -> str:
    """Return how a contact came to be scored."""
    return t(SELECTIONS[one])


def reference(t: Words, written: str, limit: int = 40) -> str:
    """Return the words for a contact's reference of at most *limit* characters, marked once."""
    return t("ref {reference}", reference=shorten(bare_reference(written), limit))
