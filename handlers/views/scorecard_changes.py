"""What changes from one version of a scorecard to the next, a line for each change."""

from fractions import Fraction

from handlers import labels
from handlers.views.screen import shorten
from handlers.words import N_, Words
from scoring.scorecard import (
    Channel,
    Condition,
    CriticalClass,
    Effect,
    EffectKind,
    Justify,
    Option,
    Scorecard,
    Wording,
)
from scoring.scorecard_diff import Added, Changed, Difference, Field, Moved, Removed, Value

JUSTIFY = {
    Justify.NEVER: N_("never"),
    Justify.BELOW_BEST: N_("below the best option"),
    Justify.ALWAYS: N_("always"),
}

FIELDS = {
    Field.TITLE: N_("title"),
    Field.CHANNELS: N_("channels"),
    Field.WEIGHT: N_("weight"),
    Field.OPTIONS: N_("options"),
    Field.LABELS: N_("labels"),
    Field.NA: N_("N/A allowed"),
    Field.REST_NA: N_("left N/A by All met"),
    Field.JUSTIFY: N_("reason asked"),
    Field.CRITICAL: N_("critical class"),
    Field.EFFECT: N_("effect"),
    Field.ONLY_IF: N_("asked only if"),
    Field.GUIDE: N_("guidance"),
    Field.REASONS: N_("reasons"),
    Field.ADVICE: N_("advice"),
}

LONG_FIELDS = frozenset({Field.GUIDE, Field.REASONS, Field.ADVICE})
"""Texts whose change is named without quoting them."""

TITLE, TEXT = 60, 40


def difference_words(t: Words, change: Difference, old: Scorecard, new: Scorecard) -> str:
    """Return one change from *old* to *new* as a line."""
    title = shorten(change.part.title.say(t.language), TITLE)
    if isinstance(change, Added):
        return t("new: {title}", title=title)
    if isinstance(change, Removed):
        return t("gone: {title}", title=title)
    if isinstance(change, Moved):
        return t("moved: {title}", title=title)
    return _changed(t, title, change, old, new)


def _changed(t: Words, title: str, change: Changed, old: Scorecard, new: Scorecard) -> str:
    field = t(FIELDS[change.field])
    if change.field in LONG_FIELDS:
        return t("{title}: {field} reworded", title=title, field=field)
    return t(
        "{title}: {field} {before} → {after}",
        title=title,
        field=field,
        before=_value(t, change.before, old),
        after=_value(t, change.after, new),
    )


def _value(t: Words, value: Value, scorecard: Scorecard) -> str:
    """Return a field's value as *scorecard*, which holds it, means it."""
    match value:
        case None | ():
            return t("none")
        case bool():
            return t("yes") if value else t("no")
        case Condition():
            return _condition(t, value, scorecard)
        case tuple():
            return ", ".join(_item(t, item) for item in value)
        case _:
            return _single(t, value)


def _single(t: Words, value: Fraction | Justify | CriticalClass | Effect | Wording) -> str:
    match value:
        case Justify():
            return t(JUSTIFY[value])
        case CriticalClass():
            return labels.critical_class(t, value)
        case Effect():
            return _effect(t, value)
        case Wording():
            return t("“{text}”", text=shorten(value.say(t.language), TEXT))
        case Fraction():
            return _plain(t, value)


def _item(t: Words, item: object) -> str:
    match item:
        case Option():
            return f"{item.label.say(t.language)} {_plain(t, item.points)}"
        case Wording():
            return item.say(t.language)
        case Channel():
            return labels.channel(t, item)
        case _:
            return str(item)


def _condition(t: Words, condition: Condition, scorecard: Scorecard) -> str:
    criterion = scorecard.criterion(condition.criterion)
    return t(
        "“{criterion}” is “{option}”",
        criterion=shorten(criterion.title.say(t.language), TEXT),
        option=criterion.options[condition.option].label.say(t.language),
    )


def _effect(t: Words, effect: Effect) -> str:
    if effect.kind is EffectKind.CAP and effect.limit is not None:
        return t("limit {limit}", limit=_plain(t, effect.limit))
    named = {
        EffectKind.NONE: t("none"),
        EffectKind.FAIL_SECTION: t("section 0"),
        EffectKind.FAIL_CONTACT: t("score 0"),
    }
    return named.get(effect.kind, "")


def _plain(t: Words, number: Fraction) -> str:
    return t.number(number, 0 if number.denominator == 1 else 2)
