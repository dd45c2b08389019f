r"""Inequalities: Jensen, Gibbs, the tangent of the logarithm, Cauchy and Schwarz.

$p$ and $q$ are any positive densities on the line; which of their expectations are finite is declared, and printed."""

from sympy import exp, log

from symrep import (
    KL,
    E,
    algebra,
    cauchy_schwarz,
    conditional_law,
    definition,
    density,
    derivation,
    evaluate,
    ge,
    gibbs,
    integrable,
    jensen,
    le,
    linearity,
    positive,
    real,
    tangent_line,
)
from symrep.distributions import LogNormal, Normal

x, z, m, mu = real("x z m mu")
s, sigma, w = positive("s sigma w")

X = Normal(mu, sigma)
p, q = (conditional_law(name, positive=True) for name in ("p", "q"))
ratio = density(q)(z) / density(p)(z)
JENSEN = "Mathlib, ConvexOn.map_integral_le, in Mathlib/Analysis/Convex/Integral.lean"
GIBBS = "The Book of Statistical Proofs, proofs P117 and P164"


@derivation(source=JENSEN)
def mean_of_an_exponential():
    r"""The exponential is convex, so $\mathbb{E}[e^z] \ge e^{\mathbb{E}[z]}$: the mean of a log-normal law lies above
    its median $e^\mu$."""
    yield E(exp(z), (z, X))
    yield ge(exp(E(z, (z, X)))), jensen(exp)
    yield ge(exp(mu)), evaluate


@derivation(source=JENSEN)
def mean_of_a_logarithm():
    r"""The logarithm is concave, so $\log \mathbb{E}[w] \ge \mathbb{E}[\log w]$."""
    L = LogNormal(mu, sigma)
    yield log(E(w, (w, L)))
    yield ge(E(log(w), (w, L))), jensen(log)
    yield ge(mu), evaluate


@derivation(source=JENSEN, given=(integrable(z, (z, p)), integrable(z**2, (z, p))))
def second_moment_above_the_squared_mean():
    r"""A variance is not negative: $\mathbb{E}[z^2] \ge \mathbb{E}[z]^2$ for every law with a second moment."""
    yield E(z**2, (z, p))
    yield ge(E(z, (z, p)) ** 2), jensen(lambda t: t**2)


@derivation(source=GIBBS)
def divergence_is_not_negative():
    r"""$\mathrm{KL}(p \,\|\, q) \ge 0$ for two normal laws, whatever their parameters."""
    yield KL(X, Normal(m, s))
    yield ge(0), gibbs


@derivation(source=GIBBS, given=(integrable(log(ratio), (z, p)),))
def gibbs_by_the_tangent():
    r"""Why, for any two positive densities: by $\log r \le r - 1$ at $r = q/p$ the divergence, where it is finite, is
    at least $1 - \int q = 0$."""
    yield KL(p, q)
    yield E(log(density(p)(z)) - log(density(q)(z)), (z, p)), definition
    yield -E(log(ratio), (z, p)), algebra
    yield ge(-E(ratio - 1, (z, p))), tangent_line(log, at=1)
    yield ge(1 - E(ratio, (z, p))), linearity
    yield ge(0), evaluate


@derivation(source=GIBBS)
def logarithm_below_its_tangent():
    r"""$\log w \le w - 1$, the inequality behind the last two."""
    yield log(w)
    yield le(w - 1), tangent_line(log, at=1)


@derivation(source="the inequality of Cauchy and Schwarz, worked out here for a normal law")
def covariance_below_the_variances():
    r"""$\operatorname{Cov}(z, e^z)^2 \le \operatorname{Var}(z)\operatorname{Var}(e^z)$ with $\mathbb{E}[e^z] =
    e^{\mu + \sigma^2/2}$."""
    mean = exp(mu + sigma**2 / 2)
    yield E((z - mu) * (exp(z) - mean), (z, X)) ** 2
    yield le(E((z - mu) ** 2, (z, X)) * E((exp(z) - mean) ** 2, (z, X))), cauchy_schwarz(z - mu, exp(z) - mean)
    yield le(sigma**2 * exp(2 * mu + sigma**2) * (exp(sigma**2) - 1)), evaluate
