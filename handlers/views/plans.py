"""Plans as people read them: their list, a plan's card with the sample sizes it takes."""

from collections.abc import Iterator, Mapping, Sequence
from math import inf

from markupsafe import Markup

from handlers.plans.plan_data import PlanFile
from handlers.taps import PlanAct, PlanField, PlanTap, TaskAct, TaskTap
from handlers.views import period_words, plan_words
from handlers.views.outstanding import progress_line
from handlers.views.screen import Button, Screen, bold, fit, in_rows, lines, shorten
from handlers.words import Words
from scoring import team_estimate
from scoring.periods import PeriodKind
from scoring.sample_size import COACHING, MARGINS, for_mean, for_share
from storage.plans import Plan
from storage.teams import Team

PAGE = 12
TEAM = 24
TITLE = 60

SOURCE = "Cochran 1977, Sampling Techniques, ch. 4, 5"


def list_screen(
    t: Words, plans: Sequence[Plan], teams: Mapping[int, Team], skip: int, *, admin: bool
) -> Screen:
    """Return a page of the plans, each a button."""
    text = [bold(t.plural("{count} plan", "{count} plans", len(plans)))]
    if not plans:
        text = [
            bold(t("No plans yet.")),
            t.html("A plan says how many contacts of each agent are drawn for scoring."),
        ]
    rows = [[_listed(t, one, teams[one.team_id])] for one in plans[skip : skip + PAGE]]
    turning = []
    if skip > 0:
        turning.append(Button("‹", PlanTap(PlanAct.LIST, value=max(0, skip - PAGE))))
    if skip + PAGE < len(plans):
        turning.append(Button("›", PlanTap(PlanAct.LIST, value=skip + PAGE)))
    new = [Button(t("New plan"), PlanTap(PlanAct.TEAMS))] if admin else []
    return Screen(lines(*text), [row for row in (*rows, turning, new) if row])


def teams_screen(t: Words, teams: Sequence[Team], skip: int) -> Screen:
    """Return the question which team a new plan is for."""
    buttons = [Button(one.name, PlanTap(PlanAct.NEW, one.id)) for one in teams[skip : skip + PAGE]]
    last = [Button(t("All plans"), PlanTap(PlanAct.LIST))]
    if skip + PAGE < len(teams):
        last.append(Button("›", PlanTap(PlanAct.TEAMS, value=skip + PAGE)))
    return Screen(lines(t("Which team?")), [*in_rows(buttons, 2), last])


def card_screen(t: Words, file: PlanFile, *, admin: bool) -> Screen:
    """Return a plan with its sample sizes; an admin gets the buttons that change it."""
    return Screen(fit(_card(t, file)), _buttons(t, file, admin=admin))


def drop_screen(t: Words, plan: Plan, team: Team) -> Screen:
    """Return the question whether the plan is really to go."""
    sure = Button(t("Yes, delete it"), PlanTap(PlanAct.DROP_SURE, plan.id))
    back = Button(t("Back"), PlanTap(PlanAct.CARD, plan.id))
    question = t("Delete this plan?")
    return Screen(lines(bold(_title(t, plan, team)), question), [[sure, back]])


def _listed(t: Words, plan: Plan, team: Team) -> Button:
    label = plan_words.brief(t, plan, shorten(team.name, TEAM))
    return Button(label if plan.active else f"⏸ {label}", PlanTap(PlanAct.CARD, plan.id))


def _title(t: Words, plan: Plan, team: Team) -> str:
    return f"{shorten(team.name, TITLE)} · {plan_words.per_agent(t, plan)}"


def _card(t: Words, file: PlanFile) -> Iterator[str | Markup]:
    plan = file.plan
    yield bold(_title(t, plan, file.team))
    yield plan_words.channels(t, plan)
    yield plan_words.types(t, plan)
    yield plan_words.strata(t, plan)
    if plan.rules.bands:
        yield plan_words.bands(t, plan)
    for line in (plan_words.limits(t, plan), plan_words.double(t, plan)):
        if line is not None:
            yield line
    yield _when(t, plan)
    if file.progress is not None:
        yield progress_line(t, file.progress, t.month(file.today))
    yield ""
    yield from _need(t, file)


