"""Inequalities in the wrong direction."""

from sympy import Integer, Rational, exp, log, sin

from symrep import (
    KL,
    E,
    Expected,
    PositiveReals,
    Reason,
    Status,
    algebra,
    approx,
    cauchy_schwarz,
    conditional_law,
    definition,
    density,
    derivation,
    evaluate,
    ge,
    gibbs,
    gt,
    integrable,
    jensen,
    le,
    lt,
    monotonicity,
    nonnegative,
    positive,
    real,
    tangent_line,
)
from symrep.distributions import Cauchy, LogNormal, Normal

mu, x, z = real("mu x z")
sigma, lam, w = positive("sigma lam w")
q = nonnegative("q")
X = Normal(mu, sigma)
laws = tuple(conditional_law(name, positive=True) for name in ("p", "q"))
ratio = density(laws[1])(z) / density(laws[0])(z)


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


# --- inequalities as rules ----------------------------------------------------------------------------------------


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def jensen_turned_round():
    r"""The logarithm is concave: $\log E[w] \ge E[\log w]$."""
    L = LogNormal(mu, sigma)
    yield log(E(w, (w, L)))
    yield le(E(log(w), (w, L))), jensen(log)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def jensen_as_an_equality():
    r"""Jensen's inequality is no equality."""
    yield E(exp(z), (z, X))
    yield exp(E(z, (z, X))), jensen(exp)


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def jensen_with_a_function_that_bends_both_ways():
    r"""$\sin$ is neither convex nor concave on the line."""
    yield E(sin(z), (z, X))
    yield le(sin(E(z, (z, X)))), jensen(sin)


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def jensen_from_formal_derivatives():
    r"""$-|z|$ has second derivative 0 wherever it has one, and is not convex."""
    yield E(-abs(z), (z, Normal(0, sigma)))
    yield ge(-abs(E(z, (z, Normal(0, sigma))))), jensen(lambda t: -abs(t))


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def jensen_under_a_minus_sign():
    r"""A factor $-1$ turns the inequality."""
    yield 1 - E(exp(z), (z, X))
    yield ge(1 - exp(E(z, (z, X)))), jensen(exp)


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_INTEGRABLE, line=2))
def jensen_without_a_mean():
    r"""The square of a Cauchy variable has no mean to put in."""
    C = Cauchy(0, 1)
    yield E(log(2 + z**2), (z, C))
    yield le(log(2 + E(z**2, (z, C)))), jensen(lambda t: log(2 + t), on=PositiveReals)


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def divergence_below_zero():
    r"""$\mathrm{KL} \ge 0$, not $\le$."""
    yield KL(X, Normal(0, 1))
    yield le(0), gibbs


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def divergence_that_keeps_a_distance():
    r"""$\mathrm{KL} = 0$ is possible."""
    yield KL(X, Normal(0, 1))
    yield ge(Rational(1, 10)), gibbs


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def tangent_at_the_wrong_point():
    r"""$e^x \ge e(1 + (x - 1)) = ex$, which is not $1 + 2x$."""
    yield exp(x)
    yield ge(1 + 2 * x), tangent_line(exp, at=1)


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def monotone_where_the_order_changes():
    r"""$z \le z^2$ fails on $(0, 1)$, and the expectations are in the other order for small $\mu$."""
    N = Normal(Rational(1, 2), Rational(1, 10))
    yield E(z, (z, N))
    yield le(E(z**2, (z, N))), monotonicity(above=z**2)


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def cauchy_schwarz_without_the_squares():
    r"""$E[fg]^2 \le E[f^2]\,E[g^2]$, not $E[f]^2\,E[g]^2$."""
    yield E(z**2, (z, X)) ** 2
    yield le(E(z, (z, X)) ** 4), cauchy_schwarz(z, z)


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOTHING_APPLIED, line=2))
def more_than_the_tangent_says():
    r"""True, as $x^2 - 4x + 4 = (x-2)^2$, but the tangent at 1 is $2x - 1$: no consequence, and no contradiction."""
    yield x**2
    yield ge(4 * x - 4), tangent_line(lambda t: t**2, at=1)


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOTHING_APPLIED, line=2))
def more_than_gibbs_says():
    r"""True, the divergence being $\frac{25}{2}$; Gibbs' inequality gives only $\ge 0$."""
    yield KL(Normal(mu, 1), Normal(mu + 5, 1))
    yield ge(Rational(1, 10)), gibbs


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def gibbs_without_the_sign():
    r"""The divergence is the mean of $\log(p/q)$."""
    N = Normal(0, 1)
    yield KL(X, N)
    yield E(log(density(X)(z)) - log(density(N)(z)), (z, X)), definition
    yield E(log(density(N)(z)) - log(density(X)(z)), (z, X)), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def gibbs_with_the_tangent_above():
    r"""The mean of $q/p$ under $p$ is 1, so the bound is 0."""
    yield 1 - E(ratio, (z, laws[0]))
    yield ge(1), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=3))
def covariance_without_the_scale():
    r"""The variance of $z$ is $\sigma^2$, not 1."""
    mean = exp(mu + sigma**2 / 2)
    yield E((z - mu) * (exp(z) - mean), (z, X)) ** 2
    yield le(E((z - mu) ** 2, (z, X)) * E((exp(z) - mean) ** 2, (z, X))), cauchy_schwarz(z - mu, exp(z) - mean)
    yield le(exp(2 * mu + sigma**2) * (exp(sigma**2) - 1)), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def covariance_below_the_root():
    r"""The square of the covariance lies below the product of the variances; the covariance, below the root."""
    mean = exp(mu + sigma**2 / 2)
    yield E((z - mu) * (exp(z) - mean), (z, X)) ** 2
    yield le(sigma * exp(mu + sigma**2 / 2) * (exp(sigma**2) - 1) ** Rational(1, 2)), evaluate


@derivation(
    expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2),
    given=(integrable(z, (z, laws[0])), integrable(z**2, (z, laws[0]))),
)
def second_moment_below_the_squared_mean():
    r"""The variance is not below zero."""
    yield E(z**2, (z, laws[0]))
    yield le(E(z, (z, laws[0])) ** 2), jensen(lambda t: t**2)
