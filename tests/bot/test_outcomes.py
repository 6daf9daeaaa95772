"""What each error of Telegram means for a message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
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

from bot.outcomes import (
    LONGEST_BACKOFF,
    Again,
    InDoubt,
    Moved,
    Outcome,
    Refused,
    Stop,
    backoff,
    outcome_of,
)
from bot.transport import AnswerLostError, NotSentError, NotSentInTimeError

MEANINGS: list[tuple[TelegramError, Outcome]] = [
    (RetryAfter(7), Again(7.0, hold=True)),
    (BadRequest("Chat not found"), Refused(nobody=True)),
    (BadRequest("Message text is empty"), Refused()),
    (Forbidden("Forbidden: bot was blocked by the user"), Refused(nobody=True)),
    (ChatMigrated(-1005), Moved(-1005)),
    (InvalidToken("Unauthorized"), Stop()),
    (TimedOut(), InDoubt()),
    (AnswerLostError("no answer"), InDoubt()),
    (TelegramError("Invalid server response"), InDoubt()),
    (NotSentError("no connection"), Again(2.0)),
    (NotSentInTimeError("no connection in time"), Again(2.0)),
    (NetworkError("Bad Gateway"), Again(2.0)),
]


@pytest.mark.parametrize(("error", "meaning"), MEANINGS, ids=lambda one: type(one).__name__)
def test_an_error_means(error: TelegramError, meaning: Outcome) -> None:
    assert outcome_of(error, attempts=0, jitter=0.0) == meaning


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_waiting_grows_but_never_beyond_five_minutes(attempts: int, jitter: float) -> None:
    wait = backoff(attempts, jitter)
    assert 1.0 <= wait <= LONGEST_BACKOFF
    assert backoff(attempts + 1, jitter) >= wait