def _when(t: Words, plan: Plan) -> str:
    if not plan.active:
        return t("Paused: it draws nothing.")
    if plan.period is PeriodKind.WEEK:
        return t("Drawn on Mondays at 06:00, for last week")
    return t("Drawn on first Mondays at 06:00, for last month")


def _need(t: Words, file: PlanFile) -> Iterator[str | Markup]:
    """Return what the plan gives, and what it takes to know the team's quality."""
    total = file.plan.per_agent * file.agents
    yield bold(t.plural("It asks for {count} contact", "It asks for {count} contacts", total))
    yield t("Agents: {count}", count=file.agents)
    yield t.plural(
        "{period}: {count} contact in the journal",
        "{period}: {count} contacts in the journal",
        file.contacts,
        period=period_words.title(t, file.period, file.today),
    )
    yield ""
    population = file.contacts or inf
    if file.contacts:
        yield t("Sample size for 95 % confidence:")
    else:
        yield t("Sample size for 95 % confidence, of any number:")
    for margin in MARGINS:
        yield t(
            "±{margin} points: {mean} contacts for the mean, {accuracy} for accuracy",
            margin=margin,
            mean=_for_mean(file, margin),
            accuracy=for_share(margin / 100, population=population),
        )
    yield from _spread(t, file)
    yield from _promise(t, file)
    yield t.plural(
        "From {count} contact on, one agent’s mean is shown with its interval",
        "From {count} contacts on, one agent’s mean is shown with its interval",
        COACHING,
    )
    yield SOURCE


def _for_mean(file: PlanFile, wanted: int) -> int:
    """Return how many contacts give the team's mean, as the report estimates it, to *wanted*."""
    each = team_estimate.per_agent_for(wanted, file.spread.deviation, file.handled)
    if each is None:
        return for_mean(wanted, file.spread.deviation)
    return team_estimate.heard(each, file.handled)


def _promise(t: Words, file: PlanFile) -> Iterator[str]:
    """Return how closely the plan itself gives the team's mean, and which change it would show."""
    plan = file.plan.per_agent, file.spread.deviation, file.handled
    reach, change = team_estimate.margin(*plan), team_estimate.smallest_change(*plan)
    if reach is None or change is None:
        return
    yield t("This plan: ±{points} points for the team’s mean", points=t.number(reach))
    yield t("Smallest change it would show: {points} points", points=t.number(change))


def _spread(t: Words, file: PlanFile) -> Iterator[str | Markup]:
    """Return what the sizes rest on; of accuracy the worst is assumed."""
    deviation = t.number(file.spread.deviation)
    if file.spread.assumed:
        yield t(
            "Assumed: deviation {deviation}, half of the contacts without errors",
            deviation=deviation,
        )
        return
    yield t.plural(
        "Deviation {deviation}, from {count} evaluation",
        "Deviation {deviation}, from {count} evaluations",
        file.spread.count,
        deviation=deviation,
    )
    yield t("Assumed: half of the contacts without errors")


def _buttons(t: Words, file: PlanFile, *, admin: bool) -> list[list[Button]]:
    plan = file.plan
    last = [Button(t("All plans"), PlanTap(PlanAct.LIST))]
    if file.has_drawn:
        last.insert(0, Button(t("Draws"), PlanTap(PlanAct.DRAWS, plan.id)))
    if file.progress is not None:
        last.insert(0, Button(t("To do"), TaskTap(TaskAct.TEAM, file.team.id)))
    if not admin:
        return [last]
    settings = [
        Button(t(plan_words.FIELDS[field]), PlanTap(PlanAct.ASK, plan.id, field.value))
        for field in PlanField
    ]
    runs = (
        Button(t("Pause"), PlanTap(PlanAct.RUNS, plan.id, value=0))
        if plan.active
        else Button(t("Resume"), PlanTap(PlanAct.RUNS, plan.id, value=1))
    )
    acts = [Button(t("Draw now"), PlanTap(PlanAct.NOW, plan.id)), runs]
    if not file.has_drawn:
        acts.append(Button(t("Delete"), PlanTap(PlanAct.DROP, plan.id)))
    return [*in_rows(settings, 3), acts, last]
