"""Merging two entries or two teams: whom, what moves, what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.people.merge import People, Teams
from handlers.taps import MergeAct, MergeTap, PeopleAct, PeopleTap, TeamAct, TeamTap
from handlers.views.people import roles_text
from handlers.views.screen import Button, Screen, lines, shorten
from handlers.words import N_, Words
from storage.people import Person

PARTS: Mapping[str, tuple[str, ...]] = {
    N_("Evaluations received: {count}"): ("evaluations.agent_id",),
    N_("Evaluations made: {count}"): ("evaluations.evaluator_id",),
    N_("Evaluations: {count}"): ("evaluations.team_id",),
    N_("Contacts: {count}"): ("contacts.agent_id",),
    N_("Drafts: {count}"): ("drafts.",),
    N_("Assignments: {count}"): ("assignments.",),
    N_("Disputes: {count}"): ("disputes.",),
    N_("Corrections: {count}"): ("corrections.",),
    N_("Calibrations: {count}"): ("calibration",),
    N_("Second scorings: {count}"): ("second_scorings.",),
    N_("Goals: {count}"): ("goals.",),
    N_("Proposals: {count}"): ("proposals.",),
    N_("KPI figures: {count}"): ("kpi_figures.agent_id", "kpi_figures.team_id"),
    N_("Members and supervisors: {count}"): ("memberships.team_id",),
    N_("Plans: {count}"): ("plans.team_id",),
    N_("Other entries: {count}"): ("",),
}
"""What moves, in words, by how the names of its columns begin; the first that fits."""

UNSAID = ("person_roles.", "memberships.person_id", "outbox.", "draw_contacts.")


def whom_screen(t: Words, person: Person, others: Sequence[Person], words: str = "") -> Screen:
    """Return the question which other entry is of the same person."""
    found = None
    if words:
        found = t.html("<b>{words}</b>: {count} found", words=words, count=len(others))
    text = lines(
        t.html("Which other entry is <b>{name}</b>, too?", name=person.name),
        found,
        t("Write a part of a name to search."),
    )
    rows = [
        [
            Button(
                f"{shorten(one.name, 24)} · {roles_text(t, one)}",
                MergeTap(MergeAct.PEOPLE, kept=person.id, dropped=one.id),
            )
        ]
        for one in others
    ]
    return Screen(text, [*rows, [Button(t("Back"), PeopleTap(PeopleAct.CARD, person.id))]])


def people_screen(t: Words, seen: People, team_names: Sequence[str], *, other_way: bool) -> Screen:
    """Return what merging the two entries would do, and the buttons."""
    kept, dropped = seen.kept, seen.dropped
    text = lines(
        t.html("Merge <b>{dropped}</b> into <b>{kept}</b>?", dropped=dropped.name, kept=kept.name),
        "",
        *moving(t, seen.moving),
        "",
        t("Afterwards: {roles}", roles=_roles(t, seen)),
        t("Team: {teams}", teams=", ".join(team_names) or t("none")),
        _account(t, seen),
        _key(t, seen),
        t("“{name}” stays known as another name.", name=dropped.name),
        t("It can be undone in /audit."),
    )
    rows = [
        [Button(t("Back"), PeopleTap(PeopleAct.CARD, kept.id))],
        [Button(t("Merge"), MergeTap(MergeAct.PEOPLE_SURE, kept=kept.id, dropped=dropped.id))],
    ]
    if other_way:
        turned = MergeTap(MergeAct.PEOPLE, kept=dropped.id, dropped=kept.id)
        rows.insert(0, [Button(t("Keep the other entry"), turned)])
    return Screen(text, rows)


def _roles(t: Words, seen: People) -> str:
    return roles_text(t, replace(seen.kept, roles=seen.roles))


def _account(t: Words, seen: People) -> str | None:
    if seen.dropped.telegram_id is None:
        return None
    if seen.kept.telegram_id is None:
        return t("They go on in the Telegram account of the merged entry.")
    return t("Both have a Telegram account; that of the merged entry opens nothing any more.")


def _key(t: Words, seen: People) -> str | None:
    key = seen.dropped.external_key
    if key is None:
        return None
    if seen.kept.external_key is None:
        return t("Key: {key}", key=key)
    return t("The key “{key}” stays known as another name.", key=key)


def teams_screen(t: Words, seen: Teams) -> Screen:
    """Return what merging the two teams would do, and the buttons."""
    kept, dropped = seen.kept, seen.dropped
    text = lines(
        t.html("Merge <b>{dropped}</b> into <b>{kept}</b>?", dropped=dropped.name, kept=kept.name),
        "",
        *moving(t, seen.moving),
        "",
        t.html("The settings of <b>{name}</b> hold. It can be undone in /audit.", name=kept.name),
    )
    rows = [
        [Button(t("Back"), TeamTap(TeamAct.CARD, kept.id))],
        [Button(t("Merge"), MergeTap(MergeAct.TEAMS_SURE, kept=kept.id, dropped=dropped.id))],
    ]
    if not dropped.archived:
        turned = MergeTap(MergeAct.TEAMS, kept=dropped.id, dropped=kept.id)
        rows.insert(0, [Button(t("Keep the other team"), turned)])
    return Screen(text, rows)


def moving(t: Words, counts: Mapping[str, int]) -> list[str]:
    """Return what moves, a line a kind."""
    sums = dict.fromkeys(PARTS, 0)
    for column, count in counts.items():
        if not column.startswith(UNSAID):
            label = next(one for one, begins in PARTS.items() if column.startswith(begins))
            sums[label] += count
    told = [t(label, count=count) for label, count in sums.items() if count]
    return told or [t("Nothing has to move.")]


def done_screen(t: Words, entry: int, seen: People | Teams) -> Screen:
    """Return that the two are one, with the way back."""
    text = t.html(
        "<b>{dropped}</b> is merged into <b>{kept}</b>.",
        dropped=seen.dropped.name,
        kept=seen.kept.name,
    )
    back = Button(t("Undo"), MergeTap(MergeAct.UNDO, entry=entry))
    return Screen(text, [[back], [_card(seen)]])


def undo_screen(t: Words, entry: int, seen: People | Teams) -> Screen:
    """Return the question before a merging is undone."""
    text = lines(
        t.html(
            "Part <b>{dropped}</b> from <b>{kept}</b> again?",
            dropped=seen.dropped.name,
            kept=seen.kept.name,
        ),
        t("What was moved goes back. What came since stays with the second one."),
    )
    yes = Button(t("Undo the merging"), MergeTap(MergeAct.UNDO_SURE, entry=entry))
    return Screen(text, [[_card(seen)], [yes]])


def undone_screen(t: Words, seen: People | Teams) -> Screen:
    """Return that the two are two again."""
    text = t.html(
        "<b>{dropped}</b> and <b>{kept}</b> are two again.",
        dropped=seen.dropped.name,
        kept=seen.kept.name,
    )
    other = (
        Button(seen.dropped.name, PeopleTap(PeopleAct.CARD, seen.dropped.id))
        if isinstance(seen, People)
        else Button(seen.dropped.name, TeamTap(TeamAct.CARD, seen.dropped.id))
    )
    return Screen(text, [[other], [_card(seen)]])


def _card(seen: People | Teams) -> Button:
    if isinstance(seen, People):
        return Button(seen.kept.name, PeopleTap(PeopleAct.CARD, seen.kept.id))
    return Button(seen.kept.name, TeamTap(TeamAct.CARD, seen.kept.id))


def told_screen(t: Words, person: Person, dropped: Person) -> Screen:
    """Return what somebody is told whose two entries have become one."""
    text = lines(
        t.html(
            "You were entered here twice, as <b>{name}</b> and as <b>{other}</b>. "
            "An admin has made that one entry.",
            name=person.name,
            other=dropped.name,
        ),
        t("Your roles: {roles}", roles=roles_text(t, person)),
    )
    return Screen(text)
