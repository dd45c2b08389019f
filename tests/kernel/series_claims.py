"""Convergence of infinite sums and derivatives taken term by term: tables of what is false and what is true, for both
checkers."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy import Abs, Piecewise, Rational, Sum, binomial, exp, factorial, gamma, log, loggamma, oo, polygamma

from symrep import function, nonnegative_integer, positive, positive_integer, real, unit
from symrep.claim import Claim
from symrep.translate import context_of, to_term

k = nonnegative_integer("k")
n = positive_integer("n")
lam, r, a = positive("lambda r a")
p = unit("p")
x, theta = real("x theta")
f = function("f", smooth=0, growth=2)
g = function("g")
h = function("h", smooth=1, growth=2)

poisson = lam**k * exp(-lam) / factorial(k)
geometric = p * (1 - p) ** k
negative_binomial = gamma(k + r) / (gamma(r) * factorial(k)) * (1 - p) ** k * p**r
binomially = binomial(n, k) * p**k * (1 - p) ** (n - k)


#: summand from 0 on; is it certain that the sum diverges?
NOT_SUMMABLE: list[Any] = [
    (1 / (k + 1), True),
    (2**k * Rational(1, 2) ** k, True),
    (exp(k**2) * poisson, True),
    (exp(exp(k)) * poisson, True),
    (1 / ((k + 2) * log(k + 2)), True),
    (binomial(2 * k, k) / 4**k / sp.sqrt(k + 1), True),
    (gamma(k + a) / gamma(k + a + 1), True),
    (gamma(k + r) / factorial(k) * (k + 1) ** (-r), True),
    # not for all values of the parameters, or only conditionally: no refutation
    ((-1) ** k / (k + 1), False),
    ((-1) ** k / (k + 1) - 1 / (k + 1), False),  # nothing cancels when signs are forgotten
    (((-1) ** k + 1) / (k + 1), False),
    (2**k * geometric, False),
    ((k + 1) ** (-a), False),
    ((x - 1) / (k + 1), False),
    (loggamma(k + 2) / (k + 1) ** 2, False),  # ≥ 0, which the kernel does not see
    # no value at one of the integers
    (1 / (k - 3) ** 2, False),
    (log(k) * poisson, False),
    # nothing declared
    (g(k) * poisson, False),
]

#: summand, first index
SUMMABLE: list[Any] = [
    (f(k) * poisson, 0),
    (f(k) * geometric, 0),
    (f(k) * negative_binomial, 0),
    (binomial(k + r - 1, k) * p**r * (1 - p) ** k, 0),
    (poisson * log(poisson), 0),
    (negative_binomial * log(negative_binomial), 0),
    ((k + 1) ** (-1 - a), 0),
    ((-Rational(1, 2)) ** k * k**5, 0),
    ((-p) ** k, 0),
    (1 / ((k + 2) * log(k + 2) ** 2), 0),
    (polygamma(0, k + r) * geometric, 0),
    (gamma(k + a) / gamma(k + a + 2), 0),
    (p**k / k, 1),
    (1 / (k - 3) ** 2, 4),
    (Piecewise((1, k < lam), (0, True)) * geometric, 0),
]

#: summand from 0 on, parameter, what is said to be the derivative of the sum
NOT_TERMWISE: list[Any] = [
    # the score with a wrong sign, without a term, or of another parameterisation
    (f(k) * poisson, lam, Sum(f(k) * (k / lam + 1) * poisson, (k, 0, oo))),
    (f(k) * poisson, lam, Sum(f(k) * k / lam * poisson, (k, 0, oo))),
    (f(k) * negative_binomial, p, Sum(f(k) * (k / p - r / (1 - p)) * negative_binomial, (k, 0, oo))),
    (f(k) * negative_binomial, r, Sum(f(k) * (polygamma(0, k + r) + log(p)) * negative_binomial, (k, 0, oo))),
    # a kink or a jump may lie at an integer
    (Abs(k - lam) * geometric, lam, Sum(sp.sign(lam - k) * geometric, (k, 0, oo))),
    (sp.Heaviside(lam - k) * geometric, lam, sp.S.Zero),
    (Piecewise((1, k < lam), (0, True)) * geometric, lam, sp.S.Zero),
    (sp.floor(lam) * geometric, lam, sp.S.Zero),
    # nothing declared of h', or of the growth
    (g(theta * k) * geometric, theta, Sum(k * geometric, (k, 0, oo))),
    (f(theta * k) * geometric, theta, Sum(k * geometric, (k, 0, oo))),
    # the sum itself, or the sum of the derivatives, diverges
    (theta / (k + 1), theta, Sum(1 / (k + 1), (k, 0, oo))),
    (sp.sin(theta * k) / (k + 1) ** 2, theta, Sum(sp.cos(theta * k) * k / (k + 1) ** 2, (k, 0, oo))),
    (sp.exp(-theta * k), theta, Sum(-k * sp.exp(-theta * k), (k, 0, oo))),
]

#: and the last index
TERMWISE: list[Any] = [
    (f(k) * poisson, lam, Sum(f(k) * (k / lam - 1) * poisson, (k, 0, oo)), oo),
    (f(k) * geometric, p, Sum(f(k) * (1 / p - k / (1 - p)) * geometric, (k, 0, oo)), oo),
    (f(k) * negative_binomial, p, Sum(f(k) * (r / p - k / (1 - p)) * negative_binomial, (k, 0, oo)), oo),
    (
        f(k) * negative_binomial,
        r,
        Sum(f(k) * (polygamma(0, k + r) - polygamma(0, r) + log(p)) * negative_binomial, (k, 0, oo)),
        oo,
    ),
    (f(k) * binomially, p, Sum(f(k) * (k / p - (n - k) / (1 - p)) * binomially, (k, 0, n)), n),
    (f(k) * p**k * (1 - p) ** (1 - k), p, f(1) - f(0), sp.S.One),
    (h(theta * k) * poisson, theta, Sum(sp.diff(h(theta * k), theta) * poisson, (k, 0, oo)), oo),
    (theta**2 * geometric, theta, Sum(2 * theta * geometric, (k, 0, oo)), oo),
]


def rewrite(theorem: str, lhs: Any, rhs: Any, context: Any, **data: Any) -> Claim:
    step = {"theorem": theorem, "lhs": lhs, "rhs": rhs, **data}
    return Claim("rewrite", {"before": lhs, "after": rhs, "rewrites": [step]}, context)


def convergent(t: Any, low: int = 0) -> Claim:
    whole = Sum(t, (k, low, oo))
    return Claim("defined", {"term": to_term(whole)}, context_of([whole]))


def termwise(t: Any, by: Any, result: Any, low: int = 0, high: Any = oo) -> Claim:
    """The rewrite d/d(by) Σ t = result."""
    whole = Sum(t, (k, low, high))
    context = context_of([whole, result, by])
    return rewrite("interchange", ("diff", to_term(whole), by.name), to_term(result), context)


def zeta(t: Any, value: Any, s: Any, start: Any = sp.S.One) -> Claim:
    whole = Sum(t, (k, start, oo))
    part = {"kind": "zeta", "c": to_term(sp.S.One), "s": to_term(s), "a": to_term(start), "offset": to_term(start)}
    part["start"] = to_term(sp.S.Zero)
    return rewrite("sum_value", to_term(whole), to_term(value), context_of([whole, value]), parts=[part])


#: claims with what the kernel says of them
NO_ZETA: list[tuple[Claim, str | None]] = [
    (zeta(k ** (-a), sp.zeta(a), a), "s > 1"),
    (zeta(k ** (-a - 1), sp.zeta(a), a + 1), None),
    (zeta(k ** (-a - 1), sp.S.One, a + 1, sp.S.Zero), "a > 0"),
    (zeta(k ** (-a - 1), sp.zeta(a + 1), a + 1, sp.Integer(2)), None),
]
ZETA: list[Claim] = [
    zeta(k ** (-a - 1), sp.zeta(a + 1), a + 1),
    zeta(k ** (-a - 1), sp.zeta(a + 1, 3), a + 1, sp.Integer(3)),
]


def apart(whole: Any, parts: Any) -> Claim:
    return rewrite("linearity", to_term(whole), to_term(parts), context_of([whole, parts]), masses=[])


_slow, _fast = 1 / (k + 1) - 1 / (k + 2), k * poisson
NOT_APART: list[Claim] = [
    apart(Sum(_slow, (k, 0, oo)), Sum(1 / (k + 1), (k, 0, oo)) - Sum(1 / (k + 2), (k, 0, oo))),
    apart(Sum(a * _fast + poisson, (k, 0, oo)), Sum(_fast, (k, 0, oo)) + Sum(poisson, (k, 0, oo))),
    apart(Sum(k * _fast, (k, 0, oo)), k * Sum(_fast, (k, 0, oo))),
    apart(Sum((-1) ** k / (k + 1), (k, 0, oo)), -Sum((-1) ** (k + 1) / (k + 1), (k, 0, oo))),
]
APART: list[Claim] = [
    apart(Sum(a * _fast + x * poisson, (k, 0, oo)), a * Sum(_fast, (k, 0, oo)) + x * Sum(poisson, (k, 0, oo))),
]


def valued(t: Any, low: Any, high: Any) -> Claim:
    """The terms of a finite sum have values."""
    whole = Sum(t, (k, low, high))
    return Claim("defined", {"term": to_term(whole), "summands": True}, context_of([whole]))


NOT_VALUED: list[Claim] = [
    valued(1 / (k - 3), 0, n),
    valued(log(k), 0, n),
    valued(g(k) / k, 0, n),
    valued(sp.sqrt(k - 2), 0, 5),
    valued(gamma(k - 2), 0, n),
]
VALUED: list[Claim] = [
    valued(1 / (k + 1), 0, n),
    valued(log(k), 1, n),
    valued(f(k) * binomially, 0, n),
    valued(gamma(k + a), 0, n),
]
