"""Expectations that do not exist, do not commute, or have another value."""

from sympy import Abs, Integer, Max, exp, log, pi, sqrt

from symrep import (
    E,
    Expected,
    Reason,
    Status,
    algebra,
    derivation,
    evaluate,
    function,
    linearity,
    monte_carlo,
    positive,
    positive_integer,
    real,
    sample_mean,
)
from symrep.distributions import Cauchy, LogNormal, Normal, Pareto, Uniform

mu, m, z = real("mu m z")
sigma, s, lam = positive("sigma s lam")
f = function("f", smooth=1, growth=2)
X = Normal(mu, sigma)


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_INTEGRABLE, line=1))
def cauchy_mean():
    r"""A Cauchy law has no mean; symmetry does not give it one."""
    yield E(z, (z, Cauchy(m, s)))
    yield m, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_INTEGRABLE, line=1))
def pareto_mean_with_a_heavy_tail():
    r"""With $\alpha = 1$ the mean is infinite."""
    yield E(z, (z, Pareto(lam, 1)))
    yield 2 * lam, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_INTEGRABLE, line=2))
def linearity_over_divergent_parts():
    r"""$z - z^3/(1+z^2)$ is integrable under a Cauchy law, its two terms are not."""
    C = Cauchy(0, 1)
    yield E(z - z**3 / (1 + z**2), (z, C))
    yield E(z, (z, C)) - E(z**3 / (1 + z**2), (z, C)), linearity


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def logarithm_pulled_out():
    r"""$E[\log x] = \mu$, but $\log E[x] = \mu + \sigma^2/2$."""
    L = LogNormal(mu, sigma)
    yield E(log(z), (z, L))
    yield log(E(z, (z, L))), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def square_pulled_out():
    r"""$E[z^2] = E[z]^2 + \mathrm{Var}[z]$."""
    yield E(z**2, (z, X))
    yield E(z, (z, X)) ** 2, algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def reciprocal_pulled_out():
    r"""$E[1/z] \ne 1/E[z]$."""
    U = Uniform(1, 2)
    yield E(1 / z, (z, U))
    yield 1 / E(z, (z, U)), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def rectifier_pulled_out():
    r"""$E[\max(0, z)] > \max(0, E[z])$: the rectifier does not commute with the expectation."""
    yield E(Max(0, z), (z, X))
    yield Max(0, mu), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def rectifier_without_the_mean_term():
    r"""$E[\max(0, z)] = \mu\Phi(\mu/\sigma) + \sigma\varphi(\mu/\sigma)$; only the second term is stated."""
    yield E(Max(0, z), (z, X))
    yield sigma * exp(-(mu**2) / (2 * sigma**2)) / sqrt(2 * pi), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def product_of_dependent_factors():
    r"""$z$ and $z^2$ are not independent."""
    yield E(z**3, (z, X))
    yield E(z, (z, X)) * E(z**2, (z, X)), linearity


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def fourth_moment_with_one_three():
    r"""$E[z^4] = \mu^4 + 6\mu^2\sigma^2 + 3\sigma^4$; the coefficient of $\mu^2\sigma^2$ is 3 here."""
    yield E(z**4, (z, X))
    yield mu**4 + 3 * mu**2 * sigma**2 + 3 * sigma**4, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def estimate_divided_by_n_minus_one():
    r"""A mean over $n = k + 1$ draws is unbiased as it is; divided by $n - 1$ it is not."""
    k = positive_integer("k")
    yield E(sample_mean(z**2, (z, X), k + 1))
    yield (k + 1) / k * E(z**2, (z, X)), monte_carlo


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def estimate_shrinks_with_n():
    r"""The expectation of a mean does not shrink with the number of draws; its variance does."""
    n = positive_integer("n")
    yield E(sample_mean(f(z), (z, X), n))
    yield E(f(z), (z, X)) / n, monte_carlo


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def constant_squared_on_the_way_out():
    r"""$E[\sigma z] = \sigma E[z]$; $\sigma^2$ comes out of a variance."""
    yield E(sigma * z, (z, X))
    yield sigma**2 * E(z, (z, X)), linearity


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def modulus_dropped():
    r"""$E|z - \mu| = \sigma\sqrt{2/\pi}$, not 0."""
    yield E(Abs(z - mu), (z, X))
    yield Integer(0), evaluate
