"""Plan against done: in the team's report, in the list of what is to do, on the plan's card."""

import datetime as dt

from tests.plans.cases import Floor
from tests.plans.duties import Duty, hand_out, score
from tests.story import MONDAY

DAY = dt.timedelta(days=1)


def test_without_a_plan_the_report_says_nothing_of_one(floor: Floor) -> None:
    score(floor, floor.anna, "1")
    floor.centre.delivered()
    floor.olena.send("/team")
    assert "To do" not in floor.olena.text
    assert not any("To do" in one for one in floor.olena.buttons)


def test_the_report_says_what_is_outstanding_against_the_plan(floor: Floor) -> None:
    hand_out(floor, *(Duty(one, floor.anna) for one in ("1", "2", "3")))
    hand_out(floor, Duty("3", floor.egor, second=True))
    score(floor, floor.anna, "1")
    score(floor, floor.egor, "3")
    floor.centre.delivered()
    floor.olena.send("/team")
    assert "disputed 0 · waiting 1\nTo do 2 · done 1 · skipped 0 of 3 planned" in floor.olena.text
    assert floor.olena.buttons[-1] == "To do · 2"


def test_what_is_left_of_last_month_is_still_to_do(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna), Duty("2", floor.anna))
    floor.centre.clock.advance(days=10)
    score(floor, floor.anna, "1")
    floor.centre.delivered()
    floor.olena.send("/team")
    assert "To do 1" in floor.olena.text
    assert "planned" not in floor.olena.text
    floor.olena.send("/team last month")
    assert "To do 1 · done 1 · skipped 0 of 2 planned" in floor.olena.text


def test_to_do_done_and_skipped_add_up_to_what_was_planned(floor: Floor) -> None:
    """Of the three states one was left out, and another held earlier months too."""
    hand_out(floor, Duty("1", floor.anna))
    floor.centre.clock.advance(days=10)
    hand_out(floor, *(Duty(one, floor.anna) for one in ("2", "3", "4")))
    score(floor, floor.anna, "2")
    floor.centre.delivered()
    floor.olena.send("/team")
    told = "To do 2 · done 1 · skipped 0 of 3 planned\n1 more to do from earlier draws"
    assert told in floor.olena.text


def test_the_list_says_what_is_overdue_and_what_is_scored_twice(floor: Floor) -> None:
    hand_out(
        floor,
        Duty("1", floor.anna, due=MONDAY + DAY),
        Duty("2", floor.anna),
        Duty("2", floor.egor, second=True),
    )
    floor.centre.clock.advance(days=2)
    floor.olena.send("/team")
    floor.olena.tap("To do · 2")
    told = floor.olena.text.split("\n")
    assert told == [
        "2 contacts to score · Support",
        "November 2026: 0 of 2 done",
        "and 1 to be scored a second time, unannounced",
        "1 contact is overdue",
    ]
    assert floor.olena.buttons == ["Anna Bondar · 2 · 1 overdue", "Egor Sydorenko · 1"]
    floor.olena.tap("Anna Bondar · 2 · 1 overdue")
    assert floor.olena.buttons[:2] == ["24 Nov! · 1 · Ivan Petrov", "30 Nov · 2 · Ivan Petrov"]


def test_a_long_list_has_pages(floor: Floor) -> None:
    hand_out(floor, *(Duty(f"{one:02}", floor.anna) for one in range(10)))
    floor.olena.send("/team")
    floor.olena.tap("To do · 10")
    floor.olena.tap("Anna Bondar · 10")
    assert len(floor.olena.buttons) == 10
    floor.olena.tap("›")
    assert floor.olena.buttons == [
        *("30 Nov · 08 · Ivan Petrov", "30 Nov · 09 · Ivan Petrov"),
        *("‹", "Back"),
    ]


def test_the_plans_card_leads_to_what_is_to_do(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna), Duty("2", floor.anna))
    score(floor, floor.anna, "1")
    floor.centre.delivered()
    floor.olena.send("/plans")
    floor.olena.tap(floor.olena.buttons[0])
    assert "November 2026: 1 of 2 done" in floor.olena.text
    floor.olena.tap("To do")
    assert "1 contact to score · Support" in floor.olena.text


def test_groups_hear_the_totals_alone(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna))
    group = floor.centre.group("Support", floor.olena)
    floor.olena.send("/team", to=group)
    assert "To do 1" in group.text
    assert not any("To do" in label for one in group.messages for label in one.buttons)
