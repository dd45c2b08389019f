r"""The post's example: $x \sim \mathcal{N}(\mu, \sigma^2)$, $y = (x - \mu)/\sigma$, $x = g(y) = \sigma y + \mu$."""

from sympy import exp, pi, sqrt

from symrep import (
    D,
    algebra,
    chain_rule,
    change_of_variables,
    definition,
    density,
    derivation,
    positive,
    pushforward,
    real,
    transform,
)
from symrep.distributions import Normal

x, y, mu = real("x y mu")
sigma = positive("sigma")


@transform
def h(x):
    return (x - mu) / sigma


@transform
def g(y):
    return sigma * y + mu


X = Normal(mu, sigma)
Y = pushforward(X, x, h(x))
f_X = density(X)
f_Y = density(Y)


@derivation(source="the post this gallery began with: Reparameterization Trick, 9 December 2022")
def standardisation():
    r"""If $x \sim \mathcal{N}(\mu, \sigma^2)$ with $\sigma > 0$, then $y = (x - \mu)/\sigma$ has the density
    $\mathcal{N}(y \mid 0, 1)$."""
    yield f_Y(y)
    yield f_X(g(y)) * D(g(y), y), change_of_variables(inverse=g(y))
    yield f_X(g(y)) * sigma, chain_rule
    yield (1 * sigma) / sqrt(2 * pi * sigma**2) * exp(-1 / (2 * sigma**2) * (g(y) - mu) ** 2), definition(X)
    yield 1 / sqrt(2 * pi) * exp(-1 / (2 * sigma**2) * (g(y) - mu) ** 2), algebra
    yield 1 / sqrt(2 * pi) * exp(-1 / (2 * sigma**2) * (sigma * y) ** 2), algebra
    yield 1 / sqrt(2 * pi) * exp(-(sigma**2 * y**2) / (2 * sigma**2)), algebra
    yield 1 / sqrt(2 * pi) * exp(-(y**2) / 2), algebra
    yield density(Normal(0, 1))(y), algebra


@derivation(source="Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, section 2.4")
def normal_from_standard_normal():
    r"""The map back: if $y \sim \mathcal{N}(0, 1)$, then $x = \sigma y + \mu$ has the density
    $\mathcal{N}(x \mid \mu, \sigma^2)$."""
    N = Normal(0, 1)
    Z = pushforward(N, y, g(y))
    yield density(Z)(x)
    yield density(N)(h(x)) / sigma, change_of_variables(inverse=h(x))
    yield 1 / (sqrt(2 * pi) * sigma) * exp(-(((x - mu) / sigma) ** 2) / 2), definition(N)
    yield 1 / sqrt(2 * pi * sigma**2) * exp(-((x - mu) ** 2) / (2 * sigma**2)), algebra
    yield density(X)(x), algebra
