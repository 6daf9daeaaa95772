"""Reports as a person sees them: the caption under a chart, and the buttons to go on with."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from handlers.kpi.kpi_data import Sheet
from handlers.reports.report_data import PersonReport, TeamReport
from handlers.taps import MenuTap, ReportAct, ReportKind, ReportTap, TaskAct, TaskTap
from handlers.views import period_words
from handlers.views.kpi import caption_line, kpi_button
from handlers.views.pager import listed
from handlers.views.praise import consent_button
from handlers.views.report_text import (
    Line,
    accuracy_lines,
    agent_line,
    basis_lines,
    cost_lines,
    drawn_lines,
    heading,
    own_drawn_lines,
    plan_lines,
    repeat_lines,
    state_lines,
)
from handlers.views.screen import (
    CAPTION_LIMIT,
    Button,
    Picture,
    Screen,
    fit,
    in_rows,
    lines,
    visible_length,
)
from handlers.words import Words
from scoring.periods import Period, token
from storage.people import Person
from storage.teams import Team

AGENTS_PER_PAGE = 10
CHOICES = 20


def team_text(t: Words, seen: TeamReport, kpi: Sheet | None = None) -> Markup:
    """Return a team's report in at most as many characters as a caption holds."""
    period = period_words.title(t, seen.period, seen.today)
    report = seen.report
    if not report.count:
        none = [heading(t, seen.team.name, period, None), t("No evaluations in this period.")]
        return _caption(none, caption_line(t, kpi), plan_lines(t, seen.plan))
    return _caption(
        [
            heading(t, seen.team.name, period, report.mean),
            *basis_lines(t, report, agents=True, basis=seen.basis),
            *drawn_lines(t, report, seen.basis),
        ],
        caption_line(t, kpi),
        [
            *accuracy_lines(t, report),
            *cost_lines(t, report, advise=False),
            *state_lines(t, report),
            *plan_lines(t, seen.plan),
        ],
    )


def person_text(t: Words, seen: PersonReport, kpi: Sheet | None = None) -> Markup:
    """Return one person's report in at most as many characters as a caption holds."""
    period = period_words.title(t, seen.period, seen.today)
    report = seen.report
    if not report.count:
        none = [heading(t, seen.person.name, period, None), t("No evaluations in this period.")]
        return _caption(none, caption_line(t, kpi), [])
    return _caption(
        [
            heading(t, seen.person.name, period, report.mean),
            *basis_lines(t, report, agents=False),
            *own_drawn_lines(t, report),
        ],
        caption_line(t, kpi),
        [
            *accuracy_lines(t, report),
            *cost_lines(t, report, advise=True),
            *repeat_lines(t, seen.repeats),
            *state_lines(t, report),
        ],
    )


def team_screen(
    t: Words,
    seen: TeamReport,
    picture: Picture | None,
    *,
    private: bool,
    kpi: Sheet | None = None,
) -> Screen:
    """Return a team's report; where others read along nothing leads to single people."""
    tap = ReportTap(ReportKind.TEAM, seen.team.id, token(seen.period))
    more = [kpi_button(t, tap)] if kpi is not None else []
    if seen.report.count:
        agents, export = _act(tap, ReportAct.AGENTS), _act(tap, ReportAct.EXPORT)
        more = [Button(t("Agents"), agents), *more, Button(t("Export"), export)]
    rows = [_switches(t, seen.period, tap), *([more] if private and more else [])]
    if private and seen.report.count:
        training, praise = _act(tap, ReportAct.TRAINING), _act(tap, ReportAct.PRAISE)
        below = [Button(t("Training"), training), Button(t("Praise"), praise)]
        below.append(Button(t("Worth a look"), _act(tap, ReportAct.WORTH_A_LOOK)))
        disputes = [_disputes(t, tap)] if seen.report.disputed else []
        rows += in_rows([*disputes, *below], 3 if not disputes else 2)
    if private and seen.plan is not None:
        todo = TaskTap(TaskAct.TEAM, seen.team.id)
        rows.append([Button(t("To do · {count}", count=seen.plan.waiting), todo)])
    return Screen(team_text(t, seen, kpi), rows, picture)


def person_screen(
    t: Words,
    seen: PersonReport,
    picture: Picture | None,
    *,
    own: bool,
    back_to: int = 0,
    kpi: Sheet | None = None,
    praise: bool = False,
) -> Screen:
    """Return one person's report; *back_to* is the team whose list led here, if one did.

    *praise* says that the person agreed to be praised, which is asked in their *own* report.
    """
    tap = ReportTap(ReportKind.AGENT, seen.person.id, token(seen.period), value=back_to)
    more = [kpi_button(t, tap)] if kpi is not None else []
    if own:
        more.insert(0, Button(t("My feedback"), MenuTap("feedback")))
    elif seen.report.count:
        more.append(Button(t("Export"), _act(tap, ReportAct.EXPORT)))
        more.append(Button(t("Goal"), _act(tap, ReportAct.GOAL)))
    rows = [_switches(t, seen.period, tap), *([more] if more else [])]
    if own:
        rows.append([consent_button(t, seen.person.id, tap.period, agreed=praise)])
    if back_to:
        team = ReportTap(ReportKind.TEAM, back_to, tap.period, ReportAct.AGENTS)
        rows.append([Button(t("Back"), team)])
    return Screen(person_text(t, seen, kpi), rows, picture)


