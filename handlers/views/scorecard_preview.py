"""A scorecard's file before it is published: what it holds, what it changes, what that does."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers.scorecards.replaying import Replay
from handlers.taps import ScorecardAct, ScorecardTap, UploadAct, UploadTap
from handlers.views.scorecard_changes import difference_words
from handlers.views.scorecard_replay import replay_buttons, replay_lines
from handlers.views.scorecards import outline, title_lines
from handlers.views.screen import Button, Screen, bold, fit, italic, lines, shorten
from handlers.words import Words
from scoring.scorecard import Scorecard
from scoring.scorecard_diff import Difference
from storage.scorecards import Published

Line = Markup | str

ROOM = 3800
"""How much is told before the note at the end."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A valid file that waits, beside the newest version of its scorecard, if there is one.

    ``beside`` are the other scorecards in use for one of its channels. ``overtaken`` says that
    the newest version came after the file was last shown.
    """

    upload: int
    scorecard: Scorecard
    before: Published | None
    changes: Sequence[Difference]
    replay: Replay
    retired: bool = False
    beside: Sequence[Published] = ()
    overtaken: bool = False


def preview_screen(t: Words, one: Preview) -> Screen:
    """Return the file with its Publish button, or that it holds nothing new."""
    if one.before is None:
        return _screen(t, one, _new_lines(t, one))
    if not one.changes:
        return _same_screen(t, one, one.before)
    return _screen(t, one, _change_lines(t, one, one.before))


def published_screen(t: Words, one: Published, *, fresh: bool) -> Screen:
    """Return what is said once a file is published; not *fresh*, it only brought one back."""
    title, version = one.scorecard.title.say(t.language), one.version
    if not fresh:
        back = t.html(
            "<b>{title}</b>, version {version}, is in use again.", title=title, version=version
        )
        return Screen(back, [[_list_button(t)]])
    text = t.html(
        "<b>{title}</b>, version {version}, is published and in use from now on.",
        title=title,
        version=version,
    )
    drafts = t("Drafts that were begun before keep their version.") if version > 1 else None
    return Screen(lines(text, drafts), [[_list_button(t)]])


def already_screen(t: Words, one: Published, newest: Published) -> Screen:
    """Return that a file was published before, as version *one*, and which is in use."""
    title = one.scorecard.title.say(t.language)
    text = t.html(
        "<b>{title}</b>: this file was published already, as version {version}.",
        title=title,
        version=one.version,
    )
    used = None
    if newest.id != one.id:
        used = t("Version {version} came after it.", version=newest.version)
    return Screen(lines(text, used), [[_list_button(t)]])


def discarded_screen(t: Words) -> Screen:
    """Return that a file was put aside."""
    return Screen(lines(t("Discarded. Nothing has changed.")), [[_list_button(t)]])


def _screen(t: Words, one: Preview, told: Sequence[Line]) -> Screen:
    note = italic(t("Evaluations made earlier keep the version they were made with."))
    text = lines(fit([*title_lines(t, one.scorecard), *told], ROOM), "", note)
    buttons = [_publish_button(one, t("Publish")), _discard_button(t, one)]
    return Screen(text, [buttons, *replay_buttons(t, one.replay, one.upload)])


def _same_screen(t: Words, one: Preview, before: Published) -> Screen:
    told: list[Line] = [
        *title_lines(t, one.scorecard),
        t("Nothing differs from version {version}.", version=before.version),
    ]
    if not one.retired:
        return Screen(lines(*told), [[_list_button(t)]])
    told.append(t("It is retired: nobody is offered it."))
    back = _publish_button(one, t("Bring back"))
    return Screen(lines(*told), [[back, _discard_button(t, one)]])


def _new_lines(t: Words, one: Preview) -> list[Line]:
    titles = [shorten(other.scorecard.title.say(t.language), 40) for other in one.beside]
    beside = t("Evaluators will choose between it and: {titles}", titles=", ".join(titles))
    return [
        bold(t("A new scorecard.")),
        *([beside] if titles else []),
        *replay_lines(t, one.replay),
        "",
        *outline(t, one.scorecard),
    ]


def _change_lines(t: Words, one: Preview, before: Published) -> list[Line]:
    version = before.version
    count = t.plural(
        "{count} change against version {version}:",
        "{count} changes against version {version}:",
        len(one.changes),
        version=version,
    )
    words = [difference_words(t, each, before.scorecard, one.scorecard) for each in one.changes]
    return [
        *([bold(_overtaken(t, version))] if one.overtaken else []),
        *([t("It is retired; publishing it brings it back.")] if one.retired else []),
        "",
        *replay_lines(t, one.replay),
        "",
        count,
        *(f"• {each}" for each in words),
    ]


def _overtaken(t: Words, version: int) -> str:
    return t(
        "Version {version} was published meanwhile; this file would undo what it changed. "
        "Please look again.",
        version=version,
    )


def _publish_button(one: Preview, label: str) -> Button:
    base = one.before.id if one.before is not None else 0
    return Button(label, UploadTap(UploadAct.PUBLISH, one.upload, base))


def _discard_button(t: Words, one: Preview) -> Button:
    return Button(t("Discard"), UploadTap(UploadAct.DROP, one.upload))


def _list_button(t: Words) -> Button:
    return Button(t("Scorecards"), ScorecardTap(ScorecardAct.LIST))
