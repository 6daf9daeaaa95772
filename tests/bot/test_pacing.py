"""Pacing: whatever is asked for, Telegram's limits hold, and nothing waits without need."""

from hypothesis import given
from hypothesis import strategies as st

from bot.pacing import Limits, Pace

CHATS = (1, 2, 3, -100)
LIMITS = Limits(overall=5, chat=1, group=4)

STEP = 0.25
"""Moments are multiples of this, which floating point holds exactly."""


def note(pace: Pace, chat: int, moment: float) -> None:
    """Let a message go to *chat* in no time at all."""
    pace.begin(chat)
    pace.end(chat, moment)


arrivals = st.lists(
    st.tuples(st.sampled_from(CHATS), st.integers(0, 12).map(lambda steps: steps * STEP)),
    min_size=1,
    max_size=60,
)


def sent(asked: list[tuple[int, float]], pace: Pace) -> list[tuple[int, float]]:
    """Return when each message goes, each asking once the one before has gone."""
    now, gone = 0.0, []
    for chat, pause in asked:
        now = pace.next(chat, now + pause)
        note(pace, chat, now)
        gone.append((chat, now))
    return gone


def most_within(moments: list[float], span: float) -> int:
    """Return the most moments that lie within any *span* of seconds."""
    return max(
        sum(start <= moment < start + span - 1e-9 for moment in moments) for start in moments
    )


@given(arrivals)
def test_no_limit_is_ever_passed(asked: list[tuple[int, float]]) -> None:
    gone = sent(asked, Pace(LIMITS))
    assert most_within([moment for _, moment in gone], 1.0) <= LIMITS.overall
    for chat in {chat for chat, _ in gone}:
        theirs = [moment for to, moment in gone if to == chat]
        assert most_within(theirs, 1.0) <= LIMITS.chat
        if chat < 0:
            assert most_within(theirs, 60.0) <= LIMITS.group


def allowed(gone: list[tuple[int, float]], chat: int, now: float) -> bool:
    """Reckon the slow way whether one more message may go to *chat* now."""
    last_second = [to for to, moment in gone if moment > now - 1.0]
    last_minute = [to for to, moment in gone if moment > now - 60.0]
    return (
        len(last_second) < LIMITS.overall
        and last_second.count(chat) < LIMITS.chat
        and (chat > 0 or last_minute.count(chat) < LIMITS.group)
    )


@given(arrivals)
def test_a_message_waits_exactly_as_long_as_a_limit_needs(asked: list[tuple[int, float]]) -> None:
    pace, now = Pace(LIMITS), 0.0
    gone: list[tuple[int, float]] = []
    for chat, rest in asked:
        wanted = now + rest
        now = pace.next(chat, wanted)
        assert allowed(gone, chat, now)
        assert now == wanted or not allowed(gone, chat, now - STEP)
        note(pace, chat, now)
        gone.append((chat, now))


journeys = st.lists(
    st.tuples(
        st.sampled_from(CHATS),
        st.integers(0, 4).map(lambda steps: steps * STEP),
        st.integers(0, 4).map(lambda steps: steps * STEP),
    ),
    min_size=1,
    max_size=40,
)
"""Messages with how long they are on the way, and how much of that after they arrived."""


@given(journeys)
def test_no_limit_is_passed_where_messages_arrive_however_late_each_is(
    asked: list[tuple[int, float, float]],
) -> None:
    pace, now = Pace(LIMITS), 0.0
    arrived: list[tuple[int, float]] = []
    under_way: list[tuple[float, int]] = []
    for chat, there, back in asked:
        while (free := pace.next(chat, now)) > now:
            now = free
            for end, to in sorted(one for one in under_way if one[0] <= now):
                under_way.remove((end, to))
                pace.end(to, end)
        pace.begin(chat)
        arrived.append((chat, now + there))
        under_way.append((now + there + back, chat))
    assert most_within([moment for _, moment in arrived], 1.0) <= LIMITS.overall
    for chat in {chat for chat, _ in arrived}:
        theirs = [moment for to, moment in arrived if to == chat]
        assert most_within(theirs, 1.0) <= LIMITS.chat
        if chat < 0:
            assert most_within(theirs, 60.0) <= LIMITS.group


def test_moments_never_lie_in_the_past() -> None:
    pace = Pace()
    note(pace, 1, 10.0)
    assert pace.next(1, 10.2) == 11.0
    assert pace.next(1, 50.0) == 50.0


def test_a_held_chat_rests_and_others_do_not() -> None:
    pace = Pace()
    pace.hold(1, 30.0)
    pace.hold(1, 20.0)
    assert pace.next(1, 0.0) == 30.0
    assert pace.next(2, 0.0) == 0.0


def test_looking_ahead_for_one_chat_forgets_nothing_of_the_others() -> None:
    pace = Pace(LIMITS)
    for chat in range(1, 6):
        note(pace, chat, 0.0)
    pace.hold(7, 30.0)
    assert pace.next(7, 0.1) == 30.0
    assert pace.next(6, 0.1) == 1.0
    assert pace.next(6, 0.1) == 1.0


def test_a_group_gets_twenty_a_minute() -> None:
    pace = Pace()
    moments: list[float] = []
    for _ in range(21):
        moments.append(pace.next(-7, moments[-1] if moments else 0.0))
        note(pace, -7, moments[-1])
    assert moments[:20] == [float(second) for second in range(20)]
    assert moments[20] == 60.0


def test_chats_of_long_ago_are_forgotten() -> None:
    pace = Pace()
    for chat in range(1, 3000):
        note(pace, chat, float(chat) * 10)
    assert len(pace._chats) < 1100