def agents_screen(t: Words, seen: TeamReport, picture: Picture | None, page: int) -> Screen:
    """Return a page of the team's agents with a button to each of its members."""
    by_agent = {line.agent_id: line for line in seen.report.agents}
    everybody = [*by_agent, *(one for one in seen.members if one not in by_agent)]
    pages = max(1, -(-len(everybody) // AGENTS_PER_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = everybody[page * AGENTS_PER_PAGE :][:AGENTS_PER_PAGE]
    period = period_words.title(t, seen.period, seen.today)
    told: list[Line] = [
        heading(t, seen.team.name, period, seen.report.mean),
        *_ranking_lines(t, seen),
        "",
        *(agent_line(t, seen.names.get(one, ""), by_agent.get(one)) for one in shown),
    ]
    if not everybody:
        told.append(t("This team has no agents yet."))
    buttons = [
        Button(
            seen.names[one],
            ReportTap(ReportKind.AGENT, one, token(seen.period), value=seen.team.id),
        )
        for one in shown
        if one in seen.members
    ]
    tap = ReportTap(ReportKind.TEAM, seen.team.id, token(seen.period))
    turning = [
        Button(label, _act(tap, ReportAct.AGENTS, turned))
        for label, turned in (("‹", page - 1), ("›", page + 1))
        if 0 <= turned < pages
    ]
    back = Button(t("Back"), tap)
    return Screen(fit(told, CAPTION_LIMIT), [*in_rows(buttons, 2), [*turning, back]], picture)


def _ranking_lines(t: Words, seen: TeamReport) -> list[str]:
    """Return how much of the agents' differences is more than chance, where that is known."""
    found = seen.report.ranking
    if found is None:
        return []
    share = t.percent(found.reliability)
    if found.meaningful:
        return [t("{share} of the differences between agents is more than chance", share=share)]
    return [t("Places mean little here: {share} of the differences is not chance", share=share)]


def choose_team(t: Words, found: Sequence[Team], period: str, *, narrowed: bool = False) -> Screen:
    """Return the question which team is meant, with a button for each.

    Of those whose names begin as it was written (*narrowed*) the first ones are offered.
    """
    buttons = [
        Button(team.name, ReportTap(ReportKind.TEAM, team.id, period))
        for team in (found[:CHOICES] if narrowed else found)
    ]
    text: Markup = t.html("Which team?")
    if narrowed and len(found) > CHOICES:
        text = lines(text, t("Teams that fit: {count}. Write more of the name.", count=len(found)))
    again = ReportTap(ReportKind.TEAM, 0, period)
    return listed([text], buttons, [], again, per_row=2, a_page=CHOICES)


def choose_agent(t: Words, found: Sequence[Person], period: str) -> Screen:
    """Return the question which agent is meant, with a button for each of the first ones."""
    text = t.html("Which agent? Tap a name, or write /agent and part of it.")
    return _choice(
        text, ((one.name, ReportTap(ReportKind.AGENT, one.id, period)) for one in found[:CHOICES])
    )


def _caption(head: Sequence[Line], line: str, rest: Sequence[Line]) -> Markup:
    """Return the caption; *line* stands in it only where nothing has to give way to it."""
    whole = [*head, *([line] if line else []), *rest]
    room = CAPTION_LIMIT - sum(visible_length(part) + 1 for part in whole)
    return fit(whole if room >= 2 else [*head, *rest], CAPTION_LIMIT)


def _choice(text: Markup, choices: Iterable[tuple[str, ReportTap]]) -> Screen:
    return Screen(text, in_rows((Button(label, tap) for label, tap in choices), 2))


def _switches(t: Words, shown: Period, tap: ReportTap) -> list[Button]:
    """Return the buttons of the other periods."""
    return [
        Button(t(label), ReportTap(tap.kind, tap.subject, name, value=tap.value))
        for name, label in period_words.switches(shown).items()
    ]


def _disputes(t: Words, tap: ReportTap) -> Button:
    return Button(t("Disputes"), _act(tap, ReportAct.DISPUTES))


def _act(tap: ReportTap, act: ReportAct, value: int = 0) -> ReportTap:
    return ReportTap(tap.kind, tap.subject, tap.period, act, value)
