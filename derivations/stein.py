r"""Stein's lemma and what follows from it: Bonnet's and Price's theorems for the normal law, and second derivatives.
The same for counts."""

from sympy import Abs, Rational, Sum, exp, factorial, oo, pi, sqrt

from symrep import (
    D,
    E,
    definition,
    derivation,
    evaluate,
    function,
    integration_by_parts,
    nonnegative_integer,
    positive,
    real,
    score_function,
    split_at,
    substitution,
)
from symrep.distributions import Normal, Poisson

z, mu = real("z mu")
sigma, v, lam = positive("sigma v lambda")
j, k = nonnegative_integer("j k")
f = function("f", smooth=1, growth=2)
h = function("h", smooth=2, growth=2)

p = Normal(mu, sigma)
rough = function("f", smooth=0, growth=2)
half = Rational(1, 2)

STEIN = "Wikipedia, Stein's lemma"
REZENDE = (
    "Rezende, Mohamed & Wierstra, Stochastic Backpropagation and Approximate Inference in Deep Generative Models, "
    "ICML 2014, arXiv:1401.4082, section 3.1"
)
CHEN_STEIN = (
    "Arratia, Goldstein & Gordon, Two Moments Suffice for Poisson Approximations: The Chen–Stein Method, Annals of "
    "Probability 17 (1989), section 4"
)


@derivation(source=STEIN)
def stein():
    r"""Stein's lemma: $\mathbb{E}[(z - \mu)\,f(z)] = \sigma^2\,\mathbb{E}[f'(z)]$ for $z \sim \mathcal{N}(\mu,
    \sigma^2)$."""
    yield E((z - mu) * f(z), (z, p))
    yield sigma**2 * E(f(z).diff(z), (z, p)), integration_by_parts(u=f(z))


@derivation(source=REZENDE)
def bonnet():
    r"""Bonnet's theorem: the derivative by the mean is the mean of the derivative."""
    yield D(E(f(z), (z, p)), mu)
    yield E(f(z) * (z - mu) / sigma**2, (z, p)), score_function(mu)
    yield E(f(z).diff(z), (z, p)), integration_by_parts(u=f(z))


@derivation(source=REZENDE)
def price():
    r"""Price's theorem: the derivative by the *variance* $v$ is half the mean of the second derivative."""
    P = Normal(mu, sqrt(v))
    yield D(E(h(z), (z, P)), v)
    yield E(h(z) * ((z - mu) ** 2 / (2 * v**2) - 1 / (2 * v)), (z, P)), score_function(v)
    yield E(h(z).diff(z) * (z - mu) / (2 * v), (z, P)), integration_by_parts(u=h(z))
    yield half * E(h(z).diff(z, 2), (z, P)), integration_by_parts(u=h(z).diff(z))


@derivation(source=REZENDE)
def price_by_the_standard_deviation():
    r"""By the standard deviation there is no half, but a factor $\sigma$."""
    yield D(E(h(z), (z, p)), sigma)
    yield E(h(z) * ((z - mu) ** 2 / sigma**3 - 1 / sigma), (z, p)), score_function(sigma)
    yield E(h(z).diff(z) * (z - mu) / sigma, (z, p)), integration_by_parts(u=h(z))
    yield sigma * E(h(z).diff(z, 2), (z, p)), integration_by_parts(u=h(z).diff(z))


@derivation(source="worked out here: Price's theorem with a weak second derivative")
def price_at_a_kink():
    r"""For $|z|$ the second derivative is $0$ off the kink, and yet the derivative by the variance is
    $\frac{1}{\sqrt{2\pi v}}e^{-\mu^2/(2v)}$: half of twice the density at the kink."""
    P = Normal(mu, sqrt(v))
    yield D(E(Abs(z), (z, P)), v)
    yield E(Abs(z) * ((z - mu) ** 2 / (2 * v**2) - 1 / (2 * v)), (z, P)), score_function(v)
    yield exp(-(mu**2) / (2 * v)) / sqrt(2 * pi * v), evaluate


@derivation(source=CHEN_STEIN)
def stein_for_counts():
    r"""The identity of the Chen–Stein method: $\mathbb{E}[k\,f(k)] = \lambda\,\mathbb{E}[f(k + 1)]$ for $k \sim
    \mathrm{Poisson}(\lambda)$. The term of $k = 0$ is zero, the others are shifted by one."""
    P = Poisson(lam)
    yield E(k * rough(k), (k, P))
    yield Sum(k * rough(k) * lam**k * exp(-lam) / factorial(k), (k, 0, oo)), definition
    yield Sum(k * rough(k) * lam**k * exp(-lam) / factorial(k), (k, 1, oo)), split_at(0)
    yield Sum(rough(j + 1) * lam ** (j + 1) * exp(-lam) / factorial(j), (j, 0, oo)), substitution(k, j + 1, j)
    yield lam * E(rough(k + 1), (k, P)), definition
