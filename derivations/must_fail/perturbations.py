"""Gradients from function values with slips: two for each derivation of the gallery."""

from sympy import exp

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    algebra,
    derivation,
    differentiate_under_integral,
    evaluate,
    function,
    gt,
    linearity,
    monte_carlo,
    positive,
    positive_integer,
    real,
    reparameterise,
    sample_mean,
    score_function,
)
from symrep.distributions import Normal

z, mu, eps = real("z mu epsilon")
sigma = positive("sigma")
n = positive_integer("n")
g = function("g", smooth=0, growth=2)
noise, X = Normal(0, 1), Normal(mu, sigma)
path, mirrored = mu + sigma * eps, g(mu - sigma * eps)
SECOND = Expected(Status.REFUTED, Reason.UNEQUAL, line=2)
THIRD = Expected(Status.REFUTED, Reason.UNEQUAL, line=3)


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=2))
def gradient_of_what_has_none():
    r"""$g$ is continuous and no more: its derivative need not exist."""
    yield D(E(g(path), (eps, noise)), mu)
    yield E(D(g(path), mu), (eps, noise)), differentiate_under_integral(mu)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=4))
def divided_by_the_variance():
    r"""In terms of the noise the score is $\epsilon/\sigma$."""
    yield D(E(g(path), (eps, noise)), mu)
    yield D(E(g(z), (z, X)), mu), reparameterise(eps, path)
    yield E(g(z) * (z - mu) / sigma**2, (z, X)), score_function(mu)
    yield E(g(path) * eps, (eps, noise)) / sigma**2, reparameterise(eps, path)


@derivation(expected=SECOND)
def population_that_is_added_up():
    r"""The average, not the sum."""
    yield E(sample_mean(g(path) * eps / sigma, (eps, noise), n))
    yield n * E(g(path) * eps / sigma, (eps, noise)), monte_carlo


@derivation(expected=THIRD)
def population_without_the_scale():
    r"""The factor $\frac1\sigma$ is lost."""
    yield E(sample_mean(g(path) * eps / sigma, (eps, noise), n))
    yield E(g(path) * eps / sigma, (eps, noise)), monte_carlo
    yield E(g(path) * eps, (eps, noise)), linearity


@derivation(expected=THIRD)
def mirrors_that_cancel():
    r"""The mirrored term changes its sign twice, and is added."""
    yield E((g(path) - mirrored) * eps, (eps, noise)) / (2 * sigma)
    yield E(g(path) * eps, (eps, noise)) / (2 * sigma) - E(mirrored * eps, (eps, noise)) / (2 * sigma), linearity
    yield E(g(path) * eps, (eps, noise)) / (2 * sigma) * 0, reparameterise(eps, -eps)


@derivation(expected=SECOND)
def mirrors_without_the_half():
    r"""Two draws are worth one gradient."""
    yield E((g(path) - mirrored) * eps, (eps, noise)) / (2 * sigma)
    yield E(g(path) * eps, (eps, noise)) / sigma - E(mirrored * eps, (eps, noise)) / sigma, linearity


@derivation(expected=SECOND)
def pairs_that_are_added_up():
    r"""The average over a pair."""
    yield E((g(path) + mirrored) / 2, (eps, noise))
    yield E(g(path), (eps, noise)) + E(mirrored, (eps, noise)), linearity


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_PUSHFORWARD, line=2))
def a_mirror_off_the_centre():
    r"""$1 - \epsilon$ has not the law of $\epsilon$."""
    yield E(g(mu + sigma * (1 - eps)), (eps, noise))
    yield E(g(path), (eps, noise)), reparameterise(eps, 1 - eps)


@derivation(expected=SECOND)
def pairs_with_twice_the_exponent():
    r"""The mean of a log-normal law is $e^{\mu + \sigma^2/2}$."""
    yield E(exp(path) * exp(mu - sigma * eps), (eps, noise)) - E(exp(path), (eps, noise)) ** 2
    yield E(exp(2 * mu), (eps, noise)) - exp(mu + sigma**2) ** 2, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=4))
def pairs_that_agree():
    r"""One goes down where the other goes up."""
    yield E(exp(path) * exp(mu - sigma * eps), (eps, noise)) - E(exp(path), (eps, noise)) ** 2
    yield E(exp(2 * mu), (eps, noise)) - exp(mu + sigma**2 / 2) ** 2, evaluate
    yield exp(2 * mu) * (1 - exp(sigma**2)), evaluate
    yield gt(0), algebra
