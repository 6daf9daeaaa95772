"""A team's targets: their list, a metric's card, and the weights of the composite."""

from collections.abc import Iterable, Sequence

from handlers.kpi.target_metrics import TRAITS, with_trait
from handlers.taps import TargetAct, TargetTap
from handlers.views import kpi_words
from handlers.views.kpi_words import name
from handlers.views.pager import listed
from handlers.views.screen import Button, Screen, bold, fit, in_rows, lines, shorten
from handlers.words import N_, Words
from scoring.metrics import QUALITY, Aggregation, Aim, Direction, Kind, Metric, Trait, Unit
from storage.teams import Team

TITLE = 60
TEAMS, METRICS = 20, 20
"""How many stand on a page, two in a row."""

WEIGHTS = (0, 10, 20, 30, 40, 50)
"""The weights that buttons offer; any other is typed."""

TRAIT_WORDS: dict[Trait, str] = {
    Unit.PERCENT: N_("percent"),
    Unit.SECONDS: N_("seconds"),
    Unit.COUNT: N_("a number"),
    Unit.MINUTES: N_("minutes"),
    Unit.POINTS: N_("points"),
    Direction.HIGHER: N_("higher is better"),
    Direction.LOWER: N_("lower is better"),
    Aggregation.MEAN: N_("mean of days"),
    Aggregation.SUM: N_("sum of days"),
    Kind.PERFORMANCE: N_("performance"),
    Kind.DISCIPLINE: N_("discipline"),
}


def may_weigh(aim: Aim) -> bool:
    """Return whether the metric can be a part of the composite."""
    return aim.used and aim.target is not None and aim.metric.kind is Kind.PERFORMANCE


def choose_team(t: Words, found: Sequence[Team]) -> Screen:
    """Return the question which team's targets are meant."""
    buttons = [Button(team.name, TargetTap(TargetAct.TEAM, team.id)) for team in found]
    again = TargetTap(TargetAct.LIST)
    return listed([t("Which team?")], buttons, [], again, per_row=2, a_page=TEAMS)


def team_screen(t: Words, team: Team, aims: Sequence[Aim], *, several: bool, admin: bool) -> Screen:
    """Return a team's targets; *several* says that there are others to choose."""
    told = (f"{name(t, aim.metric)}: {_wanted(t, aim)}" for aim in aims)
    text = fit([bold(_title(team, t("Targets"))), *told, "", _composite_line(t, aims)])
    metrics = [
        Button(name(t, aim.metric), TargetTap(TargetAct.METRIC, team.id, aim.metric.key))
        for aim in aims
    ]
    more = [Button(t("Composite"), TargetTap(TargetAct.COMPOSITE, team.id))]
    if admin:
        more.append(Button(t("New metric"), TargetTap(TargetAct.NEW, team.id)))
    if several:
        more.append(Button(t("All teams"), TargetTap(TargetAct.LIST)))
    again = TargetTap(TargetAct.TEAM, team.id)
    return listed([text], metrics, [more], again, per_row=2, a_page=METRICS)


def metric_screen(t: Words, team: Team, aim: Aim, *, traits: bool) -> Screen:
    """Return a metric's card; with *traits*, buttons say what the metric is like."""
    metric = aim.metric
    text = lines(
        bold(_title(team, name(t, metric))),
        ", ".join(_like(t, metric)),
        _key_line(t, metric),
        "",
        _wanted(t, aim),
        _question(t, metric),
    )
    tap = TargetTap(TargetAct.METRIC, team.id, metric.key)
    rows = [*(_trait_rows(t, tap, metric) if traits else []), _acts(t, tap, aim)]
    return Screen(text, [*rows, [_back(t, team)]])


