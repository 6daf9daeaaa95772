"""The people of the contact centre: the list, a person's card, and the choices on it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers import labels
from handlers.taps import (
    MenuTap,
    PeopleAct,
    PeopleTap,
    TeamAct,
    TeamTap,
    UndeliveredAct,
    UndeliveredTap,
)
from handlers.views.screen import Button, Rows, Screen, bold, fit, in_rows, lines, shorten
from handlers.words import N_, Words
from scoring.roles import Role
from storage.people import Person
from storage.teams import Team

PAGE = 8
TEAMS_PAGE = 20
ROLES = tuple(Role)
TEAMS_NAMED = 6
NAME_SHOWN = 60


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A stretch of the list: *words* are what was searched for, *team_names* are by id.

    *outside* is how many have not joined, *undelivered* how many messages did not arrive.
    """

    people: Sequence[Person]
    team_names: Mapping[int, str]
    total: int
    page: int = 0
    words: str = ""
    undelivered: int = 0
    outside: int = 0


@dataclass(frozen=True, slots=True)
class CardView:
    """A person with what their card names; *link_until* is when their unused link expires."""

    person: Person
    team_names: Mapping[int, str]
    zone: ZoneInfo
    link_until: dt.datetime | None = None
    aliases: Sequence[str] = ()


def list_screen(t: Words, view: PeoplePage) -> Screen:
    """Return a page of people: a few lines on each and a button to their card."""
    if view.words:
        heading = t.html("<b>{words}</b>: {count} found", words=view.words, count=view.total)
    else:
        heading = t.html("<b>People: {count}</b>", count=view.total)
    told = [_entry(t, one, view.team_names) for one in view.people]
    hint = t("Write a part of a name to search.")
    cards = [Button(one.name, PeopleTap(PeopleAct.CARD, one.id)) for one in view.people]
    rows = [*in_rows(cards, 2), _turning(PeopleAct.LIST, 0, view.page, view.total, PAGE)]
    if view.words:
        rows.append([Button(t("Everybody"), PeopleTap(PeopleAct.EVERYBODY))])
    rows.append([Button(t("Invite somebody"), MenuTap("invite"))])
    if view.outside:
        label = t("Links for all not yet joined: {count}", count=view.outside)
        rows.append([Button(label, PeopleTap(PeopleAct.LINKS))])
    if view.undelivered:
        label = t("Undelivered: {count}", count=view.undelivered)
        rows.append([Button(label, UndeliveredTap(UndeliveredAct.LIST))])
    return Screen(fit([heading, *told, hint]), rows)


def _entry(t: Words, person: Person, team_names: Mapping[int, str]) -> Markup:
    name = bold(shorten(person.name, NAME_SHOWN))
    return lines(name, " · ".join(_marks(t, person, team_names)))


def _marks(t: Words, person: Person, team_names: Mapping[int, str]) -> list[str]:
    marks = [roles_text(t, person)]
    if person.teams or person.supervises:
        marks.append(_teams_text(t, [*person.teams, *person.supervises], team_names))
    if person.erased:
        marks.append(t("erased"))
    elif not person.active:
        marks.append(t("shut out"))
    elif person.telegram_id is None:
        marks.append(t("not yet joined"))
    return marks


def roles_text(t: Words, person: Person) -> str:
    """Return the person's roles in words."""
    names = [labels.role(t, role) for role in ROLES if role in person.roles]
    return ", ".join(names) if names else t("no role yet")


def _teams_text(t: Words, ids: Sequence[int], team_names: Mapping[int, str]) -> str:
    names = [shorten(team_names[one], 40) for one in dict.fromkeys(ids) if one in team_names]
    if not names:
        return t("none")
    return ", ".join(names[:TEAMS_NAMED]) + (", …" if len(names) > TEAMS_NAMED else "")


def _turning(act: PeopleAct, person: int, page: int, total: int, size: int) -> list[Button]:
    """Return the buttons that turn pages, none where there is but one."""
    buttons = []
    if page > 0:
        buttons.append(Button("‹", PeopleTap(act, person, page - 1)))
    if (page + 1) * size < total:
        buttons.append(Button("›", PeopleTap(act, person, page + 1)))
    return buttons


def card_screen(t: Words, view: CardView, warning: str | None = None) -> Screen:
    """Return a person's card: what they are, and everything an admin may change about it."""
    person = view.person
    told = [
        bold(person.name),
        roles_text(t, person),
        t("Team: {teams}", teams=_teams_text(t, person.teams, view.team_names)),
    ]
    if person.is_a(Role.SUPERVISOR):
        teams = _teams_text(t, person.supervises, view.team_names)
        told.append(t("Supervises: {teams}", teams=teams))
    if person.external_key is not None:
        told.append(t("Key: {key}", key=person.external_key))
    if view.aliases:
        told.append(t("Also: {names}", names=", ".join(shorten(one, 40) for one in view.aliases)))
    told.append(_presence(t, view))
    return Screen(lines(*told, warning), _card_buttons(t, person))


