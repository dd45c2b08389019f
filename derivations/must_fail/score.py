"""The log-derivative rule where it fails, and scores that are not the score."""

from sympy import Integral, oo, sign

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    Var,
    algebra,
    conditional_law,
    definition,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    evaluate,
    function,
    positive,
    real,
    score_function,
)
from symrep.distributions import Exponential, Laplace, Normal, Pareto, Uniform

mu, m, z = real("mu m z")
sigma, theta, x_m, s, lam = positive("sigma theta x_m s lam")
f = function("f", growth=2)

X = Normal(mu, sigma)


@derivation(expected=Expected(Status.REFUTED, Reason.SUPPORT_MOVES, line=2))
def uniform_end_by_the_score():
    r"""The support of $U(0, \theta)$ moves; for $f = x$ the score gives $-\frac12$, the derivative is $\frac12$."""
    yield D(E(z, (z, Uniform(0, theta))), theta)
    yield E(-z / theta, (z, Uniform(0, theta))), score_function(theta)


@derivation(expected=Expected(Status.REFUTED, Reason.SUPPORT_MOVES, line=2))
def pareto_scale_by_the_score():
    r"""A Pareto law begins at $x_m$: at $\alpha = 3$ the score gives $\frac92$, the derivative of the mean is
    $\frac32$."""
    yield D(E(z, (z, Pareto(x_m, 3))), x_m)
    yield E(3 * z / x_m, (z, Pareto(x_m, 3))), score_function(x_m)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def score_of_sigma_without_normalisation():
    r"""The score of $\sigma$ is $(z-\mu)^2/\sigma^3 - 1/\sigma$; the term from the normalisation is missing."""
    yield D(E(z**2, (z, X)), sigma)
    yield E(z**2 * (z - mu) ** 2 / sigma**3, (z, X)), score_function(sigma)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def score_of_sigma_without_normalisation_any_f():
    r"""The same for an undetermined $f$."""
    yield D(E(f(z), (z, X)), sigma)
    yield E(f(z) * (z - mu) ** 2 / sigma**3, (z, X)), score_function(sigma)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def score_of_mu_with_sigma_to_the_first():
    r"""The score of $\mu$ is $(z-\mu)/\sigma^2$, not $(z-\mu)/\sigma$: equal only at $\sigma = 1$."""
    yield D(E(f(z), (z, X)), mu)
    yield E(f(z) * (z - mu) / sigma, (z, X)), score_function(mu)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def laplace_information_vanishes():
    r"""$E[(\partial_m\log p)^2] = 1/s^2$, and not $-E[\partial_m^2\log p]$, which is 0: the score jumps."""
    yield E((sign(z - m) / s) ** 2, (z, Laplace(m, s)))
    yield E(0, (z, Laplace(m, s))), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def variance_of_the_score_estimate():
    r"""For $f = x^2$ the variance is $\mu^4/\sigma^2 + 14\mu^2 + 15\sigma^2$, not $\ldots + 12\mu^2 + \ldots$."""
    yield Var(z**2 * (z - mu) / sigma**2, (z, X))
    yield mu**4 / sigma**2 + 12 * mu**2 + 15 * sigma**2, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def variance_is_the_second_moment():
    r"""The square of the mean is not subtracted."""
    yield Var(z, (z, X))
    yield E(z**2, (z, X)), definition


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def exponential_score_with_the_sign_of_the_scale():
    r"""$\partial_\lambda\log(\lambda e^{-\lambda x}) = 1/\lambda - x$; here it is $x - 1/\lambda$."""
    yield D(E(z**2, (z, Exponential(lam))), lam)
    yield E(z**2 * (z - 1 / lam), (z, Exponential(lam))), score_function(lam)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def score_has_mean_one():
    r"""The last line takes $E[(z-\mu)^2] = \sigma$."""
    yield D(E(z, (z, X)), mu)
    yield E(z * (z - mu) / sigma**2, (z, X)), score_function(mu)
    yield 1 / sigma, evaluate


t = real("theta_1")
law = conditional_law("q", parameters=t, positive=True, smooth=1)
g = function("g", smooth=0)
ONE_MAY = (dominated(g(z), (z, law), by=t),)


@derivation(given=ONE_MAY, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def any_law_without_the_logarithm():
    r"""$\partial q = q\,\partial\log q$: under the mean stands the derivative of the logarithm."""
    yield Integral(g(z) * D(density(law)(z), t), (z, -oo, oo))
    yield E(g(z) * D(density(law)(z), t), (z, law)), definition


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=1))
def any_law_without_the_bound():
    r"""Whether one may differentiate under the integral sign has to be declared."""
    yield D(Integral(g(z) * density(law)(z), (z, -oo, oo)), t)
    yield Integral(g(z) * D(density(law)(z), t), (z, -oo, oo)), differentiate_under_integral(t)
