"""Words for answers: the option chosen, why, and what a critical criterion may do."""

from markupsafe import Markup

from handlers import labels
from handlers.views.screen import italic, shorten
from handlers.words import Words
from scoring.scorecard import Answer, Criterion, EffectKind


def critical_mark(t: Words, criterion: Criterion) -> Markup | None:
    """Return the line that warns of a critical criterion and of what its worst option does."""
    if criterion.critical is None and criterion.effect.kind is EffectKind.NONE:
        return None
    named = labels.critical_mark(t, criterion.critical)
    return italic(" · ".join(part for part in (named, effect_words(t, criterion)) if part))


def effect_words(t: Words, criterion: Criterion) -> str:
    """Return what the criterion's worst option does, in a few words; empty where nothing."""
    kind = criterion.effect.kind
    worst = criterion.options[-1].label.say(t.language)
    if kind is EffectKind.FAIL_CONTACT:
        return t("“{option}” makes the score 0", option=worst)
    if kind is EffectKind.FAIL_SECTION:
        return t("“{option}” makes its section 0", option=worst)
    if kind is EffectKind.CAP and criterion.effect.limit is not None:
        limit = t.number(criterion.effect.limit, 0)
        return t("“{option}” limits the score to {limit}", option=worst, limit=limit)
    return ""


def answer_words(t: Words, criterion: Criterion, answer: Answer) -> str:
    """Return the chosen option's label, or N/A."""
    if answer.option is None:
        return t("N/A")
    return criterion.options[answer.option].label.say(t.language)


def justification(t: Words, criterion: Criterion, answer: Answer) -> str:
    """Return the answer's reasons as one text, those picked first; empty where there is none."""
    picked = [criterion.reasons[one].say(t.language).rstrip(".") for one in answer.reasons]
    return ". ".join([*picked, *([answer.why] if answer.why else [])])


def comment_words(t: Words, answer: Answer, limit: int | None = None) -> str | None:
    """Return the comment, called one, perhaps cut to *limit* characters; ``None`` for none."""
    if not answer.comment:
        return None
    text = answer.comment if limit is None else shorten(answer.comment, limit)
    return t("Comment: {text}", text=text)
