"""Lines that are false, or true nearly everywhere only, with every way to let them slip through that somebody from
outside tried: none may come out as proved or supported. Where one is true almost everywhere it has to say so."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import (
    Abs,
    Eq,
    Heaviside,
    Integral,
    Limit,
    Rational,
    Sum,
    asin,
    atan,
    cos,
    exp,
    floor,
    log,
    oo,
    pi,
    sign,
    sin,
    sqrt,
)

from rules.judging import LIMITS, step
from symrep import (
    KL,
    D,
    E,
    Status,
    algebra,
    chain_rule,
    complex_number,
    conditional_law,
    definition,
    density,
    evaluate,
    fubini,
    function,
    gibbs,
    gt,
    hypothesis,
    independence,
    induction,
    integer,
    integrable,
    jensen,
    le,
    linearity,
    nonnegative,
    nonnegative_integer,
    positive,
    positive_integer,
    real,
    recursive,
    reparameterise,
    unit,
)
from symrep.derivation import Line
from symrep.distributions import Cauchy, Exponential, Normal, Pareto, Uniform
from symrep.judge import judge_first

x, y, z, mu = real("x y z mu")
a, b, w, s, tau = positive("a b w s tau")
nu0, s0 = nonnegative("nu_0 s_0")
zeta, omega = complex_number("zeta omega")
u = unit("u")
n, k, i = positive_integer("n"), nonnegative_integer("k"), integer("i")
f = function("f", smooth=1, growth=2)
N01 = Normal(0, 1)
turned = recursive("G", (n, x), (1, Abs(x)), lambda g: g(n, x) + Abs(x))
P, Q = (conditional_law("p", given=v, positive=True) for v in (x, z))

CONTRADICTIONS = {
    "an order": (x > 1, x < 0),
    "a circle of orders": (x < y, y < z, z < x),
    "between two integers": (n > 1, n < 2),
    "through a function": (exp(x) < y, y < 0),
    "of an unknown function": (f(x) > 1, f(x) < 0),
    "a sine above its bound": (sin(x) > 2,),
    "off the circle": (Eq(a**2 + b**2, 1), a > 2),
}


@pytest.mark.parametrize("given", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_nothing_follows_from_a_contradiction(given: Any) -> None:
    for line in (n + 1, x + 1):
        assert step(line - 1, line, algebra, given).status < Status.SUPPORTED


FALSE: dict[str, tuple[Any, Any, Any, tuple[Any, ...]]] = {
    # branches and roots
    "the root of a square": (sqrt(x**2), x, algebra, ()),
    "of a complex square": (sqrt(zeta**2), zeta, algebra, ()),
    "the logarithm of an exponential": (log(exp(zeta)), zeta, algebra, ()),
    "powers of powers": (exp(zeta) ** omega, exp(zeta * omega), algebra, ()),
    "a modulus squared": (Abs(zeta) ** 2, zeta**2, algebra, ()),
    "a logarithm taken apart": (log(x * y), log(x) + log(y), algebra, ()),
    "a cube root": ((-a) ** Rational(1, 3), -(a ** Rational(1, 3)), algebra, ()),
    "an arc sine": (asin(sin(x)), x, algebra, ()),
    "arc tangents": (atan(x) + atan(1 / x), pi / 2, algebra, ()),
    # zero
    "0 to the power 0": (nu0**0 * s0**nu0, sp.S.Zero, algebra, (Eq(s0, 0),)),
    "division by what is given to be 0": (1 / x, 2 / x, algebra, (Eq(x, 0),)),
    "division by a hidden 0": (1 / (sin(x) ** 2 + cos(x) ** 2 - 1), 2 / (sin(x) ** 2 + cos(x) ** 2 - 1), algebra, ()),
    # numbers nobody can tell apart by looking
    "a constant that is nearly an integer": (exp(pi * sqrt(163)), sp.Integer(262537412640768744), algebra, ()),
    "a term that is next to nothing": (x + exp(-(10**6)), x, algebra, ()),
    "beside a large number": (10**40 + sin(x) - 10**40, sp.S.Zero, algebra, ()),
    "a step that is moved a little": (floor(x + Rational(1, 10**30)), floor(x), algebra, ()),
    "one integer among many": (sp.Piecewise((1, Eq(n, 100003)), (0, True)), sp.S.Zero, algebra, ()),
    "a narrow bump": (1 / (1 + 10**40 * (x - Rational(1, 3)) ** 2), sp.S.Zero, algebra, ()),
    "true at the integers": (sin(pi * x), sp.S.Zero, algebra, ()),
    # almost everywhere is not everywhere
    "a step at its jump alone": (Heaviside(x) ** 2, Heaviside(x), algebra, (Eq(x, 0),)),
    "the same by inequalities": (Heaviside(x) ** 2, Heaviside(x), algebra, (x >= 0, x <= 0)),
    "at the zeros of a sine": (Heaviside(sin(x)) ** 2, Heaviside(sin(x)), algebra, (Eq(sin(x), 0),)),
    "in a sum": (Sum(Heaviside(i) ** 2, (i, -2, 2)), Sum(Heaviside(i), (i, -2, 2)), algebra, ()),
    "the slope of a step, integrated": (Integral(D(Heaviside(x), x), (x, -1, 1)), sp.S.One, evaluate, ()),
    # hypotheses where they do not reach
    "an equality under a derivative": (D(x**2, x), D(sp.S.One, x), hypothesis(Eq(x**2, 1)), (Eq(x**2, 1),)),
    "of another symbol under one": (D(x * y, x), 2 * x, chain_rule, (Eq(y, x),)),
    "of a bound variable": (E(z, (z, N01)), E(z**2, (z, N01)), hypothesis(Eq(z, z**2)), (Eq(z, z**2),)),
    "a sign of a bound variable": (E(Abs(z), (z, N01)), E(z, (z, N01)), algebra, (z > 0,)),
    "of a function at another place": (f(y), y, hypothesis(Eq(f(x), x)), (Eq(f(x), x),)),
    "of a function, for its slope": (D(f(x), x), 2 * x, hypothesis(Eq(f(x), x**2)), (Eq(f(x), x**2),)),
    # integrals and sums
    "an odd integrand": (Integral(x / (1 + x**2), (x, -oo, oo)), sp.S.Zero, evaluate, ()),
    "a principal value": (Integral(1 / x, (x, -1, 1)), sp.S.Zero, evaluate, ()),
    "across a pole": (Integral(1 / x**2, (x, -1, 1)), sp.Integer(-2), evaluate, ()),
    "the order of integration": (
        Integral(Integral((x - y) / (x + y) ** 3, (x, 0, 1)), (y, 0, 1)),
        Integral(Integral((x - y) / (x + y) ** 3, (y, 0, 1)), (x, 0, 1)), fubini, (),
    ),
    "an alternating sum": (Sum((-1) ** k, (k, 0, oo)), Rational(1, 2), evaluate, ()),
    "an empty sum": (Sum(k, (k, 1, i)), i * (i + 1) / 2, evaluate, ()),
    "an index inside its own": (Sum(Sum(k, (k, 1, n)), (k, 1, n)), Sum(k, (k, 1, n)), evaluate, ()),
    "a limit under an integral": (
        Limit(Integral(a * x ** (a - 1), (x, 0, 1)), a, oo), Integral(Limit(a * x ** (a - 1), a, oo), (x, 0, 1)),
        evaluate, (),
    ),
    # laws
    "the mean of a Cauchy law": (E(z, (z, Cauchy(0, 1))), sp.S.Zero, evaluate, ()),
    "its symmetry": (E(z, (z, Cauchy(mu, 1))), E(-z, (z, Cauchy(-mu, 1))), reparameterise(z, -z), ()),
    "of an exponential of it": (log(E(exp(z), (z, Cauchy(0, 1)))), E(z, (z, Cauchy(0, 1))), jensen(log), ()),
    "two laws without a mean": (E(z, (z, Cauchy(0, 1))), E(z, (z, Cauchy(0, 2))), evaluate, ()),
    "a mean that need not exist": (E(w, (w, Pareto(1, a))), a / (a - 1), evaluate, ()),
    "a scale that may be 0": (E(z**2, (z, Normal(0, x))), x**2, evaluate, ()),
    "a range that may be reversed": (E(x, (x, Uniform(a, b))), (a + b) / 2, evaluate, ()),
    "an impossible scale": (E(z**2, (z, Normal(0, s))), sp.Integer(2), evaluate, (s > 1, s < 1)),
    "independent of itself": (E(z * z, (z, N01)), E(z, (z, N01)) ** 2, independence, ()),
    "conditioned the other way": (density(P)(z), density(Q)(x), definition, ()),
    "a divergence that is infinite": (KL(Cauchy(0, 1), N01), gt(0), gibbs, ()),
    "a strict inequality where the other holds": (x**2, gt(0), algebra, ()),
    "an inequality times any number": (x * y, le(x * z), algebra, (y <= z,)),
    "a sign under one name": (turned(n, x), n * x, induction(n), ()),
    "what is no symmetry": (E(exp(-w), (w, Exponential(1))), E(exp(w), (w, Exponential(1))), reparameterise(w, -w), ()),
    "linearity without a mean": (
        E(z - z / 2, (z, Cauchy(0, 1))), E(z, (z, Cauchy(0, 1))) - E(z / 2, (z, Cauchy(0, 1))), linearity, (),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "line", "reason", "given"), FALSE.values(), ids=FALSE)
def test_no_false_line(before: Any, line: Any, reason: Any, given: Any) -> None:
    assert judge(before, line, reason, given) < Status.SUPPORTED


def judge(before: Any, line: Any, reason: Any, given: Any) -> Status:
    """The weaker of the two lines."""
    first = judge_first(Line(sp.sympify(before), "=", None, 1), given, LIMITS).status
    return min(first, step(before, line, reason, given).status)


NEARLY: dict[str, tuple[Any, Any, Any]] = {
    "a step squared": (Heaviside(x) ** 2, Heaviside(x), algebra),
    "at the edge of a case": (sp.Piecewise((1, x >= 0), (0, True)), sp.Piecewise((1, x > 0), (0, True)), algebra),
    "the slope of a step": (D(Heaviside(x), x), sp.S.Zero, chain_rule),
    "the slope of a modulus": (D(Abs(x), x), sign(x), chain_rule),
    "a power through a logarithm": (s0**nu0, exp(nu0 * log(s0)), algebra),
}


@pytest.mark.parametrize(("before", "line", "reason"), NEARLY.values(), ids=NEARLY)
def test_almost_everywhere_is_said(before: Any, line: Any, reason: Any) -> None:
    v = step(before, line, reason)
    assert v.status is Status.PROVED
    assert v.almost_everywhere


def test_a_false_hypothesis_about_an_integral() -> None:
    q = conditional_law("q", positive=True)
    given = (integrable(1 / density(q)(z), (z, q)),)
    assert judge_first(Line(E(x, (x, N01)), "=", None, 1), given, LIMITS).status is Status.REFUTED
