"""Praise: who may be praised or why nobody, the preview, and what the group reads."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers.taps import PraiseAct, PraiseTap, ReportAct, ReportKind, ReportTap
from handlers.views import period_words
from handlers.views.pager import listed
from handlers.views.report_text import figure, limits
from handlers.views.screen import Button, Screen, bold, fit, lines, shorten
from handlers.words import Words
from scoring.periods import Period, token
from scoring.recognition import Standing, Standout
from storage.groups import Group
from storage.teams import Team

NAME = 60
MOST = 20


@dataclass(frozen=True, slots=True)
class Praise:
    """Who is praised for what period; ``names`` are the team's members' by id."""

    team: Team
    period: Period
    best: Sequence[Standout]
    names: Mapping[int, str]


def choice_screen(
    t: Words, praise: Praise, standing: Standing, known: Sequence[Group], today: dt.date
) -> Screen:
    """Return who may be praised and the groups to choose from, or why there is nobody."""
    head = bold(_title(t, praise, today))
    reason = _reason(t, praise, standing)
    if reason is not None:
        return Screen(lines(head, reason))
    told = [
        head,
        t("Better than the rest of the team by more than chance, and agreed to be praised:"),
        *(_line(t, praise, one) for one in praise.best[:MOST]),
        "",
    ]
    if not known:
        told.append(t("I know no group of this team yet: send /team in it, then come back."))
        return Screen(fit(told))
    told.append(t("In which group?"))
    period = token(praise.period)
    groups = [
        Button(
            group.title or str(group.chat_id),
            PraiseTap(PraiseAct.PREVIEW, praise.team.id, period, group.chat_id),
        )
        for group in known
    ]
    again = ReportTap(ReportKind.TEAM, praise.team.id, period, ReportAct.PRAISE)
    return listed(told, groups, [], again)


def post_text(t: Words, praise: Praise, today: dt.date) -> Markup:
    """Return what the group reads, in the words of its team's language."""
    return fit(
        [
            bold(_title(t, praise, today)),
            t("The best results, ahead by more than chance:"),
            *(_line(t, praise, one) for one in praise.best[:MOST]),
            t("Thank you!"),
        ]
    )


def preview_screen(t: Words, post: Markup, group: Group, tap: PraiseTap) -> Screen:
    """Return the post as the group will read it, with the button that posts it."""
    told = t("“{group}” will read:", group=shorten(group.title, NAME))
    again = ReportTap(ReportKind.TEAM, tap.team, tap.period, ReportAct.PRAISE)
    sure = Button(t("Post"), PraiseTap(PraiseAct.POST, tap.team, tap.period, tap.chat))
    return Screen(lines(told, "", post), [[sure, Button(t("Back"), again)]])


def posted_screen(t: Words, group: Group) -> Screen:
    """Return that it was posted."""
    return Screen(lines(t("Posted in “{group}”.", group=shorten(group.title, NAME))))


def consent_button(t: Words, person_id: int, period: str, *, agreed: bool) -> Button:
    """Return the button that says whether its person may be praised, and turns that round."""
    tap = ReportTap(ReportKind.AGENT, person_id, period, ReportAct.CONSENT, int(not agreed))
    if agreed:
        return Button(t("May be praised in the group: yes"), tap)
    return Button(t("May be praised in the group: no"), tap)


def _reason(t: Words, praise: Praise, standing: Standing) -> str | None:
    """Return why nobody can be praised, or ``None``."""
    if praise.best:
        return None
    if not standing.compared:
        return t("Nobody can be compared: it takes five evaluations, and five of all the others.")
    if not standing.standouts:
        return t("Nobody is ahead of the rest of the team by more than chance.")
    return t(
        "Who is ahead of the rest has not agreed to be praised. Agents agree with a button "
        "under /me."
    )


def _title(t: Words, praise: Praise, today: dt.date) -> str:
    period = period_words.title(t, praise.period, today)
    return f"{shorten(praise.team.name, NAME)} · {period}"


def _line(t: Words, praise: Praise, one: Standout) -> str:
    return t.plural(
        "• {name}: {score} {limits} from {count} evaluation",
        "• {name}: {score} {limits} from {count} evaluations",
        one.mean.count,
        name=shorten(praise.names.get(one.agent_id, "…"), NAME),
        score=figure(t, one.mean.estimate),
        limits=limits(t, one.mean),
    )
