"""Quantiles of Student's t: held against printed tables, closed forms and scipy."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from scoring.distributions import normal_quantile, student_t_quantile


class TestStudentQuantile:
    @pytest.mark.parametrize(
        ("p", "df", "printed"),
        # NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
        [
            (0.975, 1, 12.706),
            (0.975, 4, 2.776),
            (0.975, 9, 2.262),
            (0.95, 30, 1.697),
            (0.999, 5, 5.893),
            (0.975, 100, 1.984),
            (0.975, math.inf, 1.960),
        ],
    )
    def test_agrees_with_the_printed_table(self, p: float, df: float, printed: float) -> None:
        assert round(student_t_quantile(p, df), 3) == printed

    @given(tail=st.floats(1e-12, 0.49), df=st.floats(0.5, 1e7))
    @example(tail=0.025, df=9_999.5)  # either side of where the expansion takes over
    @example(tail=0.025, df=10_000.5)
    @example(tail=1e-12, df=10_000.5)
    def test_agrees_with_scipy(self, tail: float, df: float) -> None:
        expected = -float(stats.t.ppf(tail, df))

        assert student_t_quantile(1 - tail, df) == pytest.approx(
            -float(stats.t.ppf(1 - (1 - tail), df)), rel=1e-9
        )
        assert -student_t_quantile(tail, df) == pytest.approx(expected, rel=1e-9)

    @given(p=st.floats(1e-9, 1 - 1e-9))
    def test_has_a_closed_form_for_one_and_two_degrees(self, p: float) -> None:
        cauchy = math.tan(math.pi * (p - 0.5))
        two = (2 * p - 1) / math.sqrt(2 * p * (1 - p))

        assert student_t_quantile(p, 1) == pytest.approx(cauchy, rel=1e-6, abs=1e-12)
        assert student_t_quantile(p, 2) == pytest.approx(two, rel=1e-9, abs=1e-15)

    def test_stays_exact_next_to_the_middle_and_far_out(self) -> None:
        step = 2.0**-40
        density_at_0 = 3 / 8  # of Student's t with four degrees

        assert student_t_quantile(0.5 + step, 4) == pytest.approx(step / density_at_0, rel=1e-12)
        assert student_t_quantile(1e-300, 1) == pytest.approx(-1e300 / math.pi, rel=1e-9)
        assert student_t_quantile(0.975, 0.001) == math.inf

    @given(p=st.floats(0.001, 0.999), df=st.floats(0.5, 1e6))
    def test_is_symmetric_and_wider_than_the_normal(self, p: float, df: float) -> None:
        point = student_t_quantile(p, df)

        assert student_t_quantile(1 - p, df) == pytest.approx(-point, rel=1e-9, abs=1e-12)
        assert abs(point) >= abs(normal_quantile(p)) * (1 - 1e-12)

    def test_the_middle_is_zero(self) -> None:
        assert student_t_quantile(0.5, 7) == 0

    @pytest.mark.parametrize("p", [0, 1, -0.1, 1.1, math.nan])
    def test_refuses_what_is_no_probability(self, p: float) -> None:
        with pytest.raises(ValueError, match="probability"):
            student_t_quantile(p, 5)
        with pytest.raises(ValueError, match="probability"):
            normal_quantile(p)

    @pytest.mark.parametrize("df", [0, -1, math.nan])
    def test_refuses_no_degrees_of_freedom(self, df: float) -> None:
        with pytest.raises(ValueError, match="degrees of freedom"):
            student_t_quantile(0.9, df)
