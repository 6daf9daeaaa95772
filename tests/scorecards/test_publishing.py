"""An admin sends a scorecard's file: it is checked, shown, published, and never moves the past."""

import pytest

from handlers.taps import ScorecardAct, ScorecardTap, pack
from scoring.builtin import builtin_scorecards
from scoring.scorecard_file import write_scorecard
from tests.story import Centre

CARD = """
key: mail
title: Letters
channels: [email]
sections:
  - title: Reply
    weight: 1
    criteria:
      - key: answer
        title: Answers the question
        scale: yes_no
        advice: Read the letter twice.
      - key: tone
        title: Friendly
        scale:
          - {label: Warm, points: 2}
          - {label: Cool, points: 1}
          - {label: Rude, points: 0}
"""


def test_a_file_is_previewed_and_published(centre: Centre) -> None:
    admin = centre.admin
    admin.upload("letters.yaml", CARD)
    assert "A new scorecard." in admin.text
    assert "Letters · E-mail" in admin.text
    assert "• Answers the question" in admin.text
    admin.tap("Publish")
    assert "Letters, version 1, is published" in admin.text
    admin.send("/scorecards")
    assert "Letters · v1" in admin.buttons


def test_a_new_version_says_what_changes(centre: Centre) -> None:
    admin = centre.admin
    admin.upload("letters.yaml", CARD)
    admin.tap("Publish")
    changed = CARD.replace("points: 2", "points: 4").replace("Friendly", "Kind")
    admin.upload("letters.yaml", changed)
    assert "2 changes against version 1" in admin.text
    assert "“Friendly” → “Kind”" in admin.text
    assert "options Warm 2, Cool 1, Rude 0 → Warm 4, Cool 1, Rude 0" in admin.text
    admin.tap("Publish")
    assert "version 2" in admin.text


def test_the_same_file_changes_nothing(centre: Centre) -> None:
    admin = centre.admin
    admin.upload("letters.yaml", CARD)
    admin.tap("Publish")
    admin.upload("letters.yaml", CARD)
    assert "Nothing differs from version 1." in admin.text


def test_publishing_twice_makes_one_version(centre: Centre) -> None:
    admin = centre.admin
    admin.upload("letters.yaml", CARD)
    publish = admin.message.data["Publish"]
    admin.tap("Publish")
    admin.forge(publish)
    assert "version 1" in admin.text
    assert centre.count("scorecard_versions") == len(builtin_scorecards()) + 1


def test_an_old_evaluation_keeps_its_version(centre: Centre) -> None:
    admin = centre.admin
    ivan = centre.hire("Ivan Petrov", roles="agent", team="Support")
    anna = centre.hire("Anna Bondar", roles="evaluator")
    changed = write_scorecard(builtin_scorecards()[0]).replace("weight: 15", "weight: 90")
    anna.send("/score petrov")
    anna.tap("Call")
    anna.tap("Skip")
    admin.upload("voice.yaml", changed.replace("key: text", "key: voice"))
    admin.tap("Publish")
    anna.tap("All met")
    anna.tap("Submit")
    ivan.sees("of 100")
    ivan.tap("Receipt")
    assert "version 1" in ivan.text


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (CARD.replace("weight: 1", "weight: 0"), "Line 7: “weight” is 0 but must be more than 0"),
        (CARD.replace("email", "pigeon"), "Line 4: "),
        (CARD.replace("advice", "advise"), "Did you mean “advice”?"),
        (CARD.replace("points: 1}", "points: 3}"), "options stand best first"),
        (CARD + "\n  bad: [", "cannot be read as YAML"),
        ("", "the file is empty"),
        ("- a\n- b\n", "the file needs name: value pairs"),
    ],
)
def test_a_broken_file_names_line_and_mistake(centre: Centre, broken: str, told: str) -> None:
    admin = centre.admin
    admin.upload("letters.yaml", broken or "\n")
    assert "Nothing was stored." in admin.text
    assert told in admin.text
    assert centre.count("scorecard_uploads") == 0


def test_another_encoding_gets_one_sentence(centre: Centre) -> None:
    admin = centre.admin
    admin.upload("letters.yaml", CARD.replace("Letters", "Письма").encode("cp1251"))
    assert "only as UTF-8" in admin.text


def test_a_file_that_is_too_big_is_refused_before_it_is_fetched(centre: Centre) -> None:
    admin = centre.admin
    admin.upload("letters.yaml", b"#" * 300_000)
    assert "too big" in admin.text
    assert not centre.calls("getFile")


def test_the_file_comes_back_as_it_can_be_sent_again(centre: Centre) -> None:
    admin = centre.admin
    admin.send("/scorecards")
    admin.tap("Voice calls · v1")
    assert "Greets by the standard" in admin.text
    admin.tap("YAML file")
    admin.upload("voice.yaml", admin.document("voice-v1.yaml"))
    assert "Nothing differs from version 1." in admin.text


def test_a_retired_scorecard_is_offered_no_more(centre: Centre) -> None:
    admin = centre.admin
    centre.hire("Ivan Petrov", roles="agent", team="Support")
    anna = centre.hire("Anna Bondar", roles="evaluator")
    admin.send("/scorecards")
    admin.tap("Voice calls · v1")
    admin.tap("Retire")
    admin.tap("Retire")
    assert "Voice calls · v1" not in admin.buttons
    anna.send("/score petrov")
    told = anna.tap("Call")
    assert told is not None
    assert "no scorecard for this channel" in told


def test_two_scorecards_of_a_channel_are_offered(centre: Centre) -> None:
    admin = centre.admin
    centre.hire("Ivan Petrov", roles="agent", team="Support")
    anna = centre.hire("Anna Bondar", roles="evaluator")
    admin.upload("letters.yaml", CARD)
    admin.tap("Publish")
    anna.send("/score petrov")
    anna.tap("E-mail")
    assert "Which scorecard?" in anna.text
    anna.tap("Letters")
    anna.tap("Skip")
    assert "Answers the question" in anna.text


@pytest.mark.parametrize("act", list(ScorecardAct))
def test_nobody_else_touches_scorecards(centre: Centre, act: ScorecardAct) -> None:
    anna = centre.hire("Anna Bondar", roles="evaluator|supervisor|agent", supervises="Support")
    anna.send("/scorecards")
    assert anna.text == "This is not open to your role."
    assert anna.forge(pack(ScorecardTap(act, 1))) == "This is not open to your role."