def composite_screen(t: Words, team: Team, aims: Sequence[Aim]) -> Screen:
    """Return the weights of the team's composite."""
    eligible = [aim for aim in aims if may_weigh(aim)]
    text = lines(
        bold(_title(team, t("Composite"))),
        _composite_line(t, aims),
        "",
        t("The composite is the weighted mean of how much of each target is reached."),
        t("Tap a metric to give it a weight.")
        if eligible
        else t("Set targets first: only a metric with a target can have a weight."),
    )
    weigh = [
        Button(
            f"{name(t, aim.metric)} {aim.weight}",
            TargetTap(TargetAct.WEIGHT, team.id, aim.metric.key),
        )
        for aim in eligible
    ]
    off = [Button(t("Switch off"), TargetTap(TargetAct.OFF, team.id))]
    last = [*(off if any(aim.weight for aim in aims) else []), _back(t, team)]
    again = TargetTap(TargetAct.COMPOSITE, team.id)
    return listed([text], weigh, [last], again, per_row=2, a_page=METRICS)


def weight_screen(t: Words, team: Team, aim: Aim) -> Screen:
    """Return the question for a metric's weight."""
    key = aim.metric.key
    question = t("Which weight, from 0 to 100? Tap it or write it.")
    text = lines(bold(_title(team, name(t, aim.metric))), question)
    offered = [
        Button(str(weight), TargetTap(TargetAct.SET_WEIGHT, team.id, key, weight))
        for weight in WEIGHTS
    ]
    back = Button(t("Back"), TargetTap(TargetAct.COMPOSITE, team.id))
    return Screen(text, [*in_rows(offered, 3), [back]])


def new_screen(t: Words, team: Team) -> Screen:
    """Return the question for a new metric's key and name."""
    question = t(
        "What is the new metric? Write the key that files call it by, then its name, "
        "such as: nps Net promoter score"
    )
    return Screen(lines(bold(t("New metric")), question), [[_back(t, team)]])


def _title(team: Team, about: str) -> str:
    return f"{shorten(team.name, TITLE)} · {about}"


def _wanted(t: Words, aim: Aim) -> str:
    if not aim.used:
        return t("not used")
    if aim.metric.kind is Kind.DISCIPLINE:
        return t("counted")
    return t("no target") if aim.target is None else kpi_words.target(t, aim)


def _composite_line(t: Words, aims: Iterable[Aim]) -> str:
    weighed = [f"{name(t, aim.metric)} {aim.weight}" for aim in aims if aim.weight]
    return t("Composite: {parts}", parts=", ".join(weighed)) if weighed else t("Composite: off")


def _like(t: Words, metric: Metric) -> list[str]:
    """Return what the metric is like; discipline has no direction to tell."""
    traits: tuple[Trait, ...] = (metric.unit, metric.direction, metric.aggregation)
    if metric.kind is Kind.DISCIPLINE:
        traits = (metric.unit, metric.kind)
    return [t(TRAIT_WORDS[trait]) for trait in traits]


def _key_line(t: Words, metric: Metric) -> str | None:
    return None if metric == QUALITY else t("In files: {key}", key=metric.key)


def _question(t: Words, metric: Metric) -> str | None:
    if metric.kind is Kind.DISCIPLINE:
        return None
    if metric.is_daily:
        return t("Write a number to set the target for one agent's day.")
    return t("Write a number to set the target.")


def _acts(t: Words, tap: TargetTap, aim: Aim) -> list[Button]:
    acts = []
    if aim.target is not None and aim.metric.kind is Kind.PERFORMANCE:
        acts.append(Button(t("No target"), TargetTap(TargetAct.CLEAR, tap.team, tap.metric)))
    if aim.metric == QUALITY:
        return acts
    label, value = (t("Do not use"), 0) if aim.used else (t("Use"), 1)
    return [*acts, Button(label, TargetTap(TargetAct.USE, tap.team, tap.metric, value))]


def _trait_rows(t: Words, tap: TargetTap, metric: Metric) -> list[list[Button]]:
    buttons = [
        Button(
            f"✓ {t(TRAIT_WORDS[trait])}"
            if with_trait(metric, trait) == metric
            else t(TRAIT_WORDS[trait]),
            TargetTap(TargetAct.TRAIT, tap.team, tap.metric, place),
        )
        for place, trait in enumerate(TRAITS)
    ]
    remove = Button(t("Remove"), TargetTap(TargetAct.REMOVE, tap.team, tap.metric))
    return [*in_rows(buttons, 2), [remove]]


def _back(t: Words, team: Team) -> Button:
    return Button(t("Back"), TargetTap(TargetAct.TEAM, team.id))
