"""Before a changed scorecard is published, its author sees what it does to the latest scores."""

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from handlers.taps import UploadAct, UploadTap, pack
from scoring.scorecard_file import write_scorecard
from storage import teams
from storage.database import Transaction
from tests.person import Person
from tests.reports.cases import Desk, scorecard
from tests.story import Centre

CARD = write_scorecard(scorecard())
"""Three criteria, a third of 100 each; a missed first one limits the score to 50."""

HEAVIER = CARD.replace("title: Closing\n  weight: 1", "title: Closing\n  weight: 6")


@pytest.fixture
def ivan(centre: Centre) -> Person:
    return centre.hire("Ivan Petrov", roles="agent", team="Support")


@pytest.fixture
def desk(centre: Centre, ivan: Person) -> Desk:
    assert ivan.person_id
    return Desk(centre)


def aim(centre: Centre, target: int) -> None:
    """Let the team want that score."""

    async def aiming(tx: Transaction) -> None:
        team = await teams.by_name(tx, "Support")
        assert team is not None
        await teams.save(tx, replace(team, target=target))

    centre.write(aiming)


def test_the_number_comes_first_then_bands_and_criteria(
    centre: Centre, desk: Desk, ivan: Person
) -> None:
    aim(centre, 60)
    desk.evaluate(ivan, "yyy", "yyy", "yyn", "yyn", "yny", "nyy")
    admin = centre.admin
    admin.upload("phone.yaml", HEAVIER)
    told = admin.text
    # 100, 100, 66.7 → 25, 66.7 → 25, 66.7 → 87.5, 50 → 50
    assert "3 of 6 scores would move" in told
    assert "Median change 41.7, largest −41.7" in told
    assert "Mean change −10.4 (−37.2 to +16.4)" in told
    assert "2 change their level:\n• target met → below target: 2" in told
    assert "• Sums up: 2 scores, −41.7 on average" in told
    assert "• Greets: 1 score, +20.8 on average" in told
    assert "1 change against version 1:" in told
    assert told.index("would move") < told.index("1 change against")
    assert "cannot be recomputed" not in told
    assert admin.buttons == ["Publish", "Discard", "Details", "Export"]


def test_details_name_each_evaluation_and_lead_back(
    centre: Centre, desk: Desk, ivan: Person
) -> None:
    aim(centre, 60)
    desk.evaluate(ivan, "yyn", reference="A1")
    desk.evaluate(ivan, "yny", reference="B2")
    desk.evaluate(ivan, "yyy", reference="C3")
    admin = centre.admin
    admin.upload("phone.yaml", HEAVIER)
    shown = len(admin.messages)
    admin.tap("Details")
    assert "1–2 of 2, the largest change first" in admin.text
    assert "66.7 → 25.0 · Ivan Petrov · ref A1\nSums up −41.7\ntarget met → below" in admin.text
    assert "66.7 → 87.5 · Ivan Petrov · ref B2\nGreets +20.8" in admin.text
    assert "C3" not in admin.text
    admin.tap("Back")
    assert "2 of 3 scores would move" in admin.text
    admin.tap("Publish")
    assert "version 2, is published" in admin.text
    assert len(admin.messages) == shown


def test_many_evaluations_are_turned_over_page_by_page(
    centre: Centre, desk: Desk, ivan: Person
) -> None:
    desk.evaluate(ivan, *["yyn"] * 14)
    admin = centre.admin
    admin.upload("phone.yaml", HEAVIER)
    admin.tap("Details")
    assert "1–6 of 14" in admin.text
    assert admin.buttons == ["More ›", "Export", "Back"]
    admin.tap("More ›")
    admin.tap("More ›")
    assert "13–14 of 14" in admin.text
    assert admin.buttons == ["‹ Before", "Export", "Back"]
    admin.tap("‹ Before")
    assert "7–12 of 14" in admin.text


def test_what_cannot_be_recomputed_is_counted_and_named(
    centre: Centre, desk: Desk, ivan: Person
) -> None:
    desk.evaluate(ivan, "yyn", "yyy")
    desk.evaluate(ivan, "y-y", reference="N9")
    admin = centre.admin
    strict = HEAVIER.replace("title: Greets\n", "title: Greets\n    na: false\n")
    admin.upload("phone.yaml", strict)
    assert "1 of 2 scores would move" in admin.text
    assert "1 more cannot be recomputed:" in admin.text
    assert "• Greets (was N/A, not allowed now): 1" in admin.text
    admin.tap("Details")
    assert "100.0, cannot be recomputed · Ivan Petrov · ref N9" in admin.text


