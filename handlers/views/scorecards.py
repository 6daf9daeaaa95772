"""The screens of scorecards: the list, one scorecard, and a file before it is published."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeVar

from markupsafe import Markup

from handlers import labels
from handlers.taps import ScorecardAct, ScorecardTap
from handlers.views.screen import Button, Screen, bold, fit, in_rows, italic, lines, shorten
from handlers.words import N_, Words
from scoring.scorecard import (
    Condition,
    Criterion,
    CriticalClass,
    Effect,
    EffectKind,
    Justify,
    Option,
    Scorecard,
    Wording,
)
from scoring.scorecard_diff import Added, Changed, Difference, Field, Moved, Removed, Value
from storage.scorecards import Published

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

Kind = TypeVar("Kind")


def list_screen(t: Words, current: Sequence[Published]) -> Screen:
    """Return the scorecards in use as buttons."""
    buttons = [
        Button(
            f"{shorten(one.scorecard.title.say(t.language), 30)} · v{one.version}",
            ScorecardTap(ScorecardAct.CARD, one.id),
        )
        for one in current
    ]
    text = lines(
        bold(t("Scorecards")),
        t("Send me a YAML file to add one or to publish a new version."),
    )
    return Screen(text, in_rows(buttons, 1))


def card_screen(t: Words, one: Published, published: str) -> Screen:
    """Return one scorecard with its sections and criteria."""
    parts = [
        *_title_lines(t, one.scorecard),
        t("Version {version}, published {day}", version=one.version, day=published),
        "",
        *_outline(t, one.scorecard),
    ]
    rows = [
        [
            Button(t("YAML file"), ScorecardTap(ScorecardAct.FILE, one.id)),
            Button(t("Retire"), ScorecardTap(ScorecardAct.RETIRE, one.id)),
        ],
        [Button(t("Back"), ScorecardTap(ScorecardAct.LIST))],
    ]
    return Screen(fit(parts), rows)


def retire_screen(t: Words, one: Published) -> Screen:
    """Return the question before a scorecard is offered no more."""
    text = lines(
        bold(t("Retire “{title}”?", title=one.scorecard.title.say(t.language))),
        t("It is offered no more; what was scored by it stays. Publish it again to bring it back."),
    )
    rows = [
        [
            Button(t("Retire"), ScorecardTap(ScorecardAct.RETIRE_SURE, one.id)),
            Button(t("Keep it"), ScorecardTap(ScorecardAct.CARD, one.id)),
        ]
    ]
    return Screen(text, rows)


def preview_screen(
    t: Words,
    scorecard: Scorecard,
    before: Published | None,
    changes: Sequence[Difference],
    upload: int,
) -> Screen:
    """Return a valid file before it is published: what it holds, or what it changes."""
    head = _title_lines(t, scorecard)
    if before is None:
        told: list[Markup | str] = [t("A new scorecard."), "", *_outline(t, scorecard)]
    elif not changes:
        same = t("Nothing differs from version {version}.", version=before.version)
        return Screen(lines(*head, same))
    else:
        count = t.plural(
            "{count} change against version {version}:",
            "{count} changes against version {version}:",
            len(changes),
            version=before.version,
        )
        told = [count, *(f"• {_difference(t, change)}" for change in changes)]
    rows = [
        [
            Button(t("Publish"), ScorecardTap(ScorecardAct.PUBLISH, upload)),
            Button(t("Discard"), ScorecardTap(ScorecardAct.DROP, upload)),
        ]
    ]
    note = italic(t("Evaluations made earlier keep the version they were made with."))
    return Screen(lines(fit([*head, *told], 3800), "", note), rows)


def published_screen(t: Words, one: Published) -> Screen:
    """Return what is said once a scorecard is published."""
    text = t.html(
        "<b>{title}</b>, version {version}, is published and in use from now on.",
        title=one.scorecard.title.say(t.language),
        version=one.version,
    )
    return Screen(text, [[Button(t("Scorecards"), ScorecardTap(ScorecardAct.LIST))]])


def _title_lines(t: Words, scorecard: Scorecard) -> list[Markup | str]:
    channels = ", ".join(labels.channel(t, channel) for channel in scorecard.channels)
    return [
        Markup("<b>{}</b> · {}").format(scorecard.title.say(t.language), channels),
        t("Key: {key}", key=scorecard.key),
    ]


def _outline(t: Words, scorecard: Scorecard) -> list[Markup | str]:
    """Return the sections with their share of the score, and their criteria."""
    total = sum((section.weight for section in scorecard.sections), Fraction(0))
    told: list[Markup | str] = []
    for section in scorecard.sections:
        share = t.percent(float(section.weight / total))
        told.append(
            t.html("<b>{title}</b> {share}", title=section.title.say(t.language), share=share)
        )
        told += [f"• {_criterion(t, criterion)}" for criterion in section.criteria]
    return told


def _criterion(t: Words, criterion: Criterion) -> str:
    title = criterion.title.say(t.language)
    named = labels.critical_class(t, criterion.critical)
    return f"{title} ({named})" if named else title


def _difference(t: Words, change: Difference) -> str:
    title = shorten(change.part.title.say(t.language), 60)
    if isinstance(change, Added):
        return t("new: {title}", title=title)
    if isinstance(change, Removed):
        return t("gone: {title}", title=title)
    if isinstance(change, Moved):
        return t("moved: {title}", title=title)
    return _changed(t, title, change)


def _changed(t: Words, title: str, change: Changed) -> str:
    field = t(FIELDS[change.field])
    if change.field in LONG_FIELDS:
        return t("{title}: {field} reworded", title=title, field=field)
    return t(
        "{title}: {field} {before} → {after}",
        title=title,
        field=field,
        before=_value(t, change.before),
        after=_value(t, change.after),
    )


def _value(t: Words, value: Value) -> str:
    if value is None:
        return t("none")
    if isinstance(value, tuple):
        return ", ".join(_item(t, item) for item in value) or t("none")
    for kind, say in _SAYINGS:
        if isinstance(value, kind):
            return say(t, value)
    return str(value)


def _item(t: Words, item: object) -> str:
    if isinstance(item, Option):
        return f"{item.label.say(t.language)} {_plain(t, item.points)}"
    if isinstance(item, Wording):
        return item.say(t.language)
    return str(item)


def _plain(t: Words, number: Fraction) -> str:
    return t.number(number, 0 if number.denominator == 1 else 2)


def _effect(t: Words, effect: Effect) -> str:
    if effect.kind is EffectKind.CAP and effect.limit is not None:
        return t("limit {limit}", limit=_plain(t, effect.limit))
    named = {
        EffectKind.NONE: t("none"),
        EffectKind.FAIL_SECTION: t("section 0"),
        EffectKind.FAIL_CONTACT: t("score 0"),
    }
    return named.get(effect.kind, "")


def _saying(
    kind: type[Kind], say: Callable[[Words, Kind], str]
) -> tuple[type[Kind], Callable[[Words, object], str]]:
    def checked(t: Words, value: object) -> str:
        return say(t, value) if isinstance(value, kind) else ""

    return kind, checked


_SAYINGS: tuple[tuple[type, Callable[[Words, object], str]], ...] = (
    _saying(bool, lambda t, value: t("yes") if value else t("no")),
    _saying(Justify, lambda t, value: t(JUSTIFY[value])),
    _saying(CriticalClass, labels.critical_class),
    _saying(Effect, _effect),
    _saying(Fraction, _plain),
    _saying(Wording, lambda t, value: t("“{text}”", text=shorten(value.say(t.language), 40))),
    _saying(Condition, lambda _t, value: f"{value.criterion} = {value.option + 1}"),
)
