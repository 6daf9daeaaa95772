"""Pacing on a long way: what delays every call alike costs nothing, what does not is waited for."""

from hypothesis import given
from hypothesis import strategies as st

from bot.pacing import DOUBT, ENOUGH, Limits, Pace
from tests.bot.test_pacing import most_within

LIMITS = Limits(overall=5)
STEP = 0.25
"""Moments are multiples of this, which floating point holds exactly."""
THERE = BACK = 0.5
"""How long no call takes less than, to Telegram and back again."""

Extra = tuple[float, float]

extras = st.integers(0, 4).map(lambda steps: steps * STEP)
journeys = st.lists(st.tuples(extras, extras), min_size=1, max_size=40)


def arrivals(pace: Pace, begun: float, asked: list[Extra]) -> list[float]:
    """Return when messages arrive that each go as soon as they may, each to a chat of its own."""
    now, arrived = begun, []
    under_way: list[tuple[float, float, int]] = []
    for chat, (there, back) in enumerate(asked, start=1):
        while (free := pace.next(chat, now)) > now:
            now = free
            for one in sorted(one for one in under_way if one[0] <= now):
                under_way.remove(one)
                pace.end(one[2], one[0], one[0] - one[1])
        pace.begin(chat)
        arrived.append(now + THERE + there)
        under_way.append((now + THERE + there + back + BACK, now, chat))
    for end, began, chat in sorted(under_way):
        pace.end(chat, end, end - began)
    return arrived


def practised() -> tuple[Pace, float]:
    """Return a pace that has seen enough calls, and a moment long after them."""
    pace = Pace(LIMITS)
    arrivals(pace, 0.0, [(0.0, 0.0)] * ENOUGH)
    return pace, 1000.0


@given(journeys)
def test_no_limit_is_passed_however_late_each_is_beyond_the_common_way(
    asked: list[Extra],
) -> None:
    pace, now = practised()
    assert most_within(arrivals(pace, now, asked), 1.0) <= LIMITS.overall


def test_what_every_call_takes_is_hardly_waited_for() -> None:
    pace, now = practised()
    arrived = arrivals(pace, now, [(0.0, 0.0)] * 50)
    # Five at once, then five again after a second and a quarter of the common way.
    assert arrived[-1] - arrived[0] == 9 * (1 + (THERE + BACK) / 4)


def test_before_enough_calls_are_known_the_whole_way_is_waited_for() -> None:
    arrived = arrivals(Pace(LIMITS), 0.0, [(0.0, 0.0)] * (ENOUGH // 2))
    assert arrived[5] - arrived[0] == 1 + THERE + BACK


def test_after_a_refusal_the_whole_way_is_waited_for_again_for_a_while() -> None:
    pace, now = practised()
    pace.refused(now)
    arrived = arrivals(pace, now, [(0.0, 0.0)] * ENOUGH)
    assert arrived[5] - arrived[0] == arrived[-1] - arrived[-6] == 1 + THERE + BACK
    arrived = arrivals(pace, now + DOUBT, [(0.0, 0.0)] * 10)
    assert arrived[5] - arrived[0] < 1 + THERE + BACK
