"""What is typed under /targets: targets, weights and new metrics understood, or what helps."""

import re

from handlers.refusals import Sorry
from handlers.views import kpi_words
from handlers.words import N_, Words
from scoring.metrics import Aggregation, Aim, Direction, Metric, Unit
from scoring.text import printable

AMOUNT = re.compile(r"([0-9]{1,7}(?:[.,][0-9]{1,2})?)\s*[^\d\s.,]{0,12}")
WEIGHT = re.compile(r"([0-9]{1,3})\s*%?")
KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")
MOST_WEIGHT = 100
MOST_NAME = 60
NOTHING = frozenset({"none", "-", "–"})
"""What may be typed to take a target away, besides the button's own words."""


class NotATarget(Sorry):
    """Something else than an amount."""

    sentence = N_("Please write a number such as 90 or 2.5.")


class TargetTooHigh(Sorry):
    """More than there can be of the metric."""

    sentence = N_("There can be at most {limit} of this.")


class NotAWeight(Sorry):
    """Something else than a whole number up to 100."""

    sentence = N_("Please write a whole number from 0 to 100.")


class NotAMetric(Sorry):
    """No key and name."""

    sentence = N_(
        "Please write a key of small Latin letters, digits and _, then the name, "
        "such as: nps Net promoter score"
    )


def target(t: Words, aim: Aim, text: str) -> float | None:
    """Return the target that *text* says, ``None`` for none; raise the ``Sorry`` that helps."""
    text = text.strip()
    if text.casefold() in NOTHING | {t("No target").casefold()}:
        return None
    found = AMOUNT.fullmatch(text)
    if found is None:
        raise NotATarget
    value = float(found[1].replace(",", "."))
    if value > aim.metric.most:
        limit = kpi_words.amount(t, aim.metric, aim.metric.most, 0)
        raise TargetTooHigh(limit=limit)
    return value


def weight(text: str) -> int:
    """Return the weight that *text* says; raise the ``Sorry`` that helps."""
    found = WEIGHT.fullmatch(text.strip())
    if found is None or int(found[1]) > MOST_WEIGHT:
        raise NotAWeight
    return int(found[1])


def metric(text: str) -> Metric:
    """Return the metric that *text* names, its traits being the plainest; raise what helps."""
    key, _, name = " ".join(printable(text).split()).partition(" ")
    if KEY.fullmatch(key) is None or not 0 < len(name) <= MOST_NAME:
        raise NotAMetric
    return Metric(key, Unit.COUNT, Direction.HIGHER, Aggregation.MEAN, name=name)
