"""The second opinion of the benchmarks: values by mpmath, and when two of them are different beyond doubt."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath as mp
import pytest
from benchlib.points import ALIKE, DIFFERENT, ONE_SIDED, UNDEFINED, compare, draw
from benchlib.values import Undefined, holds, value

from symrep.reading import Reader

KINDS = {"x": "real", "y": "real", "a": "positive", "u": "unit", "n": "positive integer"}


def term(text: str) -> Any:
    return Reader(dict(KINDS), None).expression(text, "text")


def at(text: str, **point: Any) -> Any:
    return value(term(text), {k: Fraction(v) for k, v in point.items()}, 30)


def verdict(lhs: str, rhs: str, **point: Any) -> str:
    return compare(term(lhs), term(rhs), {k: Fraction(v) for k, v in point.items()})[0]


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        ("x", "x + 1/10**25"),
        ("exp(sqrt(163)*pi)", "262537412640768744"),  # differs in the 31st digit
        ("sqrt(x**2)", "x"),
        ("log(x**2)", "2*log(x)"),
        ("atan(tan(10*x))", "10*x"),
        ("Heaviside(x)", "1"),
        ("Piecewise((1, x > 0), (2, True))", "1"),
        ("exp(-200 + x)", "exp(-201 + x)"),
        ("Integral(a*exp(-a*y), (y, 0, oo))", "1 + a/10**5"),
        ("Sum(u**n, (n, 0, oo))", "1/(1 + u)"),
        ("Derivative(x**3, x)", "3*x"),
    ],
)
def test_what_is_false_is_different(lhs: str, rhs: str) -> None:
    assert verdict(lhs, rhs, x="-997/400", a="13/7", u="5/17") == DIFFERENT


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        ("(x + 1)**2", "x**2 + 2*x + 1"),
        ("gamma(a + 1)", "a*gamma(a)"),
        ("erfc(x)", "1 - erf(x)"),
        ("a**(1 - 1)", "1"),
        ("1**a", "1"),
        ("binomial(x, 2)", "x*(x - 1)/2"),
        ("binomial(-3 + 0*x, 2)", "6"),
        ("Derivative(exp(2*x), x)", "2*exp(2*x)"),
        ("Integral(a*exp(-a*y), (y, 0, oo))", "1"),
        ("Integral(exp(-y**2/2), (y, -oo, oo))", "sqrt(2*pi)"),
        ("Sum(u**n, (n, 0, oo))", "1/(1 - u)"),
        ("Piecewise((x, x < 0), (-x, True))", "-Abs(x)"),
    ],
)
def test_what_is_true_is_alike(lhs: str, rhs: str) -> None:
    assert verdict(lhs, rhs, x="-997/400", a="13/7", u="5/17") == ALIKE


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        ("log(exp(exp(-300 + 0*x)))", "exp(-300 + 0*x)"),  # 1 + 1e-130 is 1 at 40 and at 80 digits
        ("log(1 + exp(-300 + 0*x))", "exp(-300 + 0*x)"),
        ("erfc(-80 + 0*x)", "2 - erfc(80 + 0*x)"),
        ("2 - erfc(-80 + 0*x)", "erfc(80 + 0*x)"),
        ("gamma(a) - lowergamma(a, 900)", "uppergamma(a, 900)"),
        ("log((1 + exp(-300))**a)", "a*exp(-300)"),
        ("1/log(exp(exp(40*a)))", "exp(-40*a)"),
        ("1/log(Abs(exp(-exp(40*a))))", "-exp(-40*a)"),
        ("1/(1 - tanh(300 + 0*x))", "x"),
        ("sign(sqrt(2)**2 - 2)*x", "x"),  # rounding decides
        ("1/((x + 1)**2 - x**2 - 2*x - 1)", "x"),
        ("floor(sqrt(2)**2)*x", "2*x"),
        (
            "log(a*(-a)**exp(log(-1)))",
            "log(-1)",
        ),  # exp(log(-1)) is -1 and a speck, which would choose the side of the cut
        ("sqrt(x*exp(2*I*pi))", "sqrt(x)"),
        ("asin(a*exp(log(-1)))", "-asin(a)"),
    ],
)
def test_what_rounding_decides_is_not_called_different(lhs: str, rhs: str) -> None:
    assert verdict(lhs, rhs, x="-997/400", a="13/7") != DIFFERENT


def test_the_inverse_of_asinh_far_down() -> None:
    assert verdict("sinh(asinh(exp(-1000 + 0*x)))", "exp(-1000 + 0*x)", x="1/3") == ALIKE


def test_complex_points_have_all_digits() -> None:
    z = Reader({"z": "complex"}, None)
    sides = [z.expression(t, "t") for t in ("(z**2 - 1)/(z - 1)", "z + 1")]
    assert compare(*sides, {"z": complex(1.2318092138656729, 1.0492271495939764)})[0] == ALIKE


def test_no_value() -> None:
    assert verdict("1/(x - x)", "x", x=1) == ONE_SIDED
    assert verdict("1/(x - x)", "log(x - x)", x=1) == UNDEFINED
    with pytest.raises(Undefined):
        at("gamma(0*x)", x=1)
    with pytest.raises(Undefined):
        at("exp(10**9*a)", a=3)


def test_values_are_those_of_the_principal_branch() -> None:
    assert at("sqrt(x)", x=-4) == mp.mpc(0, 2)
    assert at("Heaviside(x)", x=0) == mp.mpf(1) / 2


def test_points_are_in_the_domain_and_the_same_every_time() -> None:
    given = Reader(dict(KINDS), None).given("x < y", "given")
    rows = list(draw(KINDS, given, "seed", 20, wide=True))
    assert len(rows) == 20
    assert rows == list(draw(KINDS, given, "seed", 20, wide=True))
    assert rows != list(draw(KINDS, given, "other", 20, wide=True))
    for p in rows:
        assert p["a"] > 0 and 0 < p["u"] < 1 and p["x"] < p["y"] and p["n"] == int(p["n"]) >= 1
        assert holds(given[0], p)
    assert {p["x"] < 0 for p in rows} == {True, False}


def test_symbols_that_change_places_keep_their_kinds() -> None:
    given = (("rel", "<", ("sym", "a"), ("sym", "b")),)
    rows = list(draw({"a": "positive", "b": "real"}, given, "seed", 40))
    assert rows
    assert all(0 < p["a"] < p["b"] for p in rows)
