r"""Gradients from function values: perturb the parameter, weigh the noise with what comes out, take the noise twice.

Of the function nothing is asked but that it is continuous and does not grow too fast: it need not have a gradient."""

from sympy import exp

from symrep import (
    D,
    E,
    algebra,
    derivation,
    evaluate,
    function,
    lemma,
    linearity,
    lt,
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
path = mu + sigma * eps

SALIMANS = "Salimans, Ho, Chen, Sidor & Sutskever, Evolution Strategies, arXiv:1703.03864"
HERE = "worked out here"


@derivation(source=SALIMANS)
def gradient_from_values():
    r"""The gradient of the smoothed function $\mathbb{E}[g(\mu + \sigma\epsilon)]$ is $\frac1\sigma \mathbb{E}[g(\mu +
    \sigma\epsilon)\,\epsilon]$, without a derivative of $g$: the score function, and back to the noise."""
    yield D(E(g(path), (eps, noise)), mu)
    yield D(E(g(z), (z, X)), mu), reparameterise(eps, path)
    yield E(g(z) * (z - mu) / sigma**2, (z, X)), score_function(mu)
    yield E(g(path) * eps, (eps, noise)) / sigma, reparameterise(eps, path)


@derivation(source=SALIMANS)
def population_estimate_is_unbiased():
    r"""So the average over a population of $n$ independent perturbations is an unbiased estimate of it."""
    yield E(sample_mean(g(path) * eps / sigma, (eps, noise), n))
    yield E(g(path) * eps / sigma, (eps, noise)), monte_carlo
    yield E(g(path) * eps, (eps, noise)) / sigma, linearity
    yield D(E(g(path), (eps, noise)), mu), lemma(gradient_from_values)


@derivation(source=HERE)
def mirrored_perturbations():
    r"""With each perturbation its mirror image: $\frac{1}{2\sigma}\mathbb{E}[(g(\mu + \sigma\epsilon) - g(\mu -
    \sigma\epsilon))\,\epsilon]$ is the same gradient, a mean of central differences."""
    mirrored = g(mu - sigma * eps)
    yield E((g(path) - mirrored) * eps, (eps, noise)) / (2 * sigma)
    yield E(g(path) * eps, (eps, noise)) / (2 * sigma) - E(mirrored * eps, (eps, noise)) / (2 * sigma), linearity
    yield E(g(path) * eps, (eps, noise)) / sigma, reparameterise(eps, -eps)


@derivation(source=HERE)
def mirrored_values_keep_the_mean():
    r"""For the mean itself: since $-\epsilon$ has the law of $\epsilon$, the average over a pair is unbiased."""
    yield E((g(path) + g(mu - sigma * eps)) / 2, (eps, noise))
    yield E(g(path), (eps, noise)) / 2 + E(g(mu - sigma * eps), (eps, noise)) / 2, linearity
    yield E(g(path), (eps, noise)), reparameterise(eps, -eps)


@derivation(source=HERE)
def mirrored_values_are_negatively_correlated():
    r"""For $g = \exp$ the covariance within a pair is $e^{2\mu}(1 - e^{\sigma^2}) < 0$: two mirrored values are worth
    more than two independent ones."""
    yield E(exp(path) * exp(mu - sigma * eps), (eps, noise)) - E(exp(path), (eps, noise)) ** 2
    yield E(exp(2 * mu), (eps, noise)) - exp(mu + sigma**2 / 2) ** 2, evaluate
    yield exp(2 * mu) * (1 - exp(sigma**2)), evaluate
    yield lt(0), algebra