def test_a_new_criterion_leaves_nothing_to_recompute(
    centre: Centre, desk: Desk, ivan: Person
) -> None:
    desk.evaluate(ivan, "yyy", "yyn")
    added = "  - key: thanks\n    title: Thanks\n    scale: yes_no\n"
    admin = centre.admin
    admin.upload("phone.yaml", CARD.rstrip("\n") + "\n" + added)
    assert "2 evaluations cannot be recomputed" in admin.text
    assert "• Thanks (new, never asked): 2" in admin.text
    assert "would move" not in admin.text
    assert "new: Thanks" in admin.text


def test_words_alone_move_nothing(centre: Centre, desk: Desk, ivan: Person) -> None:
    desk.evaluate(ivan, "yyy", "nnn")
    admin = centre.admin
    admin.upload("phone.yaml", CARD.replace("title: Greets", "title: Says hello"))
    assert "0 of 2 scores would move" in admin.text
    assert "Median" not in admin.text
    assert admin.buttons == ["Publish", "Discard", "Export"]


def test_a_critical_class_is_told_though_no_score_moves(
    centre: Centre, desk: Desk, ivan: Person
) -> None:
    desk.evaluate(ivan, "yny", "yyy")
    admin = centre.admin
    critical = CARD.replace("title: Greets\n", "title: Greets\n    critical: business\n")
    admin.upload("phone.yaml", critical)
    assert "0 of 2 scores would move" in admin.text
    assert "Contacts with an error, business: 0 → 1" in admin.text


def test_without_evaluations_there_is_plainly_nothing_to_recompute(centre: Centre) -> None:
    admin = centre.admin
    nothing = "No evaluation by it yet, so there is nothing to recompute."
    admin.upload("phone.yaml", CARD)
    assert "A new scorecard." in admin.text
    assert nothing in admin.text
    admin.tap("Publish")
    admin.upload("phone.yaml", HEAVIER)
    assert nothing in admin.text
    assert admin.buttons == ["Publish", "Discard"]


def test_earlier_versions_are_recomputed_with_the_newest(
    centre: Centre, desk: Desk, ivan: Person
) -> None:
    desk.evaluate(ivan, "yyn", "yyy")
    admin = centre.admin
    admin.upload("phone.yaml", HEAVIER)
    admin.tap("Publish")
    admin.upload("phone.yaml", HEAVIER.replace("title: Greets", "title: Says hello"))
    assert "1 of 2 scores would move" in admin.text
    assert "2 of them were scored by earlier versions." in admin.text


def test_all_of_them_come_as_a_workbook(centre: Centre, desk: Desk, ivan: Person) -> None:
    aim(centre, 60)
    desk.evaluate(ivan, "yyn", reference="=1+1")
    desk.evaluate(ivan, "yyy", reference="C3")
    desk.evaluate(ivan, "yny")
    admin = centre.admin
    admin.upload("phone.yaml", HEAVIER)
    admin.tap("Export")
    assert "keep this file to yourself" in admin.text
    book = load_workbook(io.BytesIO(admin.document("phone-replay.xlsx")))
    header, *rows = book["replay"].iter_rows(values_only=True)
    records = [dict(zip(map(str, header), row, strict=True)) for row in rows]
    assert len(records) == 3
    assert [one["contact"] for one in records][1:] == ["C3", "'=1+1"]
    moved, kept = records[2], records[1]
    assert (moved["agent"], moved["version"]) == ("Ivan Petrov", 1)
    assert moved["before"] == pytest.approx(200 / 3)
    assert (moved["after"], moved["criterion"]) == (25, "Sums up")
    assert moved["change"] == pytest.approx(25 - 200 / 3)
    assert (moved["band_before"], moved["band_after"]) == ("target met", "below target")
    assert (kept["before"], kept["after"], kept["change"], kept["criterion"]) == (100, 100, 0, None)


def test_looking_changes_nothing(centre: Centre, desk: Desk, ivan: Person) -> None:
    desk.evaluate(ivan, "yyn", "yyy")
    admin = centre.admin
    tables = ("evaluations", "evaluation_answers", "revisions", "scorecard_versions", "outbox")
    before = [centre.count(one) for one in tables]
    admin.upload("phone.yaml", HEAVIER)
    for label in ("Details", "Export", "Back"):
        admin.tap(label)
    assert [centre.count(one) for one in tables] == before


@pytest.mark.parametrize("act", list(UploadAct))
def test_nobody_else_touches_a_waiting_file(centre: Centre, act: UploadAct) -> None:
    anna = centre.hire("Anna Bondar", roles="evaluator|supervisor|agent", supervises="Support")
    centre.admin.upload("phone.yaml", CARD)
    anna.send("/help")
    assert anna.forge(pack(UploadTap(act, 1))) == "This is not open to your role."
    assert centre.count("scorecard_uploads") == 1
