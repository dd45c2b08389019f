"""Infinite sums with bounded tails: the ball contains the value, and what is not known converges has none."""

from __future__ import annotations

from fractions import Fraction as F

import mpmath
import pytest

from symrep.checks.evaluate import Report, evaluate_complex, precision
from symrep.checks.faults import Unevaluable
from symrep.reading import Reader

KINDS = {"p": "unit", "lam": "positive", "a": "positive", "x": "real", "n": "positive integer", "t": "real"}
AT = {"p": F(1, 3), "lam": F(5, 2), "a": F(7, 3), "x": F(-3, 5), "n": F(4), "t": F(2, 7)}


def at(name: str) -> mpmath.mpf:
    return mpmath.mpf(AT[name].numerator) / AT[name].denominator


def entropy(p: mpmath.mpf) -> mpmath.mpf:
    return mpmath.log(p) + (1 - p) / p * mpmath.log(1 - p)


#: text, value
KNOWN = [
    ("Sum(1/k**2, (k, 1, oo))", lambda: mpmath.zeta(2)),
    ("Sum(1/k**4, (k, 3, oo))", lambda: mpmath.zeta(4) - 1 - mpmath.mpf(1) / 16),
    ("Sum((-1)**k/(2*k + 1), (k, 0, oo))", lambda: mpmath.pi / 4),
    ("Sum((-1)**(k + 1)/k, (k, 1, oo))", lambda: mpmath.log(2)),
    ("Sum(1/(k + a)**3, (k, 0, oo))", lambda: mpmath.zeta(3, at("a"))),
    ("Sum((2*k + 1)/(k**2*(k + 1)**2), (k, 1, oo))", lambda: mpmath.mpf(1)),
    ("Sum(1/k**2 - 1/(k + 1)**2, (k, 1, oo))", lambda: mpmath.mpf(1)),
    ("Sum(exp(-lam)*lam**k/factorial(k), (k, 0, oo))", lambda: mpmath.mpf(1)),
    ("Sum((k - lam)**2*exp(-lam)*lam**k/factorial(k), (k, 0, oo))", lambda: at("lam")),
    ("Sum(k**2*p*(1 - p)**(k - 1), (k, 1, oo))", lambda: (2 - at("p")) / at("p") ** 2),
    ("Sum(x**k/k, (k, 1, oo))", lambda: -mpmath.log(1 - at("x"))),
    ("Sum(binomial(n + k - 1, k)*p**n*(1 - p)**k, (k, 0, oo))", lambda: mpmath.mpf(1)),
    ("Sum(binomial(2*k, k)*(p/4)**k, (k, 0, oo))", lambda: 1 / mpmath.sqrt(1 - at("p"))),
    ("Sum(p*(1 - p)**k*log(p*(1 - p)**k), (k, 0, oo))", lambda: entropy(at("p"))),
    ("Sum((99/100)**k, (k, 0, oo))", lambda: mpmath.mpf(100)),
]

NONE = [
    "Sum(1/k, (k, 1, oo))",
    "Sum(1, (k, 1, oo))",
    "Sum((-1)**k, (k, 0, oo))",
    "Sum((3/2)**k, (k, 0, oo))",
    "Sum(factorial(k)*x**k, (k, 0, oo))",
    "Sum(k/(k**2 + 1), (k, 1, oo))",
    "Sum(1/(k - 3)**2, (k, 1, oo))",
]


def value(text: str, bits: int = 128) -> tuple[object, Report]:
    report = Report()
    return evaluate_complex(Reader(KINDS).expression(text, "test"), AT, {}, bits, None, report), report


@pytest.mark.parametrize(("text", "exact"), KNOWN, ids=[t for t, _ in KNOWN])
def test_the_ball_is_rigorous_tight_and_right(text, exact):
    for bits in (64, 256):
        ball, report = value(text, bits)
        assert report.rigorous and ball.imag.is_zero()
        with mpmath.workprec(bits + 60):
            right = exact()
            middle = mpmath.mpf(ball.real.mid().str(120, radius=False))
            radius = mpmath.mpf(ball.real.rad().str(30, radius=False))
            assert abs(middle - right) <= radius * (1 + mpmath.mpf(10) ** -20) + mpmath.mpf(2) ** -(bits + 40)
            assert radius < abs(right) * mpmath.mpf(2) ** (20 - bits)


@pytest.mark.parametrize("text", NONE)
def test_what_is_not_known_to_converge_has_no_value(text):
    with pytest.raises((Unevaluable, ZeroDivisionError)):
        value(text)


def test_an_unknown_shape_is_an_estimate():
    _, report = value("Sum(sin(k)*p**k, (k, 0, oo))")
    assert not report.rigorous


@pytest.mark.parametrize("text", ["Sum(1/k**2, (k, 1, oo))", "Sum(exp(-lam)*lam**k/factorial(k), (k, 0, oo))"])
def test_another_number_is_told_apart(text):
    ball, report = value(text)
    with precision(128):
        assert report.rigorous and not ball.overlaps(ball + ball / 10**20)
