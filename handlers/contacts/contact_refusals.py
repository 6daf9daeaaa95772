"""What can be wrong with a row of a contacts file, one sentence each."""

from handlers.refusals import Sorry
from handlers.words import N_


class NoAgent(Sorry):
    """The agent's cell is empty."""

    sentence = N_("The agent's name is missing.")


class UnknownAgent(Sorry):
    """Nobody has that name."""

    sentence = N_("I know nobody called “{name}”: check the spelling, or import people first.")


class NotAgent(Sorry):
    """Whoever has that name handles no contacts."""

    sentence = N_("“{name}” is not an agent: give them the role with /people first.")


class SeveralAgents(Sorry):
    """Several agents have that name."""

    sentence = N_("Several agents are called “{name}”: rename one of them with /people.")


class NoChannel(Sorry):
    """The channel's cell is empty."""

    sentence = N_("The channel is missing: one of {known}.")


class UnknownChannel(Sorry):
    """Something else than our channels."""

    sentence = N_("I know no channel “{channel}”: it is one of {known}.")


class UnknownType(Sorry):
    """Something else than the types of contacts."""

    sentence = N_("I know no type “{name}”: it is one of {known}, or empty.")


class UnknownStatus(Sorry):
    """Something else than the statuses of contacts."""

    sentence = N_("I know no status “{name}”: it is one of {known}; empty means closed.")


class NoIdentity(Sorry):
    """Nothing tells the contact from others of the same agent and channel."""

    sentence = N_("A reference or started_at is needed to tell this contact from others.")


class BadMoment(Sorry):
    """Not a date and time, or one that reads differently in different countries."""

    sentence = N_("I cannot read “{text}” as a time: write it like 2026-11-04 14:20.")


class AmbiguousMoment(Sorry):
    """Day and month could be either way round, and no other row tells."""

    sentence = N_(
        "I cannot read “{text}” as a time for sure: day and month could be either way round. "
        "Write it like 2026-11-04 14:20."
    )


class FutureMoment(Sorry):
    """The contact has not happened yet."""

    sentence = N_("“{text}” is in the future.")


class BadDuration(Sorry):
    """Neither seconds nor minutes and seconds."""

    sentence = N_(
        "“{text}” is no duration: write seconds, from 0 to {limit}, or like 3:25 or 00:03:25."
    )


class CellOver(Sorry):
    """A cell holds more than is kept."""

    sentence = N_("The cell {column} is too long: at most {limit} characters.")


class TwiceContact(Sorry):
    """The file names the contact two times."""

    sentence = N_("This contact stands in row {row} already.")


class CutShort(Sorry):
    """The database stopped working in the middle of an import."""

    sentence = N_(
        "I could save the first {stored} of {total} rows, then nothing more. Please send the same "
        "file again in a minute: what is saved is not added twice."
    )
