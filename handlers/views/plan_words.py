"""A plan's settings and a draw's exclusions in words."""

from collections.abc import Iterable

from handlers import labels
from handlers.contacts import contact_labels
from handlers.taps import PlanField
from handlers.words import N_, Words
from scoring.periods import PeriodKind
from scoring.sampling import Excluded, Trait
from storage.plans import Plan

MINUTE = 60

FIELDS = {
    PlanField.COUNT: N_("Per agent"),
    PlanField.PERIOD: N_("Week or month"),
    PlanField.CHANNELS: N_("Channels"),
    PlanField.TYPES: N_("Types"),
    PlanField.STRATA: N_("Strata"),
    PlanField.BANDS: N_("Duration bands"),
    PlanField.SHORTEST: N_("Min. length"),
    PlanField.AGE: N_("Min. age"),
    PlanField.DOUBLE: N_("Scored twice"),
}

PERIODS = {PeriodKind.WEEK: N_("Every week"), PeriodKind.MONTH: N_("Every month")}

TRAITS = {
    Trait.CHANNEL: N_("channel"),
    Trait.TYPE: N_("type"),
    Trait.DURATION: N_("duration"),
}

EXCLUDED = {
    Excluded.SCORED: N_("scored already"),
    Excluded.DRAWN: N_("drawn before"),
    Excluded.NOT_CLOSED: N_("not closed yet"),
    Excluded.CHANNEL: N_("another channel"),
    Excluded.TYPE: N_("another type"),
    Excluded.SHORT: N_("too short"),
    Excluded.YOUNG: N_("too recent"),
    Excluded.OWN: N_("handled by the only evaluator"),
    Excluded.LEAD: N_("of the evaluators' own teams"),
}
"""Why contacts were left out, in the order in which the reasons are looked for."""


def per_agent(t: Words, plan: Plan) -> str:
    """Return how many contacts the plan wants, such as 2 contacts per agent a week."""
    if plan.period is PeriodKind.WEEK:
        return t.plural(
            "{count} contact per agent a week",
            "{count} contacts per agent a week",
            plan.per_agent,
        )
    return t.plural(
        "{count} contact per agent a month",
        "{count} contacts per agent a month",
        plan.per_agent,
    )


def brief(t: Words, plan: Plan, team: str) -> str:
    """Return the plan as it stands on a button, such as Support · 2 a week."""
    if plan.period is PeriodKind.WEEK:
        return t("{team} · {count} a week", team=team, count=plan.per_agent)
    return t("{team} · {count} a month", team=team, count=plan.per_agent)


def channels(t: Words, plan: Plan) -> str:
    """Return the channels that the plan draws from."""
    chosen = [name for one, name in labels.CHANNELS.items() if one in plan.rules.channels]
    if not chosen:
        return t("All channels")
    return t("Channels: {names}", names=_listed(t, chosen))


def types(t: Words, plan: Plan) -> str:
    """Return the types of contacts that the plan draws from."""
    chosen = [name for one, name in contact_labels.TYPES.items() if one in plan.rules.types]
    return t("Types: {names}", names=_listed(t, chosen)) if chosen else t("All types")


def strata(t: Words, plan: Plan) -> str:
    """Return what the plan divides contacts by."""
    chosen = [name for one, name in TRAITS.items() if one in plan.rules.strata]
    return t("Strata: {names}", names=_listed(t, chosen)) if chosen else t("No strata")


def bands(t: Words, plan: Plan) -> str:
    """Return the duration bands of the plan by their bounds; there must be some."""
    told = [length(t, bound) for bound in plan.rules.bands]
    return t("Durations divided at {bounds}", bounds=", ".join(told))


def length(t: Words, seconds: int) -> str:
    """Return a duration, in minutes where they are whole."""
    if seconds and seconds % MINUTE == 0:
        return t("{value} min", value=seconds // MINUTE)
    return t("{value} s", value=seconds)


def limits(t: Words, plan: Plan) -> str | None:
    """Return how long and how old a contact must be, or ``None`` where it may be anything."""
    rules = plan.rules
    told = []
    if rules.min_duration_s:
        told.append(t("at least {length} long", length=length(t, rules.min_duration_s)))
    if rules.min_age_h:
        told.append(t("at least {hours} h old", hours=rules.min_age_h))
    return t("Limits: {limits}", limits=", ".join(told)) if told else None


def double(t: Words, plan: Plan) -> str | None:
    """Return how many contacts are scored twice, or ``None`` where none are."""
    if not plan.double_percent:
        return None
    share = t.percent(plan.double_percent / 100)
    return t("Scored twice, unannounced: {share}", share=share)


def _listed(t: Words, names: Iterable[str]) -> str:
    return ", ".join(t(name) for name in names)
