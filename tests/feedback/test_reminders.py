"""The daily reminder: one message a person with what waits for them, and no more than one."""

import datetime as dt

from tests.feedback.conftest import Team
from tests.feedback.settings import set_quiet_hours


def remind(team: Team) -> None:
    team.centre.job("reminders")
    team.centre.delivered()


def test_unacknowledged_feedback_is_recalled_after_two_days(team: Team) -> None:
    team.score()
    team.centre.clock.advance(days=1)
    remind(team)
    assert not team.ivan.heard("Waiting for you")
    team.centre.clock.advance(days=2)
    remind(team)
    assert team.ivan.text == "Waiting for you\n1 evaluation to acknowledge"
    team.ivan.tap("60.0 · Call · 23 Nov")
    assert "What went well" in team.ivan.text
    assert team.ivan.heard("Waiting for you")  # the reminder itself stays


def test_once_a_day_and_again_the_next(team: Team) -> None:
    team.score()
    team.centre.clock.advance(days=3)
    for _ in range(3):
        remind(team)
    assert len(reminders(team)) == 1
    team.centre.clock.advance(days=1)
    remind(team)
    assert len(reminders(team)) == 2


def reminders(team: Team) -> list[str]:
    return [one.text for one in team.ivan.messages if "Waiting for you" in one.text]


def test_what_was_acknowledged_or_disputed_waits_no_more(team: Team) -> None:
    team.score("first")
    team.ivan.tap("Acknowledge")
    team.score("second")
    team.dispute()
    team.centre.clock.advance(days=3)
    remind(team)
    assert not team.ivan.heard("Waiting for you")


def test_what_is_done_before_delivery_is_no_news(team: Team) -> None:
    set_quiet_hours(team.centre, "22:00", "12:00")
    team.score()
    team.centre.clock.advance(hours=3)
    team.centre.delivered()
    team.centre.clock.set(dt.datetime(2026, 11, 27, 10, 0, tzinfo=dt.UTC))
    remind(team)
    team.ivan.tap("Acknowledge")
    team.centre.clock.advance(hours=3)
    team.centre.delivered()
    assert not team.ivan.heard("Waiting for you")


def test_a_dispute_near_its_limit_is_recalled_to_who_decides(team: Team) -> None:
    team.score()
    team.dispute()  # due on Monday 30 November
    team.centre.clock.advance(days=3)
    remind(team)
    assert not team.olena.heard("Waiting for you")
    team.centre.clock.advance(days=1)  # Friday: Monday is the next working day
    remind(team)
    assert team.olena.text == "Waiting for you\n1 dispute to decide now"
    assert not team.anna.heard("Waiting for you")
    team.olena.tap("Ivan Petrov · by 30 Nov")
    assert team.olena.message.buttons[:2] == ["Accept", "Decline"]


def test_an_old_draft_is_recalled_to_its_evaluator_once_for_all_teams(team: Team) -> None:
    team.centre.hire("Daria Kovalenko", roles="agent", team="Sales")
    team.anna.send("/score petrov")
    team.anna.tap("Call")
    team.anna.tap("Skip")
    team.centre.clock.advance(days=3)
    remind(team)
    found = [one for one in team.anna.messages if "Waiting for you" in one.text]
    assert [one.text for one in found] == ["Waiting for you\n1 draft older than two days"]
    team.anna.tap("Drafts")
    assert "1 draft" in team.anna.text


def test_everything_that_waits_for_one_person_is_one_message(team: Team) -> None:
    team.score()
    team.dispute()
    team.centre.clock.advance(days=1)
    both = team.centre.hire("Petro Bilyk", roles="supervisor|evaluator", supervises="Support")
    both.send("/score petrov")
    both.tap("Call")
    team.centre.clock.advance(days=5)
    remind(team)
    assert both.text == "Waiting for you\n1 dispute to decide now\n1 draft older than two days"


def test_many_are_counted_and_only_the_oldest_have_buttons(team: Team) -> None:
    for number in range(5):
        team.score(f"ref-{number}", error=False)
    team.centre.clock.advance(days=3)
    remind(team)
    assert "5 evaluations to acknowledge" in team.ivan.text
    assert team.ivan.buttons == ["100.0 · Call · 23 Nov"] * 3 + ["All feedback"]
    team.ivan.tap("All feedback")
    assert "Your feedback" in team.ivan.text