def _presence(t: Words, view: CardView) -> str:
    person = view.person
    if not person.active:
        return t("Shut out: can do nothing here, earlier results stay.")
    if view.link_until is not None:
        return t(
            "A link waits for them until {moment}.", moment=t.moment(view.link_until, view.zone)
        )
    if person.telegram_id is None:
        return t("Not yet joined, and has no link.")
    return t("Joined, but messages do not arrive.") if person.unreachable else t("Joined.")


def _card_buttons(t: Words, person: Person) -> Rows:
    back = [Button(t("Everybody"), PeopleTap(PeopleAct.LIST))]
    if not person.active:
        let_in = [Button(t("Let back in"), PeopleTap(PeopleAct.LET_IN, person.id))]
        hand_on = [Button(t("Hand work on"), PeopleTap(PeopleAct.HAND_ON, person.id))]
        return [back] if person.erased else [let_in, hand_on, back]
    roles = [_role_button(t, person, number) for number in range(1, len(ROLES) + 1)]
    teams = [Button(t("Team"), PeopleTap(PeopleAct.TEAMS, person.id))]
    if person.is_a(Role.SUPERVISOR):
        teams.append(Button(t("Supervises"), PeopleTap(PeopleAct.SUPERVISED, person.id)))
    link = t("Invitation link") if person.telegram_id is None else t("New link")
    return [
        *in_rows(roles, 2),
        teams,
        [Button(link, PeopleTap(PeopleAct.INVITE, person.id))],
        [
            Button(t("Key"), PeopleTap(PeopleAct.KEY, person.id)),
            Button(t("Other names"), PeopleTap(PeopleAct.ALIASES, person.id)),
        ],
        [
            Button(t("Rename"), PeopleTap(PeopleAct.RENAME, person.id)),
            Button(t("Entered twice"), PeopleTap(PeopleAct.MERGE, person.id)),
        ],
        [Button(t("Shut out"), PeopleTap(PeopleAct.SHUT_OUT, person.id))],
        back,
    ]


def _role_button(t: Words, person: Person, number: int) -> Button:
    role = ROLES[number - 1]
    held = role in person.roles
    tap = PeopleTap(PeopleAct.ROLE, person.id, -number if held else number)
    return Button(_marked(labels.role(t, role), chosen=held), tap)


def _marked(label: str, *, chosen: bool) -> str:
    return f"✓ {label}" if chosen else label


def teams_screen(
    t: Words, person: Person, teams: Sequence[Team], page: int, *, supervised: bool
) -> Screen:
    """Return the choice of the teams that a person belongs to, or that they supervise."""
    held, act, turning = (
        (person.supervises, PeopleAct.SUPERVISES, PeopleAct.SUPERVISED)
        if supervised
        else (person.teams, PeopleAct.TEAM, PeopleAct.TEAMS)
    )
    shown = teams[page * TEAMS_PAGE : (page + 1) * TEAMS_PAGE]
    buttons = [
        Button(
            _marked(team.name, chosen=team.id in held),
            PeopleTap(act, person.id, -team.id if team.id in held else team.id),
        )
        for team in shown
    ]
    question = (
        t.html("Which teams does <b>{name}</b> supervise?", name=person.name)
        if supervised
        else t.html("Which team is <b>{name}</b> in?", name=person.name)
    )
    nothing = None if teams else t("There are no teams yet.")
    rows = [
        *in_rows(buttons, 2),
        _turning(turning, person.id, page, len(teams), TEAMS_PAGE),
        [
            Button(t("New team"), TeamTap(TeamAct.NEW)),
            Button(t("Done"), PeopleTap(PeopleAct.CARD, person.id)),
        ],
    ]
    return Screen(lines(question, nothing), rows)


def link_screen(t: Words, person: Person, link: str, until: str) -> Screen:
    """Return a fresh invitation, ready to be handed on."""
    moves = None
    if person.telegram_id is not None:
        moves = t("Opened from another Telegram account, it moves them there.")
    text = lines(
        t.html(
            "A link for <b>{name}</b> ({roles}):", name=person.name, roles=roles_text(t, person)
        ),
        Markup("<code>{}</code>").format(link),
        t("It works once, until {moment}. Earlier links of theirs no longer work.", moment=until),
        moves,
    )
    return Screen(text, [[Button(t("Invite somebody else"), MenuTap("invite"))]])


