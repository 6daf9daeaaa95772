"""A criterion's agreement in words: each figure with its interval, or why there is none."""

from fractions import Fraction

from handlers.words import Words
from scoring.agreement import Agreement, Estimate
from scoring.calibration import CriterionOutcome, Outcome


def weakest_first(outcome: Outcome) -> list[tuple[int, CriterionOutcome]]:
    """Return the criteria with their numbers, the least agreed upon first, then the rest."""
    numbered = list(enumerate(outcome.criteria))
    return sorted(numbered, key=lambda one: (_ac1(one[1]), _percent(one[1]), one[0]))


def _ac1(one: CriterionOutcome) -> float:
    return one.agreement.ac1.value if one.agreement.ac1 is not None else 2.0


def _percent(one: CriterionOutcome) -> float:
    return one.agreement.percent.value if one.agreement.percent is not None else 2.0


def percent_line(t: Words, agreement: Agreement) -> str:
    """Return the percent agreement with its interval and the contacts it rests on."""
    percent = agreement.percent
    if percent is None:
        return t("No contact was scored by two people.")
    share = t.percent(percent.value)
    if percent.low is None or percent.high is None:
        return t("{share} agreement", share=share)
    low, high = t.number(exact(percent.low) * 100, 0), t.number(exact(percent.high) * 100, 0)
    return t("{share} agreement ({low} to {high})", share=share, low=low, high=high)


def points_line(t: Words, name: str, estimate: Estimate | None) -> str:
    """Return a coefficient with its interval."""
    if estimate is None:
        return t("{figure} cannot be computed.", figure=name)
    value = t.number(exact(estimate.value), 2)
    if estimate.low is None or estimate.high is None:
        return t("{figure}: {value}", figure=name, value=value)
    low, high = t.number(exact(estimate.low), 2), t.number(exact(estimate.high), 2)
    return t("{figure}: {value} ({low} to {high})", figure=name, value=value, low=low, high=high)


def alpha_line(t: Words, one: CriterionOutcome) -> str:
    """Return Krippendorff's alpha, or why there is none."""
    agreed = one.agreement
    if agreed.alpha is not None:
        kind = t("nominal") if one.criterion.yes_no else t("ordinal")
        return points_line(t, t("Krippendorff's alpha ({kind})", kind=kind), agreed.alpha)
    if agreed.percent is None:
        return points_line(t, t("Krippendorff's alpha"), None)
    if agreed.percent.value == 1:
        return t("Everybody agreed; alpha cannot be computed.")
    return t("The answers on the scale do not vary; alpha cannot be computed.")


def range_words(t: Words, low: float, high: float) -> str:
    """Return an interval of signed score points, such as (+1.0 to +7.4)."""
    return t("({low} to {high})", low=t.signed(exact(low)), high=t.signed(exact(high)))


def exact(value: float) -> Fraction:
    """Return the short decimal that a float stands for, so that halves are rounded as such."""
    return Fraction(str(round(value, 9)))
