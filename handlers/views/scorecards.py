"""The screens of scorecards: the list, one scorecard, and the question before it is retired."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from handlers import labels
from handlers.taps import ScorecardAct, ScorecardTap
from handlers.views.pager import listed, paged
from handlers.views.screen import Button, File, Screen, bold, lines, shorten
from handlers.words import Words
from scoring.scorecard import Criterion, Scorecard
from storage.scorecards import Published

TITLE = 30
"""How much of a title a button has room for beside its version."""


@dataclass(frozen=True, slots=True)
class Card:
    """A version of a scorecard, the newest one, and whether the scorecard is retired."""

    one: Published
    newest: Published
    retired: bool


def list_screen(t: Words, current: Sequence[Published], retired: Sequence[Published]) -> Screen:
    """Return the scorecards in use as buttons, and after them those that are retired."""
    used = [
        _card_button(one, f"{shorten(one.scorecard.title.say(t.language), TITLE)} · v{one.version}")
        for one in current
    ]
    put_away = [
        _card_button(
            one,
            t("{title} · retired", title=shorten(one.scorecard.title.say(t.language), TITLE)),
        )
        for one in retired
    ]
    text = lines(
        bold(t("Scorecards")),
        t("Send me a YAML file to add one or to publish a new version."),
    )
    return listed([text], [*used, *put_away], [], ScorecardTap(ScorecardAct.LIST))


def card_screen(t: Words, card: Card, published: str) -> Screen:
    """Return one scorecard with its sections and criteria; *published* is the day of that."""
    one = card.one
    parts = [
        *title_lines(t, one.scorecard),
        t("Version {version}, published {day}", version=one.version, day=published),
        *_state_lines(t, card),
        "",
        *outline(t, one.scorecard),
    ]
    rows = [
        [Button(t("YAML file"), ScorecardTap(ScorecardAct.FILE, one.id)), _end_button(t, card)],
        [Button(t("Back"), ScorecardTap(ScorecardAct.LIST))],
    ]
    if card.newest.id != one.id:
        newest = t("Version {version}", version=card.newest.version)
        rows.insert(1, [_card_button(card.newest, newest)])
    return paged(parts, rows, ScorecardTap(ScorecardAct.CARD, one.id))


def file_screen(t: Words, one: Published) -> Screen:
    """Return the scorecard as the file that it is published from."""
    # With it comes yaml, which few ever need.
    from scoring.scorecard_file import write_scorecard  # noqa: PLC0415

    content = write_scorecard(one.scorecard).encode()
    told = lines(t("Change it and send it back: you see what that does before it is published."))
    return Screen(told, file=File(f"{one.key}-v{one.version}.yaml", content))


def retire_screen(t: Words, one: Published) -> Screen:
    """Return the question before a scorecard is offered no more."""
    text = lines(
        bold(t("Retire “{title}”?", title=one.scorecard.title.say(t.language))),
        t("It is offered no more; what was scored by it stays. You can bring it back any time."),
    )
    rows = [
        [
            Button(t("Retire"), ScorecardTap(ScorecardAct.RETIRE_SURE, one.id)),
            Button(t("Keep it"), ScorecardTap(ScorecardAct.CARD, one.id)),
        ]
    ]
    return Screen(text, rows)


def title_lines(t: Words, scorecard: Scorecard) -> list[Markup | str]:
    """Return what the scorecard is called, what it is for, and its key."""
    channels = ", ".join(labels.channel(t, channel) for channel in scorecard.channels)
    return [
        Markup("<b>{}</b> · {}").format(scorecard.title.say(t.language), channels),
        t("Key: {key}", key=scorecard.key),
    ]


def outline(t: Words, scorecard: Scorecard) -> list[Markup | str]:
    """Return the sections with their share of the score, and their criteria."""
    total = sum((section.weight for section in scorecard.sections), Fraction(0))
    told: list[Markup | str] = []
    for section in scorecard.sections:
        share = t.percent(float(section.weight / total))
        told.append(
            t.html("<b>{title}</b> {share}", title=section.title.say(t.language), share=share)
        )
        told += [f"• {_criterion(t, criterion)}" for criterion in section.criteria]
    return told


def _card_button(one: Published, label: str) -> Button:
    return Button(label, ScorecardTap(ScorecardAct.CARD, one.id))


def _state_lines(t: Words, card: Card) -> list[str]:
    if card.retired:
        return [t("It is retired: nobody is offered it.")]
    if card.newest.id != card.one.id:
        return [t("Version {version} is in use.", version=card.newest.version)]
    return []


def _end_button(t: Words, card: Card) -> Button:
    """Return the button that retires the scorecard, or brings it back."""
    if card.retired:
        return Button(t("Bring back"), ScorecardTap(ScorecardAct.BRING_BACK, card.one.id))
    return Button(t("Retire"), ScorecardTap(ScorecardAct.RETIRE, card.one.id))


def _criterion(t: Words, criterion: Criterion) -> str:
    title = criterion.title.say(t.language)
    named = labels.critical_class(t, criterion.critical)
    return f"{title} ({named})" if named else title