def shut_out_screen(t: Words, person: Person, work: Mapping[str, int]) -> Screen:
    """Return the question before somebody is shut out; *work* is how much of a kind is open."""
    text = lines(
        t.html(
            "Shut out <b>{name}</b>? They can do nothing here until you let them back in. "
            "Their results stay.",
            name=person.name,
        ),
        t("Open work: {work}", work=work_words(t, work)) if work else None,
    )
    yes = Button(t("Shut out"), PeopleTap(PeopleAct.SHUT_OUT_SURE, person.id))
    rows = [[yes, Button(t("Back"), PeopleTap(PeopleAct.CARD, person.id))]]
    if work:
        rows.append(
            [Button(t("Shut out, hand the work on"), PeopleTap(PeopleAct.HAND_ON, person.id, 1))]
        )
        rows.append([Button(t("Only hand the work on"), PeopleTap(PeopleAct.HAND_ON, person.id))])
    return Screen(text, rows)


WORK = {
    "drafts": N_("drafts {count}"),
    "assignments": N_("assignments {count}"),
    "disputes": N_("disputes {count}"),
    "calibrations": N_("calibrations {count}"),
    "goals": N_("goals {count}"),
    "proposals": N_("proposals {count}"),
}
"""Kinds of open work, in words."""


def work_words(t: Words, work: Mapping[str, int]) -> str:
    """Return how much of each kind there is."""
    return ", ".join(t(WORK[kind], count=count) for kind, count in work.items())


def takers_screen(t: Words, person: Person, takers: Sequence[Person], *, shut_out: bool) -> Screen:
    """Return the choice of who takes the open work over."""
    rows = [
        [
            Button(
                f"{shorten(one.name, 24)} · {roles_text(t, one)}",
                PeopleTap(PeopleAct.HAND_TO, person.id, -one.id if shut_out else one.id),
            )
        ]
        for one in takers[:TEAMS_PAGE]
    ]
    question = t.html("Who takes over the open work of <b>{name}</b>?", name=person.name)
    nobody = None if takers else t("There is no other evaluator.")
    back = [Button(t("Back"), PeopleTap(PeopleAct.CARD, person.id))]
    return Screen(lines(question, nobody), [*rows, back])


def handed_words(t: Words, to: Person, done: Mapping[str, int], rest: Mapping[str, int]) -> str:
    """Return what was handed on to *to*, and what is left."""
    told = [t("Handed on to {name}: {work}.", name=to.name, work=work_words(t, done) or t("none"))]
    if rest:
        told.append(t("Not for them: {work}.", work=work_words(t, rest)))
    return " ".join(told)


def make_admin_screen(t: Words, person: Person) -> Screen:
    """Return the question before somebody is made an admin."""
    text = t.html(
        "Make <b>{name}</b> an admin? Admins see everything, and change people, teams, "
        "scorecards and settings.",
        name=person.name,
    )
    number = ROLES.index(Role.ADMIN) + 1
    yes = Button(t("Make admin"), PeopleTap(PeopleAct.ROLE_SURE, person.id, number))
    return Screen(text, [[Button(t("Back"), PeopleTap(PeopleAct.CARD, person.id))], [yes]])


def links_screen(t: Words, without: int, holding: int) -> Screen:
    """Return the question for whom links are made.

    *without* people have not joined and hold no working link, *holding* have not joined either but
    hold one.
    """
    told = [
        t.html("<b>Not yet joined: {count}</b>", count=without + holding),
        t("Without a working link: {count}", count=without) if without else None,
    ]
    rows: list[list[Button]] = []
    if without:
        label = t("Links for {count}", count=without)
        rows.append([Button(label, PeopleTap(PeopleAct.LINKS_SURE, value=1))])
    if holding:
        told.append(
            t(
                "With a link that still works: {count}. A new one replaces it.",
                count=holding,
            )
        )
        label = t("New links for all {count}", count=without + holding)
        rows.append([Button(label, PeopleTap(PeopleAct.LINKS_SURE, value=2))])
    if not without + holding:
        told.append(t("Everybody has joined."))
    rows.append([Button(t("Everybody"), PeopleTap(PeopleAct.LIST))])
    return Screen(lines(*told), rows)


def rename_screen(t: Words, person: Person) -> Screen:
    """Return the question for a person's new name."""
    text = t.html("What is the right name of <b>{name}</b>? Write it.", name=person.name)
    return Screen(text, [[Button(t("Back"), PeopleTap(PeopleAct.CARD, person.id))]])


def who_screen(t: Words) -> Screen:
    """Return the question for the name of whoever is invited."""
    return Screen(lines(t("Whom do you invite? Write their first and last name.")))


def twin_screen(t: Words, name: str, twins: Sequence[Person]) -> Screen:
    """Return the warning that somebody of that name is here already."""
    text = t.html("<b>{name}</b> is here already. Do you mean somebody else?", name=name)
    cards = [[Button(_twin(t, one), PeopleTap(PeopleAct.CARD, one.id))] for one in twins[:PAGE]]
    return Screen(text, [*cards, [Button(t("Somebody else"), PeopleTap(PeopleAct.TWIN))]])


def _twin(t: Words, person: Person) -> str:
    return f"{shorten(person.name, 20)} · {roles_text(t, person)}"
