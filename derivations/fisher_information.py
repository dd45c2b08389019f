r"""Scores and the Fisher information: the information identity, the bound of Cramér and Rao, another parameter.

$q_\theta$ is any positive density that is smooth in its parameter, $T$ any continuous statistic; what may be
differentiated under the integral sign, and which means are finite, is declared, and printed. The score is
$s = \partial_\theta\log q_\theta$, the information $I(\theta) = \mathbb{E}[s^2]$."""

from sympy import Integral, exp, log, oo

from symrep import (
    D,
    E,
    Var,
    cauchy_schwarz,
    chain_rule,
    conditional_law,
    definition,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    evaluate,
    function,
    integrable,
    le,
    lemma,
    linearity,
    real,
    score_function,
)
from symrep.distributions import Normal

x, z, m, mu, t, theta = real("x z m mu t theta")

law = conditional_law("q", parameters=theta, positive=True, smooth=2)
q = density(law)(z)
T = function("T", smooth=0)
score = D(log(q), theta)
curvature = D(log(q), theta, theta)
mean, information = E(T(z), (z, law)), E(score**2, (z, law))

mass = dominated(1, (z, law), by=theta)
slope = dominated(T(z), (z, law), by=theta)
moments = (integrable(T(z), (z, law)), integrable(T(z) ** 2, (z, law)))
products = (integrable(score, (z, law)), integrable(T(z) * score, (z, law)))
finite_information = integrable(score**2, (z, law))

IDENTITY = "Wikipedia, Fisher information"
CRAMER_RAO = "Wikipedia, Cramér–Rao bound"


@derivation(source=IDENTITY, given=(mass,))
def mass_stays_one():
    r"""$\int\partial_\theta q_\theta = 0$, as $\int q_\theta = 1$ for every $\theta$: the score has mean zero."""
    yield Integral(D(q, theta), (z, -oo, oo))
    yield D(Integral(q, (z, -oo, oo)), theta), differentiate_under_integral(theta)
    yield D(1, theta), evaluate
    yield 0, chain_rule


@derivation(
    source=IDENTITY,
    given=(mass, dominated(score, (z, law), by=theta), finite_information, integrable(curvature, (z, law))),
)
def information_is_the_mean_curvature():
    r"""$\mathbb{E}[s^2] = -\mathbb{E}[\partial_\theta^2\log q_\theta]$, where $q_\theta$ may be differentiated twice
    under the integral sign."""
    yield information
    yield E(D(q, theta, theta) / q - curvature, (z, law)), chain_rule
    yield E(D(q, theta, theta) / q, (z, law)) - E(curvature, (z, law)), linearity
    yield Integral(D(q, theta, theta), (z, -oo, oo)) - E(curvature, (z, law)), definition
    yield D(Integral(D(q, theta), (z, -oo, oo)), theta) - E(curvature, (z, law)), differentiate_under_integral(theta)
    yield D(0, theta) - E(curvature, (z, law)), lemma(mass_stays_one)
    yield -E(curvature, (z, law)), chain_rule


# --- the bound of Cramér and Rao ----------------------------------------------------------------------------------


@derivation(source=CRAMER_RAO, given=(mass, slope, moments[0], *products))
def covariance_with_the_score():
    r"""$\mathbb{E}[(T - m)\,s] = \partial_\theta\mathbb{E}[T]$ for every number $m$, among them the mean."""
    yield E((T(z) - m) * score, (z, law))
    yield E(T(z) * score, (z, law)) - m * E(score, (z, law)), linearity
    yield E(T(z) * score, (z, law)) - m * Integral(D(q, theta), (z, -oo, oo)), definition
    yield E(T(z) * score, (z, law)) - m * 0, lemma(mass_stays_one)
    yield D(mean, theta), score_function(theta)


@derivation(source="the variance as the least second moment, worked out here", given=moments)
def second_moment_about_a_number():
    r"""$\mathbb{E}[(T - m)^2] = \mathrm{Var}(T) + (\mathbb{E}[T] - m)^2$."""
    yield E((T(z) - m) ** 2, (z, law))
    yield E(T(z) ** 2, (z, law)) - 2 * m * mean + m**2, linearity
    yield Var(T(z), (z, law)) + (mean - m) ** 2, definition


@derivation(source=CRAMER_RAO, given=(mass, slope, *moments, *products, finite_information, information > 0))
def cramer_rao():
    r"""For an estimate $T$ of $\psi(\theta) = \mathbb{E}[T]$, $\mathrm{Var}(T) \ge \frac{\psi'(\theta)^2}{I(\theta)}$;
    without a bias, $\psi = \theta$, at least $1/I(\theta)$. By the inequality of Cauchy and Schwarz for $T - \psi$ and
    the score."""
    yield D(mean, theta) ** 2 / information
    yield E((T(z) - mean) * score, (z, law)) ** 2 / information, lemma(covariance_with_the_score, {m: mean})
    yield le(E((T(z) - mean) ** 2, (z, law))), cauchy_schwarz(T(z) - mean, score)
    yield Var(T(z), (z, law)), lemma(second_moment_about_a_number, {m: mean})


# --- another parameter --------------------------------------------------------------------------------------------


@derivation(source=f"{IDENTITY} (reparametrization)")
def information_of_the_logarithm_of_the_scale():
    r"""In $t = \log\sigma$ a normal law has the information $2$: that of $\sigma$, $2/\sigma^2$, times
    $(\frac{d\sigma}{dt})^2$."""
    law = Normal(mu, exp(t))
    yield E(D(log(density(law)(x)), t) ** 2, (x, law))
    yield E(((x - mu) ** 2 * exp(-2 * t) - 1) ** 2, (x, law)), chain_rule
    yield 2, evaluate
    yield 2 / exp(t) ** 2 * D(exp(t), t) ** 2, chain_rule
