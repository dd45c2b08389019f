"""Paths that do not push the noise onto the law."""

from sympy import exp, log, sqrt

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    chain_rule,
    derivation,
    differentiate_under_integral,
    function,
    positive,
    real,
    reparameterise,
)
from symrep.distributions import Beta, Exponential, Gamma, HalfNormal, Laplace, LogNormal, Normal, Uniform

mu, z, eps = real("mu z eps")
sigma, lam, a, b = positive("sigma lam alpha beta")
f = function("f", smooth=1, growth=2)

X = Normal(mu, sigma)
N01 = Normal(0, 1)


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_PUSHFORWARD, line=2))
def variance_for_scale():
    r"""The path has $\sigma^2$ where the standard deviation $\sigma$ belongs."""
    yield E(f(z), (z, X))
    yield E(f(mu + sigma**2 * eps), (eps, N01)), reparameterise(eps, mu + sigma**2 * eps, base=N01)


@derivation(expected=Expected(Status.REFUTED, Reason.LAW_MOVES, line=2))
def swap_before_reparameterising():
    r"""The derivative is moved inside while the law still depends on $\mu$."""
    yield D(E(f(z), (z, X)), mu)
    yield E(D(f(z), mu), (z, X)), differentiate_under_integral(mu)


@derivation(expected=Expected(Status.REFUTED, Reason.LAW_MOVES, line=2))
def swap_before_reparameterising_square():
    r"""The same with $f(z) = z^2$, where the right value is $2\mu$ and the swapped one 0."""
    yield D(E(z**2, (z, X)), mu)
    yield E(D(z**2, mu), (z, X)), differentiate_under_integral(mu)
    yield E(0, (z, X)), chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_PUSHFORWARD, line=2))
def gamma_by_location_and_scale():
    r"""Mean and variance match, but a shifted and scaled normal is no Gamma."""
    yield E(z, (z, Gamma(a, b)))
    path = a / b + sqrt(a) / b * eps
    yield E(path, (eps, N01)), reparameterise(eps, path, base=N01)


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_PUSHFORWARD, line=2))
def beta_by_location_and_scale():
    r"""A shifted and scaled uniform is no Beta, though its mean is right."""
    u = real("u")
    yield E(z, (z, Beta(a, b)))
    path = 2 * a / (a + b) * u
    yield E(path, (u, Uniform(0, 1))), reparameterise(u, path, base=Uniform(0, 1))


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_PUSHFORWARD, line=2))
def half_normal_without_the_modulus():
    r"""$\sigma\varepsilon$ takes negative values; a half-normal variable is $\sigma|\varepsilon|$."""
    yield E(z, (z, HalfNormal(sigma)))
    yield E(sigma * eps, (eps, N01)), reparameterise(eps, sigma * eps, base=N01)


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_PUSHFORWARD, line=2))
def exponential_with_rate_for_scale():
    r"""$-\lambda\log u$ has mean $\lambda$; the law with rate $\lambda$ has mean $1/\lambda$."""
    u = real("u")
    yield E(z, (z, Exponential(lam)))
    yield E(-lam * log(u), (u, Uniform(0, 1))), reparameterise(u, -lam * log(u), base=Uniform(0, 1))


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_PUSHFORWARD, line=2))
def laplace_with_normal_noise():
    r"""Location and scale of a Laplace law act on Laplace noise, not on normal noise."""
    yield E(z**2, (z, Laplace(mu, sigma)))
    yield E((mu + sigma * eps) ** 2, (eps, N01)), reparameterise(eps, mu + sigma * eps, base=N01)


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_PUSHFORWARD, line=2))
def lognormal_scaled_outside():
    r"""$e^{\mu} + \sigma e^{\varepsilon}$ is not $e^{\mu + \sigma\varepsilon}$."""
    path = exp(mu) + sigma * exp(eps)
    yield E(z, (z, LogNormal(mu, sigma)))
    yield E(path, (eps, N01)), reparameterise(eps, path, base=N01)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def path_and_line_differ():
    r"""The path given as the reason is right; the line uses another one."""
    yield E(f(z), (z, X))
    yield E(f(mu - 2 * sigma * eps), (eps, N01)), reparameterise(eps, mu + sigma * eps)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=4))
def inner_derivative_forgotten():
    r"""The chain rule gives $f'(\mu + \sigma\varepsilon)\,\varepsilon$ for the derivative by $\sigma$; the
    factor $\varepsilon$ is missing."""
    path = mu + sigma * eps
    yield D(E(f(z), (z, X)), sigma)
    yield D(E(f(path), (eps, N01)), sigma), reparameterise(eps, path)
    yield E(D(f(path), sigma), (eps, N01)), differentiate_under_integral(sigma)
    yield E(f(path).diff(mu), (eps, N01)), chain_rule
