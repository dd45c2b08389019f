"""Stein, Bonnet and Price with slips."""

from sympy import Abs, Integer, Sum, exp, factorial, oo

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    definition,
    derivation,
    evaluate,
    function,
    indicator,
    integration_by_parts,
    nonnegative_integer,
    positive,
    real,
    score_function,
    substitution,
)
from symrep.distributions import Laplace, Normal, Poisson

z, mu = real("z mu")
sigma, v, lam = positive("sigma v lambda")
j, k = nonnegative_integer("j k")
f = function("f", smooth=1, growth=2)
h = function("h", smooth=2, growth=2)
rough = function("f", smooth=0, growth=2)

p = Normal(mu, sigma)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def stein_with_the_standard_deviation():
    r"""The factor is $\sigma^2$."""
    yield E((z - mu) * f(z), (z, p))
    yield sigma * E(f(z).diff(z), (z, p)), integration_by_parts(u=f(z))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def stein_with_the_wrong_sign():
    r"""By parts the sign turns twice."""
    yield E((z - mu) * f(z), (z, p))
    yield -(sigma**2) * E(f(z).diff(z), (z, p)), integration_by_parts(u=f(z))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def stein_for_another_law():
    r"""For a Laplace law $\mathbb{E}[z^2] = 2s^2$, not $s^2$."""
    yield E(z * z, (z, Laplace(0, sigma)))
    yield sigma**2 * E(Integer(1) + 0 * z, (z, Laplace(0, sigma))), integration_by_parts(u=z)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def stein_for_a_step():
    r"""A step has derivative 0 beside the jump, but $\mathbb{E}[(z - \mu)\mathbf{1}\{z > 0\}] > 0$."""
    yield E((z - mu) * indicator(z > 0), (z, p))
    yield 0, integration_by_parts(u=indicator(z > 0))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def bonnet_with_the_second_derivative():
    r"""The mean moves the first derivative."""
    yield D(E(h(z), (z, p)), mu)
    yield E(h(z) * (z - mu) / sigma**2, (z, p)), score_function(mu)
    yield E(h(z).diff(z, 2), (z, p)), integration_by_parts(u=h(z))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def bonnet_with_sigma_to_the_first():
    r"""The score by the mean is $(z - \mu)/\sigma^2$."""
    yield D(E(f(z), (z, p)), mu)
    yield E(f(z) * (z - mu) / sigma, (z, p)), score_function(mu)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def price_without_the_half():
    r"""$\partial_v \mathbb{E}[h] = \frac12 \mathbb{E}[h'']$; for $h = z^2$ it is 1."""
    P = Normal(mu, v ** Integer(1) ** 2)
    yield D(E(z**2, (z, P)), v)
    yield E(z**2 * ((z - mu) ** 2 / v**3 - 1 / (2 * v)), (z, P)), score_function(v)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def price_of_sigma_with_the_half_of_the_variance():
    r"""By $\sigma$ it is $\sigma\,\mathbb{E}[h'']$: the half belongs to the variance."""
    yield D(E(h(z), (z, p)), sigma)
    yield E(h(z) * ((z - mu) ** 2 / sigma**3 - 1 / sigma), (z, p)), score_function(sigma)
    yield E(h(z).diff(z) * (z - mu) / (2 * sigma), (z, p)), integration_by_parts(u=h(z))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def price_at_a_kink_without_the_kink():
    r"""$|z|'' = 0$ off the kink gives 0; at $\mu = 0$ the derivative by the standard deviation is $\sqrt{2/\pi}$."""
    yield D(E(Abs(z), (z, Normal(0, sigma))), sigma)
    yield 0, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def counts_without_the_shift():
    r"""With $j = k - 1$ the function is taken at $j + 1$."""
    yield Sum(k * rough(k) * lam**k * exp(-lam) / factorial(k), (k, 1, oo))
    yield Sum(rough(j) * lam ** (j + 1) * exp(-lam) / factorial(j), (j, 0, oo)), substitution(k, j + 1, j)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def counts_without_the_rate():
    r"""One factor $\lambda$ is left over after the shift."""
    yield Sum(rough(j + 1) * lam ** (j + 1) * exp(-lam) / factorial(j), (j, 0, oo))
    yield E(rough(k + 1), (k, Poisson(lam))), definition


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def price_at_a_kink_by_the_deviation():
    r"""By the variance the derivative is half the density at the kink times two; by $\sigma$ it has the factor
    $2\sigma$."""
    yield D(E(Abs(z), (z, Normal(0, sigma))), sigma)
    yield 1 / sigma, evaluate
