"""Inequalities in the wrong direction."""

from sympy import Integer, exp, log

from symrep import (
    E,
    Expected,
    Reason,
    Status,
    algebra,
    approx,
    derivation,
    evaluate,
    ge,
    gt,
    le,
    lt,
    nonnegative,
    positive,
    real,
)
from symrep.distributions import LogNormal, Normal

mu, x, z = real("mu x z")
sigma, lam = positive("sigma lam")
q = nonnegative("q")
X = Normal(mu, sigma)


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def jensen_backwards():
    r"""The exponential is convex: $E[e^z] \ge e^{E z}$, not $\le$."""
    yield E(exp(z), (z, X))
    yield le(exp(mu)), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def jensen_for_the_logarithm_backwards():
    r"""The logarithm is concave: $E[\log z] \le \log E[z]$, not $\ge$."""
    L = LogNormal(mu, sigma)
    yield E(log(z), (z, L))
    yield ge(log(E(z, (z, L)))), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def second_moment_below_the_variance():
    r"""$E[z^2] = \mu^2 + \sigma^2 \ge \sigma^2$."""
    yield E(z**2, (z, X))
    yield le(sigma**2), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def strict_where_equality_is_possible():
    r"""$2x \le 1 + x^2$ holds with equality at $x = 1$, so it is not strict."""
    yield 2 * x
    yield lt(1 + x**2), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def square_above_its_root():
    r"""$\sigma \le \sigma^2$ only for $\sigma \ge 1$."""
    yield sigma
    yield le(sigma**2), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def approximation_too_generous():
    r"""$\sin$-like series cut too early: $e^x \approx 1 + x$ within one per cent is false for large $x$."""
    yield exp(x)
    yield approx(1 + x), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def holds_for_long_and_then_fails():
    r"""The exponential wins in the end: $e^{q/1000} > 1 + q$ from about $q = 9119$ on."""
    yield exp(q / 1000)
    yield le(1 + q), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def strict_at_the_edge():
    r"""$q \ge 0$ includes 0."""
    yield q
    yield gt(Integer(0)), algebra
