r"""Inequalities: Jensen, Gibbs, the tangent of the logarithm, and the evidence lower bound of a Gaussian model."""

from sympy import exp, log

from symrep import (
    KL,
    E,
    cauchy_schwarz,
    derivation,
    evaluate,
    ge,
    gibbs,
    jensen,
    le,
    positive,
    real,
    tangent_line,
)
from symrep.distributions import Exponential, LogNormal, Normal

x, z, m, mu = real("x z m mu")
s, sigma, lam, w = positive("s sigma lambda w")

X = Normal(mu, sigma)
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


@derivation(source=JENSEN)
def second_moment_above_the_squared_mean():
    r"""A variance is not negative: $\mathbb{E}[w^2] \ge \mathbb{E}[w]^2$."""
    T = Exponential(lam)
    yield E(w**2, (w, T))
    yield ge(E(w, (w, T)) ** 2), jensen(lambda t: t**2)
    yield ge(1 / lam**2), evaluate


@derivation(source=GIBBS)
def divergence_is_not_negative():
    r"""$\mathrm{KL}(p \,\|\, q) \ge 0$ for two normal laws, whatever their parameters."""
    yield KL(X, Normal(m, s))
    yield ge(0), gibbs


@derivation(source=GIBBS)
def logarithm_below_its_tangent():
    r"""$\log w \le w - 1$, the inequality behind the last one."""
    yield log(w)
    yield le(w - 1), tangent_line(log, at=1)


@derivation(source="the inequality of Cauchy and Schwarz, worked out here for a normal law")
def covariance_below_the_second_moments():
    r"""$\mathbb{E}[z e^z]^2 \le \mathbb{E}[z^2]\,\mathbb{E}[e^{2z}]$."""
    yield E(z * exp(z), (z, X)) ** 2
    yield le(E(z**2, (z, X)) * E(exp(2 * z), (z, X))), cauchy_schwarz(z, exp(z))
