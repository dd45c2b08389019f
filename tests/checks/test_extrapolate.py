"""Sums of terms that fall like a power: values, and what is no such sum."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from flint import acb, fmpq

from symrep.checks.evaluate import Compiler, Report, precision
from symrep.checks.faults import Unevaluable
from symrep.clock import now
from symrep.reading import Reader

POINT = {"a": Fraction(7, 3), "r": Fraction(13, 5), "u": Fraction(2, 7)}


def _value(text: str) -> tuple[acb, Report]:
    t = Reader(dict.fromkeys(POINT, "positive")).expression(text, "test")
    with precision(80):
        report = Report()
        values = {n: acb(fmpq(q.numerator, q.denominator)) for n, q in POINT.items()}
        return Compiler(values, now() + 20, report, POINT).number(t), report


#: sums that have no value, or none of this sort: a finite number for one of them is wrong
NONE = [
    "Sum(1/k**u, (k, 1, oo))",  # ζ(2/7) = -0.8 is its continuation
    "Sum(gamma(k + a)/gamma(k + a + u), (k, 1, oo))",
    "Sum(1/(k*log(k)), (k, 2, oo))",
    "Sum(1/(k*log(k)**2), (k, 2, oo))",  # converges, far too slowly
    "Sum((2 + sin(k))/k**(a + u), (k, 1, oo))",
    "Sum(1/(k**a + 10**9), (k, 1, oo))",  # has not begun to fall
    "Sum(log(k)/k**a, (k, 1, oo))",
]


@pytest.mark.parametrize("text", NONE)
def test_what_does_not_fall_like_a_power_is_left_alone(text: str) -> None:
    with pytest.raises(Unevaluable):
        _value(text)


#: with the value by other means
KNOWN = [
    ("Sum(beta(a + r, a + k)/beta(a, a)*gamma(k + r)/(factorial(k)*gamma(r)), (k, 0, oo))", lambda a, r, u: 1),
    (
        "Sum(k*beta(a + r, a + k)/beta(a, a)*gamma(k + r)/(factorial(k)*gamma(r)), (k, 0, oo))",
        lambda a, r, u: r * a / (a - 1),
    ),
    ("Sum(1/(k + u)**a, (k, 0, oo))", lambda a, r, u: mpmath.zeta(a, u)),
    ("Sum(-gamma(k + u)**2/gamma(k + a)**2, (k, 1, oo))",
     lambda a, r, u: -(mpmath.gammaprod([1 + u], [1 + a]) ** 2) * mpmath.hyp3f2(1, 1 + u, 1 + u, 1 + a, 1 + a, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right"), KNOWN)
def test_a_power_law_is_summed(text: str, right: object) -> None:
    value, report = _value(text)
    with mpmath.workdps(30):
        expected = right(*(mpmath.mpf(q.numerator) / q.denominator for q in POINT.values()))  # type: ignore[operator]
        got = mpmath.mpf(value.real.mid().str(28, radius=False))
        assert abs(got - expected) < 1e-18
    assert bool(value.real.rad() < 1e-15)
    assert not report.rigorous or not report.notes  # an estimate says so
