"""Kullback–Leibler divergences with a wrong sign or the wrong way round, and entropies."""

from sympy import E as e
from sympy import Rational, log, pi

from symrep import (
    KL,
    E,
    Expected,
    Reason,
    Status,
    algebra,
    definition,
    density,
    derivation,
    evaluate,
    positive,
    real,
)
from symrep.distributions import Exponential, Normal, Uniform

mu, z = real("mu z")
sigma, lam, kappa = positive("sigma lam kappa")

X = Normal(mu, sigma)
N01 = Normal(0, 1)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def kl_with_the_wrong_sign():
    r"""The regulariser of the variational autoencoder is $-\mathrm{KL}$; a divergence is never negative."""
    yield KL(X, N01)
    yield Rational(1, 2) * (1 + log(sigma**2) - mu**2 - sigma**2), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=4))
def kl_with_one_sign_wrong():
    r"""The sign of $\log\sigma^2$ is wrong in the last line."""
    yield KL(X, N01)
    yield E(log(density(X)(z)) - log(density(N01)(z)), (z, X)), definition
    yield E(-log(sigma) - (z - mu) ** 2 / (2 * sigma**2) + z**2 / 2, (z, X)), algebra
    yield -Rational(1, 2) * (1 - log(sigma**2) - mu**2 - sigma**2), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def kl_reversed():
    r"""This is $\mathrm{KL}(N(0,1)\,\|\,N(\mu,\sigma^2))$: the divergence is not symmetric."""
    yield KL(X, N01)
    yield log(sigma) + (1 + mu**2) / (2 * sigma**2) - Rational(1, 2), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def kl_under_the_wrong_law():
    r"""The logarithm of the ratio is right, the expectation is taken under the second law."""
    yield KL(X, N01)
    yield E(log(density(X)(z)) - log(density(N01)(z)), (z, N01)), definition


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def exponential_kl_reversed():
    r"""$\mathrm{KL}(\lambda\|\kappa) = \log(\lambda/\kappa) + \kappa/\lambda - 1$; the ratio is upside down."""
    yield KL(Exponential(lam), Exponential(kappa))
    yield log(lam / kappa) + lam / kappa - 1, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def entropy_with_sigma_squared():
    r"""$H = \frac12\log(2\pi e\sigma^2)$; the logarithm of the square is counted twice."""
    yield E(-log(density(X)(z)), (z, X))
    yield log(2 * pi * e) / 2 + log(sigma**2), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.DOMAIN, line=1))
def kl_of_wider_support():
    r"""The first law charges $(1, 2)$, where the second vanishes: $\log 0$, an infinite divergence."""
    yield KL(Uniform(0, 2), Uniform(0, 1))
    yield log(Rational(1, 2)), evaluate
