"""What an error of Telegram means for the message that was being sent."""

from dataclasses import dataclass

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.patience import seconds_of
from bot.transport import NOT_SENT, AnswerLostError

LONGEST_BACKOFF = 300.0
NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")


@dataclass(frozen=True, slots=True)
class Again:
    """It was not sent: try again after that many seconds; ``hold`` says the chat must rest."""

    seconds: float
    hold: bool = False


@dataclass(frozen=True, slots=True)
class InDoubt:
    """Nobody knows whether it was sent."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never be sent; ``nobody`` says that the person cannot be reached at all."""

    nobody: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat has another id now."""

    chat: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Nothing at all can be sent: the token is not accepted."""


Outcome = Again | InDoubt | Refused | Moved | Stop


def outcome_of(  # noqa: PLR0911  a table, one line a kind of error
    error: TelegramError, attempts: int, jitter: float
) -> Outcome:
    """Return what *error* means; *attempts* were made before, *jitter* is from 0 to 1.

    The order matters: in the library BadRequest and TimedOut are both kinds of NetworkError.
    """
    match error:
        case InvalidToken():
            return Stop()
        case RetryAfter():
            return Again(seconds_of(error), hold=True)
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Refused(nobody=True)
        case BadRequest():
            words = error.message.lower()
            return Refused(nobody=any(sign in words for sign in NOBODY_THERE))
        case _ if isinstance(error, NOT_SENT):
            return Again(backoff(attempts, jitter))
        case TimedOut() | AnswerLostError():
            return InDoubt()
        case NetworkError():
            return Again(backoff(attempts, jitter))
        case _:  # an answer that cannot be read
            return InDoubt()


def backoff(attempts: int, jitter: float) -> float:
    """Return how many seconds to wait after one more failure: doubling, up to five minutes.

    *jitter* (0 to 1) takes away up to half, so that what failed together does not return together.
    """
    full = min(LONGEST_BACKOFF, 2.0 ** min(attempts + 1, 10))
    return full * (1 - jitter / 2)
