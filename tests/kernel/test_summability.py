"""Convergence of infinite sums and derivatives taken term by term. What must be refused comes first."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import Abs, Piecewise, Rational, Sum, binomial, exp, factorial, gamma, log, loggamma, oo, polygamma

from symrep import function, nonnegative_integer, positive, positive_integer, real, unit
from symrep.claim import Claim
from symrep.kernel.certificate import prove, replay
from symrep.kernel.fail import NotProved
from symrep.kernel.summability import dominated_sum, summable
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


def converges(t: Any, low: int = 0) -> str:
    whole = Sum(t, (k, low, oo))
    return summable(to_term(whole), context_of([whole])).text


def termwise(t: Any, by: Any, result: Any, low: int = 0, high: Any = oo) -> Any:
    """The rewrite d/d(by) Σ t = result."""
    whole = Sum(t, (k, low, high))
    lhs, rhs = ("diff", to_term(whole), by.name), to_term(result)
    step = {"theorem": "interchange", "lhs": lhs, "rhs": rhs}
    data = {"before": lhs, "after": rhs, "rewrites": [step]}
    return prove(Claim("rewrite", data, context_of([whole, result, by])))


@pytest.mark.parametrize(
    ("t", "definite"),
    [
        (1 / (k + 1), True),
        (2**k * Rational(1, 2) ** k, True),
        (exp(k**2) * poisson, True),
        (exp(exp(k)) * poisson, True),
        (1 / ((k + 2) * log(k + 2)), True),
        (gamma(k + a) / gamma(k + a + 1), True),
        (gamma(k + r) / factorial(k) * (k + 1) ** (-r), True),
        # not for all values of the parameters, or only conditionally: no refutation
        ((-1) ** k / (k + 1), False),
        (2**k * geometric, False),
        ((k + 1) ** (-a), False),
        ((x - 1) / (k + 1), False),
        (loggamma(k + 2) / (k + 1) ** 2, False),  # ≥ 0, which the kernel does not see
        # no value at one of the integers
        (1 / (k - 3) ** 2, False),
        (log(k) * poisson, False),
        # nothing declared
        (g(k) * poisson, False),
    ],
    ids=str,
)
def test_not_summable(t: Any, definite: bool) -> None:
    with pytest.raises(NotProved) as caught:
        converges(t)
    assert caught.value.definite is definite


@pytest.mark.parametrize(
    ("t", "low"),
    [
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
    ],
    ids=str,
)
def test_summable(t: Any, low: int) -> None:
    assert converges(t, low)


@pytest.mark.parametrize(
    ("t", "by", "result"),
    [
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
    ],
    ids=str,
)
def test_not_termwise(t: Any, by: Any, result: Any) -> None:
    with pytest.raises(NotProved):
        termwise(t, by, result)


def test_an_integer_has_no_derivative() -> None:
    with pytest.raises(NotProved, match="range of summation depends on n"):
        termwise(binomially, n, sp.S.Zero, high=n)
    with pytest.raises(NotProved):  # nor is the index a parameter
        termwise(poisson, k, sp.S.Zero)


@pytest.mark.parametrize(
    ("t", "by", "result", "high"),
    [
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
    ],
    ids=str,
)
def test_termwise(t: Any, by: Any, result: Any, high: Any) -> None:
    verdict = termwise(t, by, result, high=high)
    assert not verdict.almost_everywhere
    assert replay(verdict.certificate.data).status is verdict.status


def zeta(t: Any, value: Any, s: Any, start: Any = sp.S.One) -> Any:
    whole = Sum(t, (k, start, oo))
    part = {"kind": "zeta", "c": to_term(sp.S.One), "s": to_term(s), "a": to_term(start), "offset": to_term(start)}
    part["start"] = to_term(sp.S.Zero)
    lhs, rhs = to_term(whole), to_term(value)
    step = {"theorem": "sum_value", "lhs": lhs, "rhs": rhs, "parts": [part]}
    return prove(Claim("rewrite", {"before": lhs, "after": rhs, "rewrites": [step]}, context_of([whole, value])))


def test_zeta() -> None:
    """Σ k^(−s) = ζ(s) needs s > 1 and the right start."""
    with pytest.raises(NotProved, match="s > 1"):
        zeta(k ** (-a), sp.zeta(a), a)
    with pytest.raises(NotProved):
        zeta(k ** (-a - 1), sp.zeta(a), a + 1)
    with pytest.raises(NotProved, match="a > 0"):
        zeta(k ** (-a - 1), sp.S.One, a + 1, sp.S.Zero)
    with pytest.raises(NotProved):
        zeta(k ** (-a - 1), sp.zeta(a + 1), a + 1, sp.Integer(2))
    assert zeta(k ** (-a - 1), sp.zeta(a + 1), a + 1)
    assert zeta(k ** (-a - 1), sp.zeta(a + 1, 3), a + 1, sp.Integer(3))


def test_linearity_of_series() -> None:
    """Σ (a t + b s) = a Σ t + b Σ s only where both converge."""

    def split(whole: Any, apart: Any) -> Any:
        lhs, rhs = to_term(whole), to_term(apart)
        step = {"theorem": "linearity", "lhs": lhs, "rhs": rhs, "masses": []}
        data = {"before": lhs, "after": rhs, "rewrites": [step]}
        return prove(Claim("rewrite", data, context_of([whole, apart])))

    t, s = 1 / (k + 1) - 1 / (k + 2), k * poisson
    with pytest.raises(NotProved):
        split(Sum(t, (k, 0, oo)), Sum(1 / (k + 1), (k, 0, oo)) - Sum(1 / (k + 2), (k, 0, oo)))
    with pytest.raises(NotProved):
        split(Sum(a * s + poisson, (k, 0, oo)), Sum(s, (k, 0, oo)) + Sum(poisson, (k, 0, oo)))
    assert split(Sum(a * s + x * poisson, (k, 0, oo)), a * Sum(s, (k, 0, oo)) + x * Sum(poisson, (k, 0, oo)))


def test_dominating_bound_is_said() -> None:
    whole = Sum(f(k) * poisson, (k, 0, oo))
    assert "near any value" in dominated_sum(to_term(whole), "lambda", context_of([whole])).text
