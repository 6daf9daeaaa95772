"""The questions for each of a plan's settings, answered by tapping."""

from collections.abc import Callable, Collection, Mapping, Sequence

from handlers import labels
from handlers.contacts import contact_labels
from handlers.plans.plan_settings import BOUNDS, NUMBERS, STRATA
from handlers.taps import PlanAct, PlanField, PlanTap
from handlers.views import plan_words
from handlers.views.screen import Button, Screen, bold, in_rows, lines, shorten
from handlers.words import N_, Words
from scoring.contacts import ContactType
from scoring.scorecard import Channel
from storage.plans import PERIODS, Plan
from storage.teams import Team

TITLE = 60
PER_ROW = 3

OPEN = frozenset({PlanField.CHANNELS, PlanField.TYPES, PlanField.STRATA, PlanField.BANDS})
"""The questions of which several answers may be ticked."""

QUESTIONS = {
    PlanField.COUNT: N_("How many contacts of each agent?"),
    PlanField.PERIOD: N_("How often?"),
    PlanField.CHANNELS: N_("Which channels? None ticked means all."),
    PlanField.TYPES: N_("Which types of contacts? None ticked means all."),
    PlanField.STRATA: N_("Which proportions should the sample keep?"),
    PlanField.BANDS: N_("Divide contacts at which durations? Each band becomes a stratum."),
    PlanField.SHORTEST: N_("How long must a contact have lasted? One of unknown length is taken."),
    PlanField.AGE: N_("At least how many hours old must a contact be when drawn?"),
    PlanField.DOUBLE: N_("What share goes to a second evaluator too, unannounced?"),
}


def question_screen(t: Words, plan: Plan, team: Team, field: PlanField) -> Screen:
    """Return the question for one setting, the present answer ticked."""
    title = f"{shorten(team.name, TITLE)} · {t(plan_words.FIELDS[field])}"
    choices = _numbers(t, plan, field) if field in NUMBERS else _ticks(t, plan, field)
    back = Button(t("Back"), PlanTap(PlanAct.CARD, plan.id))
    text = lines(bold(title), t(QUESTIONS[field]))
    return Screen(text, [*in_rows(choices, PER_ROW), [back]])


def _numbers(t: Words, plan: Plan, field: PlanField) -> list[Button]:
    words = AMOUNTS[field]
    return [
        _choice(plan, field, words(t, number), number, ticked=number == PRESENT[field](plan))
        for number in NUMBERS[field]
    ]


AMOUNTS: Mapping[PlanField, Callable[[Words, int], str]] = {
    PlanField.COUNT: lambda _t, count: str(count),
    PlanField.SHORTEST: lambda t, one: plan_words.length(t, one) if one else t("Any length"),
    PlanField.AGE: lambda t, hours: t("{hours} h", hours=hours) if hours else t("Any age"),
    PlanField.DOUBLE: lambda t, share: t.percent(share / 100) if share else t("None"),
}
PRESENT: Mapping[PlanField, Callable[[Plan], int]] = {
    PlanField.COUNT: lambda plan: plan.per_agent,
    PlanField.SHORTEST: lambda plan: plan.rules.min_duration_s,
    PlanField.AGE: lambda plan: plan.rules.min_age_h,
    PlanField.DOUBLE: lambda plan: plan.double_percent,
}


def _ticks(t: Words, plan: Plan, field: PlanField) -> list[Button]:
    """Return the buttons of a list; a press on a ticked one takes it out again."""
    names, ticked = TICKS[field](t, plan)
    return [
        _choice(
            plan,
            field,
            name,
            -place if place in ticked and field in OPEN else place,
            ticked=place in ticked,
        )
        for place, name in enumerate(names, start=1)
    ]


Ticks = tuple[Sequence[str], Collection[int]]


def _periods(t: Words, plan: Plan) -> Ticks:
    names = [t(name) for name in plan_words.PERIODS.values()]
    return names, _places(PERIODS, [plan.period])


def _channels(t: Words, plan: Plan) -> Ticks:
    names = [labels.channel(t, one) for one in Channel]
    return names, _places(list(Channel), plan.rules.channels)


def _types(t: Words, plan: Plan) -> Ticks:
    names = [contact_labels.contact_type(t, one) for one in ContactType]
    return names, _places(list(ContactType), plan.rules.types)


def _strata(t: Words, plan: Plan) -> Ticks:
    names = [t(plan_words.TRAITS[one]) for one in STRATA]
    return names, _places(STRATA, plan.rules.strata)


def _bands(t: Words, plan: Plan) -> Ticks:
    return [plan_words.length(t, one) for one in BOUNDS], _places(BOUNDS, plan.rules.bands)


TICKS: Mapping[PlanField, Callable[[Words, Plan], Ticks]] = {
    PlanField.PERIOD: _periods,
    PlanField.CHANNELS: _channels,
    PlanField.TYPES: _types,
    PlanField.STRATA: _strata,
    PlanField.BANDS: _bands,
}


def _places(every: Sequence[object], chosen: Collection[object]) -> set[int]:
    return {place for place, one in enumerate(every, start=1) if one in chosen}


def _choice(plan: Plan, field: PlanField, label: str, value: int, *, ticked: bool) -> Button:
    tap = PlanTap(PlanAct.SET, plan.id, field.value, value)
    return Button(f"✓ {label}" if ticked else label, tap)
