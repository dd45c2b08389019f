"""Cantor's function among the continuous ones: its values, its integral, its derivative, and what it refutes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from flint import arb, fmpq
from sympy import Integral

from symrep import D, E, Reason, Status, algebra, differentiate_under_integral, function, positive, real, unit
from symrep.checks.cantor import settled
from symrep.checks.evaluate import evaluate, evaluate_complex
from symrep.checks.faults import Unevaluable
from symrep.checks.instances import _ROUGH
from symrep.derivation import Line
from symrep.distributions import Normal, Uniform
from symrep.judge import Limits, StepVerdict, judge_line
from symrep.term import ONE, ZERO, Term, add, div, fn, mul, num, sym

T: Term = sym("t")
CANTOR = next(f for f in _ROUGH if "Cantor" in f.name)
m, h = real("m h")
u = unit("u")
f = function("f", smooth=0, growth=0)
U = Uniform(0, 1)


def at(t: Term, v: Fraction | int) -> Any:
    return evaluate(settled(t), {"t": Fraction(v)}, {}, 128)


@pytest.mark.parametrize(
    ("x", "value"),
    [(-3, 0), (0, 0), (1, 1), (7, 1), ("1/2", "1/2"), ("2/5", "1/2"), ("1/9", "1/4"), ("1/4", "1/3"), ("3/4", "2/3"),
     ("3/10", "2/5"), ("1/13", "1/7"), ("7/54", "1/4"), ("25/27", "7/8")],
)  # fmt: skip
def test_values(x: Any, value: Any) -> None:
    got = at(fn("cantor", T), Fraction(x))
    assert abs(float(got) - float(Fraction(value))) < 1e-15
    assert (
        got.overlaps(arb(fmpq(*Fraction(value).as_integer_ratio()))) and got.rad() < 1e-22
    )  # it is Hölder of the order log 2/log 3


def test_integral_is_what_sums_say() -> None:
    n = 3**7
    for top in (Fraction(1, 3), Fraction(1, 2), Fraction(5, 7), Fraction(1), Fraction(2)):
        points = [top * (2 * k + 1) / (2 * n) for k in range(n)]
        middle = sum(float(at(fn("cantor", T), p)) for p in points) * float(top) / n
        assert abs(middle - float(at(fn("cantor_total", T), top))) < 1e-3


def test_a_ball_is_enclosed() -> None:
    for k in range(40):
        wide = evaluate_complex(fn("cantor", T), {"t": _ball(Fraction(k, 40), Fraction(1, 50))}, {}, 64).real
        inside = [at(fn("cantor", T), Fraction(k, 40) + Fraction(j, 400)) for j in (-7, 0, 7)]
        assert all(bool(wide.lower() <= v.upper()) and bool(v.lower() <= wide.upper()) for v in inside)


def _ball(mid: Fraction, rad: Fraction) -> Any:
    return arb(float(mid), float(rad))


def test_the_derivative_has_a_value_in_gaps_only() -> None:
    for inside in (Fraction(1, 2), Fraction(1, 6), Fraction(5, 6), Fraction(-1), Fraction(2)):
        assert at(fn("cantor_slope", T), inside) == 0
    for on_the_set in (Fraction(1, 4), Fraction(0), Fraction(1, 3), Fraction(3, 10)):
        with pytest.raises(Unevaluable):
            at(fn("cantor_slope", T), on_the_set)


def over(body: Term, lo: Term = ZERO, hi: Term = ONE) -> Term:
    return ("integral", body, ("t", lo, hi))


C: Term = fn("cantor", T)


def test_integrals_that_are_plain() -> None:
    assert abs(float(at(over(C), 0)) - 0.5) < 1e-15
    thrice = over(mul(num(2), fn("cantor", add(mul(num(3), T), num(-1)))))
    assert abs(float(at(thrice, 0)) - 2 * (1.5 - 0) / 3) < 1e-15
    assert float(at(over(("diff", C, "t")), 0)) == 0
    assert abs(float(at(over(add(C, mul(num(-1), T))), 0))) < 1e-15


@pytest.mark.parametrize(
    "t",
    [over(mul(C, T)), over(mul(C, C)), over(fn("exp", C)), over(fn("cantor", mul(T, T))), over(C, ZERO, sym("s")),
     over(C, ("inf", -1), ONE), over(div(C, T)), ("limit", C, ("t", ZERO, ONE))],
)  # fmt: skip
def test_others_have_no_value(t: Term) -> None:
    with pytest.raises(Unevaluable):
        settled(t)


def test_a_derivative_that_is_nowhere_claimed() -> None:
    with pytest.raises(Unevaluable):
        CANTOR.derivative((1,))
    with pytest.raises(Unevaluable):
        at(over(fn("cantor_slope", mul(ZERO, T))), 0)  # c'(0), which is not there


def judged(before: Any, after: Any, reason: Any) -> StepVerdict:
    return judge_line(Line(before, "=", None, 1), Line(after, "=", reason, 2), (), Limits())


def test_the_derivative_under_the_integral() -> None:
    for x in (m, unit("p"), real("x"), positive("sigma")):
        got = judged(D(E(f(x + u), (u, U)), x), E(D(f(x + u), x), (u, U)), differentiate_under_integral(x))
        assert got.status is Status.REFUTED and got.reason is Reason.NOT_DECLARED
        assert got.witness is not None and "Cantor" in got.witness.functions["f"]
        assert float(got.witness.rhs) == 0 and "C^1" in got.message


def test_the_integral_of_the_derivative() -> None:
    got = judged(f(1) - f(0), Integral(D(f(h), h), (h, 0, 1)), algebra())
    assert got.status is Status.REFUTED and got.witness is not None and "Cantor" in got.witness.functions["f"]


def test_a_class_without_it_is_not_refuted_by_it() -> None:
    g = function("g", smooth=1, growth=0)
    got = judged(D(E(g(m + u), (u, U)), m), E(D(g(m + u), m), (u, U)), differentiate_under_integral(m))
    assert got.status is Status.PROVED


def test_true_lines_about_continuous_functions_stay() -> None:
    s = positive("s")
    got = judged(E(f(m + s * u), (u, U)), E(f(m + s * u) + 0 * m, (u, U)), algebra())
    assert got.status is Status.PROVED
    got = judged(2 * E(f(h), (h, Normal(0, 1))), E(2 * f(h), (h, Normal(0, 1))), algebra())
    assert got.status is Status.PROVED
