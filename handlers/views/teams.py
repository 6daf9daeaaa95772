"""The teams: their list, a team's card with its settings, and the questions for each setting."""

import datetime as dt
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from handlers.people.team_settings import NOTHING, Setting
from handlers.taps import MergeAct, MergeTap, TeamAct, TeamTap
from handlers.views.screen import Button, Screen, bold, in_rows, lines, shorten
from handlers.words import LANGUAGE_NAMES, LANGUAGES, N_, Words
from scoring.roles import Relation
from storage.teams import Team

PAGE = 16

LABELS = {
    Setting.NAME: N_("Name"),
    Setting.TIMEZONE: N_("Time zone"),
    Setting.LANGUAGE: N_("Language"),
    Setting.DIGEST: N_("Digest time"),
    Setting.QUIET: N_("Quiet hours"),
    Setting.TARGET: N_("Target"),
    Setting.DISPUTES: N_("Disputes"),
    Setting.DISPUTE_COUNT: N_("Disputes a month"),
}

QUESTIONS = {
    Setting.NAME: N_("What shall the team be called?"),
    Setting.TIMEZONE: N_(
        "In which time zone is the team? Write a city, or a name like Europe/Kyiv."
    ),
    Setting.LANGUAGE: N_("Which language does the team speak?"),
    Setting.DIGEST: N_("At what time shall digests come? Write it like 9:00."),
    Setting.QUIET: N_("When shall messages wait? Write it like 22:00-08:00."),
    Setting.TARGET: N_("Which score does the team aim at? Write a number from 0 to 100."),
    Setting.DISPUTES: N_("Within how many working days may feedback be disputed? From 1 to 30."),
    Setting.DISPUTE_COUNT: N_(
        "How many disputes may an agent open in a calendar month? From 1 to 100; 0 means no limit."
    ),
}

WITHOUT = {
    Setting.QUIET: N_("Off"),
    Setting.TARGET: N_("No target"),
    Setting.DISPUTE_COUNT: N_("No limit"),
}
"""The settings that may be absent, and the button that takes them away."""


def list_screen(t: Words, teams: Sequence[Team], page: int, archived: int = 0) -> Screen:
    """Return a page of the teams; *archived* is how many could be brought back."""
    shown = teams[page * PAGE : (page + 1) * PAGE]
    heading = t.html("<b>Teams: {count}</b>", count=len(teams))
    hint = None if teams else t("There are no teams yet.")
    cards = [Button(team.name, TeamTap(TeamAct.CARD, team.id)) for team in shown]
    turning = []
    if page > 0:
        turning.append(Button("‹", TeamTap(TeamAct.LIST, value=str(page - 1))))
    if (page + 1) * PAGE < len(teams):
        turning.append(Button("›", TeamTap(TeamAct.LIST, value=str(page + 1))))
    rows = [*in_rows(cards, 2), turning, [Button(t("New team"), TeamTap(TeamAct.NEW))]]
    if archived:
        label = t("Archived: {count}", count=archived)
        rows.append([Button(label, TeamTap(TeamAct.ARCHIVED))])
    return Screen(lines(heading, hint), rows)


def card_screen(
    t: Words, team: Team, sizes: Mapping[tuple[int, Relation], int], now: dt.datetime
) -> Screen:
    """Return a team's settings with a button for each; *sizes* as ``teams.sizes`` returns them."""
    members = sizes.get((team.id, Relation.MEMBER), 0)
    supervisors = sizes.get((team.id, Relation.SUPERVISOR), 0)
    clock = f"{now.astimezone(ZoneInfo(team.timezone)):%H:%M}"
    text = lines(
        bold(team.name),
        t.plural("{count} member", "{count} members", members),
        t.plural("{count} supervisor", "{count} supervisors", supervisors),
        "",
        t("Time zone: {zone}, now {clock}", zone=team.timezone, clock=clock),
        t("Language: {language}", language=LANGUAGE_NAMES[team.language]),
        t("Digests at {time}", time=f"{team.digest_time:%H:%M}"),
        _quiet(t, team),
        t("No target score") if team.target is None else t("Target: {score}", score=team.target),
        t.plural(
            "Disputes within {count} working day",
            "Disputes within {count} working days",
            team.dispute_days,
        ),
        _dispute_count(t, team),
    )
    settings = [
        Button(t(label), TeamTap(TeamAct.ASK, team.id, setting.value))
        for setting, label in LABELS.items()
    ]
    rest = [
        Button(t("Same as another"), TeamTap(TeamAct.MERGE, team.id)),
        Button(t("Archive"), TeamTap(TeamAct.ARCHIVE, team.id)),
    ]
    rows = [*in_rows(settings, 2), rest, [Button(t("All teams"), TeamTap(TeamAct.LIST))]]
    return Screen(text, rows)


