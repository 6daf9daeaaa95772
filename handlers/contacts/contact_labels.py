"""The words for what a contact is about and how far it is."""

from handlers.words import N_, Words
from scoring.contacts import ContactType, Status

TYPES = {
    ContactType.COMPLAINT: N_("Complaint"),
    ContactType.CONSULTATION: N_("Consultation"),
    ContactType.APPLICATION: N_("Application"),
    ContactType.SUGGESTION: N_("Suggestion"),
    ContactType.GRATITUDE: N_("Gratitude"),
}

STATUSES = {
    Status.CLOSED: N_("Closed"),
    Status.IN_PROGRESS: N_("In progress"),
    Status.DEFERRED: N_("Deferred"),
    Status.UNDER_REVIEW: N_("Under review"),
}


def contact_type(t: Words, one: ContactType) -> str:
    """Return the type's name."""
    return t(TYPES[one])


def status(t: Words, one: Status) -> str:
    """Return the status's name."""
    return t(STATUSES[one])
