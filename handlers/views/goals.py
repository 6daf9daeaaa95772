"""Goals as people read them: the list, a goal with its figures, and the news of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers.goals.goal_data import GoalFile
from handlers.taps import GoalAct, GoalTap
from handlers.views.pager import paged
from handlers.views.report_text import share_words
from handlers.views.screen import Button, Screen, bold, fit, lines, shorten
from handlers.words import N_, Words
from scoring.goals import GoalState, Progress, ShareChange
from scoring.statistics import Proportion
from storage.goals import Goal, Which
from storage.people import Person

Line = str | Markup

PAGE = 8
TITLE = 120
ADVICE = 400
MARKS = {
    GoalState.OPEN: "○",
    GoalState.REACHED: "✓",
    GoalState.NO_EVIDENCE: "?",
    GoalState.NOT_REACHED: "✕",
    GoalState.DROPPED: "–",
}

NEWS = {
    GoalState.OPEN: N_("A goal has been set"),
    GoalState.DROPPED: N_("A goal has been dropped"),
}
ENDED = N_("A goal has come to its date")

_REACHED = N_("<b>Reached</b>: {change} points ({low} to {high}), more than chance.")
_NO_EVIDENCE = N_("<b>No evidence yet</b>: {change} points ({low} to {high}) may be chance.")
_REACHED_EXPECTED = N_(
    "<b>Reached</b>: {change} points ({low} to {high}) against what was expected, more than chance."
)
_NO_EVIDENCE_EXPECTED = N_(
    "<b>No evidence yet</b>: {change} points ({low} to {high}) against what was expected "
    "may be chance."
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of goals; ``names`` are the agents' by id, ``reader`` needs no name on their own."""

    entries: Sequence[Goal]
    names: Mapping[int, str]
    reader: int
    which: Which
    skipped: int
    total: int
    sets: bool


def list_screen(t: Words, listed: Listed) -> Screen:
    """Return the goals, each a button; *listed.sets* says that the reader may set new ones."""
    ended = listed.which is Which.CLOSED
    if ended:
        head = t.plural("{count} goal has ended", "{count} goals have ended", listed.total)
    else:
        head = t.plural("{count} open goal", "{count} open goals", listed.total)
    hint = None
    if not listed.total:
        head = t("No goals have ended yet.") if ended else t("No open goals.")
    elif any(one.agent_id != listed.reader for one in listed.entries):
        hint = t("Tap one to see its figures.")
    rows = [[_listed(t, listed, one)] for one in listed.entries]
    return Screen(lines(bold(head), hint), [*rows, _turning(listed), _switches(t, listed)])


def _listed(t: Words, listed: Listed, goal: Goal) -> Button:
    title = goal.title.say(t.language)
    mark, day = MARKS[goal.state], t.day(goal.due)
    if goal.agent_id == listed.reader:
        label = f"{mark} {shorten(title, 26)} · {day}"
    else:
        name = shorten(listed.names.get(goal.agent_id, "…"), 14)
        label = f"{mark} {name} · {shorten(title, 12)} · {day}"
    return Button(label, GoalTap(GoalAct.CARD, goal.id))


def _turning(listed: Listed) -> list[Button]:
    number = int(listed.which is Which.CLOSED)
    turning: list[Button] = []
    if listed.skipped:
        before = max(0, listed.skipped - PAGE)
        turning.append(Button("‹", GoalTap(GoalAct.LIST, before, number=number)))
    following = listed.skipped + len(listed.entries)
    if following < listed.total:
        turning.append(Button("›", GoalTap(GoalAct.LIST, following, number=number)))
    return turning


def _switches(t: Words, listed: Listed) -> list[Button]:
    if listed.which is Which.OPEN:
        buttons = [Button(t("Ended goals"), GoalTap(GoalAct.LIST, number=1))]
    else:
        buttons = [Button(t("Open goals"), GoalTap(GoalAct.LIST))]
    if listed.sets:
        buttons.insert(0, Button(t("New goal"), GoalTap(GoalAct.AGENTS)))
    return buttons


def card_screen(t: Words, file: GoalFile, reader: Person) -> Screen:
    """Return the goal with its figures, and what *reader* may do with it."""
    goal = file.goal
    rows = [[Button(t("All goals"), GoalTap(GoalAct.LIST, number=int(not goal.is_open)))]]
    if goal.is_open and file.may_be_changed_by(reader):
        rows[0].insert(0, Button(t("Drop"), GoalTap(GoalAct.DROP, goal.id)))
    rows[0] = [*_again(t, file, reader), *rows[0]]
    return paged(_parts(t, file, reader), rows, GoalTap(GoalAct.CARD, goal.id))


