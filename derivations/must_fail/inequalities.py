"""Inequalities in the wrong direction."""

from sympy import exp, log

from symrep import E, Expected, Reason, Status, algebra, approx, derivation, evaluate, ge, le, lt, positive, real
from symrep.distributions import LogNormal, Normal

mu, x, z = real("mu x z")
sigma, lam = positive("sigma lam")
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
