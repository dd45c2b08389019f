"""Integrals: right within their radius, or refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from numeric_terms import INF, NINF, X, phi, square

from symrep.checks.evaluate import Report, evaluate
from symrep.checks.faults import OutOfTime, Unevaluable
from symrep.clock import now
from symrep.term import MINUS_ONE, ONE, PI, ZERO, Term, add, div, fn, mul, neg, num, power, sqrt, sub, sym

LOGISTIC = div(fn("exp", neg(X)), square(add(ONE, fn("exp", neg(X)))))
GUMBEL = fn("exp", sub(neg(X), fn("exp", neg(X))))
CAUCHY = div(ONE, mul(PI, add(ONE, square(X))))
THIRD = num(1, 3)
NARROW = mul(num(100), phi(mul(num(100), sub(X, num(1000)))))
MIXED = add(mul(num(1, 2), phi(X)), mul(num(1, 2), NARROW))

KNOWN: dict[str, tuple[Term, Term, Term, Term]] = {
    "normal": (phi(X), NINF, INF, ONE),
    "fourth moment": (mul(power(X, num(4)), phi(X)), NINF, INF, num(3)),
    "odd": (mul(power(X, num(5)), phi(X)), NINF, INF, ZERO),
    "kink": (mul(fn("abs", X), phi(X)), NINF, INF, sqrt(div(num(2), PI))),
    "jump": (
        mul(fn("heaviside", add(X, THIRD)), phi(X)),
        NINF,
        INF,
        mul(num(1, 2), add(ONE, fn("erf", mul(THIRD, power(num(2), num(-1, 2)))))),
    ),
    "two kinks": (fn("abs", sub(square(X), ONE)), num(-2), num(2), num(4)),
    "logistic": (LOGISTIC, NINF, INF, ONE),
    "logistic variance": (mul(square(X), LOGISTIC), NINF, INF, mul(THIRD, square(PI))),
    "Gumbel mean": (mul(X, GUMBEL), NINF, INF, ("const", "euler_gamma")),
    "Cauchy mass": (CAUCHY, NINF, INF, ONE),
    "log at 0": (fn("log", X), ZERO, ONE, MINUS_ONE),
    "x^(-1/2)": (power(X, num(-1, 2)), ZERO, ONE, num(2)),
    "x^(-9/10)": (power(X, num(-9, 10)), ZERO, ONE, num(10)),
    "heavy tail": (power(X, num(-11, 10)), ONE, INF, num(10)),
    "both ends": (
        mul(power(X, num(-1, 2)), power(sub(ONE, X), num(-1, 2))),
        ZERO,
        ONE,
        PI,
    ),
    "oscillating": (mul(fn("cos", mul(num(8), X)), phi(X)), NINF, INF, fn("exp", num(-32))),
    "narrow and far": (NARROW, NINF, INF, ONE),
    "wide and narrow": (MIXED, NINF, INF, ONE),
    "rising limit": (fn("exp", X), ZERO, ONE, sub(("const", "e"), ONE)),
    "piecewise": (("piecewise", (("rel", "<", X, ONE), X), (("true",), num(2))), ZERO, num(3), num(9, 2)),
    "SymPy says 0": (mul(sqrt(sub(ONE, X)), fn("log", sub(ONE, X))), ZERO, ONE, num(-4, 9)),
}


@pytest.mark.parametrize("bits", [128, 256])
@pytest.mark.parametrize("name", KNOWN)
def test_known_values(name: str, bits: int) -> None:
    body, lo, hi, exact = KNOWN[name]
    got = evaluate(("integral", body, ("x", lo, hi)), {}, {}, bits)
    want = evaluate(exact, {}, {}, 256)
    assert got.overlaps(want)
    assert float(got.rad()) < 1e-7


DIVERGENT: dict[str, tuple[Term, Term, Term]] = {
    "Cauchy mean": (mul(X, CAUCHY), NINF, INF),
    "1/x at 0": (power(X, MINUS_ONE), ZERO, ONE),
    "1/x at infinity": (power(X, MINUS_ONE), ONE, INF),
    "principal value": (power(X, MINUS_ONE), MINUS_ONE, ONE),
    "growing": (fn("exp", X), ZERO, INF),
    "constant": (ONE, ZERO, INF),
    "conditionally convergent": (div(fn("sin", X), X), ZERO, INF),
    "log-normal generating function": (mul(fn("exp", fn("exp", X)), phi(X)), NINF, INF),
    "x^(-3/2)": (power(X, num(-3, 2)), ZERO, ONE),
}


@pytest.mark.parametrize("name", DIVERGENT)
def test_divergent_gives_no_number(name: str) -> None:
    body, lo, hi = DIVERGENT[name]
    with pytest.raises(Unevaluable):
        evaluate(("integral", body, ("x", lo, hi)), {}, {}, 64)


SINE = square(fn("sin", mul(PI, X)))
SAW = sub(X, fn("floor", X))
#: 0 at all integers; the value, or that there is none
ALIASED: dict[str, tuple[Term, Term, float | None]] = {
    "sin²/x²": (div(SINE, square(X)), ZERO, 4.934802200544679),
    "sin²/(1 + x²)": (div(SINE, add(ONE, square(X))), ZERO, 0.7839314773057),
    "sin²/x": (div(SINE, X), ONE, None),
    "saw/x²": (div(SAW, square(X)), ONE, 0.4227843350984671),
    "saw/x": (div(SAW, X), ONE, None),
}


@pytest.mark.parametrize("name", ALIASED)
def test_what_vanishes_at_all_integers_is_not_cut_off(name: str) -> None:
    body, lo, right = ALIASED[name]
    try:
        value = evaluate(("integral", body, ("x", lo, INF)), {}, {}, 64)
    except Unevaluable:
        return
    assert right is not None and abs(float(value.mid()) - right) <= float(value.rad()) + 1e-12


def test_finite_smooth_is_rigorous_and_a_tail_without_a_majorant_is_not() -> None:
    finite, infinite = Report(), Report()
    slow = fn("exp", neg(sqrt(X)))
    evaluate(("integral", slow, ("x", ONE, num(2))), {}, {}, 64, None, finite)
    evaluate(("integral", slow, ("x", ONE, INF)), {}, {}, 64, None, infinite)
    assert finite.rigorous
    assert not infinite.rigorous
    assert infinite.notes


def test_wrong_order_of_limits_is_refused() -> None:
    with pytest.raises(Unevaluable):
        evaluate(("integral", X, ("x", ONE, ZERO)), {}, {}, 64)


def test_parameters() -> None:
    t = ("integral", mul(fn("heaviside", sub(X, sym("a"))), phi(X)), ("x", NINF, INF))
    got = evaluate(t, {"a": Fraction(7, 10)}, {}, 128)
    want = evaluate(mul(num(1, 2), fn("erfc", div(num(7, 10), sqrt(num(2))))), {}, {}, 128)
    assert got.overlaps(want)


def test_deadline_inside_an_integral() -> None:
    nasty = fn("sin", power(X, num(-1)))
    with pytest.raises((OutOfTime, Unevaluable)):
        evaluate(("integral", nasty, ("x", ZERO, ONE)), {}, {}, 1024, now() + 0.1)


def test_two_dimensions() -> None:
    y = sym("y")
    body = mul(square(add(X, y)), phi(X), phi(y))
    got = evaluate(("integral", body, ("x", NINF, INF), ("y", NINF, INF)), {}, {}, 64)
    assert got.contains(2) and float(got.rad()) < 1e-9


def test_nested() -> None:
    y = sym("y")
    inner = ("integral", mul(X, y), ("x", ZERO, y))
    got = evaluate(("integral", inner, ("y", ZERO, ONE)), {}, {}, 64)
    assert got.overlaps(evaluate(num(1, 8), {}, {}, 64)) and float(got.rad()) < 1e-9