def _again(t: Words, file: GoalFile, reader: Person) -> list[Button]:
    """Return the button that sets another goal in place of one that has ended."""
    if file.goal.is_open or not file.may_be_changed_by(reader):
        return []
    return [Button(t("Set again"), GoalTap(GoalAct.AGAIN, file.goal.id))]


def drop_screen(t: Words, file: GoalFile) -> Screen:
    """Return the question before a goal is dropped."""
    goal = file.goal
    text = lines(
        bold(t("Drop this goal?")),
        f"{file.agent.name} · {shorten(goal.title.say(t.language), TITLE)}",
        t("{name} is told.", name=file.agent.name),
    )
    sure = Button(t("Drop"), GoalTap(GoalAct.DROP_SURE, goal.id))
    return Screen(text, [[sure, Button(t("Keep it"), GoalTap(GoalAct.CARD, goal.id))]])


def news_screen(t: Words, file: GoalFile, reader: Person) -> Screen:
    """Return the goal as news."""
    head = t(NEWS.get(file.goal.state, ENDED))
    opening = Button(t("All goals"), GoalTap(GoalAct.LIST, number=int(not file.goal.is_open)))
    buttons = [*_again(t, file, reader), opening]
    return Screen(fit([bold(head), *_parts(t, file, reader)]), [buttons])


def figure_lines(t: Words, progress: Progress) -> list[Line]:
    """Return the criterion before and since with counts and intervals."""
    told: list[Line] = [
        t("Before: {share}", share=counted(t, progress.before)),
        t("Since then: {share}", share=counted(t, progress.after)),
    ]
    expected = progress.expected
    if expected is not None and expected.share is not None:
        told.append(t("Expected without the goal: {share}", share=t.percent(expected.share)))
    return told


def counted(t: Words, proportion: Proportion | None) -> str:
    """Return a share with its interval and its counts; below five only the counts."""
    if proportion is None:
        return t("no contacts")
    if proportion.too_few:
        return share_words(t, proportion)
    return t(
        "{share}, {times} of {total}",
        share=share_words(t, proportion),
        times=proportion.successes,
        total=proportion.total,
    )


def _parts(t: Words, file: GoalFile, reader: Person) -> list[Line]:
    goal = file.goal
    title = shorten(goal.title.say(t.language), TITLE)
    whose = title if reader.id == file.agent.id else f"{shorten(file.agent.name, 60)} · {title}"
    told: list[Line] = [bold(whose)]
    if goal.advice is not None:
        told.append(f"→ {shorten(goal.advice.say(t.language), ADVICE)}")
    told += ["", t("By {day}", day=t.day(goal.due, year=True))]
    if file.mentor is not None:
        told.append(t("Mentor: {name}", name=file.mentor.name))
    if file.maker is not None:
        told.append(t("Set by {name}", name=file.maker.name))
    if file.progress is not None:
        told += ["", *figure_lines(t, file.progress)]
        told += _verdict(t, goal.state, file.progress)
    if goal.state is GoalState.DROPPED:
        told += ["", t("Dropped: it counts no more.")]
    return told


def _verdict(t: Words, state: GoalState, progress: Progress) -> list[Line]:
    """Return what may be said of the figures; nothing while the goal is open."""
    if state is GoalState.OPEN:
        return []
    change = progress.change
    if change is None or progress.too_few:
        return [
            t.html("<b>No evidence yet</b>: below five contacts on a side nothing can be compared.")
        ]
    if state is GoalState.NOT_REACHED:
        values = _change(t, change)
        return [t.html("<b>Not reached</b>: {change} points ({low} to {high}).", **values)]
    values = _change(t, progress.gain or change)
    reached = state is GoalState.REACHED
    if progress.expected is None or progress.expected.share is None:
        told = _REACHED if reached else _NO_EVIDENCE
    else:
        told = _REACHED_EXPECTED if reached else _NO_EVIDENCE_EXPECTED
    return [t.html(told, **values)]


def _change(t: Words, change: ShareChange) -> dict[str, object]:
    """Return the change in percentage points."""
    return {
        name: t.signed(value * 100)
        for name, value in (
            ("change", change.difference),
            ("low", change.low),
            ("high", change.high),
        )
    }