def archived_card(t: Words, team: Team) -> Screen:
    """Return the card of a team that is offered nowhere."""
    told = t("Archived: it is offered nowhere, its history stays.")
    back = [[Button(t("All teams"), TeamTap(TeamAct.LIST))]]
    if team.merged_into is None:
        back.insert(0, [Button(t("Bring back"), TeamTap(TeamAct.BRING_BACK, team.id))])
    return Screen(lines(bold(team.name), told), back)


def archived_screen(t: Words, teams: Sequence[Team], page: int) -> Screen:
    """Return a page of the archived teams."""
    shown = teams[page * PAGE : (page + 1) * PAGE]
    cards = [Button(team.name, TeamTap(TeamAct.CARD, team.id)) for team in shown]
    turning = [
        Button(sign, TeamTap(TeamAct.ARCHIVED, value=str(other)))
        for sign, other in (("‹", page - 1), ("›", page + 1))
        if 0 <= other * PAGE < len(teams)
    ]
    heading = t.html("<b>Archived teams: {count}</b>", count=len(teams))
    back = [Button(t("All teams"), TeamTap(TeamAct.LIST))]
    return Screen(lines(heading), [*in_rows(cards, 2), turning, back])


def archive_screen(t: Words, team: Team, sizes: Mapping[tuple[int, Relation], int]) -> Screen:
    """Return the question before a team is archived."""
    members = sizes.get((team.id, Relation.MEMBER), 0)
    warning = None
    if members:
        warning = t.plural(
            "{count} member will be in no team then.",
            "{count} members will be in no team then.",
            members,
        )
    text = lines(
        t.html("Archive <b>{name}</b>?", name=team.name),
        t("It is offered nowhere and gets no digests; its plans rest. Its history stays."),
        warning,
    )
    yes = Button(t("Archive"), TeamTap(TeamAct.ARCHIVE_SURE, team.id))
    return Screen(text, [[Button(t("Back"), TeamTap(TeamAct.CARD, team.id))], [yes]])


def same_as_screen(t: Words, team: Team, others: Sequence[Team], page: int) -> Screen:
    """Return the choice of the team that *team* is the same as."""
    shown = others[page * PAGE : (page + 1) * PAGE]
    cards = [
        Button(one.name, MergeTap(MergeAct.TEAMS, kept=team.id, dropped=one.id)) for one in shown
    ]
    turning = [
        Button(sign, TeamTap(TeamAct.MERGE, team.id, value=str(other)))
        for sign, other in (("‹", page - 1), ("›", page + 1))
        if 0 <= other * PAGE < len(others)
    ]
    question = t.html("Which team shall become a part of <b>{name}</b>?", name=team.name)
    back = [Button(t("Back"), TeamTap(TeamAct.CARD, team.id))]
    return Screen(lines(question), [*in_rows(cards, 2), turning, back])


def _dispute_count(t: Words, team: Team) -> str:
    if not team.dispute_count:
        return t("No limit to an agent's disputes")
    return t.plural(
        "At most {count} dispute a month for an agent",
        "At most {count} disputes a month for an agent",
        team.dispute_count,
    )


def _quiet(t: Words, team: Team) -> str:
    if team.quiet_from is None or team.quiet_to is None:
        return t("No quiet hours")
    begin, end = f"{team.quiet_from:%H:%M}", f"{team.quiet_to:%H:%M}"
    return t("Quiet from {begin} to {end}", begin=begin, end=end)


def question_screen(t: Words, team: Team, setting: Setting) -> Screen:
    """Return the question for one setting, with buttons where there is a choice."""
    rows = [[Button(t("Back"), TeamTap(TeamAct.CARD, team.id))]]
    if setting in WITHOUT:
        rows[0].insert(0, _choice(team, setting, t(WITHOUT[setting]), NOTHING))
    if setting is Setting.LANGUAGE:
        names = ((code, LANGUAGE_NAMES[code]) for code in LANGUAGES)
        marked = ((code, f"✓ {name}" if code == team.language else name) for code, name in names)
        rows = [[_choice(team, setting, name, code)] for code, name in marked] + rows
    return Screen(lines(bold(shorten(team.name, 60)), t(QUESTIONS[setting])), rows)


def _choice(team: Team, setting: Setting, label: str, value: str) -> Button:
    return Button(label, TeamTap(TeamAct.SET, team.id, setting.value, value))


def new_screen(t: Words) -> Screen:
    """Return the question for a new team's name."""
    question = lines(t(QUESTIONS[Setting.NAME]))
    return Screen(question, [[Button(t("All teams"), TeamTap(TeamAct.LIST))]])
