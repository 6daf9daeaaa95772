"""Quantiles of the normal and of Student's t distribution, from the standard library alone."""

from functools import lru_cache
from math import exp, inf, lgamma, log, log1p, pi
from statistics import NormalDist

_NORMAL = NormalDist()

# Above this many degrees of freedom four terms of the expansion are exact to the last digits,
# while the incomplete beta function would lose some to the difference of two large logarithms.
_MANY_DEGREES = 10_000.0

_TOLERANCE = 1e-14
_LONGEST_FRACTION = 10_000
_LONGEST_SEARCH = 1_000


def normal_quantile(p: float) -> float:
    """Return the point below which a standard normal variable falls with probability *p*.

    Raises ``ValueError`` unless 0 < *p* < 1.
    """
    _require_probability(p)
    return _NORMAL.inv_cdf(p)


def student_t_quantile(p: float, df: float) -> float:
    """Return the point below which Student's t with *df* degrees falls with probability *p*.

    *df* need not be whole and may be infinite (the normal distribution). Ten digits or more are
    right; a point too large for a float is infinite. Found by inverting the distribution
    function, a regularised incomplete beta function (Abramowitz & Stegun, Handbook of
    Mathematical Functions, 26.7.1). Raises ``ValueError`` unless 0 < *p* < 1 and *df* > 0.
    """
    _require_probability(p)
    if not df > 0:
        raise ValueError(f"degrees of freedom must be above 0, not {df}")
    return -_point_above(p, df) if p < 0.5 else _point_above(1 - p, df)


def _require_probability(p: float) -> None:
    if not 0 < p < 1:
        raise ValueError(f"a probability between 0 and 1 is needed, not {p}")


@lru_cache(maxsize=4096)  # every report asks for the same few: 0.975 at each count less one
def _point_above(tail: float, df: float) -> float:
    """Return the t >= 0 that is exceeded with probability *tail* (at most one half)."""
    if tail == 0.5:
        return 0.0
    if df > _MANY_DEGREES:
        return _cornish_fisher(-_NORMAL.inv_cdf(tail), df)
    low, high = 0.0, 1.0
    while _excess(high, tail, df) > 0:
        low, high = high, high * 2
        if high == inf:
            return inf
    return _search(low, high, tail, df)


def _search(low: float, high: float, tail: float, df: float) -> float:
    """Return the root of the excess between *low* and *high*: Newton, halved where it strays."""
    t = (low + high) / 2
    for _ in range(_LONGEST_SEARCH):
        excess, density = _excess(t, tail, df), _density(t, df)
        low, high = (t, high) if excess > 0 else (low, t)
        better = t + excess / density if density > 0 else inf
        if abs(better - t) <= _TOLERANCE * t:
            return better
        t = better if low < better < high else (low + high) / 2
    return t


def _excess(t: float, tail: float, df: float) -> float:
    """Return P(T > *t*) less *tail*, through whichever side of the beta function is exact."""
    inner, outer = 1 / (1 + df / t / t), 1 / (1 + t / df * t)
    if inner < 1.5 / (df / 2 + 2.5):
        return (0.5 - tail) - _beta_ratio(inner, 0.5, df / 2, _log_weight(t, df)) / 2
    return _beta_ratio(outer, df / 2, 0.5, _log_weight(t, df)) / 2 - tail


def _log_weight(t: float, df: float) -> float:
    """Return log(x^a (1-x)^b / B(a, b)) for x = df/(df+t^2), a = df/2, b = 1/2."""
    return -df / 2 * _log_spread(t, df) - log1p(df / t / t) / 2 - _log_beta_half(df / 2)


def _density(t: float, df: float) -> float:
    """Return the density of Student's t with *df* degrees at *t*."""
    return exp(-(df + 1) / 2 * _log_spread(t, df) - log(df) / 2 - _log_beta_half(df / 2))


def _log_spread(t: float, df: float) -> float:
    """Return log(1 + t^2/df), also where the square is more than a float can hold."""
    return log1p(t / df * t) if t < 1e100 else 2 * log(t) - log(df)


def _log_beta_half(a: float) -> float:
    """Return log B(*a*, 1/2)."""
    return lgamma(a) + log(pi) / 2 - lgamma(a + 0.5)


def _beta_ratio(x: float, a: float, b: float, log_weight: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b) for x below (a+1)/(a+b+2).

    The continued fraction of the NIST Digital Library of Mathematical Functions, 8.17.22,
    evaluated from the front by Lentz's method.
    """
    fraction, numerator, denominator = 1.0, 1.0, 0.0
    for step in range(1, _LONGEST_FRACTION):
        term = _beta_term(step, x, a, b)
        denominator = 1 / (1 + term * denominator)
        numerator = 1 + term / numerator
        fraction *= numerator * denominator
        if abs(numerator * denominator - 1) < 1e-16:
            break
    return exp(log_weight) / (a * fraction)


def _beta_term(step: int, x: float, a: float, b: float) -> float:
    """Return the coefficient number *step* of that fraction (the same source, 8.17.23)."""
    m, odd = divmod(step, 2)
    if odd:
        return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))


def _cornish_fisher(z: float, df: float) -> float:
    """Return the t point from the normal point *z* (Abramowitz & Stegun, 26.7.5)."""
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return sum(term / df**power for power, term in enumerate(terms))
